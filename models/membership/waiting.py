"""What the review says about the rows that name a person: skipped rows, and questions.

A voting status is decided without such rows. Someone who asks why a person cannot vote should see
them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from zoneinfo import ZoneInfo

from models.intake.locations import ReviewItem, SourceLocation, Weight
from models.intake.people import Person
from models.intake.rows import Rows
from models.intake.tables import Table
from models.membership.erasure import names
from models.privacy import Email, Name

_Said = Mapping[SourceLocation, list[ReviewItem]]


def known_by(person: Person) -> list[Email | Name]:
    """The addresses and the name by which a row may name somebody."""
    return [*person.addresses, *([person.name.folded()] if person.name else [])]


def typed_as(wanted: str) -> list[Email | Name]:
    """Return who a text at the terminal might mean, if not on a roll: an address or a full name."""
    found: list[Email | Name] = []
    with suppress(ValueError):
        found.append(Name.parse(wanted).folded())
    with suppress(ValueError):
        found.append(Email.parse(wanted))
    return found


class Waiting:
    """Each line of the review about a row, or a whole tab, by whom it names.

    All rows are read once; whoever is asked about then costs what is said of them.
    """

    def __init__(
        self, tables: Iterable[Table], zone: ZoneInfo, review: Iterable[ReviewItem]
    ) -> None:
        said: dict[SourceLocation, list[ReviewItem]] = {}
        for item in review:
            if item.weight is not Weight.NOTE:
                said.setdefault(item.place, []).append(item)
        self._found: dict[Email | Name, dict[tuple[int, int], list[ReviewItem]]] = {}
        sources = {place.source for place in said}
        for number, table in enumerate(tables):
            if table.source in sources:
                self._read(number, table, zone, said)

    def of(self, who: Iterable[Email | Name]) -> Iterator[ReviewItem]:
        """What is said of the rows that name one of these, in the sheets' order."""
        found: dict[tuple[int, int], list[ReviewItem]] = {}
        for one in who:
            found |= self._found.get(one, {})
        for place in sorted(found):
            yield from found[place]

    def _read(self, number: int, table: Table, zone: ZoneInfo, said: _Said) -> None:
        whole = said.get(SourceLocation(table.source, ""), [])
        named = _likely(table, (one.cell for one in said if one.source == table.source))
        for row in Rows(table, zone):
            if not (whole or named(row.number)):
                continue
            places = {table.place(row.number, field): None for field in ("", *table.fields)}
            about = [item for place in places for item in said.get(place, ())]
            for one in names(row) if about or whole else ():
                mine = self._found.setdefault(one, {})
                if about:
                    mine[number, row.number] = about
                if whole:  # behind all that is said of its rows
                    mine[number, len(table.rows)] = whole


_NUMBER = re.compile(r"\d+")


def _likely(table: Table, cells: Iterable[str]) -> Callable[[int], bool]:
    """Whether a row may be one whose cells are named: few are, and of the others none is built."""
    if table.row_names:
        return lambda _: True
    numbers = {int(one) for cell in cells for one in _NUMBER.findall(cell)}
    return lambda row: table.first_row + row in numbers


def waiting(
    tables: Iterable[Table],
    zone: ZoneInfo,
    review: Iterable[ReviewItem],
    who: Iterable[Email | Name],
) -> Iterator[ReviewItem]:
    """The same of somebody who alone is asked about."""
    return Waiting(tables, zone, review).of(who)
