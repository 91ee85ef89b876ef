"""When the next reminder goes (EN-R7).

1. Each has its day in the calendar; one that was missed goes as soon as it can.
2. Never close after the letter before it: half a day, or where the calendar itself keeps less, half
   the smallest distance that it keeps between two letters.
3. One that is late waits longer where there is time: a day, or its share of what is left.
4. A letter with news, of a later close, a cancelled race or somebody who withdrew, takes away no
   reminder: the next waits half of what is left at most.
5. Three are owed (EN-10); none goes after the close.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from models.votes.election import REMINDERS, Calendar

HALF_A_DAY = timedelta(hours=12)
"""So nobody finds two letters of a vote in one morning; windows of five days and more keep it."""
TIME_TAKEN = timedelta(hours=1)
"""What a letter may take to be sent, and be in the way of none that is on time."""
BREATHER = timedelta(days=1)
"""How long a late one waits after the letter before it, where there is time."""


def distance(plan: Calendar) -> timedelta:
    """How far a reminder keeps from the letter before it.

    Never as far as the calendar: three that are on time are never in each other's way, nor is one
    after a letter that took its time, however short the window is.
    """
    closest = min(_gaps(plan))
    return HALF_A_DAY if closest > HALF_A_DAY + TIME_TAKEN else closest / 2


def reminder_due(
    plan: Calendar, gone: int, last: datetime | None, extended: datetime | None = None
) -> tuple[int, datetime] | None:
    """The next reminder and its time, or None when all three went.

    Args:
        gone: how many went.
        last: when the invitation or the last reminder went.
        extended: when the last letter with news went (EN-R6, EN-R11).
    """
    if gone >= REMINDERS:
        return None
    due = plan.reminders[gone]
    if last is not None:
        due = max(due, last + _wait(plan, gone, last))
    if extended is not None:
        half = (plan.closes - extended) / 2
        due = max(due, extended + min(half, _wait(plan, gone, extended)))
    return gone + 1, due


def still_to_come(
    plan: Calendar, now: datetime, gone: int, last: datetime | None, extended: datetime | None
) -> int:
    """How many can still go before the close, each as soon as it may."""
    come = 0
    while due := reminder_due(plan, gone + come, last, extended):
        last = max(due[1], now)
        if last >= plan.closes:
            break
        come += 1
    return come


def _wait(plan: Calendar, gone: int, letter: datetime) -> timedelta:
    """How long the next reminder waits after a letter."""
    share = (plan.closes - letter) / (REMINDERS - gone + 1)
    return max(distance(plan), min(BREATHER, share, _gaps(plan)[gone]))


def _gaps(plan: Calendar) -> list[timedelta]:
    """What lies between a letter and the next, by the calendar; a day of 23 hours is one."""
    letters = [moment.astimezone(UTC) for moment in (plan.opens, *plan.reminders)]
    return [two - one for one, two in pairwise(letters)]


def went_at(moments: Collection[datetime], now: datetime) -> datetime | None:
    """When a letter went, by a clock that may have jumped.

    Args:
        moments: what was written down as it went, and each time a clock was found set back before
            all of these.

    Returns:
        The latest that is not in the future; None if all are: then the clock is, or was, wrong.
    """
    return max((moment for moment in moments if moment <= now), default=None)
