"""What a condition says of a person, as a member reads it: the rule, the fact, whether it holds.

The sentences are made of the edition's own values, so that none states a rule the chapter does not
have (VM-4, VM-R7). They name events and days, nobody else.
"""

from collections.abc import Sequence
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

DUES_UNREAD = "dues are not read yet"
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
) -> str:
    """What a condition met, and what it asks for.

    Args:
        events: those of the person's that count here on the day, as "day name", oldest first.
        held: how many the chapter held of those that it looks back on.
    """
    many, these = len(events), "; ".join(events)
    listed = f": {these}" if these else ""
    match condition:
        case Events(at_least=asked):
            what = numbered(condition.kinds or QUALIFYING, many)
            when = f" {_back(condition)}" if condition.kinds else ""
            return f"attended {many} {what}{when} ({asked.value} needed){listed}"
        case LastEvents(at_least=asked, of_last=of_last):
            what = numbered(condition.kinds or QUALIFYING, of_last.value)
            of = f"the last {of_last.value} {what}"
            return f"attended {many} of {of} ({asked.value} needed){listed}"
        case Share(share=share, window=window):
            what = numbered(condition.kinds or QUALIFYING, held)
            of = f"{held} {what} {back(window.value)}"
            return f"attended {many} of {of} ({percent(share.value)} needed){listed}"
        case OnTheDay():
            what = numbered(condition.kinds or QUALIFYING, 1)
            return f"attended a {what} on this day{listed}" if many else f"no {what} on this day"
        case Attended(kinds=kinds, window=window):
            what = numbered(kinds, 1)
            return f"attended the {what}{listed}" if many else f"no {what} {back(window.value)}"
        case Volunteered(at_least=asked, window=window):
            needed = f" ({asked.value} needed)" if asked.value > 1 else ""
            if not many:
                return f"no volunteer activity {back(window.value)}{needed}"
            return f"volunteered{needed}{listed}"
        case Registered(days=days):
            since = f"registered on {own.registered}" if own.registered else "no dated registration"
            return f"{since} ({days.value} days needed)"
        case DuesPaid():
            if own.dues is None:
                return DUES_UNREAD
            paid = [spell for spell in own.dues if spell.covers(on)]
            return f"dues paid through {paid[-1].until}" if paid else "dues not paid"
        case Attested(window=window):
            said = [
                str(day) for day in sorted(own.attested) if day <= on <= last_day(day, window.value)
            ]
            return f"attested: {'; '.join(said)}" if said else f"not attested {back(window.value)}"


def numbered(kinds: Kinds, many: int) -> str:
    """“annual meeting”, “calls”, “meetings or forums”."""
    return " or ".join(kind if many == 1 else plural(kind) for kind in kinds)


def plural(kind: str) -> str:
    """More than one of a kind of event."""
    if kind.endswith("y") and kind[-2:-1] not in "aeiou":
        return f"{kind[:-1]}ies"
    return f"{kind}es" if kind.endswith(("s", "x", "z", "ch", "sh")) else f"{kind}s"


def back(window: Window) -> str:
    """How far back a window looks from the day asked about."""
    named = {YEAR: "in the past year", CALENDAR_YEAR: "in this calendar year", EVER: "so far"}
    return named.get(window, f"in the past {window}")


def percent(share: Fraction) -> str:
    """“25%”, or “1/3” where there is no whole number of them."""
    hundredths = share * 100
    return f"{hundredths}%" if hundredths.denominator == 1 else str(share)


def _back(condition: Events) -> str:
    said = back(condition.window.value)
    return f"{said} before this day" if condition.before_the_day else said
