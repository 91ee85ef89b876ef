"""A tab or a form as a table: headers found tolerantly, rows by field, cells named by place."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from models.dates import zone_named
from models.errors import FixTheSettings
from models.intake.cells import Cell as Cell
from models.intake.cells import holds as holds
from models.intake.cells import sound as sound
from models.intake.headers import Head, heads_of, in_settings, near_to, sharing
from models.intake.locations import SourceLocation, column_letter
from models.intake.opposites import opposite, speaks
from models.intake.undecided import that_decide
from models.intake.unread import holding_what_rows_lack
from models.privacy import one_line, redact_addresses
from models.text.folding import unmarked
from models.text.sentences import Joined, Sentence

GONE = "gone:"
"""Before the id of a question that is no longer on a form: a field of marks, and of no answers."""
_NUMBER = "(number|no|num|id)"
_FORBIDDEN = re.compile(
    r"\b(ssn|social security|passport|driver ?s? licen[cs]e|licen[cs]e " + _NUMBER + "|itin"
    r"|tax ?(payer)? ?id|(national|government|gov|govt|state|voter|federal)( issued)? id"
    r"|(credit|debit|bank) card|card " + _NUMBER + r"|cvv|iban|bank account"
    r"|(account|acct) " + _NUMBER + r"|routing " + _NUMBER + r")\b"
)
"""In a header's plain words, see `_looks_forbidden`."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DATA = re.compile(r"@|\d[-/.:]\d|^\d+([.,]\d+)?$")
"""What is in rows and not in headers: addresses, dates, times, numbers."""


_IN_TWO = {"name": ("first_name", "last_name")}
"""Fields that can be in two columns."""


def lacking(required: Iterable[str], there: Container[str]) -> set[str]:
    """Of the fields that must be there those that are not, in one column or in two."""
    return {
        name
        for name in required
        if name not in there and not all(part in there for part in _IN_TWO.get(name, (name,)))
    }


