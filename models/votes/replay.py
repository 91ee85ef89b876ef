"""A vote as its record tells it, line by line: what the ledger must hold of it.

A line of an earlier version may say less; what no line says is None.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from models.votes import events as e
from models.votes.audit_log import AuditLogEntry
from models.votes.election import ElectionState


@dataclass(slots=True)
class Told:
    """How far a vote has come, and what was fixed on the way."""

    state: ElectionState | None = None
    """None: it is a folder and nothing more, so the ledger holds no such vote."""
    definition: str | None = None
    """The digest of what is voted on."""
    closes: datetime | None = None
    to_the_minute: bool = False
    """Earlier versions wrote no seconds of a close."""
    openings: list[datetime] = field(default_factory=list)
    roll: str | None = None
    secret: str | None = None
    """The digest of the secret that the codes are made of."""
    roll_destroyed: bool = False
    """With the secret, once the contest window was over (DP-6)."""
    decisions: list[e.TieDecided] = field(default_factory=list)
    result: str | None = None
    pages: str | None = None
    tellers: str | None = None


def replayed(lines: Iterable[AuditLogEntry]) -> Told:
    """What the lines of one vote, oldest first, come to."""
    told = Told()
    for line in lines:
        if isinstance(line.event, e.Approved):
            told = Told()  # an approval that was withdrawn is over, with all that was before it
        _take(told, line)
    return told


_STATES: Mapping[type[e.Event], ElectionState | None] = {
    e.Approved: ElectionState.DRAFT,
    e.ApprovalWithdrawn: None,
    e.Opened: ElectionState.OPEN,
    e.Closed: ElectionState.CLOSED,
    e.Counted: ElectionState.COUNTED,
    e.Published: ElectionState.PUBLISHED,
    e.VoteCancelled: ElectionState.CANCELLED,
}
"""How far a vote has come with an event."""


def _take(told: Told, line: AuditLogEntry) -> None:
    told.state = _STATES.get(type(line.event), told.state)
    match event := line.event:
        case e.Approved():
            told.definition = event.definition
            told.closes, told.to_the_minute = event.closes, line.earlier
        case e.Opened():
            told.openings.append(line.at)
            told.roll, told.secret = event.roll, event.secret
        case e.Extended():
            told.closes, told.to_the_minute = event.closes, line.earlier
        case e.VoterAdded() | e.VoterStruck():
            told.roll = event.roll or told.roll
        case e.TieDecided():
            told.decisions.append(event)
        case e.Counted():
            told.result, told.pages, told.tellers = event.result, event.pages, event.tellers
        case e.RaceOverruled() | e.PagesRenewed():
            told.pages, told.tellers = event.pages, event.tellers
        case e.CancellationPublished():
            told.pages = event.pages
        case e.RollDestroyed():
            told.roll_destroyed = True
        case (
            e.ApprovalGiven()
            | e.ApprovalWithdrawn()
            | e.Closed()
            | e.Published()
            | e.VoteCancelled()
            | e.RaceCancelled()  # `models.votes.changes` reads these two
            | e.CandidateWithdrawn()
            | e.LetterSent()
            | e.LetterStopped()
            | e.LetterUndelivered()
            | e.LetterDelivered()
            | e.LetterBroughtAgain()
            | e.CodesCleared()
            | e.AnnouncementCleared()
            | e.ClockSetBack()
            | e.QuorumNotMet()
            | e.FormDrifted()
            | e.FormMended()
            | e.StoppedAtTie()
            | e.RaceVoided()
            | e.AnnouncementsSettled()
            | e.ResultAnnounced()
            | e.CodesShown()
            | e.ResultSeen()
            | e.BallotAskedAfter()
            | e.ListImported()
            | e.ListRemoved()
            | e.ListWritten()
            | e.PersonErased()
            | e.PersonReadmitted()
            | e.PlanApproved()
            | e.ProposalsCalled()
            | e.MembersEmailed()
            | e.VolunteersCalled()
            | e.OfficerInvited()
            | e.OfficerSignedOut()
            | e.RequestDecided()
            | e.RowsDestroyed()
            | e.SettingsExtended()
            | e.Unread()
        ):
            pass  # they change nothing that the ledger holds of the vote
        case _:
            assert_never(event)
