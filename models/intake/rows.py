"""Reading a row field by field: tidy, typed, or a complaint that names the cell and no content."""

import re
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from datetime import date, datetime, tzinfo
from typing import TypeVar, cast

from models.dates import NotADay, day_of, moment_of
from models.intake.consents import NO, YES, agrees
from models.intake.day_order import ASKED, FIELDS, in_two_ways
from models.intake.field_names import OF_TWO, OF_TWO_NAMES, called
from models.intake.parsing import addresses_in, is_box, parsed, tidied, tidied_as_seen
from models.intake.tables import Cell, Table, holds
from models.privacy import Email, Name, Personal, Phone, redact_addresses
from models.text.folding import unmarked
from models.text.sentences import Sentence, told_by

P = TypeVar("P", bound=Personal)
T = TypeVar("T")

LONGEST_CELL = 2_000
"""Letters; a longer cell is a paste gone wrong (Sheets allows 50 000)."""

WRITE_DAY = Sentence("write the date like 2026-03-31, or format the cell as a date")
_ONE_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")
"""A cell with nothing that separates addresses, or stands around one."""


class Unreadable(Exception):
    """A row cannot become a record: which field, why, what to do."""

    def __init__(
        self, field: str, reason: str, next_step: str, rule: str = "", *, asks: bool = False
    ) -> None:
        self.field, self.reason, self.next_step, self.rule = field, reason, next_step, rule
        self.asks = asks
        """Whether it can be read in two ways, and a person says which is meant."""
        super().__init__(reason)

    @property
    def told(self) -> tuple[str, str]:
        """The reason and the next step."""
        return self.reason, self.next_step


Known = dict[tuple[type[Personal], str], Personal]
"""What cells of this very text were read as: people sign in often. It holds people, and lives as
long as one reading of the sheets."""


class Rows:
    """The rows of a table that hold anything, one by one."""

    def __init__(self, table: Table, zone: tzinfo, known: Known | None = None) -> None:
        self.table, self.zone = table, zone
        self.known: Known = {} if known is None else known
        self.places: dict[str, list[int]] = {}
        """Field → all its columns."""
        for place, field in enumerate(table.fields):
            self.places.setdefault(field, []).append(place)
        self.columns = {field: at[0] for field, at in self.places.items()}
        self.twins = {field: at for field, at in self.places.items() if len(at) > 1}
        self.in_two = "first_name" in self.columns or "last_name" in self.columns
        self.two_ways = {
            field: in_two_ways((row[i] for row in table.rows), day_first=table.day_first)
            for i, field in enumerate(table.fields)
            if field in FIELDS
        }
        self.later: dict[str, set[int]] = {}
        """Field → the rows read from another than the first of its columns."""
        self._addresses: dict[Cell, list[Email]] = {}

    def addresses_of(self, cell: Cell) -> list[Email]:
        """Every address of a cell; the same text is read once, because people sign in often."""
        if cell not in self._addresses:
            read = addresses_in(tidied(cell))
            self._addresses[cell] = [one for one in read if isinstance(one, Email)]
        return self._addresses[cell]

    def __iter__(self) -> Iterator["Row"]:
        return (Row(self, number, cells) for number, cells in self.table.filled())


