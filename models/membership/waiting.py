"""What the review says about the rows that name a person: skipped rows, and questions.

A voting status is decided without such rows. Someone who asks why a person cannot vote should see
them.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from zoneinfo import ZoneInfo

from models.intake.locations import ReviewItem, SourceLocation, Weight
from models.intake.people import Person
from models.intake.rows import Rows
from models.intake.tables import Table
from models.membership.erasure import names
from models.privacy import Email, Name


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


def waiting(
    tables: Iterable[Table],
    zone: ZoneInfo,
    review: Iterable[ReviewItem],
    who: Iterable[Email | Name],
) -> Iterator[ReviewItem]:
    """Each line of the review about a row, or a whole tab, that names one of these."""
    wanted = frozenset(who)
    said: dict[SourceLocation, list[ReviewItem]] = {}
    for item in review:
        if item.weight is not Weight.NOTE:
            said.setdefault(item.place, []).append(item)
    sources = {place.source for place in said}
    for table in tables:
        if table.source in sources:
            yield from _in_table(table, zone, said, wanted)


def _in_table(
    table: Table,
    zone: ZoneInfo,
    said: Mapping[SourceLocation, list[ReviewItem]],
    who: frozenset[Email | Name],
) -> Iterator[ReviewItem]:
    named = False
    for row in Rows(table, zone):
        places = {table.place(row.number, field): None for field in ("", *table.fields)}
        about = [item for place in places for item in said.get(place, ())]
        if (about or not named) and any(one in who for one in names(row)):
            named = True
            yield from about
    if named:
        yield from said.get(SourceLocation(table.source, ""), ())
