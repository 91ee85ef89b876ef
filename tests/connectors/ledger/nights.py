"""Invented people and nights."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from connectors.ledger import NightlyRun
from models.intake.locations import SourceLocation
from models.intake.participation import Event
from models.intake.people import Person, PersonId
from models.mail.notices import VOTING, Notice
from models.membership.reasons import Reason
from models.membership.status_periods import StatusPeriod
from models.membership.voter_roll import Entry, VoterRoll
from models.membership.voting_status import Status, VotingStatus
from models.privacy import Email, Name

TODAY = date(2026, 3, 10)
SPRING = StatusPeriod(date(2026, 3, 3), date(2027, 1, 6))
AUTUMN = StatusPeriod(date(2026, 9, 8), date(2027, 2, 3))
ANN, BEN, CID = PersonId("p-ann"), PersonId("p-ben"), PersonId("p-cid")


def meeting(day: date) -> Event:
    return Event(
        place=SourceLocation("Events", "A2"), day=day, name="Meeting", kind="monthly meeting"
    )


MEETINGS = tuple(meeting(date(2026, month, 3)) for month in (1, 2, 3))


def voting(person: PersonId, spell: StatusPeriod = SPRING, on: date = TODAY) -> Entry:
    return _entry(person, VotingStatus(on, Status.VOTING, MEETINGS, spell, _why(3), "2022"))


def one_away(person: PersonId, spell: StatusPeriod = SPRING, on: date = TODAY) -> Entry:
    return _entry(person, VotingStatus(on, Status.ONE_AWAY, MEETINGS[:2], spell, _why(2), "2022"))


def not_yet(person: PersonId, on: date = TODAY) -> Entry:
    return _entry(person, VotingStatus(on, Status.NOT_YET, (), None, _why(0), "2022"))


def _entry(person: PersonId, standing: VotingStatus) -> Entry:
    address = Email(f"{person[2:]}@example.org")
    return Entry(Person(person, Name(person[2:].title()), (address,), (address,)), standing)


def _why(events: int) -> Callable[[], tuple[Reason, ...]]:
    reason = Reason("VM-1", f"attended {events} qualifying events of the 3 needed", events >= 3)
    return lambda: (reason,)


def night(*entries: Entry, on: date = TODAY, **more: Any) -> NightlyRun:
    """A night with a roll of these people; `more` are further fields of it."""
    usual: dict[str, Any] = {
        "started": datetime(on.year, on.month, on.day, 7, tzinfo=UTC),
        "fingerprint": "0123456789ab",
        "counts": {},
        "baseline": False,
    }
    roll = VoterRoll(on, {entry.person.id: entry for entry in entries})
    return NightlyRun(day=on, roll=roll, **(usual | more))


def welcome(person: PersonId, spell: StatusPeriod = SPRING) -> Notice:
    return Notice(person, VOTING, spell)
