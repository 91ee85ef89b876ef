"""Spells: days on which something holds without a break, and what can be made of several."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

DAY = timedelta(days=1)
_since = attrgetter("since")
NO_LAST_DAY = "further notice"
"""What stands after “until” where no end is in sight."""


@dataclass(frozen=True, slots=True)
class StatusPeriod:
    """Days on which something holds without a break, both ends included."""

    since: date
    until: date

    @property
    def is_open(self) -> bool:
        """Whether no last day is in sight."""
        return self.until == date.max

    @property
    def last_day(self) -> str:
        """The last day, as people read it after “until”."""
        return NO_LAST_DAY if self.is_open else str(self.until)

    def covers(self, on: date) -> bool:
        """Whether the day lies in the spell."""
        return self.since <= on <= self.until

    def overlaps(self, other: "StatusPeriod") -> bool:
        """Whether the two share a day."""
        return self.since <= other.until and other.since <= self.until


ALWAYS = StatusPeriod(date.min, date.max)


def joined(spells: Iterable[StatusPeriod]) -> list[StatusPeriod]:
    """Spells that overlap or touch are one; oldest first."""
    one: list[StatusPeriod] = []
    for spell in sorted(spells, key=_since):
        if one and (one[-1].is_open or spell.since <= one[-1].until + DAY):
            one[-1] = StatusPeriod(one[-1].since, max(one[-1].until, spell.until))
        else:
            one.append(spell)
    return one


def common(lists: Sequence[list[StatusPeriod]]) -> list[StatusPeriod]:
    """The days on which something of every list holds."""
    shared, *others = lists
    for spells in others:
        shared = [part for one in shared for other in spells if (part := _shared(one, other))]
    return shared


def within(spells: Iterable[StatusPeriod], bounds: StatusPeriod) -> list[StatusPeriod]:
    """The parts of spells that lie within bounds."""
    return [part for spell in spells if (part := _shared(spell, bounds))]


def outside(spell: StatusPeriod, others: Iterable[StatusPeriod], on: date) -> StatusPeriod:
    """The part of a spell around a day that none of the others covers."""
    since, until = spell.since, spell.until
    for other in others:
        if other.until < on:
            since = max(since, other.until + DAY)
        else:
            until = min(until, other.since - DAY)
    return StatusPeriod(since, until)


def _shared(one: StatusPeriod, other: StatusPeriod) -> StatusPeriod | None:
    since, until = max(one.since, other.since), min(one.until, other.until)
    return StatusPeriod(since, until) if since <= until else None
