"""What a sign-in row calls an event → the event; one that fits none or two is asked about.

Names are compared as headers and choices are (`models.text.folding`). Sign-ins of an
event whose row was skipped are shown with that cause, and never count for another with its name.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from difflib import get_close_matches

from models.bylaws.rules import Bylaws
from models.intake.dated import Written, written_in
from models.intake.locations import Ask, ReviewItem, SourceLocation, Weight
from models.intake.participation import Event, LostEvent
from models.membership.activities import is_usual, unclear
from models.membership.event_hints import LATE_ENTRY, hint
from models.text.folding import unmarked
from models.text.sentences import Sentence

VOLUNTEERING = "volunteer activity"
"""What the log's activities are where the bylaws have no word for them, and count none."""


class EventBook:
    """The chapter's events by everything a row may call them.

    Two rows of one name, kind and day are sessions of one event (VM-R2); everything else that
    happens on one day stays apart, and so does a cancelled row from the event held in its place.
    """

    def __init__(self, events: Iterable[Event], lost: Iterable[LostEvent] = ()) -> None:
        self.events: list[Event] = []
        self.review: list[ReviewItem] = []
        self.unusual: list[SourceLocation] = []
        """Activities that the log alone names, and none of the usual ones."""
        self._called: dict[str, list[int]] = {}
        self._found: dict[tuple[str, date | None], int | Ask] = {}
        self._volunteering: dict[tuple[date, str], int] = {}
        seen: dict[tuple[date, str, str, bool], int] = {}
        for event in events:
            key = event.day, unmarked(event.name), event.kind, event.cancelled
            number = seen.setdefault(key, len(self.events))
            if number < len(self.events):
                self.events[number] = self._with_session(event, self.events[number])
            else:
                self.events.append(event)
                other = seen.get((*key[:3], not event.cancelled))
                if other is not None:
                    self._ask_whether_held(event, self.events[other])
            self._call(event, number)
        lost = list(lost)
        self._nameless = [gone for gone in lost if not gone.names]
        self._lost: dict[str, list[LostEvent]] = {}
        for gone in lost:
            for name in _calls(gone.day, gone.names):
                self._lost.setdefault(name, []).append(gone)

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
        known = unmarked(text) in self._called or unmarked(text) in self._lost
        if not known and (written := written_in(text)):
            text = self._as_called(written) or text
        named, lost = self._called.get(unmarked(text), []), self._lost.get(unmarked(text), [])
        fitting = named
        if len(named) + len(lost) > 1 and day is not None:
            fitting = self._of_the_day(named, day)
            lost = [gone for gone in lost if gone.day in (None, day)]
        if len(fitting) > 1:  # nobody attends a cancelled event when another has its name
            fitting = [number for number in fitting if not self.events[number].cancelled]
        either = any(gone.day is not None for gone in lost) if day is not None else bool(lost)
        if len(fitting) == 1 and not either:
            return fitting[0]
        if lost:
            return _set_aside(lost[0])
        days = {self.events[number].day for number in fitting}
        if len(days) == 1 < len(fitting):
            if str(*days) == text.strip():
                return Ask(
                    Sentence("{many} events were held on this day", many=len(fitting)),
                    Sentence("write the event's name after the date, as in “2026-03-31 Forum”"),
                )
            return Ask(
                Sentence(
                    "{many} events on one day have this name, but different kinds",
                    many=len(fitting),
                ),
                Sentence(
                    "give them different names in the Events tab; if they were one event, give "
                    "them the same kind"
                ),
            )
        if named:
            return Ask(
                Sentence(
                    "{many} events have this name, and the row's date does not show which one",
                    many=len(named),
                ),
                Sentence("write the event's date before its name, as in “2026-03-31 Forum”"),
            )
        parts = list(map(unmarked, re.split("[,;] ?", text)))
        if len(parts) > 1 and all(part in self._called for part in parts):
            return Ask(
                Sentence("one cell has {many} events", many=len(parts)),
                Sentence("write one row per event; on a form, let people choose only one event"),
            )
        nameless = (gone for gone in self._nameless if day is not None and gone.day == day)
        return next(map(_set_aside, nameless), None) or hint(text, day, self.events)

    def _as_called(self, written: Written) -> str:
        """A name with its date in any style, as “Forum (Nov 1)”, as the book has it."""
        name = unmarked(written.name)
        events = [self.events[number] for number in self._called.get(name, ())]
        found = {f"{event.day} {event.name}" for event in events if written.means(event.day)}
        lost = (gone for gone in self._lost.get(name, ()) if gone.day and gone.names)
        found |= {f"{g.day} {g.names[0]}" for g in lost if g.day and written.means(g.day)}
        # Where another event is meant by the same numbers, day first, nobody can tell.
        other = any(written.means(event.day, 1) for event in events)
        return found.pop() if len(found) == 1 and not other else ""

    def _of_the_day(self, named: list[int], day: date) -> list[int]:
        """Those of a row's day; typed in late, the one that was held where the others were not."""
        if fitting := [number for number in named if self.events[number].day == day]:
            return fitting
        held = [number for number in named if not self.events[number].cancelled]
        late = [n for n in held if timedelta(0) <= day - self.events[n].day <= LATE_ENTRY]
        return late if len(held) == 1 else []

    def volunteering(
        self,
        day: date,
        activity: str,
        place: SourceLocation,
        bylaws: Bylaws,
        *,
        decided: bool = False,
    ) -> int | Ask:
        """The volunteer activity of a day; the log may name one that Events does not (VM-2).

        One whose row in the Events tab was skipped waits for that row, which might say that it does
        not count.

        Args:
            decided: whether a named person says that somebody volunteered (VM-R3).
        """
        key = day, unmarked(activity)
        for gone in self._lost.get(key[1], ()):
            if gone.day in (None, day):
                return _set_aside(gone)
        if key not in self._volunteering:
            # An activity from before the first edition is old news, not an error.
            rules = bylaws.closest(day).membership
            for number in self._called.get(key[1], ()):
                event = self.events[number]
                if event.day == day and event.is_volunteering(rules):
                    self._volunteering[key] = number
                    break
            else:
                doubt = None if decided else unclear(activity, self.events, rules)
                if asked := doubt or self._may_be_another(*key):
                    return asked
                if rules.helping and not is_usual(activity):
                    self.unusual.append(place)
                kind = next(iter(rules.helping), VOLUNTEERING)
                self._volunteering[key] = len(self.events)
                self.events.append(
                    Event(place=place, day=day, name=activity, kind=kind, of_the_log=True)
                )
        return self._volunteering[key]

    def _may_be_another(self, day: date, activity: str) -> Ask | None:
        """A name of the log that is nearly that of an event which may not count, is no other."""
        for event in self.events:
            others = bool(event.partner) or event.as_event
            open_ = not (event.cancelled or event.counts is False or others)
            far = abs(event.day - day)
            if event.of_the_log or open_ or far > (LATE_ENTRY if others else timedelta(0)):
                continue
            name = unmarked(event.name)
            words = {*re.findall(r"\w+", name)}
            within = bool(words) and words.issubset(re.findall(r"\w+", activity))
            near = within or get_close_matches(activity, [name], cutoff=0.75)
            if near and far:
                return Ask(
                    Sentence(
                        "this name is almost “{event}”, which might not count and was on another "
                        "day",
                        event=event.told,
                    ),
                    Sentence(
                        "if it was that event, write its date and name as in the Events tab; if it "
                        "was another activity, use a clearly different name"
                    ),
                )
            if near and activity != name:
                return Ask(
                    Sentence(
                        "this name is almost “{event}”, which might not count", event=event.told
                    ),
                    Sentence(
                        "use the name in the Events tab; if it was another activity, use a clearly "
                        "different name"
                    ),
                )
        return None

    def _call(self, event: Event, number: int) -> None:
        """An event answers to its names; a session's sign-in tab is one of them."""
        for name in _calls(event.day, (event.name, event.sign_in_tab, *event.also)):
            numbers = self._called.setdefault(name, [])
            if number not in numbers:
                numbers.append(number)

    def _ask_whether_held(self, event: Event, other: Event) -> None:
        """Two rows of one event, of which one says that it was called off."""
        off, on = (event, other) if event.cancelled else (other, event)
        self.review.append(
            ReviewItem(
                place=off.place,
                weight=Weight.QUESTION,
                reason=Sentence(
                    "this row says that the event was called off, but {place} has the same date, "
                    "name, and kind; the event counts as held",
                    place=on.place.told,
                ),
                next_step=Sentence(
                    "delete the row that is wrong; if one event replaced the other, give them "
                    "different names"
                ),
                rule="VM-R2",
            )
        )

    def _with_session(self, event: Event, first: Event) -> Event:
        """The event that two rows are sessions of; what only one of them says holds for it."""
        marks = {event.counts, first.counts} - {None}
        as_event = event.as_event or first.as_event
        agreed = len(marks) + as_event < 2
        self.review.append(
            ReviewItem(
                place=event.place,
                weight=Weight.NOTE if agreed else Weight.QUESTION,
                reason=Sentence(
                    "same date, name, and kind as {place}, so read as one event",
                    place=first.place.told,
                )
                if agreed
                else Sentence(
                    "same date, name, and kind as {place}, so read as one event, which does not "
                    "count because the two disagree under “Counts”",
                    place=first.place.told,
                ),
                next_step=Sentence("if they were two events, give them different names")
                if agreed
                else Sentence(
                    "if they were two events, give them different names; if not, make “Counts” the "
                    "same in both"
                ),
                rule="VM-R2",
            )
        )
        counts = next(iter(marks), None) if agreed else False
        partner = first.partner or event.partner
        more = {"counts": counts, "partner": partner, "as_event": as_event}
        return first.model_copy(update=more)


def _calls(day: date | None, names: Iterable[str]) -> Iterator[str]:
    """What rows may call an event, folded: each name, the first with its day, the day alone."""
    first, *others = (*names, "")
    dated = (f"{day} {first}", f"{first} {day}", str(day)) if first and day else ()
    yield from dict.fromkeys(unmarked(name) for name in (first, *dated, *others) if name)


def _set_aside(gone: LostEvent) -> Ask:
    return Ask(
        Sentence(
            "the event's row was skipped: {place}, {reason}",
            place=gone.place.told,
            reason=gone.reason,
        ),
        Sentence("fix that row first: {step}", step=gone.next_step),
    )