class Row:
    """One row of a table, its cells by field; reading a field tidies or complains."""

    def __init__(self, among: Rows, number: int, cells: list[Cell]) -> None:
        self._among, self._table = among, among.table
        self.number, self.cells = number, cells
        self.notes: list[Unreadable] = []

    def if_readable(self, read: Callable[[str], T], field: str) -> T | None:
        """A field the row can do without: unreadable becomes blank and a note, not a lost row."""
        try:
            return read(field)
        except Unreadable as exc:
            self.notes.append(exc)
            return None

    def text(self, field: str, *, needed: str = "") -> str:
        """The cell as tidy text, "" when blank and not needed.

        A text becomes an event's name or a reason, which are shown and kept: an address that was
        typed into the wrong column becomes dots (DP-3).
        """
        return redact_addresses(self._typed(field, needed, seen=True))

    def cell(self, field: str) -> Cell:
        """The cell as it stands; None where the table has no such field."""
        if field in self._among.twins:
            return self._of_twins(field)
        column = self._among.columns.get(field)
        cell = None if column is None else self.cells[column]
        if type(cell) is str and cell[:1] == "#" and not holds(cell):
            return None  # a formula's error is nothing
        return cell

    def _of_twins(self, field: str) -> Cell:
        """Of columns headed alike, whichever cell is filled."""
        cells = [self.cells[column] for column in self._among.twins[field]]
        filled = [cell for cell in cells if holds(cell)]
        if any(is_box(cell, "TRUE") for cell in filled):  # then an empty box says no
            filled += [cell for cell in cells if is_box(cell, "FALSE")]
        if len({unmarked(tidied(cell)) for cell in filled}) > 1:
            raise Unreadable(
                field,
                Sentence(
                    "{columns} both have the {field}, and disagree here",
                    columns=self._table.twins(field),
                    field=called(field),
                ),
                OF_TWO_NAMES if field == "name" else OF_TWO,
                asks=True,
            )
        if filled and not holds(cells[0]):
            self._among.later.setdefault(field, set()).add(self.number)
        return filled[0] if filled else next((cell for cell in cells if cell is not None), None)

    def _typed(self, field: str, needed: str = "", *, seen: bool = False) -> str:
        """The cell's text; with `seen` as a reader sees it, without what has no width."""
        cell = self.cell(field)
        text = "" if cell is None else tidied_as_seen(cell) if seen else tidied(cell)
        if len(text) > LONGEST_CELL:
            raise Unreadable(
                field,
                Sentence(
                    "the cell has {many} characters; at most {most} are allowed",
                    many=len(text),
                    most=LONGEST_CELL,
                ),
                Sentence("shorten the cell"),
            )
        if needed and not (text and holds(cell)):
            raise Unreadable(
                field,
                Sentence("the {needed} is missing", needed=needed),
                Sentence("fill in the cell (in merged cells, only the first one has the text)"),
            )
        return text

    def day(self, field: str, *, needed: str = "") -> date | None:
        """The day a cell names, in the chapter's zone; None when blank and not needed."""
        cell = self.cell(field)
        if type(cell) is not float and not self.text(field, needed=needed):
            return None
        if cell in self._among.two_ways.get(field, ()):
            raise Unreadable(field, ASKED, WRITE_DAY, "VM-2", asks=True)
        try:
            return day_of(
                cell,
                self._among.zone,
                self._table.sheet_zone,
                day_first=self._table.day_first,
            )
        except NotADay as exc:
            raise Unreadable(field, told_by(exc), WRITE_DAY) from None

    def moment(self, field: str) -> datetime | None:
        """The moment a cell names; None when it names a day alone, or no time that can be read."""
        try:
            return moment_of(
                self.cell(field),
                self._table.sheet_zone,
                day_first=self._table.day_first,
            )
        except NotADay:
            return None

    def must_day(self, field: str, needed: str) -> date:
        """A day that must be there."""
        found = self.day(field, needed=needed)
        assert found is not None  # noqa: S101 - `needed` has refused the blank
        return found

    def yes(self, field: str) -> bool | None:
        """Yes, no, or blank; anything else is unreadable."""
        text = self.text(field).casefold()
        if not text:
            return None
        if text in YES or text in NO:
            return text in YES
        raise Unreadable(field, Sentence("this is neither yes nor no"), Sentence("write yes or no"))

    def consents(self, field: str, boxes: Container[str]) -> bool:
        """A consent line: a plain yes, or the ticked box's own text; all else is none (DP-4).

        Args:
            boxes: the texts of the chapter's boxes, by `boxes_of`.
        """
        agreed = agrees(self.if_readable(self.text, field) or "", boxes)
        if agreed is None:
            reason = Sentence("this is neither yes nor no; treated as no consent")
            fix = Sentence(
                "if it is the text of your form's checkbox, set it as `consent` in chapter.toml"
            )
            self.notes.append(Unreadable(field, reason, fix, "DP-4"))
        return bool(agreed)

    def personal(self, field: str, kind: type[P]) -> P | None:
        """An address, phone or name; None when blank."""
        cell = self.cell(field)
        known = self._among.known.get((kind, cell)) if type(cell) is str else None
        if known is not None:
            return cast("P", known)
        text = self._typed(field) if holds(cell) else ""
        if not text:
            return None
        found = parsed(text, kind)
        if isinstance(found, str):
            raise Unreadable(field, found, Sentence("correct the cell"))
        if type(cell) is str:
            self._among.known[kind, cell] = found
        return found

    def name(self, field: str) -> Name | None:
        """A person's name, of one column or two; None when blank."""
        whole = self.personal(field, Name)
        if field != "name" or not self._among.in_two:
            return whole
        first, name, last = (
            self._typed(part) if holds(self.cell(part)) else ""
            for part in ("first_name", "name", "last_name")
        )
        if whole and (first or name.casefold().endswith(last.casefold())):
            return whole
        text = f"{first or name} {last}".strip()
        found = parsed(text, Name) if text else None
        if isinstance(found, str):
            raise Unreadable("last_name", found, Sentence("correct the cell"))
        return found

    def phone(self, field: str) -> Phone | None:
        """A telephone number; None when blank."""
        return self.personal(field, Phone)

    def address(self, field: str) -> Email | None:
        """An address; None when blank."""
        return self.personal(field, Email)

    def named_by(self, field: str) -> list[Email]:
        """Every address under a header, in whichever of its columns; what is unreadable is none."""
        cells = (self.cells[column] for column in self._among.places.get(field, ()))
        return [one for cell in cells if cell is not None for one in self._among.addresses_of(cell)]

    def addresses(self, field: str) -> list[Email]:
        """Addresses of one person, separated by commas, semicolons, slashes or white space."""
        cell = self.cell(field)
        if type(cell) is str and _ONE_ADDRESS.fullmatch(cell):
            with suppress(Unreadable):  # it is told below, as of several
                only = self.personal(field, Email)
                return [only] if only else []
        found = addresses_in(self._typed(field)) if holds(cell) else []
        for address in found:
            if isinstance(address, str):
                raise Unreadable(
                    field, address, Sentence("correct the cell; separate addresses by commas")
                )
        return [address for address in found if isinstance(address, Email)]
