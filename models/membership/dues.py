"""Dues: for whom they are paid on a day (SC-2, VM-R7, DP-5).

1. They are looked up by an address that somebody asks about: of a nominee, or of somebody whose
   path to membership asks for dues. Nobody is listed.
2. They are in a tab, or in a file of which only those are kept who were asked about (VM-3).
3. A payment holds from its day through the day it was paid for; without one, for a year.
4. It is kept no longer after its last day than a sign-in is after its own (DP-6).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from models.base import Value
from models.bylaws.windows import YEAR, last_day
from models.intake.locations import SourceLocation
from models.intake.rows import Row, Rows, Unreadable
from models.intake.tables import Table
from models.membership.erasure import EXPIRED
from models.membership.status_periods import StatusPeriod, joined
from models.privacy import Email
from models.text import formats

ASKED = "dues asked about"
"""The kind of the table that names those for whom a file was looked through."""


class Payment(Value):
    """One row: who paid, and for which days."""

    address: Email
    paid: date
    through: date


@dataclass(frozen=True, slots=True)
class Dues:
    """All payments, which answer for an address alone."""

    _by: Mapping[Email, tuple[Payment, ...]] = field(default_factory=dict, repr=False)
    is_whole: bool = False
    """Whether a tab has everybody's; a file was read for those who were asked about then."""
    _asked: frozenset[Email] = field(default=frozenset(), repr=False)

    @classmethod
    def of(
        cls,
        payments: Iterable[Payment],
        *,
        is_whole: bool = False,
        asked: Iterable[Email] = (),
    ) -> Self:
        """Payments as they are looked up.

        Args:
            asked: for whom they were looked up in a file, whether or not it has them.
        """
        by: dict[Email, tuple[Payment, ...]] = {}
        for one in payments:
            by[one.address] = (*by.get(one.address, ()), one)
        return cls(by, is_whole, frozenset(asked))

    def knows(self, addresses: Iterable[Email]) -> bool:
        """Whether it can be said of somebody that they have paid, or have not."""
        return self.is_whole or any(one in self._asked or one in self._by for one in addresses)

    def __bool__(self) -> bool:
        return bool(self._by)

    def periods(self, addresses: Iterable[Email]) -> tuple[StatusPeriod, ...]:
        """The days for which dues of somebody are paid, oldest first."""
        mine = (one for address in addresses for one in self._by.get(address, ()))
        return tuple(joined(StatusPeriod(one.paid, one.through) for one in mine))

    def of_addresses(self, addresses: Iterable[Email]) -> list[Payment]:
        """The payments of somebody who has these addresses."""
        return [one for address in addresses for one in self._by.get(address, ())]

    def unmatched(self, known: Iterable[Email]) -> int:
        """How many payments are of an address that nobody has; they are counted, never listed."""
        there = set(known)
        return sum(len(paid) for address, paid in self._by.items() if address not in there)


def payment(row: Row, place: SourceLocation, today: date) -> Payment:
    """A row of the tab.

    Raises:
        Unreadable: it names nobody or no day, ends before it begins, or its day has not come.
    """
    address = row.address("address")
    if address is None:
        raise Unreadable("address", "the email address is missing", "fill in the cell", "SC-2")
    paid = row.must_day("paid", "day of the payment")
    if paid > today:
        raise Unreadable("paid", "this day has not come", "correct the date", "SC-2", asks=True)
    through = row.day("through")
    if through and through < paid:
        fact = "the dues end before they were paid"
        raise Unreadable("through", fact, "correct the cell", "SC-2")
    return Payment(address=address, paid=paid, through=through or last_day(paid, YEAR))


def over_before(horizon: date) -> Callable[[Row], str]:
    """Marks payments that hold no longer on a day; a row that cannot be read is kept (DP-6)."""

    def why(row: Row) -> str:
        try:
            paid, through = row.day("paid"), row.day("through")
        except Unreadable:
            return ""
        last = through or (paid and last_day(paid, YEAR))
        return EXPIRED if last and last < horizon else ""

    return why


def asked_in(tables: Iterable[Table]) -> frozenset[Email]:
    """For whom files were looked through."""
    rows = (row for table in tables if table.kind == ASKED for row in Rows(table, table.sheet_zone))
    return frozenset(address for row in rows for address in row.named_by("address"))


def paid_on(
    periods: Iterable[StatusPeriod], day: date, source: str = "the dues tab"
) -> tuple[bool, str]:
    """Whether dues are paid on a day, and what a nominee reads about it.

    Args:
        source: what was looked through.
    """
    held = list(periods)
    if now := next((one for one in held if one.covers(day)), None):
        return True, f"dues paid through {formats.day(now.until)}"
    if before := [one for one in held if one.until < day]:
        return False, f"dues were paid through {formats.day(before[-1].until)}"
    return False, f"dues not paid by {source}"
