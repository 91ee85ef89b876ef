"""A text with a date in it, as a meeting's header or an event's name: “11/1 Winter forum”."""

import re
from collections.abc import Iterator
from datetime import UTC, date
from typing import NamedTuple

from models.dates import WEEKDAYS, NotADay, NoYear, day_of
from models.intake.cells import Cell
from models.intake.marks import HOW, PRESENT

_IN_TEXT = re.compile(
    r"(?<!\d)(?:\d{4}-\d\d?-\d\d?|\d\d?[/.-]\d\d?[/.-](?:\d{4}|\d\d))(?!\d)"
    r"|\b\d\d?-[a-z]{3}-(?:\d{4}|\d\d)\b|\b[a-z]{3}-\d\d?-\d{4}\b"
    r"|\b[a-z]{3,9}\.? \d\d?(?:st|nd|rd|th)?,? \d{4}\b|\b\d\d? [a-z]{3,9}\.? \d{4}\b",
    re.IGNORECASE,
)
_WITHOUT_YEAR = re.compile(
    r"(?<![\d/.-])\d\d?/\d\d?(?![\d/.-])"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d\d?(?:st|nd|rd|th)?\b"
    r"|\b\d\d? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b",
    re.IGNORECASE,
)
_BESIDE = " -–—:,;()[]|/"


class Written(NamedTuple):
    """A date as it is written next to a name."""

    name: str
    """What else the text says."""
    said: str
    readings: tuple[tuple[int, int, int], ...]
    """Year (0 if none is written), month, and day; a second one if the day comes first."""

    def means(self, day: date, reading: int = 0) -> bool:
        """Whether it is this day, as it is usually read or, by the second reading, day-first."""
        if reading >= len(self.readings):
            return False
        year, month, number = self.readings[reading]
        return (year or day.year, month, number) == (day.year, day.month, day.day)


def written_in(text: str) -> Written | None:
    """Return the date that is written next to a name; None if there is no date or no name."""
    for cell, name in dates_in(text):
        readings = []
        for day_first in (False, True):
            try:
                day = day_of(cell, UTC, UTC, day_first=day_first)
            except NoYear as exc:
                readings.append((0, exc.month, exc.day))
            except NotADay:
                continue
            else:
                readings.append((day.year, day.month, day.day))
        if name and readings:
            return Written(name, str(cell), tuple(dict.fromkeys(readings)))
    return None


def dates_in(head: Cell) -> Iterator[tuple[Cell, str]]:
    """What may be the date of a text, each with what else the text says: first all of it."""
    yield head, ""
    for style in (_IN_TEXT, _WITHOUT_YEAR) if isinstance(head, str) else ():
        if inside := style.search(str(head)):
            yield inside[0], _beside(str(head), inside[0])


def _beside(text: str, day: str) -> str:
    """Return what a text says next to its day.

    A weekday right before it is no name, nor is an hour or how people met.
    """
    before, _, behind = text.partition(day)
    *words, last = before.rstrip(" ,.").split(" ") or [""]
    if last.strip("(,.").lower() not in WEEKDAYS:
        words.append(last)
    name = f"{' '.join(words)} {behind}".strip(_BESIDE)
    said = filter(None, re.split(r"[\s,;:()/-]+", _HOUR.sub("", name).casefold()))
    return "" if (PRESENT | HOW | {"@", "hybrid"} | WEEKDAYS.keys()).issuperset(said) else name


_HOUR = re.compile(r"\b\d{1,2}(?::\d\d)?(?: ?[ap]\.?m\b\.?)?", re.IGNORECASE)
