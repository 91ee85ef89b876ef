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
        ("Montly meeting", "2026-10-21", "; did you mean “2026-10-21 Monthly meeting”?"),
        ("Montly meeting", "2026-10-23", "; did you mean “2026-10-21 Monthly meeting”?"),
        ("2026-11-18 Montly meeting", "", "; did you mean “2026-11-18 Monthly meeting”?"),
        ("Housing form", "", "; did you mean “2026-11-07 Housing forum”?"),
        ("Nov sign in", "", "; did you mean “2026-11-18 Monthly meeting”?"),
        ("Picnic", "2026-10-22", ""),
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
    assert "use the name in the Events tab, with the day of the event before it," in ask.next_step


def test_a_day_that_is_written_is_not_answered_with_another() -> None:
    ask = asked("2026-11-17 Monthly meeting")
    assert ask.reason == (
        "no event on November 17, 2026, has this name; “Monthly meeting” was held on 3 days"
    )
    assert "enter the day of the event, as someone who was there remembers it; if" in ask.next_step


def test_a_row_of_a_day_without_a_meeting_is_not_sent_to_one_months_away() -> None:
    ask = asked("Housing form", "2026-03-02")
    assert ask.reason == "no event has this name; “Housing forum” was held on November 7, 2026"
    assert "before it" in ask.next_step


@pytest.mark.parametrize(
    "text",
    [
        "Housing forum 11/7/2026", "11/7 Housing forum", "Housing forum (Nov 7)",
        "Housing forum - November 7, 2026", "Sat 11/7/26 Housing forum",
        "housing forum, 7 Nov 2026", "Monthly meeting 11/18", "Nov sign-in 11/18/2026",
    ],
)  # fmt: skip
def test_a_name_with_its_date_in_any_style_is_that_event(text: str) -> None:
    found = BOOK.find(text, None)
    assert isinstance(found, int)
    assert found == (2 if "18" in text else 3)


@pytest.mark.parametrize("text", ["Housing forum 11/8/2026", "Housing forum (Nov 8)"])
def test_a_date_of_another_day_in_any_style_is_not_answered_with_one(text: str) -> None:
    ask = asked(text)
    assert ask.reason.endswith("has this name; “Housing forum” was held on November 7, 2026")
    assert ask.next_step.startswith(
        "enter the day of the event, as someone who was there remembers it; if"
    )


def test_numbers_that_mean_two_events_of_a_name_are_asked_about() -> None:
    place = SourceLocation("Events", "2:2")
    book = EventBook(
        Event(place=place, day=day(on), name="Forum", kind="forum")
        for on in ("2026-03-04", "2026-04-03")
    )
    assert isinstance(book.find("Forum 3/4/2026", None), Ask)
    assert book.find("Forum 2026-04-03", None) == 1


def test_an_event_of_the_rows_own_day_is_nearer_than_a_name_of_another() -> None:
    ask = asked("Housing form", "2026-10-21")
    assert ask.reason == (
        "no event has this name; on October 21, 2026, the date of this row, there was “Monthly "
        "meeting”"
    )
    assert "“Also called”" in ask.next_step
