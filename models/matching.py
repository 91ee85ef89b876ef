"""What a sign-in row calls an event → the event; one that fits none or two is asked about."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from models.bylaws.rules import Bylaws
from models.participation import Event
from models.places import Ask, Place, ReviewItem, Weight
from models.tables import folded

VOLUNTEERING = "volunteer activity"
"""What the log's activities are where the bylaws have no word for them, and count none."""


class EventBook:
    """The chapter's events by everything a row may call them.

    Two rows of one name, kind and day are sessions of one event (VM-R2); everything else that
    happens on one day stays apart, and so does a cancelled row from the event held in its place.
    """

    def __init__(self, events: Iterable[Event]) -> None:
        self.events: list[Event] = []
        self.review: list[ReviewItem] = []
        self._called: dict[str, list[int]] = {}
        self._found: dict[tuple[str, date | None], int | Ask] = {}
        self._volunteering: dict[tuple[date, str], int] = {}
        seen: dict[tuple[date, str, str, bool], int] = {}
        for event in events:
            key = event.day, folded(event.name), event.kind, event.cancelled
            number = seen.setdefault(key, len(self.events))
            if number < len(self.events):
                self._note_session(event, self.events[number])
            else:
                self.events.append(event)
            self._call(event, number)

    def find(self, text: str, day: date | None) -> int | Ask:
        """The event a row means.

        Args:
            text: its name, its name with its ISO date before or behind, or its sign-in tab.
            day: the row's own day, which settles a name that several events share.
        """
        found = self._found.get((text, day))
        if found is None:  # the rows of one event say the same
            found = self._found[text, day] = self._find(text, day)
        return found

    def _find(self, text: str, day: date | None) -> int | Ask:
        named = self._called.get(folded(text), [])
        fitting = named
        if len(named) > 1 and day is not None:
            fitting = [number for number in named if self.events[number].day == day]
        if len(fitting) > 1:  # nobody attends a cancelled event when another has its name
            fitting = [number for number in fitting if not self.events[number].cancelled]
        if len(fitting) == 1:
            return fitting[0]
        if named:
            return Ask(
                f"{len(named)} events have this name and the row's date does not tell which",
                "write the event's date before its name, as in “2026-03-31 Forum”",
            )
        return Ask(
            f"no event has this name{self._hint(text)}",
            "correct the name, or add the event to the Events tab",
        )

    def volunteering(self, day: date, activity: str, place: Place, bylaws: Bylaws) -> int:
        """The volunteer activity of a day; the log may name one that Events does not (VM-2)."""
        key = day, folded(activity)
        if key not in self._volunteering:
            # An activity from before the first edition is old news, not an error.
            rules = bylaws.closest(day).membership
            for number in self._called.get(key[1], ()):
                event = self.events[number]
                if event.day == day and event.is_volunteering(rules):
                    self._volunteering[key] = number
                    break
            else:
                kind = next(iter(rules.helping), VOLUNTEERING)
                self._volunteering[key] = len(self.events)
                self.events.append(
                    Event(place=place, day=day, name=activity, kind=kind, of_the_log=True)
                )
        return self._volunteering[key]

    def _call(self, event: Event, number: int) -> None:
        """An event answers to its names; a session's sign-in tab is one of them."""
        names = (event.name, f"{event.day} {event.name}", f"{event.name} {event.day}")
        for name in dict.fromkeys(folded(name) for name in (*names, event.sign_in_tab) if name):
            numbers = self._called.setdefault(name, [])
            if number not in numbers:
                numbers.append(number)

    def _hint(self, text: str) -> str:
        near = get_close_matches(folded(text)[:100], list(self._called), n=1, cutoff=0.6)
        return f"; the closest is “{self.events[self._called[near[0]][0]]}”" if near else ""

    def _note_session(self, event: Event, first: Event) -> None:
        self.review.append(
            ReviewItem(
                place=event.place,
                weight=Weight.NOTE,
                reason=f"same date, name and kind as {first.place}: taken as one event",
                next_step="if they were two events, give them two names",
                rule="VM-R2",
            )
        )
