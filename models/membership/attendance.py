"""Who was there: turn rows of sign-ins and of the volunteer log into each person's events."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from models.bylaws.conditions import Attested, LastEvents, Share
from models.bylaws.paths import Membership
from models.bylaws.rules import Bylaws
from models.intake.locations import Ask, ReviewItem, SourceLocation, Weight, together
from models.intake.participation import (
    Event,
    ExceptionKind,
    RecordedException,
    SignIn,
    VolunteerActivity,
)
from models.intake.row_results import RowCounts, RowResults
from models.intake.tables import Table
from models.intake.unsent import Sent
from models.membership.attendance_words import (
    A_SEPARATE_PERSON,
    ANOTHER_FORM,
    ANOTHER_TAB,
    CHANGES_NOTHING,
    CONTRADICTED,
    CORRECT_THE_EVENT,
    DELETE_ONE,
    ENTER_SIGN_INS,
    IF_LOG_COUNTS,
    IF_NO_VOLUNTEERING,
    LOG_COUNTS_FOR_NOTHING,
    NEEDS_NO_ATTESTATION,
    NO_SIGN_INS,
    UNUSUAL,
    correction_of,
    of_another_day,
    without_sign_ins,
)
from models.membership.event_hints import LATE_ENTRY
from models.membership.event_review import of_events
from models.membership.identity import Directory
from models.membership.matching import EventBook
from models.membership.stale_sheets import unsigned_since
from models.text.sentences import Sentence

_OF_SIGN_INS = (ExceptionKind.ATTENDED, ExceptionKind.DID_NOT_ATTEND)


class Attendance:
    """Takes rows one by one; a set makes three rows of one person one attendance (VM-R2)."""

    def __init__(
        self, book: EventBook, people: Directory, bylaws: Bylaws, tray: RowResults
    ) -> None:
        self.attended: defaultdict[int, set[int]] = defaultdict(set)
        self.attested: defaultdict[int, list[date]] = defaultdict(list)
        self.unsigned: list[Event] = []
        """The events held since anybody signed in last, when they are old enough to be typed in."""
        self._decided: list[tuple[date, SourceLocation]] = []
        self._speak_of: dict[tuple[str, date], SourceLocation] = {}
        """Of each tab or form the days that its rows speak of."""
        self._waiting = 0
        """Rows of sheets whose event is not known yet: they may be of any."""
        self._far_off: dict[tuple[int, date], SourceLocation] = {}
        self._said: dict[tuple[int | Ask, int, date], bool] = {}
        """Of each exception, on which day it was decided that somebody was there, or was not."""
        self._book, self._people, self._bylaws, self._tray = book, people, bylaws, tray

    def admit(self, sign_ins: Iterable[SignIn]) -> None:
        """Sign-ins: each is credited, or asked about."""
        for row in sign_ins:
            event = self._book.find(row.event, row.day)
            self._look_for_sense(row, row.event, event)
            if isinstance(event, Ask):
                if row.day:
                    self._speak_of.setdefault((row.place.source, row.day), row.place)
                self._ask(row.place, event)
                continue
            day = self._book.events[event].day
            self._speak_of.setdefault((row.place.source, day), row.place)
            if row.day and row.day != day and abs(row.day - day) > LATE_ENTRY:
                self._far_off.setdefault((event, row.day), row.place)
            self._credit(row.place, self._people.who(row.address, row.name, row.place), event)

    def thank(self, activities: Iterable[VolunteerActivity]) -> None:
        """The volunteer log: each activity is an event of its own (VM-2)."""
        for row in activities:
            event = self._book.volunteering(row.day, row.activity, row.place, self._bylaws)
            self._look_for_sense(row, row.activity, event)
            if isinstance(event, Ask):
                self._ask(row.place, event)
                continue
            self._credit(row.place, self._people.who(row.address, row.name, row.place), event)
        self._point_out_unusual()

    def _point_out_unusual(self) -> None:
        """Activities that the log alone names and that are none of the usual: once for each tab."""
        cells: defaultdict[str, list[str]] = defaultdict(list)
        for place in self._book.unusual:
            cells[place.source].append(place.cell)
        self._book.unusual.clear()
        for source, those in cells.items():
            self._say(
                Weight.NOTE,
                SourceLocation(source, together(those)),
                UNUSUAL,
                IF_NO_VOLUNTEERING,
                "VM-1",
            )

    def _look_for_sense(
        self, row: SignIn | VolunteerActivity, named: str, event: int | Ask
    ) -> None:
        """Count a row of the table just read that says nothing: of no event, or of nobody."""
        box = self._tray.boxes[-1]
        if isinstance(event, Ask):
            box.strange[named] += 1
        elif row.address is None and row.name is None:
            box.nobody += 1

    def knows_the_tab(self, table: Table) -> bool:
        """A tab whose event is unknown is asked about once, not row by row."""
        event = self._book.find(table.tab_event, None)
        if isinstance(event, Ask):
            is_sent = Sent(table)
            sent = [is_sent(cells) for _, cells in table.filled()]
            rows = sum(sent)
            box = RowCounts(
                table.source, table.kind, len(sent), 0, rows, len(sent) - rows, asked_whole=True
            )
            self._tray.boxes.append(box)
            step = correction_of(table)
            self._waiting += rows
            if rows:  # a tab that was prepared asks nothing yet
                why = Sentence("all {rows} rows wait: {reason}", rows=rows, reason=event.reason)
                self._ask(SourceLocation(table.source, ""), Ask(why, step))
        return not isinstance(event, Ask)

    def correct(self, said: RecordedException) -> None:
        """Apply a dated, named, reasoned exception (VM-R3)."""
        if said.kind is ExceptionKind.SAME_PERSON:
            return  # the directory has done it
        self._decided.append((said.decided, said.place))
        known = len(self._people)
        person = self._people.who(said.address, said.name, said.place)
        if len(self._people) > known and said.kind in _OF_SIGN_INS:
            self._say(
                Weight.NOTE,
                said.place,
                A_SEPARATE_PERSON,
                Sentence("if the address has a typo, correct it"),
                "VM-R3",
            )
        if said.kind is ExceptionKind.ATTESTED:
            self._attest(said, person)
            return
        if said.kind is ExceptionKind.VOLUNTEERED:
            day = said.event_day or said.decided
            named = said.event or "Volunteering"
            event = self._book.volunteering(day, named, said.place, self._bylaws, decided=True)
        else:
            event = self._on_its_day(said)
        if isinstance(event, Ask):
            self._ask(said.place, event)
        elif self._is_contradicted(said, person, event):
            self._say(Weight.QUESTION, said.place, CONTRADICTED, DELETE_ONE, "VM-R3")
        elif said.kind is not ExceptionKind.DID_NOT_ATTEND:
            self._credit(said.place, person, event)
        elif isinstance(person, Ask):
            self._ask(said.place, person)
        elif event in self.attended.get(person, ()):
            self.attended[person].discard(event)
        else:
            self._say(
                Weight.NOTE,
                said.place,
                CHANGES_NOTHING,
                Sentence("check the address and the event it names"),
                "VM-R3",
            )

    def _is_contradicted(self, said: RecordedException, person: int | Ask, event: int) -> bool:
        """Whether another one of the same day says the opposite: nobody knows which came later."""
        was_there = said.kind is not ExceptionKind.DID_NOT_ATTEND
        decided = self._said.setdefault((person, event, said.decided), was_there)
        return decided is not was_there

    def _on_its_day(self, said: RecordedException) -> int | Ask:
        """The event that an exception names; one of another day than it says is asked about."""
        event = self._book.find(said.event, said.event_day)
        if isinstance(event, Ask) or said.event_day in (None, self._book.events[event].day):
            return event
        meant = self._book.events[event].told
        why = Sentence("the event date does not match “{event}”", event=meant)
        return Ask(why, CORRECT_THE_EVENT)

    def _attest(self, said: RecordedException, person: int | Ask) -> None:
        """Somebody says by name that a person does what the bylaws ask (VM-R7)."""
        day = said.event_day or said.decided
        asked = (c for edition in self._bylaws.editions for c in edition.membership.conditions())
        if isinstance(person, Ask):
            self._ask(said.place, person)
        elif not any(isinstance(condition, Attested) for condition in asked):
            self._say(
                Weight.NOTE,
                said.place,
                NEEDS_NO_ATTESTATION,
                Sentence("delete the row, or add such a path to the bylaws file"),
                "VM-R7",
            )
        else:
            self.attested[person].append(day)

    def look_back(self, today: date) -> None:
        """Point out the rows of another day, and the events people came to that do not count."""
        for (number, day), place in self._far_off.items():
            self._say(
                Weight.NOTE,
                place,
                of_another_day(day, self._book.events[number].day),
                Sentence("if they were at another event of this name, add it to the Events tab"),
                "VM-R2",
            )
        membership = self._bylaws.in_force(today).membership
        busy = set().union(*self.attended.values())
        idle = [number for number in sorted(busy) if self._book.events[number].of_the_log]
        if idle and not membership.helping:
            self._say(
                Weight.NOTE,
                self._book.events[idle[0]].place,
                LOG_COUNTS_FOR_NOTHING,
                IF_LOG_COUNTS,
                "VM-R7",
            )
            busy -= {*idle}
        came_to = (self._book.events[number] for number in sorted(busy))
        self._tray.review += of_events(came_to, membership, today)
        for place in (place for decided, place in self._decided if decided > today):
            self._say(
                Weight.NOTE,
                place,
                Sentence("the date of the decision is in the future; the exception applies anyway"),
                Sentence("if the date has a typo, correct it"),
                "VM-R3",
            )
        self._point_out_empty_sheets(membership, busy, today)
        self._point_out_stale_sheets(membership, busy, today)

    def _point_out_empty_sheets(self, membership: Membership, busy: set[int], today: date) -> None:
        """Where a path counts the events held, one whose sheet is not in yet takes votes."""
        by_held = [one for one in membership.conditions() if isinstance(one, LastEvents | Share)]
        for number, event in enumerate(self._book.events):
            held = number not in busy and not event.why_not(membership, today)
            if held and any(one.is_helped_by(event.kind_by(membership)) for one in by_held):
                self._say(
                    Weight.NOTE,
                    event.place,
                    NO_SIGN_INS,
                    ENTER_SIGN_INS,
                    "VM-R7",
                )

    def _point_out_stale_sheets(self, membership: Membership, busy: set[int], today: date) -> None:
        """Point out later events without sign-ins: a form linked again writes to another tab.

        A sheet of only one event does not say how long the others are kept. While rows wait for
        their event, it is not known that no one signed in there.
        """
        if self._waiting:
            return
        source, last, self.unsigned = unsigned_since(
            self._speak_of, self._book.events, busy, membership, today
        )
        if self.unsigned:
            is_form = self._speak_of[source, last].cell.startswith("response ")
            self._say(
                Weight.NOTE,
                SourceLocation(source, ""),
                without_sign_ins(last, self.unsigned),
                ANOTHER_FORM if is_form else ANOTHER_TAB,
                "VM-2",
            )

    def _credit(self, place: SourceLocation, person: int | Ask, event: int) -> None:
        if isinstance(person, Ask):
            self._ask(place, person)
        else:
            self.attended[person].add(event)

    def _say(
        self, weight: Weight, place: SourceLocation, reason: str, next_step: str, rule: str
    ) -> None:
        self._tray.review.append(
            ReviewItem(place=place, weight=weight, reason=reason, next_step=next_step, rule=rule)
        )

    def _ask(self, place: SourceLocation, ask: Ask) -> None:
        self._say(Weight.QUESTION, place, ask.reason, ask.next_step, "")
