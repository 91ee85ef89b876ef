"""One row of the nominations: who is nominated, by whom, and what it says of them (SC-2).

1. A nominee is told by the address.
2. Whoever is nominated by somebody else stands only if they agree; who nominates themselves agrees.
3. A row without a day says for no slate, and is a question.
4. An exception is named, reasoned, decided by somebody on a day that has come.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Final, get_args

from pydantic import Field, TypeAdapter, ValidationError

from models.base import Value
from models.committee.nominees import NO_COMMITTEE, Criterion, Waiver
from models.intake.locations import SourceLocation
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
        """Whether it was for an earlier slate."""
        day = self.day or (self.waiver.on if self.waiver else None)  # one of them is there
        return day is not None and day < confirmation - A_YEAR


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
    if day is None and found.waiver is None:
        raise Unreadable(
            "at",
            "this nomination has no day, so nobody knows for which slate it is",
            "fill in the day on which it was made",
            "SC-2",
            asks=True,
        )
    if said is None and not by_another and found.nominates:
        return found.model_copy(update={"agrees": True})
    return found


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
