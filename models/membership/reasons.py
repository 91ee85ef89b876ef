"""What a condition says of a person, as a member reads it: the rule, the fact, whether it holds.

The sentences are made of the edition's own values, so that none states a rule the chapter does not
have (VM-4, VM-R7). They name events and days, nobody else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from models.bylaws.conditions import (
    AnyCondition,
    Attended,
    Attested,
    DuesPaid,
    Events,
    Kinds,
    LastEvents,
    OnTheDay,
    Registered,
    Share,
    Volunteered,
)
from models.bylaws.windows import CALENDAR_YEAR, EVER, YEAR, Window, last_day
from models.membership.fulfilment import OwnFacts
from models.text.sentences import Joined, Sentence, named

DUES_UNREAD = Sentence("dues are not read yet")
QUALIFYING: Kinds = ("qualifying event",)


class Spot(NamedTuple):
    """Where a draft's file says what a reason is about; "" where that is not one place."""

    key: str = ""
    person: str = ""
    contest: str = ""
    """Its id."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule, the fact it met, and whether the fact satisfies it.

    Attributes:
        look: it satisfies it, and somebody may want it otherwise.
        at: where that is changed.
    """

    rule: str
    fact: str
    holds: bool
    look: bool = False
    at: Spot = field(default=Spot(), compare=False, repr=False)


def fact_of(
    condition: AnyCondition, events: Sequence[str], held: int, own: OwnFacts, on: date
) -> Sentence:
    """What a condition met, and what it asks for.

    Args:
        events: those of the person's that count here on the day, as "day name", oldest first.
        held: how many the chapter held of those that it looks back on.
    """
    many = len(events)
    listed = Sentence(": {events}", events=Joined("; ", events)) if events else ""
    match condition:
        case Events(at_least=asked):
            return Sentence(
                "attended {many} {what}{when} ({needed} needed){listed}",
                many=many,
                what=numbered(condition.kinds or QUALIFYING, many),
                when=_when(condition),
                needed=asked.value,
                listed=listed,
            )
        case LastEvents(at_least=asked, of_last=of_last):
            return Sentence(
                "attended {many} of the last {last} {what} ({needed} needed){listed}",
                many=many,
                last=of_last.value,
                what=numbered(condition.kinds or QUALIFYING, of_last.value),
                needed=asked.value,
                listed=listed,
            )
        case Share(share=share, window=window):
            return Sentence(
                "attended {many} of {held} {what} {when} ({needed} needed){listed}",
                many=many,
                held=held,
                what=numbered(condition.kinds or QUALIFYING, held),
                when=back(window.value),
                needed=percent(share.value),
                listed=listed,
            )
        case OnTheDay():
            what = numbered(condition.kinds or QUALIFYING, 1)
            if not many:
                return Sentence("no {what} on this day", what=what)
            return Sentence("attended a {what} on this day{listed}", what=what, listed=listed)
        case Attended(kinds=kinds, window=window):
            what = numbered(kinds, 1)
            if not many:
                return Sentence("no {what} {when}", what=what, when=back(window.value))
            return Sentence("attended the {what}{listed}", what=what, listed=listed)
        case _:
            return _of_the_person(condition, listed, own, on)


def _of_the_person(
    condition: Volunteered | Registered | DuesPaid | Attested,
    listed: str,
    own: OwnFacts,
    on: date,
) -> Sentence:
    """The same of a condition that asks nothing of the chapter's events.

    Args:
        listed: what the person did as a volunteer, if anything.
    """
    match condition:
        case Volunteered(at_least=asked, window=window):
            many = asked.value
            needed = Sentence(" ({needed} needed)", needed=many) if many > 1 else ""
            if not listed:
                return Sentence(
                    "no volunteer activity {when}{needed}", when=back(window.value), needed=needed
                )
            return Sentence("volunteered{needed}{listed}", needed=needed, listed=listed)
        case Registered(days=days):
            since = (
                Sentence("registered on {day}", day=own.registered)
                if own.registered
                else Sentence("no dated registration")
            )
            return Sentence("{since} ({days} days needed)", since=since, days=days.value)
        case DuesPaid():
            if own.dues is None:
                return DUES_UNREAD
            paid = [spell for spell in own.dues if spell.covers(on)]
            if not paid:
                return Sentence("dues not paid")
            return Sentence("dues paid through {day}", day=paid[-1].until)
        case Attested(window=window):
            said = [day for day in sorted(own.attested) if day <= on <= last_day(day, window.value)]
            if not said:
                return Sentence("not attested {when}", when=back(window.value))
            days_said = Joined("; ", (Sentence("{day}", day=day) for day in said))
            return Sentence("attested: {days}", days=days_said)


def numbered(kinds: Kinds, many: int) -> Sentence:
    """“annual meeting”, “calls”, “meetings or forums”."""
    if kinds == QUALIFYING:
        return Sentence("qualifying event") if many == 1 else Sentence("qualifying events")
    if many == 1:
        return Sentence("{kind}", kind=Joined(" or ", (named(kind, kind) for kind in kinds)))
    return Sentence("{kinds}", kinds=Joined(" or ", (named(plural(kind), kind) for kind in kinds)))


def plural(kind: str) -> str:
    """More than one of a kind of event."""
    if kind.endswith("y") and kind[-2:-1] not in "aeiou":
        return f"{kind[:-1]}ies"
    return f"{kind}es" if kind.endswith(("s", "x", "z", "ch", "sh")) else f"{kind}s"


def back(window: Window) -> Sentence:
    """How far back a window looks from the day asked about."""
    if window in _BACK:
        return _BACK[window]
    many = int(window.split()[0])
    if many == 1:
        return Sentence("in the past 1 month")
    return Sentence("in the past {many} months", many=many)


_BACK: Mapping[Window, Sentence] = {
    YEAR: Sentence("in the past year"),
    CALENDAR_YEAR: Sentence("in this calendar year"),
    EVER: Sentence("so far"),
}


def percent(share: Fraction) -> str:
    """“25%”, or “1/3” where there is no whole number of them."""
    hundredths = share * 100
    return f"{hundredths}%" if hundredths.denominator == 1 else str(share)


def _when(condition: Events) -> str:
    """How far back some kinds of events count; of all that qualify it is said once, by VM-1."""
    if not condition.kinds:
        return ""
    said = back(condition.window.value)
    if condition.before_the_day:
        return Sentence(" {when} before this day", when=said)
    return Sentence(" {when}", when=said)
