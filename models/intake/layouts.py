"""Turn a tab as people lay it out into a table: title rows above the headers, a roster."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import tzinfo
from itertools import pairwise
from typing import Any

from models.dates import zone_named
from models.errors import FixTheSettings
from models.intake.locations import NOTHING, rows_named
from models.intake.marks import came
from models.intake.rosters import days_of, roster_of
from models.intake.tables import Cell, Columns, Table, holds, sound, table_from
from models.intake.unsent import has_time
from models.text.folding import unmarked
from models.text.sentences import Sentence

Grid = Sequence[Sequence[Cell]]

_DATA = re.compile(r"@|^[\d\s/.:,+-]+$")
"""In a row and not in a title: an address, or only a number, date, or time."""
_TIMES = ("at", "day", "decided", "event_day")
_MOST_OF_A_TABLE = 20
"""Rows into which a second table is looked for."""
_MOST = 5
"""How many rows can be above the headers."""


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
        FixTheSettings: a header is missing, or must not be read; or it is a roster with only names.
    """
    above = _titles_above(grid, wanted, zone_named(zone), day_first=day_first)
    _refuse_two_tables(source, grid, above, wanted)
    again = _headers_again(grid, above)
    below = grid[above:]
    if again:
        below = [[] if number in again else row for number, row in enumerate(below, start=above)]
    try:
        roster = roster_of(source, below, wanted, zone, day_first=day_first)
        if roster is None:
            table = table_from(
                source, below, wanted, zone, day_first=day_first, tab_event=tab_event
            )
            return _noted(_moved(table, above), grid[:above], again)
    except FixTheSettings as exc:
        exc.where = exc.where.replace("!1:1", f"!{above + 1}:{above + 1}")
        raise
    moved = replace(roster, persons=replace(roster.persons, first_row=above + 2))
    return _noted(_moved(moved.sign_ins(below), above), grid[:above], again)


def _moved(table: Table, above: int) -> Table:
    """The table with the numbers that its rows and headers have in the tab."""
    if not above:
        return table
    head = re.compile(r"(?<!\d)1(?!\d)")  # a note's row is the tab's own already
    notes = tuple((head.sub(str(above + 1), cell), *told) for cell, *told in table.notes)
    return replace(table, first_row=above + 2, notes=notes)


def _titles_above(grid: Grid, wanted: Columns, zone: tzinfo, *, day_first: bool) -> int:
    """How many lines of a title stand above the headers of a table, or of a roster.

    Where no row has all that it must have, the headers are the row with the most of the titles:
    what it lacks is said of it.
    """

    def days(heads: Sequence[Cell]) -> dict[int, Any]:
        return days_of(heads, zone, day_first=day_first) if wanted.kind == "sign_ins" else {}

    def are_headers(row: Sequence[Cell]) -> bool:
        heads = [sound(cell) for cell in row]
        lacks = set(wanted.lacking({unmarked(head) for head in heads if isinstance(head, str)}))
        return lacks <= {"event", "address"} and len(days(heads)) >= len(lacks)

    def is_answer(row: Sequence[Cell], heads: Sequence[Cell]) -> bool:
        filled = [str(cell) for cell in row if holds(cell)]
        times = set().union(*(map(unmarked, wanted.titles(field)) for field in _TIMES))
        pairs = list(zip(row, heads, strict=False))
        marked = [row[column] for column in days(heads) if column < len(row)]
        return (
            any("@" in text for text in filled)
            or (len(filled) == 1 and bool(_DATA.search(filled[0])))
            or any(has_time(str(c)) for c, head in pairs if unmarked(str(head)) in times)
            or any(holds(mark) and came(mark) is not None for mark in marked)
        )

    top = [list(map(sound, row)) for row in grid[: _MOST + 1]]
    at = next((n for n, row in enumerate(top) if are_headers(row)), _most_titled(top, wanted))
    return 0 if any(is_answer(row, top[at]) for row in top[:at]) else at


def _refuse_two_tables(source: str, grid: Grid, above: int, wanted: Columns) -> None:
    """Refuse a second table: only the rows of the first one would be read.

    Raises:
        FixTheSettings: the addresses have a header further down, too, in another column.
    """
    known = set(map(unmarked, wanted.titles("address")))

    def places(row: Sequence[Cell]) -> set[int]:
        return {n for n, one in enumerate(row) if isinstance(one, str) and unmarked(one) in known}

    def addressed(row: Sequence[Cell]) -> set[int]:
        return {n for n, cell in enumerate(row) if isinstance(cell, str) and "@" in cell}

    first = places(grid[above]) if grid else set()
    rows = grid[above + 1 : above + _MOST_OF_A_TABLE]
    for number, (row, below) in enumerate(pairwise(rows), start=above + 2):
        again = places(row) - first if first and not addressed(row) else set()
        if again & addressed(below):
            raise FixTheSettings(
                f"this tab has two tables: row {number} has headers too, in other columns",
                where=f"{source}!{number}:{number}",
                next_step=f"if row {number} begins the table of people, delete the rows above "
                "it; or move one table to another tab",
            )


def _most_titled(rows: Grid, wanted: Columns) -> int:
    """The row with the most of the titles, where it has two and more than the first."""
    known = {unmarked(title) for field in wanted.headers for title in wanted.titles(field)}
    many = [sum(isinstance(one, str) and unmarked(one) in known for one in row) for row in rows]
    most = max(many, default=0)
    return many.index(most) if most > 1 else 0


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


def _headers_again(grid: Grid, above: int) -> set[int]:
    """Return the rows, from 0, that repeat the headers, as after a page break."""
    top = grid[above] if grid else []
    heads = [unmarked(str(sound(cell))) if holds(cell) else "" for cell in top]

    def are_again(row: Sequence[Cell]) -> bool:
        many = 0
        for at, cell in enumerate(row):
            if not holds(cell):
                continue
            if type(cell) is not str or at >= len(heads) or unmarked(sound(cell)) != heads[at]:
                return False
            many += 1
        return many > 1

    return {n for n, row in enumerate(grid[above + 1 :], start=above + 1) if are_again(row)}


def _noted(table: Table, above: Grid, again: Iterable[int]) -> Table:
    """Return the table with notes on a title of several cells, and on headers that repeat."""
    rows = [n for n, row in enumerate(above, start=1) if sum(map(holds, map(sound, row))) > 1]
    notes = [(rows_named(rows), *_TITLE)] if rows else []
    notes += [(rows_named(n + 1 for n in sorted(again)), *_AGAIN)] if again else []
    return replace(table, notes=(*table.notes, *notes)) if notes else table


_AGAIN = (Sentence("the headers are repeated here; skipped"), NOTHING)
_TITLE = (
    Sentence("above the headers: read as a title, not as a person's row"),
    Sentence("if it is a title, do nothing; if it is a person's row, move it below the headers"),
)
