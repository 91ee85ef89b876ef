"""Events, who came, who volunteered: what counts towards voting membership (VM-2, VM-R2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from models.base import Value
from models.bylaws.rules import MembershipRules
from models.places import Place
from models.privacy import Email, Name


class Event(Value):
    """One thing the chapter (or a partner, DP-2) held on one day."""

    place: Place
    day: date
    name: str
    kind: str
    counts: bool | None = None  # None: its kind decides
    cancelled: bool = False
    partner: str = ""
    sign_in_tab: str = ""

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

    def why_not(self, rules: MembershipRules, on: date) -> str:
        """Why this event does not count on a day, or "" when it does (VM-2, VM-R2).

        Whether it is still inside the window is `standing`'s question.
        """
        if self.cancelled:
            return "it was cancelled"
        if self.day > on:
            return "it has not happened yet"
        if self.counts is False:
            return "it is marked as not counting"
        if self.counts is None and self.kind not in rules.qualifying_kinds.value:
            return f"a {self.kind or 'nameless kind'} does not count unless marked so"
        return ""

    def is_volunteering(self, rules: MembershipRules) -> bool:
        """A volunteer activity is also an event, and an event can be one (VM-2)."""
        return self.kind in rules.volunteer_kinds.value


class SignIn(NamedTuple):
    """One row of a sign-in sheet or form. There may be a million: a tuple, of parsed values."""

    place: Place
    day: date | None = None
    event: str = ""
    address: Email | None = None
    name: Name | None = None


class VolunteerActivity(Value):
    """One row of the volunteer log: somebody helped on a day."""

    place: Place
    day: date
    activity: str
    address: Email | None = None
    name: Name | None = None


class ExceptionKind(StrEnum):
    """What a dated, named, reasoned exception may say (VM-R3)."""

    ATTENDED = "attended"
    DID_NOT_ATTEND = "did not attend"
    VOLUNTEERED = "volunteered"
    SAME_PERSON = "same person"


class RecordedException(Value):
    """A correction that a named person decided on a day, with the reason (VM-R3)."""

    place: Place
    decided: date
    decided_by: Name
    reason: str
    kind: ExceptionKind
    address: Email
    name: Name | None = None
    event: str = ""
    event_day: date | None = None
    other_address: Email | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What one person took part in up to a day, each event once, oldest first (VM-R2)."""

    events: tuple[Event, ...] = ()
    """The qualifying ones, volunteer activities included (VM-2)."""
    not_counted: tuple[tuple[Event, str], ...] = ()
    """The others, each with the reason."""

    def volunteered(self, rules: MembershipRules) -> tuple[Event, ...]:
        """The volunteer activities among the qualifying events."""
        return tuple(event for event in self.events if event.is_volunteering(rules))


def record_of(attended: Iterable[Event], rules: MembershipRules, on: date) -> Record:
    """Sort what a person attended into what counts on a day and what does not."""
    counted, idle = [], []
    for event in sorted(attended, key=attrgetter("day", "name")):
        if why := event.why_not(rules, on):
            idle.append((event, why))
        else:
            counted.append(event)
    return Record(tuple(counted), tuple(idle))
