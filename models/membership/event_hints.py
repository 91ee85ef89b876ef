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
from models.text.folding import unmarked
from models.text.sentences import Sentence, day_said

LATE_ENTRY = timedelta(days=3)
"""Sheets are typed in days later; a row much further from its event may mean another one."""
NO_SUCH = Sentence("no event has this name")
CORRECT = Sentence(
    "correct the name, or write it under “Also called” of its event, or add the event to the "
    "Events tab"
)
CORRECT_DAY = Sentence(
    "enter the day of the event, as someone who was there remembers it; if the day is right, add "
    "the event to the Events tab"
)
WRITE_DAY = Sentence(
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
        return Ask(Sentence("no event has this name{alike}", alike=alike), CORRECT)
    called: dict[str, list[Event]] = {}
    for event in events:
        for name in dict.fromkeys(map(_undated, (event.name, event.sign_in_tab, *event.also))):
            called.setdefault(name, []).append(event)
    if _DAY.fullmatch(text):
        on = date.fromisoformat(text)
        beside = min(events, key=lambda event: abs(event.day - on), default=None)
        if beside and abs(beside.day - on) <= LATE_ENTRY:
            return Ask(
                Sentence(
                    "there was no event on {day}; did you mean “{event}”?",
                    day=day_said(on),
                    event=beside.told,
                ),
                CORRECT_DAY,
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
        nearest = fitting[0].told
        return Ask(
            Sentence("no event has this name; did you mean “{event}”?", event=nearest), CORRECT
        )
    known = _held_on(held)
    if written:
        year, month, number = written.readings[0]
        said = (
            Sentence(
                "no event on {day}, has this name; {known}",
                day=day_said(date(year, month, number)),
                known=known,
            )
            if year
            else Sentence("no event on this day has this name; {known}", known=known)
        )
        return Ask(said, CORRECT_DAY)
    other = Sentence("no event has this name; {known}", known=known)
    return _of_the_day(day, of_the_day) or Ask(other, WRITE_DAY)


def _of_the_day(day: date | None, events: Sequence[Event]) -> Ask | None:
    """The one event of a row's own day, which is nearer than any other day's name."""
    if day is None or len(events) != 1:
        return None
    return Ask(
        Sentence(
            "no event has this name; on {day}, the date of this row, there was “{name}”",
            day=day_said(day),
            name=events[0].name,
        ),
        CORRECT,
    )


def _undated(text: str) -> str:
    """What an event is called beside its day."""
    return unmarked(_DAY.sub(" ", text))


def _held_on(events: Sequence[Event]) -> Sentence:
    """One day, or how many."""
    name = events[0].name
    if len(events) == 1:
        return Sentence("“{name}” was held on {day}", name=name, day=day_said(events[0].day))
    return Sentence("“{name}” was held on {many} days", name=name, many=len(events))
