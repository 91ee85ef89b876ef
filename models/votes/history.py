"""What a record says: its lines as events, and the last that it says of something.

The lines are those of one vote, oldest first.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from models.votes.audit_log import AuditLogEntry
from models.votes.events import (
    AnnouncementCleared,
    ApprovalGiven,
    BallotAskedAfter,
    ClockSetBack,
    CodesCleared,
    CodesShown,
    FormDrifted,
    FormMended,
    LetterBroughtAgain,
    LetterDelivered,
    LetterSent,
    LetterStopped,
    LetterUndelivered,
    QuorumNotMet,
    ResultSeen,
    VoterAdded,
    VoterStruck,
)

E = TypeVar("E")


def with_lines(lines: Iterable[AuditLogEntry], kind: type[E]) -> Iterator[tuple[AuditLogEntry, E]]:
    """Each event of a kind with its line, oldest first."""
    for line in lines:
        if isinstance(event := line.event, kind):
            yield line, event


def each(lines: Iterable[AuditLogEntry], kind: type[E]) -> Iterator[E]:
    """Each event of a kind, oldest first."""
    return (event for _, event in with_lines(lines, kind))


def last(lines: Iterable[AuditLogEntry], kind: type[E]) -> E | None:
    """The newest event of a kind."""
    found = None
    for found in each(lines, kind):  # noqa: B007 - the newest is what is asked for
        pass
    return found


_BESIDE = (
    AnnouncementCleared
    | ApprovalGiven
    | BallotAskedAfter
    | ClockSetBack
    | QuorumNotMet
    | CodesCleared
    | CodesShown
    | FormDrifted
    | FormMended
    | LetterBroughtAgain
    | LetterDelivered
    | LetterSent
    | LetterStopped
    | LetterUndelivered
    | ResultSeen
)
"""What is seen and sent beside a vote: it changes neither the vote nor its result."""


def seen_since(lines: Iterable[AuditLogEntry], who: str, event: ResultSeen) -> bool:
    """Whether somebody's look at the result is written down, as the result is now."""
    found = False
    for line in lines:
        if not isinstance(line.event, _BESIDE):
            found = False
        elif line.who == who and line.event == event:
            found = True
    return found


def newest_change(lines: Iterable[AuditLogEntry]) -> str:
    """The seal of the newest line that changed the vote or its result; "" if none did."""
    changes = [line.seal for line in lines if not isinstance(line.event, _BESIDE)]
    return changes[-1] if changes else ""


def corrected(lines: Iterable[AuditLogEntry]) -> bool:
    """Whether an exception changed the roll (VM-R3)."""
    return any(isinstance(line.event, VoterAdded | VoterStruck) for line in lines)
