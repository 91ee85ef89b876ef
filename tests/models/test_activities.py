"""What the volunteer log calls an activity decides over a vote (VM-1): no guess is silent."""

import pytest

from models.intake.locations import Weight
from models.membership.voter_roll import Facts
from tests.models.invented import entries, entry, gathered, held, volunteered

ANN, BEN = "ann@example.org", "ben@example.org"
TODAY = "2025-12-01"
MEETING = held("2025-10-14", "October meeting")


def questions(facts: Facts) -> list[str]:
    """What is asked, with its place."""
    return [f"{i.place}: {i.reason}" for i in facts.review if i.weight is Weight.QUESTION]


def of(*activities: str, day: str = "2025-10-18", **event: str) -> Facts:
    """What Ann logged, a row for each, beside what Ben did at a meeting's side."""
    more = held("2025-10-18", "Canvass", kind="Volunteer activity")
    rows = [volunteered(day, activity, ANN) for activity in activities]
    return gathered(
        today=TODAY,
        events=[MEETING, *([{**more, **event}] if event else [])],
        volunteers=[*rows, volunteered("2025-10-20", "Phone bank", BEN)],
    )


@pytest.mark.parametrize(
    "activity",
    [
        "No show", "none", "absent", "-", "?", "No", "n/a", "12", "☐", "x",
        "Canvass - did not attend", "Canvass (no show)", "Couldn’t make the phone bank",
        "signed up to canvass", "will canvass next week", "Canvass (maybe)", "RSVP’d for canvass",
        "available weekends", "Canvass - nobody home to let me in, left",
    ],
)  # fmt: skip
def test_what_says_no_or_not_yet_is_a_question_and_gives_no_vote(activity: str) -> None:
    facts = of(activity)
    assert questions(facts) == [
        "Volunteers!2:2: this activity does not clearly say whether the person volunteered"
    ]
    assert entries(facts, ANN) == []
    assert entry(facts, BEN).standing.can_vote


@pytest.mark.parametrize("name", ["October meeting", "Monthly meeting", "forum"])
def test_a_meeting_in_the_log_is_no_volunteer_activity(name: str) -> None:
    facts = of(name)
    (asked,) = questions(facts)
    assert asked.startswith("Volunteers!2:2: this is the name of an event or a kind of event")
    assert entries(facts, ANN) == []


@pytest.mark.parametrize(
    "activity",
    ["Canvass", "Phone bank", "No on 4 canvass", "No Kings stand-out", "Set-up of the forum",
     "Planning the canvass", "Text banking for Question 1"],
)  # fmt: skip
def test_the_usual_ones_count_and_nothing_is_said(activity: str) -> None:
    facts = of(activity)
    assert entry(facts, ANN).standing.can_vote
    assert list(facts.review) == []


def test_what_is_none_of_the_usual_counts_and_is_pointed_out_once() -> None:
    facts = of("Picnic", "Chess", "Picnic", "Canvass")
    assert entry(facts, ANN).standing.can_vote
    (note,) = facts.review
    assert f"{note.place}: {note.reason}".startswith(
        "Volunteers, rows 2 and 3: not one of the usual volunteer activities"
    )


def test_one_that_the_events_tab_names_is_an_activity_whatever_it_is_called() -> None:
    facts = of("Never again vigil", Event="Never again vigil")
    assert entry(facts, ANN).standing.can_vote
    assert list(facts.review) == []


@pytest.mark.parametrize(
    ("day", "asked"), [("2025-10-17", 1), ("2025-10-21", 1), ("2025-10-25", 0)]
)
def test_a_partners_activity_on_a_day_nearby_is_asked_about(day: str, asked: int) -> None:
    """VM-R6: a slip in the date gives no more than the right date."""
    facts = of("Canvass", day=day, Partner="Transit Riders")
    assert len(questions(facts)) == asked
    assert len(entries(facts, ANN)) == 1 - asked
