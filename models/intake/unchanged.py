"""When a source need not be read again: one policy for workbooks and forms.

A spreadsheet is skipped if all of this is true:

1. our settings ask the same of it as the last time;
2. Drive gives it the version it had then;
3. no formula in it may bring data from elsewhere: such data changes without a new version;
4. all of it was read within the last seven days.

Of a form the answers sent since the last reading are read, an edited one among them. All of them
are when our settings or its questions are others, and after seven days: nothing tells of an answer
that was deleted but its absence (DP-6).

`clerk sync --full`, a person who is readmitted, and our own write to a workbook have it read again.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

WHOLE_EVERY = timedelta(days=7)
"""How often to read everything again.

Neither a version nor a submission shows a deleted response, so this is how long our copy can
outlive one (DP-6).
"""
_WITHIN, _ELSEWHERE = "within", "elsewhere"


def signature(*settings: Any) -> str:
    """Twelve digits of settings that are plain JSON: the same in every process and on every day."""
    plain = json.dumps(settings, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


def is_old(whole: date, today: date) -> bool:
    """Whether the last full reading is too old, or dated later than today by a wrong clock."""
    return not timedelta() <= today - whole < WHOLE_EVERY


@dataclass(frozen=True, slots=True)
class WorkbookRead:
    """What is to be known of a workbook's last reading, to pass it over the next time."""

    drive: str
    """Drive's version, asked for before the cells: a change in between is read the next time."""
    asked: str
    """The signature of our settings."""
    within: bool
    """No formula in it may bring data from elsewhere."""
    whole: date
    """The day of the reading."""

    def __str__(self) -> str:
        """As the ledger keeps it."""
        within = _WITHIN if self.within else _ELSEWHERE
        return f"{self.drive}|{self.asked}|{within}|{self.whole}"

    @classmethod
    def parsed(cls, kept: str) -> Self | None:
        """What the ledger kept; None if nothing, or from another version of the program."""
        match kept.split("|"):
            case [drive, asked, (("within" | "elsewhere") as formulas), day]:
                with suppress(ValueError):
                    return cls(drive, asked, formulas == _WITHIN, date.fromisoformat(day))
        return None

    def holds(self, drive: str, asked: str, today: date) -> bool:
        """Whether the spreadsheet is skipped: a reading today would find the same."""
        same = (self.drive, self.asked) == (drive, asked)
        return same and self.within and not is_old(self.whole, today)
