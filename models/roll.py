"""The roll: everybody the sources know, each with a standing on a day.

`gather` turns tables into facts once; `Facts.roll` judges them on any day (VM-1, VM-R3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from models.bylaws.rules import Bylaws
from models.identity import Claim, Directory, Known
from models.intake import (
    read_events,
    read_exceptions,
    read_registrations,
    read_sign_ins,
    read_volunteers,
)
from models.matching import EventBook
from models.participation import Event, ExceptionKind, RecordedException, SignIn, record_of
from models.people import Person, PersonId
from models.places import Ask, Place, ReviewItem, Weight
from models.rows import Box, Tray
from models.standing import Standing, Status, last_day, standing
from models.tables import Table

LATE_ENTRY = timedelta(days=3)
"""Sheets are typed in days later; a row much further from its event may mean another one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the roll."""

    person: Person
    standing: Standing


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody's standing on one day."""

    on: date
    entries: dict[PersonId, Entry]

    def voting(self) -> list[Entry]:
        """Those who may vote."""
        return [entry for entry in self.entries.values() if entry.standing.may_vote]

    def counts(self) -> dict[Status, int]:
        """How many people have each status."""
        counts = dict.fromkeys(Status, 0)
        for entry in self.entries.values():
            counts[entry.standing.status] += 1
        return counts


@dataclass(slots=True)
class Facts:
    """What the sources say, matched and counted, before any day is asked about."""

    bylaws: Bylaws
    today: date
    events: list[Event]
    attended: dict[int, set[int]]
    """Person number → event numbers; each event once, however many rows (VM-R2)."""
    known: Known
    review: list[ReviewItem] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def roll(self, on: date) -> Roll:
        """Judge everybody on a day."""
        return Roll(
            on,
            {
                person.id: Entry(person, standing(self._events_of(number, on), self.bylaws, on))
                for number, person in self.known.people.items()
            },
        )

    def not_counted(self, person: PersonId, on: date) -> list[tuple[Event, str]]:
        """What a person attended that does not count on a day, each with the reason."""
        rules = self.bylaws.in_force(on).membership
        number = next(n for n, p in self.known.people.items() if p.id == person)
        record = record_of((self.events[i] for i in self.attended.get(number, ())), rules, on)
        window = rules.window
        over = [
            (event, f"counted until {last} ({window.rule})")
            for event in record.events
            if (last := last_day(event.day, window.value)) < on
        ]
        return sorted([*over, *record.not_counted], key=lambda pair: (pair[0].day, pair[0].name))

    def _events_of(self, number: int, on: date) -> list[Event]:
        """A sign-in for an event that is still to come is no attendance, whenever one asks."""
        events = (self.events[index] for index in self.attended.get(number, ()))
        return [event for event in events if event.day <= self.today or on <= self.today]


def gather(
    tables: Iterable[Table],
    bylaws: Bylaws,
    zone: ZoneInfo,
    today: date,
    ids: Mapping[Claim, PersonId],
    key: bytes,
) -> Facts:
    """Read every table, match sign-ins to people and events, apply the exceptions.

    Args:
        today: the day it is; what lies after it has not happened.
        ids, key: what the ledger remembers of people and its secret, see `Directory.people`.
    """
    tables = list(tables)
    tray = Tray()

    def of(kind: str) -> list[Table]:
        return [table for table in tables if table.kind == kind]

    book = EventBook(e for table in of("events") for e in read_events(table, zone, tray))
    registered = [r for t in of("registrations") for r in read_registrations(t, zone, tray)]
    exceptions = [e for t in of("exceptions") for e in read_exceptions(t, zone, tray)]
    people = Directory(registered, exceptions)
    hall = _Hall(book, people, bylaws, tray)
    for table in of("sign_ins"):
        hall.admit(read_sign_ins(table, zone, tray))
    for table in of("event_sign_ins"):
        if hall.knows_the_tab(table):
            hall.admit(read_sign_ins(table, zone, tray))
    for table in of("volunteers"):
        for activity in read_volunteers(table, zone, tray):
            number = book.volunteering(activity.day, activity.activity, activity.place, bylaws)
            hall.credit(
                activity.place, people.who(activity.address, activity.name, activity.place), number
            )
    for exception in exceptions:
        hall.correct(exception)
    hall.look_back(today)
    review = tray.review + book.review + people.review
    review.sort(key=lambda item: list(Weight).index(item.weight))
    return Facts(
        bylaws, today, book.events, hall.attended, people.people(ids, key), review, tray.boxes
    )


