"""When the next reminder goes (EN-R7).

1. Each has its day in the calendar; one that was missed goes as soon as it can.
2. Never close after the letter before it: half the smallest distance that the calendar itself keeps
   between two letters, and at most half a day.
3. One that is late waits longer where there is time: a day, or its share of what is left.
4. Three are owed (EN-10); none goes after the close.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from models.elections import REMINDERS, Calendar

HALF_A_DAY = timedelta(hours=12)
"""So nobody finds two letters of a vote in one morning; windows of five days and more keep it."""
BREATHER = timedelta(days=1)
"""How long a late one waits after the letter before it, where there is time."""


def distance(plan: Calendar) -> timedelta:
    """How far a reminder keeps from the letter before it.

    Half of what the calendar keeps: three that are on time are never in each other's way, however
    short the window is.
    """
    return min(HALF_A_DAY, *(gap / 2 for gap in _gaps(plan)))


def reminder_due(plan: Calendar, gone: int, last: datetime | None) -> tuple[int, datetime] | None:
    """The next reminder and its time, or None when all three went.

    Args:
        gone: how many went.
        last: when the last letter to the whole roll went, the invitation included.
    """
    if gone >= REMINDERS:
        return None
    number, due = gone + 1, plan.reminders[gone]
    if last is None:
        return number, due
    share = (plan.closes - last) / (REMINDERS - gone + 1)
    breather = min(BREATHER, share, _gaps(plan)[gone])
    return number, max(due, last + max(distance(plan), breather))


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
