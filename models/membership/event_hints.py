"""Which event a row may have meant whose name is no event's; a hint, and never on another day.

Whoever follows a hint would else credit a meeting that nobody of them was at.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from difflib import get_close_matches

from models.intake.locations import Ask
from models.intake.participation import Event
from models.lookalikes import meant
from models.text.folding import unmarked

LATE_ENTRY = timedelta(days=3)
"""Sheets are typed in days later; a row much further from its event may mean another one."""
NO_SUCH = "no event has this name"
CORRECT = (
    "correct the name, or write it under “Also called” of its event, or add the event to the "
    "Events tab"
)
CORRECT_DAY = (
    "write the day on which they met, as somebody who was there knows it; if it is right, add the "
    "event to the Events tab"
)
WRITE_DAY = (
    "write the name as it stands in the Events tab, with the day on which they met before it, as "
    "in “2026-03-31 Forum”; or add the event to the Events tab"
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
            return Ask(f"no event was held on {on}; the closest is “{beside}”", CORRECT_DAY)
    near = get_close_matches(_undated(text)[:100], list(filter(None, called)), n=1, cutoff=0.6)
    if not near:
        return Ask(NO_SUCH, CORRECT)
    held = called[near[0]]
    written = _DAY.search(text)
    if written:
        fitting = [event for event in held if str(event.day) == written[0]]
    else:
        fitting = [event for event in held if day is None or abs(event.day - day) <= LATE_ENTRY]
    if len(fitting) == 1:
        return Ask(f"{NO_SUCH}; the closest is “{fitting[0]}”", CORRECT)
    known = f"“{held[0].name}” was held on {_days(held)}"
    if written:
        return Ask(f"no event of {written[0]} has this name; {known}", CORRECT_DAY)
    return Ask(f"{NO_SUCH}; {known}", WRITE_DAY)


def _undated(text: str) -> str:
    """What an event is called beside its day."""
    return unmarked(_DAY.sub(" ", text))


def _days(events: Sequence[Event]) -> str:
    """One day, or how many."""
    return str(events[0].day) if len(events) == 1 else f"{len(events)} days"
