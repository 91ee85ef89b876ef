"""Rows that are no longer kept: somebody was erased, or the row is older than it may be (DP-6).

The sheets are the chapter's own and are not written to. What is taken out here is the program's
copy: the row keeps its place and number, so that a sheet is not taken for shrunk, and loses every
cell. Whoever is still named in the sheet is told to the data person night after night, by place.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from models.intake.locations import ReviewItem, Weight
from models.intake.rows import Row, Rows, Unreadable
from models.intake.tables import GONE, Cell, Table
from models.intake.undecided import ABSENT
from models.intake.yearless import with_years
from models.privacy import Email, Name
from models.text.sentences import Sentence

T = TypeVar("T")
ERASED, EXPIRED = "(erased)", "(older than it may be kept)"
_MARKS = (ERASED, EXPIRED)
_ADDRESSES = ("address", "other_addresses", "other_address")
_DAYS = ("day", "at")
_ALL_DAYS = (
    *_DAYS, "decided", "event_day", "since", "through", "paid", "confirmed", "left",
    "co_chair_since", "leave_from", "leave_through", "closed", "exception_on",
)  # fmt: skip


def blanked(table: Table, why: Callable[[Row], str]) -> Table:
    """The table with the cells of some rows taken out.

    A date without a year is read by those around it, so it gets its year before they go.

    Args:
        why: the mark to leave in a row, or "" to keep it.
    """
    table = with_years(table, table.sheet_zone)
    rows = list(table.rows)
    for row in Rows(table, table.sheet_zone):
        mark = "" if _mark(row.cells) else why(row)
        if mark:
            rows[row.number] = [mark, *[None] * (len(row.cells) - 1)]
    return replace(table, rows=rows)


def without_marks(table: Table) -> Table:
    """The table as the rules read it: a row that was taken out is a blank one."""
    rows: list[list[Cell]] = [[None] * len(row) if _mark(row) else row for row in table.rows]
    return replace(table, rows=rows)


def marked(table: Table, mark: str) -> list[int]:
    """The numbers of the rows that carry a mark."""
    return [number for number, row in enumerate(table.rows) if _mark(row) == mark]


def still_named(tables: Iterable[Table]) -> Iterator[ReviewItem]:
    """The rows of the sheets that name somebody who was erased."""
    for table in tables:
        for number in marked(table, ERASED):
            yield ReviewItem(
                place=table.place(number),
                weight=Weight.SET_ASIDE,
                reason=Sentence("this row names a person who was erased"),
                next_step=Sentence(
                    "delete the row; if the person came back: `clerk person readmit --by …`"
                ),
                rule="DP-6",
            )


def names(row: Row) -> Iterator[Email | Name]:
    """Whom a row names: by every address in it, by the name alone where there is none."""
    found = False
    for field in _ADDRESSES:
        for address in row.named_by(field):
            found = True
            yield address
    name = None if found else _readable(row.name, "name")
    if name:
        yield from dict.fromkeys((name.folded(), name.lowered()))  # as former versions erased


def older_than(horizon: date) -> Callable[[Row], str]:
    """Marks rows whose own date lies before a day; a row without a readable date is kept."""

    def why(row: Row) -> str:
        days = (_readable(row.day, field) for field in _DAYS)
        day = next((day for day in days if day), None)
        return EXPIRED if day and day < horizon else ""

    return why


def ended_before(horizon: date) -> Callable[[Row], str]:
    """Marks rows whose last day lies before a day; a row without one still holds, and is kept."""

    def why(row: Row) -> str:
        last = _readable(row.day, "through")
        return EXPIRED if last and last < horizon else ""

    return why


def shown(row: Row, fields: Iterable[str], cells: Iterable[Cell]) -> str:
    """What a row holds, for whom it is about: a sheet's numbers for days as days."""
    told: list[object] = []
    for field, cell in zip(fields, cells, strict=True):
        if field.startswith((GONE, ABSENT)):
            continue
        day = _readable(row.day, field) if field in _ALL_DAYS else None
        told.append(cell if day is None else day)
    return " | ".join(str(one) for one in told if one not in (None, ""))


def _mark(row: list[Cell]) -> str:
    return str(row[0]) if row and row[0] in _MARKS else ""


def _readable(read: Callable[[str], T], field: str) -> T | None:
    try:
        return read(field)
    except Unreadable:
        return None
