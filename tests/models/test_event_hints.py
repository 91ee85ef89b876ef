"""What is said of an event that no row of Events has: never the name of another day's meeting.

VM-R2: one person counts once an event, and for the one they were at.
"""

import pytest

from models.intake.locations import Ask, SourceLocation
from models.intake.participation import Event
from models.membership.matching import EventBook
from tests.models.invented import day

BOOK = EventBook(
    Event(
        place=SourceLocation("Events", f"{n}:{n}"),
        day=day(on),
        name=name,
        kind="forum",
        sign_in_tab=tab,
    )
    for n, (on, name, tab) in enumerate(
        [
            ("2026-09-16", "Monthly meeting", ""),
            ("2026-10-21", "Monthly meeting", ""),
            ("2026-11-18", "Monthly meeting", "Nov sign-in"),
            ("2026-11-07", "Housing forum", ""),
        ],
        start=2,
    )
)


def asked(text: str, on: str = "") -> Ask:
    found = BOOK.find(text, day(on) if on else None)
    assert isinstance(found, Ask)
    return found


@pytest.mark.parametrize(
    ("text", "on", "said"),
    [
        ("Montly meeting", "2026-10-21", "; the closest is “2026-10-21 Monthly meeting”"),
        ("Montly meeting", "2026-10-23", "; the closest is “2026-10-21 Monthly meeting”"),
        ("2026-11-18 Montly meeting", "", "; the closest is “2026-11-18 Monthly meeting”"),
        ("Housing form", "", "; the closest is “2026-11-07 Housing forum”"),
        ("Nov sign in", "", "; the closest is “2026-11-18 Monthly meeting”"),
        ("Picnic", "2026-10-21", ""),
    ],
)
def test_a_hint_is_on_the_day_of_the_row(text: str, on: str, said: str) -> None:
    ask = asked(text, on)
    assert ask.reason == f"no event has this name{said}"
    assert ask.next_step.startswith("correct the name, or ")


def test_of_several_days_none_is_picked() -> None:
    """Who follows the hint would else credit the first of them."""
    ask = asked("Montly meeting")
    assert ask.reason == "no event has this name; “Monthly meeting” was held on 3 days"
    assert "with the day on which they met before it" in ask.next_step


def test_a_day_that_is_written_is_not_answered_with_another() -> None:
    ask = asked("2026-11-17 Monthly meeting")
    assert ask.reason == (
        "no event of 2026-11-17 has this name; “Monthly meeting” was held on 3 days"
    )
    assert "as somebody who was there knows it" in ask.next_step


def test_a_row_of_a_day_without_a_meeting_is_not_sent_to_one_months_away() -> None:
    ask = asked("Housing form", "2026-03-02")
    assert ask.reason == "no event has this name; “Housing forum” was held on 2026-11-07"
    assert "before it" in ask.next_step
