"""On which days a condition holds for a person, if nothing more happens (VM-R7).

What is the same for everybody is worked out once, when a condition meets the chapter's events; a
person is then the numbers of the events they attended, oldest first. Three forms do for all
conditions: a count of events with days of their own, a count among the events held, and what is
known of the person beside.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate, takewhile
from math import ceil

from models.bylaws.conditions import (
    AnyCondition,
    Attended,
    Attested,
    DuesPaid,
    Events,
    LastEvents,
    OnTheDay,
    Registered,
    Share,
    Volunteered,
)
from models.bylaws.paths import Membership
from models.bylaws.windows import Window, last_day
from models.intake.participation import Event
from models.membership.status_periods import ALWAYS, DAY, StatusPeriod, joined

Days = tuple[date, date]
"""The first and the last day on which an event counts."""


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What is known of a person beside the events they attended."""

    registered: date | None = None
    """The day of their first dated registration."""
    attested: tuple[date, ...] = ()
    dues: tuple[StatusPeriod, ...] | None = None
    """The days for which dues are paid; None where no tab has them."""


NOTHING = OwnFacts()


@dataclass(frozen=True, slots=True)
class CountedEvents:
    """At least so many events, each of which counts on days of its own.

    An earlier event neither begins nor ends to count later than a later one.
    """

    days: Mapping[int, Days]
    needed: int

    def spells(self, attended: Iterable[int], _: OwnFacts) -> list[StatusPeriod]:
        """From the day the last of `needed` neighbours counts until the first of them runs out."""
        if self.needed < 1:
            return [ALWAYS]
        mine = [self.days[number] for number in attended if number in self.days]
        return [
            StatusPeriod(last[0], first[1])
            for first, last in zip(mine, mine[self.needed - 1 :], strict=False)
            if last[0] <= first[1]
        ]

    def with_one_more(self) -> "CountedEvents":
        """On which days one event more would do."""
        return replace(self, needed=self.needed - 1)

    def on(self, day: date) -> frozenset[int]:
        """The events that count on a day."""
        return frozenset(n for n, (first, last) in self.days.items() if first <= day <= last)

    def days_of(self, number: int) -> StatusPeriod | None:
        """The days on which an event counts."""
        return StatusPeriod(*self.days[number]) if number in self.days else None


@dataclass(frozen=True, slots=True)
class HeldEvents:
    """So many of the events held: what is asked changes when one is held, or falls out."""

    stretches: tuple[StatusPeriod, ...]
    """All days there are, in order."""
    needed: tuple[int, ...]
    """What each stretch asks for."""
    counts: Mapping[int, tuple[int, int]]
    """Event → the first and the last stretch in which it counts."""
    one_more: "HeldEvents | None" = None
    """What would be asked if one event more were held and attended on the day."""

    def spells(self, attended: Iterable[int], _: OwnFacts) -> list[StatusPeriod]:
        """The stretches in which enough was attended."""
        mine = [self.counts[number] for number in attended if number in self.counts]
        enough = zip(self.stretches, _sums(mine, len(self.stretches)), self.needed, strict=True)
        return joined(spell for spell, many, needed in enough if many >= needed)

    def with_one_more(self) -> "HeldEvents":
        """On which days one event more, held and attended that day, would do."""
        return self.one_more or self

    def on(self, day: date) -> frozenset[int]:
        """The events that count on a day."""
        there = next(i for i, spell in enumerate(self.stretches) if spell.covers(day))
        return frozenset(n for n, (i, j) in self.counts.items() if i <= there <= j)

    def days_of(self, number: int) -> StatusPeriod | None:
        """The days on which an event counts."""
        if number not in self.counts:
            return None
        first, last = self.counts[number]
        return StatusPeriod(self.stretches[first].since, self.stretches[last].until)


@dataclass(frozen=True, slots=True)
class OwnCondition:
    """What no event decides."""

    condition: Registered | DuesPaid | Attested
    known: date

    def spells(self, _: Iterable[int], own: OwnFacts) -> list[StatusPeriod]:
        """From what is known of the person."""
        match self.condition:
            case Registered(days=days):
                if own.registered is None or own.registered > self.known:
                    return []
                return [StatusPeriod(own.registered + timedelta(days=days.value), date.max)]
            case DuesPaid():
                return list(own.dues or ())
            case Attested(window=window):
                days_said = sorted(day for day in own.attested if day <= self.known)
                return [StatusPeriod(day, last_day(day, window.value)) for day in days_said]

    def with_one_more(self) -> "OwnCondition":
        """No event helps here."""
        return self

    def on(self, _: date) -> frozenset[int]:
        """No event counts here."""
        return frozenset()

    def days_of(self, _: int) -> StatusPeriod | None:
        """No event counts here."""
        return None


