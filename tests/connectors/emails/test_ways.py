"""No letter states a rule that the chapter does not have: what it says follows from the paths."""

from typing import Any

import pytest

from connectors.emails import compose
from models.bylaws.rules import Bylaws
from models.mail.notices import KINDS
from models.membership.ways import ways_of
from tests.models.invented import EDITIONS, FIVE_VALUES, JPP, TOML, amended, day, example

EXAMPLES = sorted(path.stem for path in (EDITIONS / "examples").glob("*.toml"))


def letter(kind: str, bylaws: Bylaws) -> str:
    """A letter's text on one line."""
    ways = ways_of(bylaws.editions[-1].membership)
    return " ".join(compose(kind, chapter="Rivertown", website="", ways=ways).text.split())


def paths(*conditions: dict[str, Any]) -> Bylaws:
    """JP Progressives' bylaws with paths of one condition each."""
    source = {"rule": "VM-1", "cite": "an invented sentence"}
    membership = {
        **TOML["editions"][0]["membership"],
        "paths": [
            {"name": str(n), "conditions": [{**one, **source}]} for n, one in enumerate(conditions)
        ],
    }
    return amended(membership=membership)


def test_the_letters_of_two_paths_tell_of_both() -> None:
    assert ways_of(JPP.editions[0].membership) == {
        "did": "came to enough of our events, or volunteered with us",
        "carried_by": "coming to events or volunteering",
        "within": "in the past year",
        "one_more": "",
        "or_else": ", or volunteer once",
        "together": "yes",
        "ago": "a year",
        "carry_on": "Come to enough events or volunteer once",
        "again": "enough events",
    }
    assert "in the past year; come to one more, or volunteer once, and you are" in letter(
        "one-event-away", JPP
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_without_a_path_of_volunteering_no_letter_speaks_of_it(name: str, kind: str) -> None:
    said = letter(kind, example(name))
    assert "volunteer" not in said
    assert "a year ago" not in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a-quarter-of-the-calls", "You came to enough of our calls, or are on record as taking"),
        ("annual-meeting", "You came to our annual meeting and have been registered for long"),
        ("dues-and-the-meeting-of-the-vote", "You paid your dues and came to enough of"),
        ("three-events-in-twelve-months", "We counted *|CLEVENTS|* events in the past 12 months."),
        ("three-of-the-last-four-meetings", "We counted *|CLEVENTS|* events among the last 4."),
        ("two-of-the-last-three-meetings", "You came to enough of our last regular meetings, or"),
    ],
)  # fmt: skip
def test_who_has_the_vote_is_told_what_gave_it(name: str, said: str) -> None:
    assert said in letter("voting-member", example(name))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a-quarter-of-the-calls", "come to one more call, and you are a voting member"),
        ("three-events-in-twelve-months", "come to one more, and you are a voting member"),
        ("two-of-the-last-three-meetings", "come to one more regular meeting, and you are"),
    ],
)
def test_who_is_one_event_away_is_told_of_which_kind(name: str, said: str) -> None:
    assert said in letter("one-event-away", example(name))


def test_a_calendar_year_does_not_end_a_year_after_an_event() -> None:
    by_year = amended(window="calendar year", volunteer_kinds=[])
    said = letter("status-lapses", by_year)
    assert "ago" not in said
    assert "before that day" not in said
    assert "carry it further" not in letter("voting-member", by_year)
    assert "in this calendar year; come to one more, and you" in letter("one-event-away", by_year)


def test_volunteering_once_is_offered_where_once_is_enough() -> None:
    assert "volunteer once" in letter("one-event-away", amended())
    assert "volunteer once" not in letter("one-event-away", amended(volunteer_activities_needed=2))


def test_the_annual_meeting_as_a_third_path_is_offered_too() -> None:
    values = FIVE_VALUES["qualifying_kinds"]["value"]
    assert isinstance(values, list)
    third = {"condition": "attended", "kinds": ["forum"], "window": "trailing year"}
    events = {"condition": "events", "at_least": 3, "window": "trailing year"}
    said = letter("one-event-away", paths(events, third))
    assert "come to one more, or come to our forum, and you are a voting member" in said


def test_where_nothing_ends_by_itself_no_letter_says_what_carries_it_further() -> None:
    said = letter("voting-member", paths({"condition": "events", "at_least": 3, "window": "ever"}))
    assert "carry it further" not in said
    assert "We counted *|CLEVENTS|* events so far." in said


CALENDAR = {"condition": "events", "at_least": 3, "window": "calendar year"}
MEETINGS = {"condition": "events", "at_least": 3, "window": "trailing year", "kinds": ["forum"]}
OTHERS = {**MEETINGS, "at_least": 5, "kinds": ["monthly meeting"]}
DUES = {"condition": "dues paid"}


def test_no_event_carries_a_vote_of_everybody_further_but_enough_can() -> None:
    assert "if nothing more happens; coming to events or volunteering can carry it further." in (
        letter("voting-member", JPP)
    )
    said = letter("status-lapses", JPP)
    assert "Come to enough events or volunteer once before that day, and your vote goes on" in said


def test_who_may_lack_events_of_different_kinds_is_not_told_of_the_wrong_one() -> None:
    said = letter("one-event-away", paths(MEETINGS, OTHERS))
    assert "come to one more of the kind you still need, and you are a voting member" in said


def test_events_of_different_windows_are_not_said_to_stay_together_or_to_be_of_one_time() -> None:
    said = letter("one-event-away", amended(window="calendar year"))
    assert "We counted *|CLEVENTS|* of your events; come to one more, or volunteer once" in said
    assert "stay together" not in said


def test_a_path_that_nothing_reads_yet_gave_nobody_the_vote() -> None:
    said = letter("voting-member", paths(DUES, MEETINGS, CALENDAR, {**CALENDAR, "at_least": 5}))
    assert "You came to enough of our forums, or came to enough of our events, and are" in said


def test_while_an_amendment_is_to_come_nothing_is_said_of_what_lasts() -> None:
    """The vote may end with it, whatever somebody does."""
    bylaws = amended(starting="2026-07-01", events_needed=9)
    assert not bylaws.keeps_membership(day("2026-06-30"))
    assert bylaws.keeps_membership(day("2026-07-01"))
    assert JPP.keeps_membership(day("2016-01-01"))
    said = ways_of(bylaws.editions[0].membership, steady=False)
    kept = {name for name, phrase in said.items() if phrase}
    assert kept == {"did", "within", "or_else"}
    for kind in KINDS:
        text = compose(kind, chapter="Rivertown", website="", ways=said).text
        assert not any(
            word in text for word in ("ago", "without", "further", "together", "enough events")
        )
