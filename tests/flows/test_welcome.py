"""The welcome of who just registered (VM-5): off by default, once, and only to those who asked.

Who is one event away, or can vote, has that letter instead (VM-R5).
"""

import pytest

from connectors.sandbox.invented import serial
from models.mail.notices import NEWCOMER, WELCOME
from tests.conftest import Clock
from tests.flows.town import Town

NEW = "nova@example.org"
ON = (
    "[[workbooks]]",
    '[emails]\nsend = ["voting-member", "one-event-away", "welcome"]\n\n[[workbooks]]',
)


def registers(town: Town, address: str = NEW, *, days_ago: int = 0, asks: str = "Yes") -> None:
    """Somebody fills in the form."""
    on = serial(town.clock().date()) - days_ago
    with town.edit("Registrations") as rows:
        rows.append([on, "Nova Castle", address, "", "", "", "yes", "", asks])


def comes(town: Town, *events: str) -> None:
    today = serial(town.clock().date())
    with town.edit("Sign-ins") as rows:
        rows += [[today, event, NEW, "Nova Castle"] for event in events]


def welcomed(town: Town) -> list[str]:
    return [to for to, kind in town.letters() if kind == WELCOME]


@pytest.fixture
def on(town: Town) -> Town:
    """A chapter that turned it on, and whose first night is over."""
    town.rewrite(*ON)
    town.night()
    return town


def test_it_is_off_until_a_chapter_turns_it_on(town: Town) -> None:
    town.night()
    registers(town)
    town.night()
    town.rewrite(*ON)
    town.night()
    assert welcomed(town) == []


def test_the_first_night_welcomes_nobody(town: Town) -> None:
    town.rewrite(*ON)
    registers(town)
    town.night()
    assert welcomed(town) == []


def test_who_registers_and_asks_for_mail_is_welcomed_once(on: Town, clock: Clock) -> None:
    registers(on)
    registers(on, "quiet@example.org", asks="")
    for _ in range(2):
        on.night()
        clock.go(days=1)
    registers(on)  # again
    on.night()
    assert welcomed(on) == [NEW]


def test_it_says_what_a_vote_asks_for_and_the_next_events(on: Town) -> None:
    with on.edit("Events") as rows:
        soon = serial(on.clock().date()) + 7
        rows.append([soon, "Garden party", "monthly meeting"])
    registers(on)
    on.night()
    (letter,) = [one for one in on.sandbox.mailchimp.outbox if one.to == NEW]
    said = " ".join(letter.text.split())
    assert "come to 3 events within a year, or volunteer once within a year." in said
    assert ": Garden party" in said
    assert "You are not a voting member now. Events counted: 0." in said


def test_who_is_one_event_away_at_once_has_that_letter_alone(on: Town) -> None:
    registers(on)
    comes(on, "Climate forum", "Transit workstream")
    on.night()
    assert [kind for to, kind in on.letters() if to == NEW] == ["one-event-away"]


@pytest.mark.parametrize(("days", "many"), [(NEWCOMER.days, 1), (NEWCOMER.days + 1, 0)])
def test_a_registration_of_long_ago_is_no_news(on: Town, days: int, many: int) -> None:
    registers(on, days_ago=days)
    on.night()
    assert len(welcomed(on)) == many


def test_a_registration_of_tomorrow_is_none_today(on: Town, clock: Clock) -> None:
    registers(on, days_ago=-1)
    on.night()
    assert welcomed(on) == []
    clock.go(days=1)
    on.night()
    assert len(welcomed(on)) == 1


def test_who_registered_before_without_a_day_is_not_new(on: Town) -> None:
    registers(on)
    with on.edit("Registrations") as rows:
        rows.append([None, *rows[-1][1:]])
    on.night()
    assert welcomed(on) == []


def test_a_duplicate_that_is_deleted_brings_no_second_welcome(on: Town, clock: Clock) -> None:
    registers(on)
    on.night()
    clock.go(days=NEWCOMER.days + 20)
    registers(on)
    on.night()
    with on.edit("Registrations") as rows:
        del rows[-2]
    on.night()
    assert welcomed(on) == [NEW]
