"""A tab as people lay it out → a table: lines of a title above the headers, a roster."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import tzinfo

from models.dates import zone_named
from models.errors import FixTheSettings
from models.intake.rosters import days_of, roster_of
from models.intake.tables import Cell, Columns, Table, sound, table_from
from models.text.folding import unmarked

Grid = Sequence[Sequence[Cell]]

_DATA = re.compile(r"@|^[\d\s/.:,+-]+$")
"""In a row and not in a title: an address; a number, date or time alone."""
_MOST = 5
"""Rows that may stand above the headers."""


def table_of(
    source: str,
    grid: Grid,
    wanted: Columns,
    zone: str,
    *,
    day_first: bool = False,
    tab_event: str = "",
) -> Table:
    """Cut a tab's cells down to the fields of its kind (DP-5), however it is laid out.

    Raises:
        FixTheSettings: a header is missing, or must not be read; or it is a roster of names alone.
    """
    above = _titles_above(grid, wanted, zone_named(zone), day_first=day_first)
    below = grid[above:]
    try:
        roster = roster_of(source, below, wanted, zone, day_first=day_first)
        if roster is None:
            table = table_from(
                source, below, wanted, zone, day_first=day_first, tab_event=tab_event
            )
            return _moved(table, above)
    except FixTheSettings as exc:
        exc.where = exc.where.replace("!1:1", f"!{above + 1}:{above + 1}")
        raise
    moved = replace(roster, persons=replace(roster.persons, first_row=above + 2))
    return _moved(moved.sign_ins(below), above)


def _moved(table: Table, above: int) -> Table:
    """The table with the numbers that its rows and headers have in the tab."""
    if not above:
        return table
    head = re.compile(r"(?<!\d)1(?!\d)")  # a note's row is the tab's own already
    notes = tuple((head.sub(str(above + 1), cell), *told) for cell, *told in table.notes)
    return replace(table, first_row=above + 2, notes=notes)


def _titles_above(grid: Grid, wanted: Columns, zone: tzinfo, *, day_first: bool) -> int:
    """How many lines of a title stand above the headers of a table, or of a roster."""

    def are_headers(row: Sequence[Cell]) -> bool:
        heads = [sound(cell) for cell in row]
        lacks = set(wanted.lacking({unmarked(head) for head in heads if isinstance(head, str)}))
        days = days_of(heads, zone, day_first=day_first) if wanted.kind == "sign_ins" else {}
        return lacks <= {"event", "address"} and len(days) >= len(lacks)

    return lines_above(grid, are_headers)


def lines_above(grid: Grid, are_headers: Callable[[Sequence[Cell]], bool]) -> int:
    """How many lines of a title stand above the headers; 0 where no row below has all of them.

    A row of more than one cell, or of what looks like data, is no title: the tab was sorted with
    its headers, and what stands above them is answers.
    """
    for number, row in enumerate(grid[: _MOST + 1]):
        if are_headers(row):
            return number
        filled = [str(cell) for cell in row if str(cell or "").strip()]
        if len(filled) > 1 or any(map(_DATA.search, filled)):
            return 0
    return 0