Fulfilment = CountedEvents | HeldEvents | OwnCondition


def fulfilment_of(
    condition: AnyCondition, membership: Membership, events: Sequence[Event], known: date
) -> Fulfilment:
    """A condition before the chapter's events.

    Args:
        events: all of them; a person attended some of these numbers.
        known: the last day of which anything is known; later events count nowhere.
    """
    helps = isinstance(condition, Volunteered)
    match condition:
        case Registered() | DuesPaid() | Attested():
            return OwnCondition(condition, known)
        case Volunteered():
            kinds = membership.helping
        case _:
            kinds = condition.kinds
    fitting = {
        number: event.day
        for number, event in enumerate(events)
        if (event.kind_by(membership) in kinds if kinds else True)
        and not event.why_not(membership, known)
        and not (helps and event.is_one_among_others(membership))
    }
    match condition:
        case LastEvents():
            return _last(fitting, condition)
        case Share():
            return _share(_until(fitting, condition.window.value), condition.share.value)
        case OnTheDay():
            return CountedEvents({number: (day, day) for number, day in fitting.items()}, 1)
        case Attended():
            return CountedEvents(_until(fitting, condition.window.value), 1)
        case Volunteered():
            return CountedEvents(_until(fitting, condition.window.value), condition.at_least.value)
        case Events():
            days = _until(fitting, condition.window.value)
            if condition.before_the_day:
                days = {number: (day + DAY, last) for number, (day, last) in days.items()}
            return CountedEvents(days, condition.at_least.value)


def _until(fitting: Mapping[int, date], window: Window) -> dict[int, Days]:
    return {number: (day, last_day(day, window)) for number, day in fitting.items()}


def _last(fitting: Mapping[int, date], condition: LastEvents) -> HeldEvents:
    """Counted back from each day; events of one day stand or fall together."""
    at_least, of_last = condition.at_least.value, condition.of_last.value
    on_day = Counter(fitting.values())
    days = sorted(on_day)
    stretches = _stretches(days)

    def asked(at_least: int, of_last: int, one_more: HeldEvents | None = None) -> HeldEvents:
        stays = {}
        for number, day in enumerate(days, 1):  # the first stretch lies before all days
            later = accumulate(on_day[each] for each in days[number:])
            stays[day] = number, number + sum(1 for _ in takewhile(of_last.__gt__, later))
        counts = {event: stays[day] for event, day in fitting.items() if of_last}
        return HeldEvents(stretches, (at_least,) * len(stretches), counts, one_more)

    return asked(at_least, of_last, asked(at_least - 1, of_last - 1))


def _share(fitting: Mapping[int, Days], share: Fraction) -> HeldEvents:
    """The share is taken anew whenever an event is held or runs out."""
    turns = {first for first, _ in fitting.values()}
    turns |= {last + DAY for _, last in fitting.values() if last < date.max}
    stretches = _stretches(sorted(turns))
    starts = {spell.since: number for number, spell in enumerate(stretches)}
    ends = {spell.until: number for number, spell in enumerate(stretches)}
    counts = {event: (starts[first], ends[last]) for event, (first, last) in fitting.items()}
    held = _sums(counts.values(), len(stretches))
    needed = tuple(max(1, ceil(share * many)) for many in held)
    one_more = tuple(ceil(share * (many + 1)) - 1 for many in held)
    return HeldEvents(stretches, needed, counts, HeldEvents(stretches, one_more, counts))


def _stretches(turns: Sequence[date]) -> tuple[StatusPeriod, ...]:
    """All days there are, cut where something changes."""
    ends = [turn - DAY for turn in turns]
    both = zip([date.min, *turns], [*ends, date.max], strict=True)
    return tuple(StatusPeriod(since, until) for since, until in both)


def _sums(counts: Iterable[tuple[int, int]], stretches: int) -> list[int]:
    """How many count in each stretch."""
    steps = [0] * (stretches + 1)
    for first, last in counts:
        steps[first] += 1
        steps[last + 1] -= 1
    return list(accumulate(steps[:-1]))
