"""What can happen to a vote; with the chapter's own acts, all that a line of the record can say.

Each is a type with its facts. The record seals an event's JSON, so that `kind` and the names of the
fields stay for good; how it is told to people can change. A new field needs a default.

No event has a place for a voter. What people write in their own words (`reason`, `how`) is held to
`naming_nobody` when it is written (DP-3), for a sealed line cannot be taken out again (DP-6).
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AwareDatetime, ConfigDict, Field, TypeAdapter

from models.ballots.boxes import RejectionReason
from models.ballots.drift import FormQuestion
from models.base import Value
from models.tally.outcome import Outcome, WhyVoid
from models.votes.approval_events import ApprovalGiven as ApprovalGiven
from models.votes.change_events import CancellationPublished as CancellationPublished
from models.votes.change_events import CandidateWithdrawn as CandidateWithdrawn
from models.votes.change_events import PagesRenewed as PagesRenewed
from models.votes.change_events import RaceCancelled as RaceCancelled
from models.votes.change_events import RaceOverruled as RaceOverruled
from models.votes.change_events import VoteCancelled as VoteCancelled
from models.votes.chapter_events import ListImported as ListImported
from models.votes.chapter_events import ListRemoved as ListRemoved
from models.votes.chapter_events import ListWritten as ListWritten
from models.votes.chapter_events import Many
from models.votes.chapter_events import MembersEmailed as MembersEmailed
from models.votes.chapter_events import OfficerInvited as OfficerInvited
from models.votes.chapter_events import OfficerSignedOut as OfficerSignedOut
from models.votes.chapter_events import OfTheChapter as OfTheChapter
from models.votes.chapter_events import PersonErased as PersonErased
from models.votes.chapter_events import PersonReadmitted as PersonReadmitted
from models.votes.chapter_events import PlanApproved as PlanApproved
from models.votes.chapter_events import ProposalsCalled as ProposalsCalled
from models.votes.chapter_events import RequestDecided as RequestDecided
from models.votes.chapter_events import RowsDestroyed as RowsDestroyed
from models.votes.chapter_events import SettingsExtended as SettingsExtended
from models.votes.chapter_events import VolunteersCalled as VolunteersCalled
from models.votes.form_events import FormDrifted as FormDrifted
from models.votes.form_events import FormMended as FormMended
from models.votes.look_events import BallotAskedAfter as BallotAskedAfter
from models.votes.look_events import CodesShown as CodesShown
from models.votes.look_events import ResultSeen as ResultSeen
from models.votes.notice_events import LetterBroughtAgain as LetterBroughtAgain
from models.votes.notice_events import LetterDelivered as LetterDelivered
from models.votes.notice_events import LetterUndelivered as LetterUndelivered
from models.votes.roll_events import QuorumNotMet as QuorumNotMet
from models.votes.roll_events import VoterAdded as VoterAdded
from models.votes.roll_events import VoterStruck as VoterStruck

Digest = str
"""``sha256:`` and 64 digits."""


class Approved(Value):
    """An officer's word that the vote may open; from now on only its close can change (EN-R6)."""

    kind: Literal["approved"] = "approved"
    opens: AwareDatetime
    closes: AwareDatetime
    record_date: date
    contests: tuple[str, ...]
    rules: Digest | None = None
    """Of the counting rules."""
    definition: Digest | None = None
    """Of what is voted on, without what is said of people."""
    asked: tuple[FormQuestion, ...] = ()
    """What the ballot form asked then; empty in the record of an earlier version."""
    noted: tuple[str, ...] = ()
    """What the bylaws strive for and the races did not have, by the committee's tabs (EN-2)."""


class ApprovalWithdrawn(Value):
    """The folder is a draft again."""

    kind: Literal["approval-withdrawn"] = "approval-withdrawn"


class Opened(Value):
    """Voting began on a frozen roll (VM-R3)."""

    kind: Literal["opened"] = "opened"
    voters: Many
    record_date: date
    early: Many = 0
    """Answers that were there already; they count nowhere (BA-2)."""
    roll: Digest | None = None
    """None in the record of an earlier version, here and below."""
    secret: Digest | None = None
    """Of the secret that the codes are made of (BA-1)."""
    asked: tuple[FormQuestion, ...] = ()
    """What the ballot form asked then, by the ids that links and answers name."""


class Extended(Value):
    """The close was moved later (EN-R6)."""

    kind: Literal["extended"] = "extended"
    before: AwareDatetime
    """The close until then."""
    closes: AwareDatetime
    reason: str
    reason_es: str = ""
    """The same in Spanish, for pages and letters; "" where nobody wrote it."""


class LetterSent(Value):
    """A letter is out, and to how many it went."""

    kind: Literal["letter-sent"] = "letter-sent"
    letter: str
    people: Many


