"""Nominations to the committee: what all rows of one person say (SC-2).

1. Two people of one name stay two, by their addresses.
2. The newest nomination of a person counts field by field; what it leaves empty, an older one says.
3. A row of more than a year before the confirmation was for an earlier slate, and is a question.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import Field

from models.base import Value
from models.committee.nominees import Waiver
from models.intake.locations import ReviewItem, SourceLocation
from models.privacy import Email
from models.text.folding import folded
from models.year.nomination_rows import TEXTS, NominationRow


class Nominated(Value):
    """What all rows of one person say."""

    place: SourceLocation
    """Of the newest row."""
    name: str = Field(repr=False)
    addresses: tuple[Email, ...]
    agrees: bool | None = None
    """None where somebody else nominated them and nothing says what they think of it."""
    bio: str = Field("", repr=False)
    summary: str = Field("", repr=False)
    activities: str = Field("", repr=False)
    committees: tuple[str, ...] = ()
    registered_voter: bool | None = None
    waivers: tuple[Waiver, ...] = ()


def of_earlier_years(rows: Iterable[NominationRow], confirmation: date) -> Iterator[ReviewItem]:
    """The rows that were for an earlier slate: whoever was nominated then is not for this one."""
    for row in rows:
        if row.is_before(confirmation):
            yield ReviewItem.question(
                row.place,
                "this nomination or exception is of an earlier year; the row is not used",
                "delete the row, or ask for a new nomination",
                "SC-2",
            )


def nominated(
    rows: Iterable[NominationRow],
    person: Callable[[NominationRow], Hashable] = lambda _: None,
) -> list[Nominated]:
    """Who is nominated, in the order in which they first were.

    Args:
        person: whom a row is about, if the roll knows them: two addresses of one person are one
            nominee. Of others, each address is somebody, and two unlike names at it are two.
    """
    each: list[tuple[Hashable, list[NominationRow]]] = []
    order = sorted(rows, key=_age)
    for row in order:
        known = person(row)
        same = (mine for key, mine in each if key == known and (known or _is_same(row, mine[0])))
        if (mine := next(same, None)) is None:
            each.append((known, mine := []))
        mine.append(row)
    standing = [mine for _, mine in each if any(row.nominates for row in mine)]
    standing.sort(key=lambda mine: order.index(next(row for row in mine if row.nominates)))
    return [_joined(mine) for mine in standing]


def _is_same(row: NominationRow, other: NominationRow) -> bool:
    """Whether two rows are about one person: a household shares an address, and no first name."""
    one, two = folded(row.name), folded(other.name)
    alike = one.split()[0] == two.split()[0] or bool(get_close_matches(one, [two], cutoff=0.85))
    return row.address == other.address and alike


def _age(row: NominationRow) -> tuple[Any, ...]:
    """Oldest first; of one day, a row without a time before those with one."""
    return row.day or date.min, row.moment is not None, row.moment.timestamp() if row.moment else 0


def _joined(rows: list[NominationRow]) -> Nominated:
    """The rows of one person, oldest first."""
    said: dict[str, Any] = {}
    for row in rows:
        for key in ("name", "agrees", *TEXTS, "committees", "registered_voter"):
            value = getattr(row, key)
            if value is not None and value != "" and value != ():
                said[key] = value
    waivers = {row.waiver.criterion: row.waiver for row in rows if row.waiver}
    return Nominated(
        place=rows[-1].place,
        addresses=tuple(dict.fromkeys(row.address for row in reversed(rows))),
        waivers=tuple(waivers.values()),
        **said,
    )
