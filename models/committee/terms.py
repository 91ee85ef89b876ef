"""Terms, and leaves: from when to when somebody has a seat, and when they are away (SC-R5, SC-R7).

1. A term runs from annual meeting to annual meeting, in the first quarter: a seat until the next
   slate, whenever the members confirm it; a co-chair until the next choice in the year in which it
   is due, or later. When that quarter has gone by without one, whoever was chosen before holds over
   (SC-R5). A slate of the last quarter is that of the annual meeting it comes just before. By the
   other reading a term ends on its anniversary.
2. Leaves that touch each other are one leave (SC-R7).
"""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from pydantic import model_validator

from models.base import Day, Value
from models.bylaws.counting import Terms

LAST_BEFORE = 9
"""The month after which a slate is that of the coming year's annual meeting."""


class Leave(Value):
    """A leave of absence, both days included."""

    first: Day
    last: Day

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.last < self.first:
            raise ValueError("a leave ends on or after its first day")
        return self

    def longer_than(self, months: int) -> bool:
        """Whether it lasts beyond so many months (SC-4)."""
        return self.last >= months_after(self.first, months)


def joined(leaves: Iterable[Leave]) -> Iterator[Leave]:
    """One member's leaves in order, those that touch as one (SC-R7)."""
    whole: Leave | None = None
    for leave in sorted(leaves, key=lambda one: one.first):
        if whole and leave.first <= whole.last + timedelta(days=1):
            whole = Leave(first=whole.first, last=max(whole.last, leave.last))
            continue
        if whole:
            yield whole
        whole = leave
    if whole:
        yield whole


@dataclass(frozen=True, slots=True)
class Term:
    """How long somebody was chosen for.

    `ends` is the first day without a seat, None as long as the next choice has not been made.
    """

    since: date
    due: date
    """The first day on which the next choice is late."""
    ends: date | None

    def runs(self, on: date) -> bool:
        """Whether it lasts on a day."""
        return self.since <= on and (self.ends is None or on < self.ends)

    def held_over(self, on: date) -> bool:
        """Whether it lasts only because the next choice is late."""
        return self.runs(on) and on >= self.due

    def until(self, left: date | None) -> "Term":
        """The same term of somebody who has left, by resignation or recall (SC-6)."""
        ends = min(filter(None, (self.ends, left)), default=None)
        return Term(self.since, self.due, ends)


def seat_term(since: date, years: int, terms: Terms, slates: Iterable[date]) -> Term:
    """The term of somebody whom the members confirmed on a day, with a slate or alone.

    Args:
        slates: the days on which they confirmed a whole slate.
    """
    if terms == "anniversary":
        return _year_by_year(since, years)
    # A seat of more than one year outlasts the slates of the years before its last.
    least = months_after(since, 12 * years - 6) if years > 1 else since
    following = (day for day in slates if day > least)
    annual = since.year + (since.month > LAST_BEFORE)
    return Term(since, date(annual + years, 4, 1), min(following, default=None))


def chair_term(since: date, years: int, terms: Terms, choices: Iterable[date]) -> Term:
    """The term of somebody who was chosen to be co-chair on a day.

    Args:
        choices: the days on which such choices were made, of everybody.
    """
    if terms == "anniversary":
        return _year_by_year(since, years)
    due = since.year + years
    following = (day for day in choices if day.year >= due)
    return Term(since, date(due, 4, 1), min(following, default=None))


def _year_by_year(since: date, years: int) -> Term:
    ends = months_after(since, 12 * years)
    return Term(since, ends, ends)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
