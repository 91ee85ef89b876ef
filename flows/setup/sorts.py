"""What sort of thing a cell is: nothing else of it is shown (DP-3)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Literal

from models.dates import NotADay, day_of
from models.intake.consents import NO, YES
from models.intake.participation import ExceptionKind
from models.intake.tables import Cell, holds, sound
from models.privacy import MASK
from models.text import formats
from models.text.folding import unmarked

_TIMES = (
    "at", "day", "decided", "event_day",
    "confirmed", "co_chair_since", "leave_from", "leave_through", "left",
)  # fmt: skip
_PLAIN = {*YES, *NO, *(kind.value for kind in ExceptionKind)}
"""Words that may be shown as they are: they name nobody."""


@dataclass(frozen=True, slots=True)
class Sort:
    """The sort of a cell; of a day and of a plain word, also which."""

    name: Literal["", "yes", "no", "address", "number", "text", "word", "day"]
    day: date | None = None
    word: str = ""

    def __str__(self) -> str:
        if self.day:
            return formats.day(self.day)
        return {"address": "an address", "number": "a number", "text": f"text {MASK}",
                "word": self.word}.get(self.name, self.name)  # fmt: skip


def sort_of(cell: Cell, name: str, zone: tzinfo) -> Sort:
    """A cell without what it says of anybody.

    Args:
        name: the field that it would be read as, or "".
    """
    cell = sound(cell)
    if not holds(cell) or cell is None:
        return Sort("")
    if isinstance(cell, bool):
        return Sort("yes" if cell else "no")
    if isinstance(cell, str) and "@" in cell:
        return Sort("address")
    if name in _TIMES:
        with suppress(NotADay):
            return Sort("day", day_of(cell, zone, zone))
    if not isinstance(cell, str):
        return Sort("number")
    return Sort("word", word=cell.strip()) if unmarked(cell) in _PLAIN else Sort("text")
