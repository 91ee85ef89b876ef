"""A second judge, deliberately naive: it walks the calendar day by day and asks the rule's words.

Written from the text of VM-1, VM-2, VM-R1 and VM-R2; it shares no code with
`models.membership.voting_status`.
"""

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple


class Came(NamedTuple):
    """What somebody attended: when, and of which kind."""

    day: date
    kind: str


class Text(NamedTuple):
    """One edition's wording."""

    starting: date
    events: int
    helps: int
    by_calendar_year: bool
    kinds: tuple[str, ...]


def a_year_before(day: date) -> date:
    """The first day whose anniversary is not yet past on this one."""
    if day.month == 2 and day.day == 28 and not calendar.isleap(day.year):
        # February 29 of the year before has its anniversary today as well; the 28th is earlier.
        return date(day.year - 1, 2, 28)
    if day.month == 2 and day.day == 29:
        # Last year had no such day; what happened on its February 28 was over yesterday.
        return date(day.year - 1, 3, 1)
    return date(day.year - 1, day.month, day.day)


def verdict(came: Sequence[Came], texts: Sequence[Text], on: date) -> str:
    """Say "voting", "one away" or "not yet" on one day."""
    text = [text for text in texts if text.starting <= on][-1]
    first = date(on.year, 1, 1) if text.by_calendar_year else a_year_before(on)
    events = sum(1 for c in came if first <= c.day <= on and c.kind in text.kinds)
    helps = sum(
        1 for c in came if a_year_before(on) <= c.day <= on and c.kind == "volunteer activity"
        and c.kind in text.kinds
    )  # fmt: skip
    if events >= text.events or helps >= text.helps:
        return "voting"
    return "one away" if events == text.events - 1 else "not yet"


def spell(came: Sequence[Came], texts: Sequence[Text], on: date) -> tuple[date, date] | None:
    """The days around one day with the same verdict, as known that day; None for "not yet"."""
    known = [c for c in came if c.day <= on]
    now = verdict(known, texts, on)
    if now == "not yet":
        return None
    since = until = on
    while since > texts[0].starting and verdict(known, texts, since - timedelta(1)) == now:
        since -= timedelta(1)
    while verdict(known, texts, until + timedelta(1)) == now:
        until += timedelta(1)
    return since, until
