"""The roll: everybody the sources know, each with a standing on a day.

`gather` turns tables into facts once; `Facts.roll` judges them on any day (VM-1, VM-R3).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from models.bylaws.rules import Bylaws
from models.intake.event_rows import read_events
from models.intake.locations import ReviewItem, Weight
from models.intake.participation import Event
from models.intake.people import Person, PersonId
from models.intake.report import (
    read_exceptions,
    read_registrations,
    read_sign_ins,
    read_volunteers,
)
from models.intake.row_results import RowCounts, RowResults, notes_of, records
from models.intake.sign_ups import read_sign_ups
from models.intake.tables import Table
from models.intake.yearless import with_years
from models.membership.attendance import Attendance
from models.membership.dues import Dues, payment
from models.membership.fulfilment import NOTHING, OwnFacts
from models.membership.identity import Claim, Directory, KnownPeople
from models.membership.matching import EventBook
from models.membership.status_periods import StatusPeriod
from models.membership.voting_status import Judge, Status, VotingStatus


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the roll."""

    person: Person
    standing: VotingStatus


@dataclass(frozen=True, slots=True)
class VoterRoll:
    """Everybody's standing on one day."""

    on: date
    entries: dict[PersonId, Entry]

    def voting(self) -> list[Entry]:
        """Those who may vote."""
        return [entry for entry in self.entries.values() if entry.standing.can_vote]

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
    attended: dict[int, tuple[int, ...]]
    """Person number → event numbers; each event once, however many rows (VM-R2)."""
    known: KnownPeople
    attested: dict[int, list[date]] = field(default_factory=dict)
    """Person number → the days of which somebody attested what the bylaws ask (VM-R7)."""
    review: list[ReviewItem] = field(default_factory=list)
    boxes: list[RowCounts] = field(default_factory=list)
    unsigned: list[Event] = field(default_factory=list)
    """The events held since anybody signed in last: a tab may have got no more answers."""
    dues: Dues | None = None
    """Where a path asks for them, and a tab has them (DP-5)."""
    _numbers: dict[PersonId, int] = field(default_factory=dict, init=False, compare=False)
    """Who has which number, once somebody is asked about."""

    def roll(self, on: date) -> VoterRoll:
        """Judge everybody on a day."""
        judge = self._judge(on)
        return VoterRoll(
            on,
            {
                person.id: Entry(
                    person, judge.standing(self.attended.get(number, ()), self._own(number))
                )
                for number, person in self.known.people.items()
            },
        )

    def entry(self, person: PersonId, on: date) -> Entry | None:
        """One person's line on a day; nobody else is judged."""
        people = self.known.people.items()
        number = next((number for number, one in people if one.id == person), None)
        if number is None:
            return None
        standing = self._judge(on).standing(self.attended.get(number, ()), self._own(number))
        return Entry(self.known.people[number], standing)

    def not_counted(self, person: PersonId, on: date) -> list[tuple[Event, str]]:
        """What a person attended that does not count on a day, each with the reason."""
        return self._judge(on).not_counted(self._attended_by(person))

    def missed(self, person: PersonId, on: date) -> list[Event]:
        """What counts on a day and a person did not attend, oldest first."""
        return self._judge(on).missed(self._attended_by(person))

    def voting_days(self) -> Iterator[list[StatusPeriod]]:
        """The days on which each person may vote, past and to come, as far as is known today."""
        judge = self._judge(self.today)
        for number in self.known.people:
            yield judge.voting_days(self.attended.get(number, ()), self._own(number))

    def _attended_by(self, person: PersonId) -> Collection[int]:
        if not self._numbers:
            self._numbers.update((p.id, number) for number, p in self.known.people.items())
        return self.attended.get(self._numbers[person], ())

    def _judge(self, on: date) -> Judge:
        """A sign-in for an event that is still to come is no attendance, whenever one asks."""
        return Judge(self.bylaws, self.events, on, self.today)

    def _own(self, number: int) -> OwnFacts:
        person, attested = self.known.people[number], self.attested.get(number)
        paid = self.dues.periods(person.addresses) if self.dues is not None else None
        if person.registered_since or attested or paid is not None:
            return OwnFacts(person.registered_since, tuple(attested or ()), paid)
        return NOTHING


def gather(
    tables: Iterable[Table],
    bylaws: Bylaws,
    zone: ZoneInfo,
    today: date,
    ids: Mapping[Claim, PersonId],
    key: bytes,
    consent: Iterable[str] = (),
    chapter: str = "",
) -> Facts:
    """Read every table, match sign-ins to people and events, apply the exceptions.

    Args:
        today: the day it is; what lies after it has not happened.
        ids, key: what the ledger remembers of people and its secret, see `Directory.people`.
        consent: the texts of the registration's consent box (DP-4).
        chapter: its name; where it stands under “Partner” nobody else ran the event.
    """
    tables = [with_years(table, zone) for table in tables]
    tray = RowResults([note for table in tables for note in notes_of(table)])

    def of(kind: str) -> list[Table]:
        return [table for table in tables if table.kind == kind]

    events = [e for table in of("events") for e in read_events(table, zone, tray, chapter)]
    book = EventBook(events, tray.lost)
    registered = [
        r for t in of("registrations") for r in read_registrations(t, zone, tray, consent)
    ]
    exceptions = [e for t in of("exceptions") for e in read_exceptions(t, zone, tray)]
    signed_up = [s for t in of("statewide") for s in read_sign_ups(t, zone, tray, consent)]
    people = Directory(registered, exceptions, signed_up)
    hall = Attendance(book, people, bylaws, tray)
    for table in of("sign_ins"):
        hall.admit(read_sign_ins(table, zone, tray))
    for table in of("event_sign_ins"):
        if hall.knows_the_tab(table):
            hall.admit(read_sign_ins(table, zone, tray))
    for table in of("volunteers"):
        hall.thank(read_volunteers(table, zone, tray))
    for exception in sorted(exceptions, key=lambda one: one.decided):  # a later one goes before
        hall.correct(exception)
    hall.look_back(today)
    tray.review += people.strangers()
    review = tray.review + book.review + people.review
    review.sort(key=lambda item: list(Weight).index(item.weight))
    tray.known.clear()  # who signed in is read, perhaps in a million rows
    attended = {number: tuple(sorted(hall.attended.pop(number))) for number in [*hall.attended]}
    known = people.people(ids, key)
    return Facts(
        bylaws,
        today,
        book.events,
        attended,
        known,
        hall.attested,
        review,
        tray.boxes,
        hall.unsigned,
        _dues(of("dues"), zone, today) if bylaws.asks_for_dues else None,
    )


def _dues(tables: list[Table], zone: ZoneInfo, today: date) -> Dues | None:
    """The payments; what is wrong with a row, the reader of the committee's year asks about."""
    rows = (
        one
        for table in tables
        for one in records(table, zone, RowResults(), partial(payment, today=today))
    )
    return Dues.of(rows) if tables else None
