"""Days and moments as an officer reads them, on the chapter's clock."""

import re
from datetime import datetime

from flows.web.visits import Visit
from models.text import formats

_ROW = re.compile(r"([1-9][0-9]*):\1")


def told(text: str) -> str:
    """A sentence of the rules as people read it: days as people say them, a capital first."""
    said = formats.spoken(text)
    return said[:1].upper() + said[1:]


def place(visit: Visit, cell: str) -> str:
    """A cell, a row, or the whole tab, as people call it."""
    if row := _ROW.fullmatch(cell):
        return visit.words.say("review.row", n=row[1])
    return cell or visit.words.say("review.whole")


def moment(visit: Visit, when: datetime) -> str:
    """A moment near by: "Friday, October 11, at 9:00 PM"."""
    local = when.astimezone(visit.context.chapter.tz)
    return formats.moment(local, visit.words.language)


def dated(visit: Visit, when: datetime) -> str:
    """A moment that may be long ago: "October 11, 2026, 9:00 PM"."""
    local, language = when.astimezone(visit.context.chapter.tz), visit.words.language
    return f"{formats.day(local.date(), language)}, {formats.time(local, language)}"
