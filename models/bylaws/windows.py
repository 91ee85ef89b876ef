"""How long an event counts: the windows that bylaws may name (VM-R1)."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Annotated

from pydantic import AfterValidator

YEAR, CALENDAR_YEAR, EVER = "trailing year", "calendar year", "ever"
_MONTHS = re.compile(r"[1-9][0-9]?[0-9]? months?", re.ASCII)


def _known(window: str) -> str:
    if window not in (YEAR, CALENDAR_YEAR, EVER) and not _MONTHS.fullmatch(window):
        raise ValueError(
            f"must be '{YEAR}', '{CALENDAR_YEAR}', '{EVER}', or a number of months such as '6 "
            "months'"
        )
    return window


Window = Annotated[str, AfterValidator(_known)]
"""`trailing year`, `calendar year`, `ever`, or a number of months, as `6 months`."""


def earliest(on: date, window: Window) -> date:
    """A day before which nothing counts any more, as late as is safe to say."""
    if window == EVER:
        return date.min
    months = 12 if window in (YEAR, CALENDAR_YEAR) else int(window.split()[0])
    return on - timedelta(days=31 * months)


@cache
def last_day(event_day: date, window: Window) -> date:
    """The last day on which an event still counts, itself included (VM-R1).

    Trailing year and months: the same date later, or the last of a shorter month; the anniversary
    of February 29 is February 28. For ever: the last day there is.
    """
    if window == EVER:
        return date.max
    if window == CALENDAR_YEAR:
        return date(event_day.year, 12, 31)
    months = 12 if window == YEAR else int(window.split()[0])
    year, month = divmod(event_day.year * 12 + event_day.month - 1 + months, 12)
    return date(year, month + 1, min(event_day.day, monthrange(year, month + 1)[1]))
