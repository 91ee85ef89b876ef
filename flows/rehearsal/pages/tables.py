"""A tab as a person sees it in the browser, and what they type into it."""

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from connectors.sandbox.google.cells import Cell, formatted, unformatted, user_entered
from connectors.sandbox.google.state import GoogleState
from connectors.sandbox.google.workbook import Tab, Workbook
from models.dates import EPOCH
from models.text.folding import folded

PAGE: Final = 25
"""Rows a page."""
_DATED: Final = re.compile(r"\b(date|time|timestamp|when|day|fecha|marca temporal|hora)\b")
_DAYS: Final = range(20_000, 80_000)
"""What a day is as a number: from 1954 to 2119."""


class Line(NamedTuple):
    """A row, with its number as people count: the first is 1."""

    number: int
    cells: tuple[str, ...]


def letter(column: int) -> str:
    """What a column is called: A, B, …, Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def width(tab: Tab) -> int:
    """How many columns have something in them."""
    return max((len(row) for row in tab.rows), default=0)


def heads(workbook: Workbook, tab: Tab) -> tuple[str, ...]:
    """The first row, which names the columns."""
    first: Sequence[Cell] = tab.rows[0] if tab.rows else ()
    return _padded(tab, [formatted(cell, workbook.locale) for cell in first])


def line(workbook: Workbook, tab: Tab, number: int) -> Line:
    """A row as it is shown; one that is not there is empty."""
    row = tab.rows[number - 1] if number <= len(tab.rows) else []
    dated = _dated(workbook, tab) if number > 1 else frozenset()
    shown = [
        _day(cell, workbook.locale) if place in dated else formatted(cell, workbook.locale)
        for place, cell in enumerate(row)
    ]
    return Line(number, _padded(tab, shown))


def found(workbook: Workbook, tab: Tab, wanted: str) -> list[Line]:
    """The rows below the headers that hold a text; all of them for no text."""
    lines = (line(workbook, tab, number) for number in range(2, len(tab.rows) + 1))
    wanted = folded(wanted)
    return [one for one in lines if not wanted or any(wanted in folded(c) for c in one.cells)]


def digest(one: Line) -> str:
    """By which it is known whether a row is still the one that was looked at."""
    return hashlib.sha256("\0".join(one.cells).encode()).hexdigest()[:16]


def write(
    google: GoogleState, workbook: Workbook, tab: Tab, number: int, typed: Sequence[str]
) -> int:
    """Type into a row what differs from what stands there. Returns how many cells changed."""
    old = line(workbook, tab, number)
    if not tab.rows or number > len(tab.rows):
        old = Line(number, ())
    changed = 0
    with google.edit(workbook.id, tab.title) as rows:
        while len(rows) < number:
            rows.append([])
        row = rows[number - 1]
        for place, text in enumerate(typed):
            if text.strip() == (old.cells[place] if place < len(old.cells) else "").strip():
                continue
            row += [""] * (place + 1 - len(row))
            row[place] = user_entered(text, workbook.locale)
            changed += 1
    return changed


def remove(google: GoogleState, workbook: Workbook, tab: Tab, number: int) -> None:
    """Delete a row; those below move up."""
    with google.edit(workbook.id, tab.title) as rows:
        del rows[number - 1]


def _padded(tab: Tab, shown: list[str]) -> tuple[str, ...]:
    return (*shown, *[""] * (width(tab) - len(shown)))


def _dated(workbook: Workbook, tab: Tab) -> frozenset[int]:
    """The columns whose header says that they hold days."""
    named = enumerate(heads(workbook, tab))
    return frozenset(place for place, head in named if _DATED.search(folded(head)))


def _day(cell: Cell, locale: str) -> str:
    """A number that a sheet would show as a day."""
    value = unformatted(cell)
    is_day = isinstance(value, int | float) and not isinstance(value, bool)
    if isinstance(cell, date) or not is_day or int(value) not in _DAYS:
        return formatted(cell, locale)
    at = datetime.combine(EPOCH, datetime.min.time(), UTC) + timedelta(days=float(value))
    at = (at + timedelta(milliseconds=500)).replace(microsecond=0, tzinfo=None)
    return formatted(at if float(value) % 1 else at.date(), locale)