class LetterStopped(Value):
    """An email was stopped before it was known to be sent.

    A person in the mailing service stopped it, or the service's own review did.
    """

    kind: Literal["letter-stopped"] = "letter-stopped"
    letter: str
    campaign: str
    """The service's word for it."""
    people: Many = 0
    """Of whom we know that it reached them: nobody."""


class CodesCleared(Value):
    """The codes were taken off the mailing list."""

    kind: Literal["codes-cleared"] = "codes-cleared"
    contacts: Many | None = None
    """None in the record of an earlier version, which counted neither."""
    refused: Many | None = None


class AnnouncementCleared(Value):
    """The announcement's segments were emptied."""

    kind: Literal["announcement-cleared"] = "announcement-cleared"


class ClockSetBack(Value):
    """The machine's clock stands before a letter that has gone."""

    kind: Literal["clock-set-back"] = "clock-set-back"
    letter: str


class Closed(Value):
    """Voting ended (EN-R6)."""

    kind: Literal["closed"] = "closed"
    closes: AwareDatetime
    reminders: Many | None = None
    """How many of the three went out, as far as is known then; None in an earlier record."""


class StoppedAtTie(Value):
    """The count asks a person (EN-R5)."""

    kind: Literal["stopped-at-tie"] = "stopped-at-tie"
    races: tuple[str, ...]


class TieDecided(Value):
    """A tie was decided outside the count (EN-R5)."""

    kind: Literal["tie-decided"] = "tie-decided"
    race: str
    picked: str
    how: str
    tied: tuple[str, ...] = ()
    """Empty in the record of an earlier version."""


class Counted(Value):
    """The vote was counted (BA-2); totals and digests alone (DP-6)."""

    kind: Literal["counted"] = "counted"
    received: Many
    counted: Many
    superseded: Many
    set_aside: Mapping[RejectionReason, Many]
    outcomes: Mapping[str, Outcome]
    """By race."""
    result: Digest | None = None
    pages: Digest | None = None
    """Of the folder of pages to publish."""
    tellers: Digest | None = None
    """Of the tellers' own files."""


class RaceVoided(Value):
    """A race could not be counted; the others were (EN-R11)."""

    kind: Literal["race-voided"] = "race-voided"
    race: str
    why: WhyVoid


class Published(Value):
    """The pages are where everybody can read them."""

    kind: Literal["published"] = "published"


class AnnouncementsSettled(Value):
    """Who reads which announcement is settled (EN-13)."""

    kind: Literal["announcements-settled"] = "announcements-settled"
    people: Mapping[str, Many]
    """How many, by letter."""


class ResultAnnounced(Value):
    """Every announcement has gone out (EN-13)."""

    kind: Literal["result-announced"] = "result-announced"


class RollDestroyed(Value):
    """The roll, the codes and the tellers' files were destroyed (DP-6)."""

    kind: Literal["roll-destroyed"] = "roll-destroyed"


class Unread(Value):
    """A line of an earlier version whose sentence is unknown; it is shown as it was sealed."""

    kind: Literal["unread"] = "unread"
    what: str
    facts: Mapping[str, str | int]


Correction: TypeAlias = VoterAdded | VoterStruck
ChangeOfRaces: TypeAlias = RaceCancelled | CandidateWithdrawn
OfAVote: TypeAlias = (
    Approved
    | ApprovalGiven
    | ApprovalWithdrawn
    | Opened
    | Extended
    | VoteCancelled
    | ChangeOfRaces
    | CancellationPublished
    | PagesRenewed
    | RaceOverruled
    | Correction
    | QuorumNotMet
    | LetterSent
    | LetterStopped
    | LetterUndelivered
    | LetterDelivered
    | LetterBroughtAgain
    | CodesCleared
    | AnnouncementCleared
    | ClockSetBack
    | FormDrifted
    | FormMended
    | Closed
    | StoppedAtTie
    | TieDecided
    | Counted
    | RaceVoided
    | Published
    | AnnouncementsSettled
    | ResultAnnounced
    | CodesShown
    | ResultSeen
    | BallotAskedAfter
    | RollDestroyed
)
Written: TypeAlias = OfAVote | OfTheChapter
"""What a line can be written of."""
Event: TypeAlias = Written | Unread
"""What a line can be read as."""

_EVENT: TypeAdapter[Written] = TypeAdapter(
    Annotated[Written, Field(discriminator="kind")], config=ConfigDict(hide_input_in_errors=True)
)


def as_json(event: Written) -> dict[str, Any]:
    """What the record seals of an event; a fact that is not there is left out."""
    return event.model_dump(mode="json", exclude_none=True)


def from_json(said: Mapping[str, Any]) -> Written:
    """The event of a sealed JSON.

    Raises:
        ValueError: it is none of ours; the message repeats nothing of it.
    """
    return _EVENT.validate_python(said)