@dataclass(frozen=True, slots=True)
class Columns:
    """The fields of one kind of table: header text by field, and which must be there."""

    kind: str
    headers: Mapping[str, str]
    required: frozenset[str]
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A chapter's own headers; of several each is read, and whichever cell is filled counts.
    None: it has no such column."""

    def settings(self) -> list[Any]:
        """All of it as plain JSON, the same in every process: a set has no order of its own."""
        both = [list(self.headers.items()), sorted(self.own.items())]
        return [self.kind, *both, sorted(self.required)]

    def renamed(self, own: Mapping[str, str | Sequence[str]]) -> "Columns":
        """The same fields under a chapter's own headers (`chapter.toml [columns.…]`)."""
        listed = {name: (one,) if isinstance(one, str) else tuple(one) for name, one in own.items()}
        return Columns(self.kind, self.headers, self.required, {**self.own, **listed})

    def lacking(self, heads: Container[str]) -> list[str]:
        """The fields that must be there and are not; a name may stand in two columns.

        Args:
            heads: what there is, folded, without marks at the end.
        """
        there = [
            name
            for name in self.headers
            if any(unmarked(title) in heads for title in self.titles(name))
        ]
        missing = lacking(self.required, there)
        return [name for name in self.headers if name in missing]

    def titles(self, name: str) -> tuple[str, ...]:
        """What may head a field's column; nothing of a field that this kind does not have."""
        usual = self.headers.get(name)
        return self.own.get(name, (usual,) if usual else ())


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
    """One appears twice if two columns have the same header, or a form asked a question again."""
    columns: tuple[int, ...]
    """The column of each field, 0 for A; empty for a form, −1 for a roster's own fields."""
    rows: list[list[Cell]] = field(repr=False)
    first_row: int = 2
    row_names: tuple[str, ...] = field(default=(), repr=False)
    """For a form: the response ids; for a roster, whose rows are marks: their cells."""
    day_first: bool = False
    tab_event: str = ""
    """For a tab (or form) that belongs to one event: the event's id or name."""
    notes: tuple[Sequence[str], ...] = ()
    """What is said of its columns: the cell, the reason, the next step."""
    sheet: int | None = field(default=None, compare=False)
    """The tab's own number in its workbook, for links; None for a form, and where an earlier
    version read it."""

    @property
    def sheet_zone(self) -> tzinfo:
        """The zone as an object."""
        return zone_named(self.zone)

    def place(self, row: int, field: str = "") -> SourceLocation:
        """The cell of a field in the row-th row (from 0), or its whole row."""
        if self.row_names and not self.columns:
            return SourceLocation(self.source, f"response {self.row_names[row]}")
        column = self.columns[self.fields.index(field)] if field in self.fields else -1
        number = str(self.first_row + row)
        if self.row_names:
            number = self.row_names[row].lstrip(_LETTERS)
        if column >= 0:
            return SourceLocation(self.source, column_letter(column) + number)
        return SourceLocation(
            self.source, self.row_names[row] if self.row_names else f"{number}:{number}"
        )

    def twins(self, field: str) -> str:
        """Where the columns of a field stand, in a sentence."""
        if not self.columns:
            return Sentence("two questions of the form")
        both = zip(self.fields, self.columns, strict=True)
        letters = Joined(" and ", (column_letter(i) for name, i in both if name == field))
        return Sentence("columns {letters}", letters=letters)

    def filled(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows that hold anything, with their numbers from 0; blank ones are no rows."""
        for number, row in enumerate(self.rows):
            if any(map(holds, row)):
                yield number, row


def looks_like_data(head: str) -> bool:
    """Whether a text belongs in rows and not in headers: an address, a date, a time, a number."""
    return bool(_DATA.search(head))


def _looks_forbidden(head: str) -> bool:
    """`ssn_last4`, `Driver’s License #`: marks between words do not hide what it is (DP-5)."""
    words = re.sub(r"[\W_]+", " ", head.replace("#", " number "))
    return bool(_FORBIDDEN.search(words))


def _said(grid: Sequence[Sequence[Cell]]) -> list[str]:
    """The headers as they are."""
    return ["" if cell is None else str(sound(cell)) for cell in (grid[0] if grid else ())]


def find_columns(
    source: str, grid: Sequence[Sequence[Cell]], wanted: Columns
) -> dict[str, tuple[int, ...]]:
    """Which columns hold each field: a header is compared whole (BA-7).

    Several are headed alike where a question was deleted and asked again: all of them are the
    field's.

    Raises:
        FixTheSettings: a required header is missing, is that of two fields, or names what must not
            be read; all faults at once, each with the closest header found.
    """
    heads = heads_of(_said(grid))
    fix = f"fix the header, or map it in chapter.toml [columns.{wanted.kind}]"
    faults = [
        (f"column {head.letter} {FORBIDDEN}", "delete the column; hiding it is not enough")
        for head in heads
        if _looks_forbidden(head.whole)
    ]
    titles = {name: set(map(unmarked, wanted.titles(name))) for name in wanted.headers}
    faults += [(fact, fix) for fact in _for_two(heads, titles)]
    missing = wanted.lacking({head.whole for head in heads})
    found: dict[str, tuple[int, ...]] = {}
    for name, known in titles.items():
        mine = [head for head in heads if head.whole in known]
        told = ((redact_addresses(one_line(head.said)), opposite(name, head.said)) for head in mine)
        faults += [(f"the header “{said}” {why}", fix) for said, why in told if why]
        if mine:
            found[name] = tuple(head.index for head in mine)
        elif name in missing:
            said = " or ".join(f"“{title}”" for title in wanted.titles(name))
            near, step = _hint(wanted.titles(name)[0], heads, grid)
            listed = ", ".join(map(in_settings, (*wanted.titles(name), "yours")))
            faults.append((f"no header {said}{near}", step or f"{fix}, as in {name} = [{listed}]"))
    if faults:
        raise FixTheSettings(
            "; ".join(fact for fact, _ in faults),
            where=f"{source}!1:1",
            next_step="; ".join(dict.fromkeys(step for _, step in faults)),
        )
    return found


FORBIDDEN = (
    "looks like a government ID, card, or account number, which the program must not read (DP-5)"
)
ABOVE = "write the headers in row 1, above the data; docs/sheets.md lists them"


def _for_two(heads: Sequence[Head], titles: Mapping[str, set[str]]) -> Iterator[str]:
    """The headers that a chapter set for two fields, so that it is not clear which is meant."""
    for head in heads:
        fields = [name for name, known in titles.items() if head.whole in known]
        if len(fields) > 1:
            yield f"the header of column {head.letter} is set for both {' and '.join(fields)}"


def _hint(header: str, heads: Sequence[Head], grid: Sequence[Sequence[Cell]]) -> tuple[str, str]:
    """Return the nearest header, or the row into which the header was sorted, and the fix."""
    sought = unmarked(header)
    for number, row in enumerate(grid[1:], start=2):
        if sought in (unmarked(cell) for cell in row if isinstance(cell, str) and len(cell) < 100):
            fact = (
                f" in row 1, but row {number} has it; was the tab sorted together with its header?"
            )
            return fact, f"move row {number} back to the top, as row 1, and freeze it"
    if not heads:
        return "; row 1 is empty", ABOVE
    if any(looks_like_data(head.whole) for head in heads):
        return "; row 1 looks like data, not like headers", ABOVE  # and data is not repeated
    if near := near_to(heads, header):
        return near, ""
    return sharing(heads, header), ""


def table_from(
    source: str,
    grid: Sequence[Sequence[Cell]],
    wanted: Columns,
    zone: str,
    *,
    day_first: bool = False,
    tab_event: str = "",
    elsewhere: Container[int] = (),
) -> Table:
    """Cut a tab's cells down to the fields of its kind (DP-5).

    Args:
        grid: the tab as the Sheets API gives it, header first, short rows and all.
        elsewhere: the columns that are read otherwise, as a roster's meetings are.
    """
    found = find_columns(source, grid, wanted)
    columns = tuple(place for places in found.values() for place in places)
    heads = [head for head in heads_of(_said(grid)) if head.index not in elsewhere]
    unread = [head for head in heads if head.index not in columns]
    told = {head: speaks(wanted.kind, head.said, found) for head in unread}
    notes = [(f"{head.letter}1", *said) for head, said in told.items() if said]
    silent = [head for head, said in told.items() if not said]
    notes += that_decide(wanted.kind, silent, found, grid[1:])
    needed = {name: wanted.titles(name) for name in found if name in wanted.required}
    notes += holding_what_rows_lack(wanted.kind, heads, needed, found, grid[1:])
    return Table(
        source=source,
        kind=wanted.kind,
        zone=zone,
        fields=tuple(name for name, places in found.items() for _ in places),
        columns=columns,
        rows=[[sound(row[i]) if i < len(row) else None for i in columns] for row in grid[1:]],
        day_first=day_first,
        tab_event=tab_event,
        notes=tuple(notes),
    )


def unread_table(source: str, kind: str, zone: str, fault: FixTheSettings) -> Table:
    """A tab of which nothing can be read, with what is wrong as a note of it."""
    note = "", f"nothing of this tab is read: {fault.fact}", fault.next_step
    return Table(source, kind, zone, fields=(), columns=(), rows=[], notes=(note,))