class _Hall:
    """Who was there: takes sign-ins one by one and keeps a set of events for each person."""

    def __init__(self, book: EventBook, people: Directory, bylaws: Bylaws, tray: Tray) -> None:
        self.attended: dict[int, set[int]] = {}
        self._far_off: dict[tuple[int, date], Place] = {}
        self._book, self._people, self._bylaws, self._tray = book, people, bylaws, tray

    def admit(self, sign_ins: Iterable[SignIn]) -> None:
        for row in sign_ins:
            event = self._book.find(row.event, row.day)
            if isinstance(event, Ask):
                self._ask(row.place, event)
                continue
            if row.day and abs(row.day - self._book.events[event].day) > LATE_ENTRY:
                self._far_off.setdefault((event, row.day), row.place)
            self.credit(row.place, self._people.who(row.address, row.name, row.place), event)

    def credit(self, place: Place, person: int | Ask, event: int) -> None:
        if isinstance(person, Ask):
            self._ask(place, person)
        else:
            self.attended.setdefault(person, set()).add(event)

    def knows_the_tab(self, table: Table) -> bool:
        """A tab whose event is unknown is asked about once, not row by row."""
        event = self._book.find(table.tab_event, None)
        if isinstance(event, Ask):
            rows = sum(1 for _ in table.filled())
            self._tray.boxes.append(Box(table.source, table.kind, rows, 0, rows))
            asked = Ask(f"all {rows} rows wait: {event.reason}", event.next_step)
            self._ask(Place(table.source, ""), asked)
        return not isinstance(event, Ask)

    def correct(self, said: RecordedException) -> None:
        """Apply a dated, named, reasoned exception (VM-R3)."""
        if said.kind is ExceptionKind.SAME_PERSON:
            return  # the directory has done it
        person = self._people.who(said.address, said.name, said.place)
        if said.kind is ExceptionKind.VOLUNTEERED:
            day = said.event_day or said.decided
            number = self._book.volunteering(
                day, said.event or "Volunteering", said.place, self._bylaws
            )
            self.credit(said.place, person, number)
            return
        event = self._book.find(said.event, said.event_day)
        if isinstance(event, Ask):
            self._ask(said.place, event)
        elif said.kind is ExceptionKind.ATTENDED:
            self.credit(said.place, person, event)
        elif isinstance(person, Ask):
            self._ask(said.place, person)
        elif event in self.attended.get(person, ()):
            self.attended[person].discard(event)
        else:
            self._say(
                Weight.NOTE,
                said.place,
                "this exception changes nothing: no sign-in says that the person was there",
                "look at the address and the event it names",
                "VM-R3",
            )

    def look_back(self, today: date) -> None:
        """Point out the rows of another day, and the events people came to that do not count."""
        for (event_number, day), place in self._far_off.items():
            self._say(
                Weight.NOTE,
                place,
                f"rows of {day} name the event of {self._book.events[event_number].day}; counted "
                "for that one",
                "if they were at another event of this name, add it to the Events tab",
                "VM-R2",
            )
        qualifying = self._bylaws.in_force(today).membership.qualifying_kinds
        busy = set().union(*self.attended.values()) if self.attended else set()
        for number in sorted(busy):
            event = self._book.events[number]
            if event.cancelled:
                self._say(
                    Weight.NOTE,
                    event.place,
                    "people signed in, but it is marked as cancelled: it does not count",
                    "empty the cell under “Held” if it took place",
                    "VM-R2",
                )
            elif event.day > today:
                self._say(
                    Weight.NOTE,
                    event.place,
                    "people signed in, but its date is still to come: it does not count yet",
                    "correct the date if it is mistyped",
                    "VM-R2",
                )
            elif event.counts is None and event.kind not in qualifying.value:
                self._say(
                    Weight.QUESTION,
                    event.place,
                    "people signed in, but its kind is none of those that count: does it count?",
                    "write yes or no under “Counts”, or correct the kind",
                    qualifying.rule,
                )
        self._tray.review += self._people.tagged_twins()

    def _say(self, weight: Weight, place: Place, reason: str, next_step: str, rule: str) -> None:
        self._tray.review.append(
            ReviewItem(place=place, weight=weight, reason=reason, next_step=next_step, rule=rule)
        )

    def _ask(self, place: Place, ask: Ask) -> None:
        self._say(Weight.QUESTION, place, ask.reason, ask.next_step, "")
