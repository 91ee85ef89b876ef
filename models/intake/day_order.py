"""Dates in which either number might be the day: 12.09.2025, 3/4/2026.

A workbook's locale says which comes first, until one date of the column says otherwise: next to
21/12/2025, 12/09/2025 is not December 9. A sheet takes such a one for its own
date as it is typed, so the dates that it keeps as numbers are asked about, too, unless one of them
has a day that can be no month. With dots the day stands first nearly everywhere (VM-2).
"""

import re
from collections.abc import Iterable
from datetime import timedelta

from models.dates import EPOCH
from models.intake.cells import Cell
from models.text.sentences import Sentence

FIELDS = (
    "day", "at", "decided", "event_day", "confirmed", "co_chair_since", "leave_from",
    "leave_through", "left", "since", "through", "paid", "closed", "exception_on",
)  # fmt: skip
_NUMBERS = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(?:\d{4}|\d\d)(?![\d/.-]*\d)")
_MONTHS, _DAYS = 12, 31
_LAST = 100_000
"""Further on no sheet's number is a day of our time."""
ASKED = Sentence("it is not clear which number is the day and which is the month")


def in_two_ways(cells: Iterable[Cell], *, day_first: bool) -> frozenset[Cell]:
    """Return the cells whose day might be the month; none if the column settles it.

    Args:
        day_first: how the workbook's locale writes a date.
    """
    there = set(cells)
    texts = {cell: both for cell in there if isinstance(cell, str) and (both := _numbers(cell))}
    first = {cell for cell, (one, two, _) in texts.items() if _DAYS >= one > _MONTHS >= two}
    second = {cell for cell, (one, two, _) in texts.items() if _DAYS >= two > _MONTHS >= one}
    own, other = (first, second) if day_first else (second, first)
    open_ = {cell for cell, (one, two, _) in texts.items() if one != two} - own - other
    if other:
        serials = [c for c in there if isinstance(c, int | float) and 0 < c < _LAST]
        days = {c: EPOCH + timedelta(days=int(c)) for c in serials if not isinstance(c, bool)}
        swapped = {c for c, day in days.items() if day.day <= _MONTHS and day.day != day.month}
        settled = own or any(day.day > _MONTHS for day in days.values())
        return frozenset(other | open_ | (set() if settled else swapped))
    dotted = {cell for cell in open_ if texts[cell][2] == "." and not day_first}
    return frozenset(set() if own else dotted)


def _numbers(text: str) -> tuple[int, int, str] | None:
    """The two numbers before a year and what parts them; None where a weekday settles them."""
    found = _NUMBERS.match(text.strip())  # a weekday before it is no number
    return (int(found[1]), int(found[3]), found[2]) if found else None
