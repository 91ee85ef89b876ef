"""The top of a tab, or a form's questions, as they are shown: no cell names anybody (DP-3)."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import tzinfo

from models.dates import NotADay, day_of, zone_named
from models.intake.participation import ExceptionKind
from models.intake.rows import NO, YES
from models.intake.tables import Cell, holds, sound
from models.privacy import MASK
from models.text import formats
from models.text.folding import unmarked

_TIMES = ("at", "day", "decided", "event_day")
_PLAIN = {*YES, *NO, *(kind.value for kind in ExceptionKind)}
"""Words that may be shown as they are: they name nobody."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The top of a tab, or the questions of a form."""

    key: str
    """Under which its answers are kept."""
    title: str
    place: str
    """As it is named in messages."""
    grid: Sequence[Sequence[Cell]] = field(repr=False)
    zone: str = "UTC"
    day_first: bool = False

    @property
    def digest(self) -> str:
        """Of its headers: under others, it is asked about anew."""
        said = repr([list(map(str, row)) for row in self.grid[:1]])
        return hashlib.sha256(said.encode()).hexdigest()[:8]

    def glimpse(self, row: int, column: int, name: str) -> str:
        """What sort of thing a cell is."""
        cells = self.grid[row] if row < len(self.grid) else ()
        return masked(cells[column] if column < len(cells) else None, name, zone_named(self.zone))


def masked(cell: Cell, name: str, zone: tzinfo) -> str:
    """A cell without what it says of anybody.

    Args:
        name: the field that it would be read as, or "".
    """
    cell = sound(cell)
    if not holds(cell) or cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str) and "@" in cell:
        return "an address"
    if name in _TIMES:
        with suppress(NotADay):
            return formats.day(day_of(cell, zone, zone))
    if not isinstance(cell, str):
        return "a number"
    return cell.strip() if unmarked(cell) in _PLAIN else f"text {MASK}"
