"""A draft's folder as it lies there, and its changes: nobody's edit by hand is overwritten unseen.

What cannot be read yet is a draft too: it says what is wrong with it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from connectors import drafts, elections
from connectors.drafts import DraftFile
from flows.committee.recommendations import take_over
from flows.context import ChapterContext
from flows.votes.drafts.people import people_of
from models.errors import ClerkError, FixTheData, FixTheSettings, Refused
from models.privacy import redact_addresses
from models.votes.election import Election

NO_FORM: Final = "none-yet"


@dataclass(frozen=True)
class Draft:
    """A vote that nobody has approved."""

    name: str
    settings: DraftFile
    contests: tuple[DraftFile, ...] = field(repr=False)
    election: Election | None = None
    """As it would be approved; None while a file is wrong or missing."""
    fault: ClerkError | None = None
    """Why it is none yet."""
    sketch: Election | None = None
    """As it would be with a form, where that is all it lacks; its form is none."""

    @property
    def title(self) -> str:
        """Its title, or its name while it has none; an address in it is dots (DP-3)."""
        said = self.settings.table.get("title")
        return redact_addresses(said) if isinstance(said, str) and said else self.name

    @property
    def digest(self) -> str:
        """Of all its files."""
        files = (self.settings, *self.contests)
        said = "\n".join(f"{file.path.name} {file.digest}" for file in files)
        return hashlib.sha256(said.encode()).hexdigest()


def names(context: ChapterContext) -> list[str]:
    """The folders of votes that nobody has approved."""
    return [
        name
        for name in elections.names(context.chapter.folder)
        if elections.NAME.fullmatch(name) and context.ledger.votes.get(name) is None
    ]


def draft_of(context: ChapterContext, name: str) -> Draft:
    """A draft by its name.

    Raises:
        FixTheSettings: there is no such folder.
        Refused: it was approved.
    """
    chapter = context.chapter.folder
    if name not in elections.names(chapter) or not elections.NAME.fullmatch(name):
        context.election(name)  # says what elections there are
    if context.ledger.votes.get(name) is not None:
        raise Refused(
            "this election is approved, so only its closing time can change",
            where=name,
            rule="EN-R6",
            next_step="withdraw the approval first, if voting has not opened",
        )
    folder = elections.folder_of(chapter, name)
    election, fault, sketch = None, None, None
    try:
        election = context.election(name)
    except FixTheSettings as exc:
        fault = exc
        with suppress(FixTheSettings):
            sketch = elections.read(chapter, name, context.chapter.tz, form=NO_FORM)
    contests = drafts.contests_of(folder, chapter)
    return Draft(name, drafts.settings_of(folder, chapter), contests, election, fault, sketch)


def create(
    context: ChapterContext,
    name: str,
    table: Mapping[str, Any],
    contests: Iterable[Mapping[str, Any]] = (),
) -> Path:
    """Make the folder of a new vote.

    Raises:
        FixTheSettings: the name is taken, or none.
    """
    with context.ledger.alone():
        if context.ledger.votes.get(name) is not None:
            raise FixTheSettings(
                "there is an election of this name already", next_step="take another name"
            )
        return elections.write_new(context.chapter.folder, name, table, contests)


@contextmanager
def _being_changed(context: ChapterContext, name: str) -> Iterator[tuple[Path, Draft]]:
    """Nobody approves it meanwhile."""
    with context.ledger.alone():
        yield context.chapter.folder, draft_of(context, name)


def change_settings(
    context: ChapterContext, name: str, answers: Mapping[str, Any], seen: str
) -> None:
    """Change what `election.toml` says.

    Args:
        seen: the digest of the file that the answers are about.
    """
    with _being_changed(context, name) as (chapter, draft):
        drafts.change(replace(draft.settings, digest=seen), chapter, answers)


def add_contest(context: ChapterContext, name: str, table: Mapping[str, Any]) -> None:
    """Add a contest, the last on the ballot, with what the committee recommended for it."""
    with _being_changed(context, name):
        drafts.add_contest(elections.folder_of(context.chapter.folder, name), table)
        take_over(context, name)


def change_contest(
    context: ChapterContext, name: str, place: int, answers: Mapping[str, Any], seen: str
) -> None:
    """Change a contest's file.

    Args:
        place: on the ballot, from 1.
        seen: as above.
    """
    with _being_changed(context, name) as (chapter, draft):
        drafts.change(replace(contest_at(draft, place), digest=seen), chapter, answers)


def remove_contest(context: ChapterContext, name: str, place: int, seen: str) -> None:
    """Remove a contest's file."""
    with _being_changed(context, name) as (chapter, draft):
        drafts.remove(replace(contest_at(draft, place), digest=seen), chapter)


def was_approved(context: ChapterContext, name: str) -> bool:
    """Whether it was approved before, which the audit log keeps."""
    return bool(context.ledger.votes.lines(name))


def delete(context: ChapterContext, name: str, seen: str) -> None:
    """Delete a draft that nobody ever approved.

    Args:
        seen: the digest of the draft that was looked at.

    Raises:
        Refused: it was approved before, or is another than the one that was looked at.
    """
    with _being_changed(context, name) as (chapter, draft):
        where = f"elections/{name}"
        if was_approved(context, name):
            raise Refused(
                "this election was approved before, so its audit log needs its files",
                where=where,
                rule="EN-R6",
                next_step="leave it as a draft; only an approval opens it",
            )
        if draft.digest != seen:
            raise Refused(
                "this draft was changed since you opened it, and is left as it is",
                where=where,
                next_step="open it again, and look at what it says now",
            )
        drafts.remove_all(elections.folder_of(chapter, name))


def contest_at(draft: Draft, place: int) -> DraftFile:
    """The contest at a place of the ballot.

    Raises:
        Refused: there is none.
    """
    if 1 <= place <= len(draft.contests):
        return draft.contests[place - 1]
    raise Refused(
        "there is no such contest any more",
        where=f"elections/{draft.name}",
        next_step="open the election again and choose one of its contests",
    )


def named_in(context: ChapterContext, name: str, wanted: str) -> tuple[int, list[str]]:
    """A contest that names people: its place on the ballot, and whom it names.

    Args:
        wanted: its id or place; "" where one contest alone names people.

    Raises:
        FixTheData: it is none of them, or which one is meant is not said.
    """
    draft = draft_of(context, name)
    found = {
        place: (str(file.table.get("id", "")), people)
        for place, file in enumerate(draft.contests, start=1)
        if (people := people_of(file.table))
    }
    for place, (own, people) in found.items():
        if wanted in (own, str(place)) or (not wanted and len(found) == 1):
            return place, people
    known = ", ".join(own for own, _ in found.values()) or "none yet"
    raise FixTheData(
        f"the contests that name people are: {known}",
        where=f"elections/{name}",
        next_step="name one of them, as in `clerk election about NAME CONTEST`"
        if found
        else "add a contest with candidates or nominees first",
    )
