"""How many of the three reminders went out, by the record of a vote (EN-R13).

1. Three are owed (EN-10).
2. One went out if the record says that it was sent, and nothing else of it afterwards.
3. One that was stopped, found not delivered, or taken back to be brought again did not go out,
   unless it did so later.
4. One that had nobody left to go to took nothing from anybody: it is not missing.
5. What was found after the count changes no page of it.
"""

from collections.abc import Iterable

from models.votes.audit_log import AuditLogEntry
from models.votes.election import REMINDERS
from models.votes.events import (
    Counted,
    LetterBroughtAgain,
    LetterDelivered,
    LetterSent,
    LetterStopped,
    LetterUndelivered,
)
from models.votes.notices import Reminder, known_letter


def reminded(lines: Iterable[AuditLogEntry]) -> int:
    """How many went out, up to the count if there was one."""
    went: set[int] = set()
    for line in lines:
        match line.event:
            case LetterSent(letter=text) | LetterDelivered(letter=text):
                went |= _numbers(text)
            case (
                LetterStopped(letter=text)
                | LetterUndelivered(letter=text)
                | LetterBroughtAgain(letter=text)
            ):
                went -= _numbers(text)
            case Counted():
                break
    return len(went)


def missing(lines: Iterable[AuditLogEntry]) -> int:
    """How many of the three did not go out."""
    return max(0, REMINDERS - reminded(lines))


def _numbers(text: str) -> set[int]:
    letter = known_letter(text)
    return {letter.number} if isinstance(letter, Reminder) else set()
