"""Invented people and nights."""

from datetime import UTC, date, datetime
from typing import Any

from connectors.ledger import Night
from models.intake.locations import Place
from models.intake.participation import Event
from models.intake.people import Person, PersonId
from models.mail.notices import VOTING, Letter
from models.membership.reasons import Reason
from models.membership.status_periods import Spell
from models.membership.voter_roll import Entry, Roll
from models.membership.voting_status import Standing, Status
from models.privacy import Email, Name

TODAY = date(2026, 3, 10)
SPRING = Spell(date(2026, 3, 3), date(2027, 1, 6))
AUTUMN = Spell(date(2026, 9, 8), date(2027, 2, 3))
ANN, BEN, CID = PersonId("p-ann"), PersonId("p-ben"), PersonId("p-cid")


def meeting(day: date) -> Event:
    return Event(place=Place("Events", "A2"), day=day, name="Meeting", kind="monthly meeting")


MEETINGS = tuple(meeting(date(2026, month, 3)) for month in (1, 2, 3))


def voting(person: PersonId, spell: Spell = SPRING, on: date = TODAY) -> Entry:
    return _entry(person, Standing(on, Status.VOTING, MEETINGS, spell, _why(3), "2022"))


def one_away(person: PersonId, spell: Spell = SPRING, on: date = TODAY) -> Entry:
    return _entry(person, Standing(on, Status.ONE_AWAY, MEETINGS[:2], spell, _why(2), "2022"))


def not_yet(person: PersonId, on: date = TODAY) -> Entry:
    return _entry(person, Standing(on, Status.NOT_YET, (), None, _why(0), "2022"))


def _entry(person: PersonId, standing: Standing) -> Entry:
    address = Email(f"{person[2:]}@example.org")
    return Entry(Person(person, Name(person[2:].title()), (address,), (address,)), standing)


def _why(events: int) -> tuple[Reason, ...]:
    return (Reason("VM-1", f"attended {events} qualifying events of the 3 needed", events >= 3),)


def night(*entries: Entry, on: date = TODAY, **more: Any) -> Night:
    """A night with a roll of these people; `more` are further fields of it."""
    usual: dict[str, Any] = {
        "started": datetime(on.year, on.month, on.day, 7, tzinfo=UTC),
        "fingerprint": "0123456789ab",
        "counts": {},
        "baseline": False,
    }
    roll = Roll(on, {entry.person.id: entry for entry in entries})
    return Night(day=on, roll=roll, **(usual | more))


def welcome(person: PersonId, spell: Spell = SPRING) -> Letter:
    return Letter(person, VOTING, spell)
