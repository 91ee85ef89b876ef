"""Who can open what: each workbook and form of the chapter's, and its mailing list (DP-7).

Looked at each night and by `clerk doctor`: one request a form, two a workbook, two for the list.
What Google does not tell is unknown, and unknown is not closed: whoever writes members' names to a
file asks `Sharing.is_closed` first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from connectors.google import MayNotShare, NotLetIn
from connectors.settings import Chapter
from flows.alerts.places import WATCHED, place_of
from flows.context import ChapterContext
from models.errors import FixTheSettings
from models.mail.sharing import Access
from models.votes.election_record import ElectionRecord


@dataclass(frozen=True, slots=True)
class File:
    """A workbook or form of the chapter's."""

    id: str
    kind: str
    """`workbook` or `form`."""
    place: str
    """What an alert calls it: `workbook-1` of `chapter.toml`, or the vote whose ballots it has;
    `of-form-1` is the workbook into which that form's answers go too."""
    passing: bool = False
    """Of a vote that is over: it may be gone."""

    @property
    def is_answered(self) -> bool:
        """Whether it is a form for signing in or registering, not a ballot."""
        return self.place.startswith("form-")

    @property
    def called(self) -> str:
        """What the terminal calls it."""
        return f"{'spreadsheet' if self.kind == 'workbook' else self.kind} {self.id}"


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who can open one file."""

    file: File
    access: Access | None
    """None: Google does not tell it to the program's account."""
    hides_link: bool = False
    """Of a form: nobody can tell into which workbook its answers go too."""

    @property
    def is_closed(self) -> bool:
        """Whether named people alone can open it. What cannot be seen is not closed (DP-7)."""
        return self.access is not None and not self.access.is_open


def look(context: ChapterContext) -> tuple[Sharing, ...]:
    """Who can open each file of the chapter's.

    Raises:
        TryAgainLater: Google does not answer.
        NotLetIn: Google lets the program's account do nothing of the kind.
    """
    return tuple(seen for file in files(context) for seen in look_at(context, file))


def look_at(context: ChapterContext, file: File) -> list[Sharing]:
    """Who can open one file, and the workbook into which a form's answers go too.

    Nobody, where it belonged to a vote that is over, and is gone.

    Raises:
        TryAgainLater, NotLetIn: as `look`.
    """
    try:
        linked = _linked(context, file)
    except NotLetIn:
        raise
    except FixTheSettings:
        seen = _seen(context, file)
        return [replace(seen, hides_link=True)] if seen else []
    return [one for each in (file, *linked) if (one := _seen(context, each))]


def _linked(context: ChapterContext, file: File) -> list[File]:
    """Answers lie there as well, with names or codes; the settings need not name it."""
    linked = context.forms.linked(file.id) if file.kind == "form" else ""
    if not linked or any(linked == known.id for known in files(context)):
        return []
    return [File(linked, "workbook", f"of-{file.place}", file.passing)]


def _seen(context: ChapterContext, file: File) -> Sharing | None:
    try:
        return Sharing(file, context.drive.access(file.id, is_workbook=file.kind == "workbook"))
    except NotLetIn:
        raise
    except MayNotShare:
        return Sharing(file, None)
    except FixTheSettings:
        return None if file.passing else Sharing(file, None)


def files(context: ChapterContext) -> Iterator[File]:
    """The workbooks and forms of `chapter.toml`, then those with ballots; each file once."""
    found: dict[str, File] = {}
    for file in (*_of_the_chapter(context.chapter), *_of_votes(context)):
        found.setdefault(file.id, file)
    yield from found.values()


def _of_the_chapter(chapter: Chapter) -> Iterator[File]:
    for number, workbook in enumerate(chapter.workbooks, 1):
        yield File(workbook.id, "workbook", f"workbook-{number}")
    for number, form in enumerate(chapter.forms, 1):
        yield File(form.id, "form", f"form-{number}")


def _of_votes(context: ChapterContext) -> Iterator[File]:
    for vote in context.ledger.votes.all():
        if _holds_ballots(context, vote):
            source, place = vote.election.ballots, place_of(vote.election.name)
            kind = "form" if source.form else "workbook"
            passing = vote.state not in WATCHED
            yield File(source.form or source.workbook, kind, place, passing)


def _holds_ballots(context: ChapterContext, vote: ElectionRecord) -> bool:
    """From the approval until its result can be contested no more; then they are deleted (DP-6)."""
    contest = timedelta(days=context.chapter.retention.challenge_days)
    return vote.state in WATCHED or context.now() < vote.election.closes + contest


@dataclass(frozen=True, slots=True)
class Unlisted:
    """What is told of the mailing list, and stands on no list of the chapter's."""

    webhooks: tuple[str, ...]
    """Hosts."""
    applications: tuple[str, ...]


def unlisted(context: ChapterContext) -> Unlisted:
    """Webhooks of the audience and applications of the account that nobody accepted.

    Raises:
        TryAgainLater: Mailchimp does not answer.
        FixTheSettings: the key may not look.
    """
    accepted, told = context.chapter.sharing, context.onlookers.told()
    hosts = {one.casefold() for one in accepted.webhooks}
    names = {one.casefold() for one in accepted.applications}
    return Unlisted(
        tuple(one for one in told.webhooks if one.casefold() not in hosts),
        tuple(one for one in told.applications if one.casefold() not in names),
    )
