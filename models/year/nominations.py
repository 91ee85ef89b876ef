"""Nominations to the committee, row by row, and what all rows of one person say (SC-2).

1. A nominee is told by the address, so that two people of one name stay two.
2. The newest nomination of a person counts field by field; what it leaves empty, an older one says.
3. Whoever is nominated by somebody else stands only if they agree; who nominates themselves agrees.
4. A row of more than a year before the confirmation was for an earlier slate, and is a question.
5. An exception is named, reasoned, decided by somebody on a day that has come.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Any, Final, get_args

from pydantic import Field, TypeAdapter, ValidationError

from models.base import Value
from models.committee.nominees import NO_COMMITTEE, Criterion, Waiver
from models.intake.locations import ReviewItem, SourceLocation
from models.intake.rows import Row, Unreadable
from models.privacy import Email, Name
from models.text.folding import folded
from models.texts import Background, Text

CRITERIA: Final[tuple[str, ...]] = get_args(Criterion)
TEXTS: Final = ("bio", "summary", "activities")
LONGEST: Final = 1000
A_YEAR: Final = timedelta(days=366)
"""Before the confirmation: whoever is nominated is so for one slate, from meeting to meeting."""
_NAME, _BACKGROUND = TypeAdapter(Text), TypeAdapter(Background)


class NominationRow(Value):
    """One row: who is nominated, by whom, and what it says of them; "" and None are not said."""

    place: SourceLocation
    day: date | None = None
    moment: datetime | None = None
    """The same with its time, where the row has one."""
    name: str = Field(repr=False)
    address: Email
    by_another: bool = False
    agrees: bool | None = None
    bio: str = Field("", repr=False)
    summary: str = Field("", repr=False)
    activities: str = Field("", repr=False)
    committees: tuple[str, ...] = ()
    registered_voter: bool | None = None
    waiver: Waiver | None = None

    @property
    def nominates(self) -> bool:
        """Whether it is more than a note of an exception."""
        said = self.bio or self.summary or self.activities or self.committees
        return bool(said or self.day or self.by_another or self.waiver is None)

    def is_before(self, confirmation: date) -> bool:
        """Whether it was for an earlier slate; a row without any day is taken for this one's."""
        day = self.day or (self.waiver.on if self.waiver else None)
        return day is not None and day < confirmation - A_YEAR


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


def nomination(
    row: Row, place: SourceLocation, today: date, standing: Sequence[str]
) -> NominationRow:
    """A row of the tab.

    Args:
        standing: the committees that the bylaws list; with none, any is one.

    Raises:
        Unreadable: nobody can be told by it, or its day has not come.
    """
    address = row.address("address")
    if address is None:
        raise Unreadable(
            "address",
            "this nominee has no address, so their events and dues cannot be found",
            "fill in the nominee's email address",
            "SC-2",
            asks=True,
        )
    other = row.if_readable(row.address, "other_address")
    day = row.day("at")
    if day and day > today:
        raise Unreadable("at", "this day has not come", "correct the date", "SC-2", asks=True)
    by_another = other is not None and other != address
    said = row.if_readable(row.yes, "consents")
    found = NominationRow(
        place=place,
        day=day,
        moment=row.moment("at"),
        name=_named(row),
        address=address,
        by_another=by_another,
        agrees=said,
        committees=_committees(row, standing),
        registered_voter=row.if_readable(row.yes, "registered_voter"),
        waiver=_waiver(row, today),
        **{name: _text(row, name) for name in TEXTS},
    )
    if said is None and not by_another and found.nominates:
        return found.model_copy(update={"agrees": True})
    return found


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


def _named(row: Row) -> str:
    name = row.text("name", needed="nominee's name")
    try:
        Name.parse(name)
        return _NAME.validate_python(name)
    except ValueError:
        raise Unreadable(
            "name",
            "a ballot cannot show this as a name",
            "write the name alone, on one line, with at most 200 characters and no |",
            "EN-R14",
        ) from None


def _text(row: Row, field: str) -> str:
    """A text as a ballot can show it; one that is too long is asked about, and not cut off."""

    def read(field: str) -> str:
        said = row.text(field)
        if len(said) > LONGEST:
            raise Unreadable(
                field,
                f"this text has {len(said):,} characters; a ballot shows at most {LONGEST:,}",
                "ask the nominee for a shorter one, and replace it here",
                "EN-R14",
                asks=True,
            )
        return _BACKGROUND.validate_python(said)

    return row.if_readable(read, field) or ""


def _committees(row: Row, standing: Sequence[str]) -> tuple[str, ...]:
    """The committees of the bylaws that a cell names; one that they do not list is asked about."""
    known = {folded(name): name for name in standing}
    said = [
        part.strip() for part in re.split(r"[,;\n]", row.if_readable(row.text, "committees") or "")
    ]
    found: list[str] = []
    for one in said:
        if not one or folded(one) in NO_COMMITTEE:
            continue
        if not known or folded(one) in known:
            found.append(known.get(folded(one), one))
            continue
        near = get_close_matches(folded(one), known, n=1)
        nearest = f"the nearest is {known[near[0]]}" if near else f"they are {', '.join(standing)}"
        row.notes.append(
            Unreadable(
                "committees",
                f"the bylaws list no committee of this name; {nearest}",
                "write the committee's name as the bylaws have it, with commas between several",
                "SC-2",
                asks=True,
            )
        )
    return tuple(dict.fromkeys(found))


def _waiver(row: Row, today: date) -> Waiver | None:
    """An exception; one that lacks something, or is of no criterion, is asked about."""

    def read(field: str) -> Waiver | None:
        said = row.text(field)
        if not said:
            return None
        known = {folded(one): one for one in CRITERIA}
        if folded(said) not in known:
            near = get_close_matches(folded(said), known, n=1, cutoff=0.5)
            nearest = f"the nearest is “{known[near[0]]}”" if near else "docs/year.md lists them"
            raise _unclear(field, f"there is no criterion of this name; {nearest}")
        for other, what in _OF_A_WAIVER.items():
            if not row.text(other):
                raise _unclear(other, f"an exception needs {what}")
        on = row.must_day("exception_on", "day of the decision")
        if on > today:
            raise _unclear("exception_on", "this day has not come")
        try:
            return Waiver(
                criterion=known[folded(said)],
                reason=row.text("exception_reason"),
                by=row.text("exception_by"),
                on=on,
            )
        except ValidationError:
            raise _unclear(
                "exception_reason", "the reason, or who decided, has more than 500 characters"
            ) from None

    return row.if_readable(read, "exception")


_OF_A_WAIVER: Final = {
    "exception_reason": "its reason",
    "exception_by": "the name of whoever decided it",
    "exception_on": "the day on which it was decided",
}


def _unclear(field: str, reason: str) -> Unreadable:
    fix = "correct the cell; until then, the exception does not count"
    return Unreadable(field, reason, fix, "SC-2", asks=True)
