"""Days and moments as an officer reads them, on the chapter's clock."""

from datetime import datetime

from flows.web.visits import Visit
from models.text import formats


def moment(visit: Visit, when: datetime) -> str:
    """A moment near by: "Friday, October 11, at 9:00 PM"."""
    local = when.astimezone(visit.context.chapter.tz)
    return formats.moment(local, visit.words.language)


def dated(visit: Visit, when: datetime) -> str:
    """A moment that may be long ago: "October 11, 2026, 9:00 PM"."""
    local, language = when.astimezone(visit.context.chapter.tz), visit.words.language
    return f"{formats.day(local.date(), language)}, {formats.time(local, language)}"
