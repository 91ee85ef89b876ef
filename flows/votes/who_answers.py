"""Who can answer a vote's form, who sees its answers, and what only a person can see of it.

Who may answer is a permission of Drive's under the view "published"; forms of the old kind have
none. Whether it takes one answer from each account, which makes voters sign in, and whether it
shows a summary of the answers, Google tells to no program.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from connectors.google import Drive, LiveForm
from flows.alerts.form_words import ORGANISATION, OTHERS, RESTRICTED
from flows.alerts.sharing_words import close, counted, opened_to
from flows.context import ChapterContext
from models.errors import ClerkError, FixTheSettings
from models.mail.sharing import Access, Reach
from models.membership.reasons import Reason
from models.text.sentences import Sentence
from models.votes.election_record import ElectionRecord


class Answering(Enum):
    """Who can answer a form."""

    ANYBODY = ""
    ORGANISATION = ORGANISATION
    OTHERS = OTHERS
    UNTOLD = Sentence(
        "the program cannot check whether everyone who has the link can respond: Google shows it "
        "only to people who can share the form; try a link in a private window"
    )
    OLD_KIND = Sentence(
        "the program cannot check whether everyone who has the link can respond: this is an older "
        "form without a “Responders” setting; try a link in a private window"
    )

    @property
    def is_for_anybody(self) -> bool | None:
        """None where nobody could say."""
        if self in (Answering.UNTOLD, Answering.OLD_KIND):
            return None
        return self is Answering.ANYBODY


@dataclass(frozen=True, slots=True)
class FormAccess:
    """Who can answer a form, and who can open it; None where Google does not tell it."""

    answering: Answering
    access: Access | None


def form_access(drive: Drive, form: str, live: LiveForm) -> FormAccess:
    """Who can answer and who can open a live form."""
    access = access_or_none(drive, form)
    return FormAccess(_answering(live, access), access)


def access_or_none(drive: Drive, file: str, *, is_workbook: bool = False) -> Access | None:
    """Who can open a file; None where Google does not tell it."""
    try:
        return drive.access(file, is_workbook=is_workbook)
    except FixTheSettings:
        return None


def _answering(live: LiveForm, access: Access | None) -> Answering:
    if not live.has_responders:
        return Answering.OLD_KIND
    if access is None:
        return Answering.UNTOLD
    match access.answers:
        case Reach.LINK | Reach.PUBLIC:
            return Answering.ANYBODY
        case Reach.ORGANISATION:
            return Answering.ORGANISATION
    return Answering.OTHERS


def form_reasons(drive: Drive, form: str, live: LiveForm) -> Iterator[Reason]:
    """What a check says of who can answer a form, and who sees its answers."""
    found = form_access(drive, form, live)
    match found.answering.is_for_anybody:
        case False:
            told = Sentence("the form: {shut}; {who}", shut=RESTRICTED, who=found.answering.value)
            yield Reason("BA-1", told, False)
        case None:
            yield Reason("BA-1", found.answering.value, True, look=True)
    yield from ballots_lie_open(found.access)
    told = Sentence(
        "in the form's settings, check that “Limit to 1 response” is off (it makes voters sign in) "
        "and that “View results summary” is off; {who}",
        who=_who_sees(found.access),
    )
    yield Reason("EN-R8", told, True, look=True)
    if live.linked:
        also = Sentence("the spreadsheet that also gets the responses")
        yield from workbook_reasons(drive, live.linked, also)


def workbook_reasons(drive: Drive, workbook: str, called: Sentence) -> Iterator[Reason]:
    """What a check says of a workbook in whose tab ballots arrive."""
    access = access_or_none(drive, workbook, is_workbook=True)
    yield from ballots_lie_open(access)
    untold = Sentence("Google does not show how many: check under Share")
    told = Sentence(
        "everyone who can open {file} sees the ballots before voting closes: {who}",
        file=called,
        who=counted(access) if access else untold,
    )
    yield Reason("EN-R8", told, True, look=True)


def ballots_lie_open(access: Access | None) -> Iterator[Reason]:
    """Ballots with their codes, for anybody to read or to change (BA-5)."""
    if access and access.is_open:
        told = Sentence(
            "the ballots are open to {who}; {step}", who=opened_to(access), step=close(access)
        )
        yield Reason("BA-5", told, False)


def _who_sees(access: Access | None) -> Sentence:
    many = access.editors if access else 0
    if many > 1:
        return Sentence(
            "{many} people can edit the form and see each response as it comes", many=many
        )
    if many:
        return Sentence("1 person can edit the form and see each response as it comes")
    return Sentence("people can edit the form and see each response as it comes")


def still_asks(context: ChapterContext, vote: ElectionRecord) -> bool:
    """Whether voters of a cancelled vote can still send a ballot, as far as anybody can tell."""
    if not (vote.opened and vote.election.ballots.form):
        return False
    try:
        return context.ballot_forms.live(vote.election.ballots.form).accepting
    except ClerkError:  # it may be gone, as it well can be
        return False
