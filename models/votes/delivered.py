"""What became of a vote's letters once the mailing service had accepted them (EN-R13).

1. One is lost that was stopped, or did not come out, and has neither come out since nor been
   brought again.
2. One is short that went to fewer than it was sent to.
"""

from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import TypeAlias

from models.votes.audit_log import AuditLogEntry
from models.votes.events import (
    Counted,
    LetterBroughtAgain,
    LetterDelivered,
    LetterSent,
    LetterStopped,
    LetterUndelivered,
)
from models.votes.notices import Reminder, known_letter

Lost: TypeAlias = LetterStopped | LetterUndelivered
_Told: TypeAlias = Lost | LetterDelivered | LetterSent | LetterBroughtAgain


def lost(lines: Iterable[AuditLogEntry]) -> Mapping[str, Lost]:
    """The letters that are lost, each with what the record says last of it."""
    return {name: one for name, one in _last(lines).items() if isinstance(one, Lost)}


def arrived(lines: Iterable[AuditLogEntry]) -> Mapping[str, LetterDelivered]:
    """The letters of which the record says to how many they went in the end."""
    return {name: one for name, one in _last(lines).items() if isinstance(one, LetterDelivered)}


def short(lines: Iterable[AuditLogEntry]) -> Mapping[str, LetterDelivered]:
    """The letters that are short."""
    return {name: one for name, one in arrived(lines).items() if one.people < one.booked}


def fewer(lines: Iterable[AuditLogEntry]) -> int:
    """How many emails were lost or short by the count, lost reminders left out.

    Of those, pages say how many went out. What is found after the count changes no page of it.
    """
    known = list(takewhile(lambda line: not isinstance(line.event, Counted), lines))
    others = [name for name in lost(known) if not isinstance(known_letter(name), Reminder)]
    return len(others) + len(short(known))


def _last(lines: Iterable[AuditLogEntry]) -> dict[str, _Told]:
    found: dict[str, _Told] = {}
    for line in lines:
        if isinstance(event := line.event, _Told):
            found[event.letter] = event
    return found
