"""A tab or a form as a table: headers found tolerantly, rows by field, cells named by place."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from difflib import get_close_matches
from typing import Any

from models.dates import zone_named
from models.errors import FixTheSettings
from models.places import Place, column_letter
from models.privacy import one_line

Cell = str | int | float | bool | None

_NUMBER = "(number|no|num|id)"
_FORBIDDEN = re.compile(
    r"\b(ssn|social security|passport|driver ?s? licen[cs]e|licen[cs]e " + _NUMBER + "|itin"
    r"|tax ?(payer)? ?id|(national|government|gov|govt|state|voter|federal)( issued)? id"
    r"|(credit|debit|bank) card|card " + _NUMBER + r"|cvv|iban|bank account"
    r"|(account|acct) " + _NUMBER + r"|routing " + _NUMBER + r")\b"
)
"""In a header's plain words, see `_looks_forbidden`."""
_WHOLE = 2**53
"""Up to here a double, and so a sheet, tells whole numbers apart."""
_DATA = re.compile(r"@|\d[-/.:]\d|^\d+([.,]\d+)?$")
"""What stands in rows and not in headers: addresses, dates, times, numbers."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The fields of one kind of table: header text by field, and which must be there."""

    kind: str
    headers: Mapping[str, str]
    required: frozenset[str]

    def settings(self) -> list[Any]:
        """All of it as plain JSON, the same in every process: a set has no order of its own."""
        return [self.kind, list(self.headers.items()), sorted(self.required)]

    def renamed(self, own: Mapping[str, str]) -> "Columns":
        """The same fields under a chapter's own headers (`chapter.toml [columns.…]`)."""
        return Columns(self.kind, {**self.headers, **own}, self.required)


@dataclass(frozen=True, slots=True)
class Table:
    """One tab, or one form's answers, with only the columns a rule needs (DP-5).

    `rows` are raw cells by field, in the order of `fields`; `places` tell where they stood.
    """

    source: str
    """The tab's or form's own title."""
    kind: str
    zone: str
    """The zone of its dates, as `models.dates.zone_named` reads it."""
    fields: tuple[str, ...]
    columns: tuple[int, ...]
    """Where each field stands, 0 for column A; empty for a form."""
    rows: list[list[Cell]] = field(repr=False)
    first_row: int = 2
    row_names: tuple[str, ...] = field(default=(), repr=False)
    """For a form: the response ids."""
    day_first: bool = False
    tab_event: str = ""
    """For a tab (or form) that belongs to one event: the event's id or name."""

    @property
    def sheet_zone(self) -> tzinfo:
        """The zone as an object."""
        return zone_named(self.zone)

    def place(self, row: int, field: str = "") -> Place:
        """The cell of a field in the row-th row (from 0), or its whole row."""
        if self.row_names:
            return Place(self.source, f"response {self.row_names[row]}")
        number = str(self.first_row + row)
        if field not in self.fields:
            return Place(self.source, f"{number}:{number}")
        return Place(self.source, column_letter(self.columns[self.fields.index(field)]) + number)

    def filled(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows that hold anything, with their numbers from 0; blank ones are no rows."""
        for number, row in enumerate(self.rows):
            if any(map(holds, row)):
                yield number, row


def sound(cell: Cell) -> Cell:
    """A cell that everything after it can keep, compare and print.

    Half a character (a lone surrogate) can be written nowhere and becomes U+FFFD; a whole number
    that no sheet can hold becomes the double a sheet would make of it.
    """
    if isinstance(cell, str):
        if cell.isascii():
            return cell
        return cell.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(cell, int) and abs(cell) > _WHOLE:
        try:
            return float(cell)
        except OverflowError:
            return math.copysign(math.inf, cell > 0 or -1)
    return cell


_NOTHING = frozenset(
    ("", "FALSE", "FALSO", "#REF!", "#N/A", "#VALUE!", "#ERROR!", "#DIV/0!", "#NAME?", "#NULL!")
)


def holds(cell: Cell) -> bool:
    """Whether a cell holds anything: no white space does, no box nobody ticked, no formula's error.

    A formula that was filled down shows its error in rows that nobody sent.
    """
    if isinstance(cell, str):
        return cell.strip().upper() not in _NOTHING
    return cell is not None and cell is not False


def folded(header: object) -> str:
    """A header without case, extra spaces, closing marks: `Email  Address:` → `email address`."""
    return one_line(str(header)).casefold().rstrip(":?*. ")


def _looks_forbidden(head: str) -> bool:
    """`ssn_last4`, `Driver’s License #`: marks between words do not hide what it is (DP-5)."""
    words = re.sub(r"[\W_]+", " ", head.replace("#", " number "))
    return bool(_FORBIDDEN.search(words))


def find_columns(source: str, grid: Sequence[Sequence[Cell]], wanted: Columns) -> dict[str, int]:
    """Which column holds each field.

    Raises:
        FixTheSettings: a required header is missing, stands twice, or names what must not be read;
            all faults at once, each with the closest header found.
    """
    heads = [folded(sound(cell)) if cell is not None else "" for cell in (grid[0] if grid else ())]
    faults = [
        f"column {column_letter(i)} looks like a government id, card or account number: take it "
        "out of the workbook the program reads (DP-5)"
        for i, head in enumerate(heads)
        if _looks_forbidden(head)
    ]
    found: dict[str, int] = {}
    for name, header in wanted.headers.items():
        places = [i for i, head in enumerate(heads) if head == folded(header)]
        if len(places) > 1:
            letters = " and ".join(column_letter(i) for i in places)
            faults.append(f"the header “{header}” stands twice, in columns {letters}")
        elif places:
            found[name] = places[0]
        elif name in wanted.required:
            faults.append(f"no header “{header}”{_hint(folded(header), heads, grid)}")
    if faults:
        raise FixTheSettings(
            "; ".join(faults),
            where=f"{source}!1:1",
            next_step=f"mend the header, or map it in chapter.toml [columns.{wanted.kind}]",
        )
    return found


def _hint(header: str, heads: Sequence[str], grid: Sequence[Sequence[Cell]]) -> str:
    """The nearest header there is, or the row into which the header was sorted."""
    for number, row in enumerate(grid[1:], start=2):
        if header in (folded(cell) for cell in row if isinstance(cell, str) and len(cell) < 100):
            return f" in row 1, but row {number} has it: was the tab sorted with its header?"
    if not any(heads):
        return "; row 1 is empty"
    if any(_DATA.search(head) for head in heads):
        return "; row 1 looks like data, not like headers"  # and data is not repeated
    near = get_close_matches(header, heads, n=1, cutoff=0.4)
    if not near:
        return ""
    return f"; the closest is “{near[0]}” in column {column_letter(heads.index(near[0]))}"


def table_from(
    source: str,
    grid: Sequence[Sequence[Cell]],
    wanted: Columns,
    zone: str,
    *,
    day_first: bool = False,
    tab_event: str = "",
) -> Table:
    """Cut a tab's cells down to the fields of its kind (DP-5).

    Args:
        grid: the tab as the Sheets API gives it, header first, short rows and all.
    """
    found = find_columns(source, grid, wanted)
    columns = tuple(found.values())
    return Table(
        source=source,
        kind=wanted.kind,
        zone=zone,
        fields=tuple(found),
        columns=columns,
        rows=[[sound(row[i]) if i < len(row) else None for i in columns] for row in grid[1:]],
        day_first=day_first,
        tab_event=tab_event,
    )
