"""Which event a row might mean if no event has its name: a hint, never on another day.

Otherwise, people who follow a hint would credit a meeting that they were not at.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from difflib import get_close_matches

from models.intake.dated import written_in
from models.intake.locations import Ask
from models.intake.participation import Event
from models.lookalikes import meant
from models.text import formats
from models.text.folding import unmarked

LATE_ENTRY = timedelta(days=3)
"""Sheets are typed in days later; a row much further from its event may mean another one."""
NO_SUCH = "no event has this name"
CORRECT = (
    "correct the name, or write it under “Also called” of its event, or add the event to the "
    "Events tab"
)
CORRECT_DAY = (
    "enter the day of the event, as someone who was there remembers it; if the day is right, add "
    "the event to the Events tab"
)
WRITE_DAY = (
    "use the name in the Events tab, with the day of the event before it, as in “2026-03-31 "
    "Forum”; or add the event to the Events tab"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def hint(text: str, day: date | None, events: Sequence[Event]) -> Ask:
    """What was meant, perhaps: by its name, and by the day that the row says.

    Args:
        text: what the row calls the event.
        day: the row's own day, if it has one.
    """
    if alike := meant(text, dict.fromkeys(event.name for event in events)):
        return Ask(f"{NO_SUCH}{alike}", CORRECT)
    called: dict[str, list[Event]] = {}
    for event in events:
        for name in dict.fromkeys(map(_undated, (event.name, event.sign_in_tab, *event.also))):
            called.setdefault(name, []).append(event)
    if _DAY.fullmatch(text):
        on = date.fromisoformat(text)
        beside = min(events, key=lambda event: abs(event.day - on), default=None)
        if beside and abs(beside.day - on) <= LATE_ENTRY:
            return Ask(
                f"there was no event on {formats.day(on)}; did you mean “{beside}”?", CORRECT_DAY
            )
    written = written_in(text)
    sought = unmarked(written.name) if written else unmarked(text)
    near = get_close_matches(sought[:100], list(filter(None, called)), n=1, cutoff=0.6)
    of_the_day = [event for event in events if event.day == day and not event.of_the_log]
    if not near:
        return _of_the_day(day, of_the_day) or Ask(NO_SUCH, CORRECT)
    held = called[near[0]]
    if written:
        fitting = [event for event in held if written.means(event.day)]
    else:
        fitting = [event for event in held if day is None or abs(event.day - day) <= LATE_ENTRY]
    if len(fitting) == 1:
        return Ask(f"{NO_SUCH}; did you mean “{fitting[0]}”?", CORRECT)
    known = f"“{held[0].name}” was held on {_days(held)}"
    if written:
        year, month, number = written.readings[0]
        shown = f"{formats.day(date(year, month, number))}," if year else "this day"
        return Ask(f"no event on {shown} has this name; {known}", CORRECT_DAY)
    return _of_the_day(day, of_the_day) or Ask(f"{NO_SUCH}; {known}", WRITE_DAY)


def _of_the_day(day: date | None, events: Sequence[Event]) -> Ask | None:
    """The one event of a row's own day, which is nearer than any other day's name."""
    if day is None or len(events) != 1:
        return None
    return Ask(
        f"{NO_SUCH}; on {formats.day(day)}, the date of this row, there was “{events[0].name}”",
        CORRECT,
    )


def _undated(text: str) -> str:
    """What an event is called beside its day."""
    return unmarked(_DAY.sub(" ", text))


def _days(events: Sequence[Event]) -> str:
    """One day, or how many."""
    return formats.day(events[0].day) if len(events) == 1 else f"{len(events)} days"
