"""The top of a tab, or a form's questions, as they are shown: no cell names anybody (DP-3)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.setup.sorts import Sort, sort_of
from models.dates import zone_named
from models.errors import FixTheSettings
from models.intake.layouts import table_of
from models.intake.proposals import Proposal
from models.intake.tables import Cell, Columns
from models.privacy import one_line, redact_addresses


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

    @property
    def shown(self) -> str:
        """Its title, for a page."""
        return one_line(redact_addresses(self.title))

    def glimpse(self, row: int, column: int, name: str) -> Sort:
        """What sort of thing a cell is."""
        cells = self.grid[row] if row < len(self.grid) else ()
        return sort_of(cells[column] if column < len(cells) else None, name, zone_named(self.zone))


def trouble_of_a_roster(sheet: Sheet, wanted: Columns, found: Proposal) -> FixTheSettings | None:
    """Why a roster cannot be read as one: as something else, it would count for one event.

    Args:
        wanted: the fields of sign-ins.
        found: how they are proposed.
    """
    if len(sheet.grid) < 2:
        return None
    own = {
        name: [head.said for head in found.heads if head.index in places]
        for name, places in found.columns.items()
        if name in ("address", "event")
    }
    read_by = wanted.renamed(own)
    try:
        table_of(sheet.place, sheet.grid, read_by, sheet.zone, day_first=sheet.day_first)
    except FixTheSettings as fault:
        return fault if "roster" in fault.fact else None
    return None
