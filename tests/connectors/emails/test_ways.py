"""No letter states a rule that the chapter does not have: what it says follows from the paths."""

import re
from typing import Any

import pytest

from connectors.emails import compose
from models.bylaws.rules import Bylaws
from models.mail.notices import KINDS
from models.membership.ways import ways_of
from tests.models.invented import EDITIONS, FIVE_VALUES, JPP, TOML, amended, day, example

TELLING = [kind for kind, known in KINDS.items() if known.says_status]
"""The letters that tell their reader of the ways to a vote."""
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
        "asked": "come to 3 events within a year, or volunteer once within a year",
        "ends": "yes",
        "together": "yes",
        "ago": "a year",
        "carry_on": "Come to enough events or volunteer once",
        "again": "enough events",
    }
    assert "Come to one more event, or volunteer once, and you can vote." in letter(
        "one-event-away", JPP
    )


@pytest.mark.parametrize("kind", TELLING)
def test_a_sentence_does_not_run_into_the_next(kind: str) -> None:
    assert not re.search(r"[a-z|]\.[A-Z]", letter(kind, JPP))


@pytest.mark.parametrize("kind", TELLING)
@pytest.mark.parametrize("name", EXAMPLES)
def test_without_a_path_of_volunteering_no_letter_speaks_of_it(name: str, kind: str) -> None:
    said = letter(kind, example(name))
    assert "volunteer" not in said
    assert "a year old" not in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a-quarter-of-the-calls", "because you came to enough of our calls, or are on record as"),
        ("annual-meeting", "because you came to our annual meeting and have been registered"),
        ("dues-and-the-meeting-of-the-vote", "because you paid your dues and came to enough of"),
        ("three-events-in-twelve-months", "Events we counted in the past 12 months: *|CLEVENTS|*."),
        ("three-of-the-last-four-meetings", "Events we counted among the last 4: *|CLEVENTS|*."),
        ("two-of-the-last-three-meetings", "you came to enough of our last regular meetings, or"),
    ],
)  # fmt: skip
def test_who_has_the_vote_is_told_what_gave_it(name: str, said: str) -> None:
    assert said in letter("voting-member", example(name))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a-quarter-of-the-calls", "Come to one more call, and you can vote."),
        ("three-events-in-twelve-months", "Come to one more event, and you can vote."),
        ("two-of-the-last-three-meetings", "Come to one more regular meeting, and you can vote."),
    ],
)
def test_who_is_one_event_away_is_told_of_which_kind(name: str, said: str) -> None:
    assert said in letter("one-event-away", example(name))


def test_a_calendar_year_does_not_end_a_year_after_an_event() -> None:
    by_year = amended(window="calendar year", volunteer_kinds=[])
    said = letter("status-lapses", by_year)
    assert "more than" not in said
    assert "by that day" not in said
    assert "extend it" not in letter("voting-member", by_year)
    assert "in this calendar year: *|CLEVENTS|*." in letter("one-event-away", by_year)


def test_volunteering_once_is_offered_where_once_is_enough() -> None:
    assert "volunteer once" in letter("one-event-away", amended())
    assert "volunteer once" not in letter("one-event-away", amended(volunteer_activities_needed=2))


def test_the_annual_meeting_as_a_third_path_is_offered_too() -> None:
    values = FIVE_VALUES["qualifying_kinds"]["value"]
    assert isinstance(values, list)
    third = {"condition": "attended", "kinds": ["forum"], "window": "trailing year"}
    events = {"condition": "events", "at_least": 3, "window": "trailing year"}
    said = letter("one-event-away", paths(events, third))
    assert "Come to one more event, or come to our forum, and you can vote." in said


def test_where_nothing_ends_by_itself_no_letter_says_what_carries_it_further() -> None:
    said = letter("voting-member", paths({"condition": "events", "at_least": 3, "window": "ever"}))
    assert "extend it" not in said
    assert "good until *|IF:CLUNTIL=further notice|*further notice" in said
    assert "Events we counted so far: *|CLEVENTS|*." in said


CALENDAR = {"condition": "events", "at_least": 3, "window": "calendar year"}
MEETINGS = {"condition": "events", "at_least": 3, "window": "trailing year", "kinds": ["forum"]}
OTHERS = {**MEETINGS, "at_least": 5, "kinds": ["monthly meeting"]}
DUES = {"condition": "dues paid"}


def test_no_event_carries_a_vote_of_everybody_further_but_enough_can() -> None:
    assert "You can extend it by coming to events or volunteering." in (
        letter("voting-member", JPP)
    )
    said = letter("status-lapses", JPP)
    assert "Come to enough events or volunteer once by that day to keep it without a break." in said


def test_who_may_lack_events_of_different_kinds_is_not_told_of_the_wrong_one() -> None:
    said = letter("one-event-away", paths(MEETINGS, OTHERS))
    assert "Come to one more of the kind you still need, and you can vote." in said


def test_events_of_different_windows_are_not_said_to_stay_together_or_to_be_of_one_time() -> None:
    said = letter("one-event-away", amended(window="calendar year"))
    assert "Events we counted: *|CLEVENTS|*." in said
    assert "oldest event" not in said


def test_a_path_that_nothing_reads_yet_gave_nobody_the_vote() -> None:
    said = letter("voting-member", paths(DUES, MEETINGS, CALENDAR, {**CALENDAR, "at_least": 5}))
    assert "because you came to enough of our forums, or came to enough of our events." in said


def test_while_an_amendment_is_to_come_nothing_is_said_of_what_lasts() -> None:
    """The vote may end with it, whatever somebody does."""
    bylaws = amended(starting="2026-07-01", events_needed=9)
    assert not bylaws.keeps_membership(day("2026-06-30"))
    assert bylaws.keeps_membership(day("2026-07-01"))
    assert JPP.keeps_membership(day("2016-01-01"))
    said = ways_of(bylaws.editions[0].membership, steady=False)
    kept = {name for name, phrase in said.items() if phrase}
    assert kept == {"did", "within", "or_else", "asked", "ends"}
    for kind in TELLING:
        text = compose(kind, chapter="Rivertown", website="", ways=said).text
        assert not any(word in text for word in ("oldest", "without", "extend", "enough events"))
