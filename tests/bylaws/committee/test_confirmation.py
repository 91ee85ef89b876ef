"""The annual meeting: slate and priorities"""

import pytest

from models.tally.count import count
from models.tally.outcome import NoteKind
from tests.bylaws.votes import ballots, contest, other_readings, vote
from tests.models.invented import JPP, day

SLATE = {"purpose": "slate", "subject": "The slate of 2026"}


@pytest.mark.parametrize("purpose", ["slate", "priorities"])
def test_slate_and_priorities_pass_with_60_percent_or_more(purpose: str) -> None:
    """SC-1, SC-7, SC-R3"""
    asked = {"purpose": purpose, "subject": "It"}
    assert str(vote("60 Yes; 40 No", "up-or-down", **asked).outcome) == "adopted: It"
    assert str(vote("59 Yes; 41 No", "up-or-down", **asked).outcome) == "no confidence: It"


def test_the_report_says_when_only_an_exact_60_percent_made_the_difference() -> None:
    """SC-R3"""
    result = vote("6 Yes; 4 No", "up-or-down", **SLATE)
    assert [note.kind for note in result.notes] == [NoteKind.EXACTLY_AND_ENOUGH]
    assert other_readings(result) == {"SC-R3 >": "no confidence: The slate of 2026"}


@pytest.mark.parametrize("purpose", ["slate", "priorities"])
def test_the_60_percent_are_of_the_ballots_cast_blanks_included(purpose: str) -> None:
    """SC-1, SC-R3"""
    asked = {"purpose": purpose, "subject": "It"}
    assert str(vote("6 Yes; 3 No; 1 -", "up-or-down", **asked).outcome) == "adopted: It"
    assert str(vote("6 Yes; 3 No; 2 -", "up-or-down", **asked).outcome) == "no confidence: It"


def test_the_report_says_when_blanks_bring_it_to_exactly_60_percent() -> None:
    """SC-R3"""
    result = vote("6 Yes; 3 No; 1 -", "up-or-down", **SLATE)
    assert [note.kind for note in result.notes] == [NoteKind.EXACTLY_AND_ENOUGH]
    assert other_readings(result) == {"SC-R3 >": "no confidence: The slate of 2026"}


def test_the_report_says_when_marked_ballots_would_have_ended_otherwise() -> None:
    """SC-R3"""
    assert other_readings(vote("6 Yes; 3 No; 2 -", "up-or-down", **SLATE)) == {
        "SC-R3 marked": "adopted: The slate of 2026"
    }


@pytest.mark.parametrize(
    ("record_date", "outcome"), [("2026-12-31", "adopted"), ("2027-01-01", "no confidence")]
)
def test_a_slate_with_a_record_date_before_2027_keeps_the_reading_of_then(
    record_date: str, outcome: str
) -> None:
    """SC-R3, VM-R3"""
    slate, then = contest("up-or-down", **SLATE), JPP.in_force(day(record_date)).counting
    result = count(slate, ballots(slate, "6 Yes; 3 No; 2 -"), then)
    assert str(result.outcome) == f"{outcome}: The slate of 2026"


def test_nothing_but_that_base_differs_between_the_two() -> None:
    """SC-R3"""
    before, after = (edition.counting for edition in JPP.editions)
    assert after.model_copy(update={"name": before.name, "confirmation": before.confirmation}) == (
        before
    )
    assert after.confirmation.model_copy(update={"base": before.confirmation.base}) == (
        before.confirmation
    )
    assert JPP.keeps_membership(day("2016-01-01"))


def test_without_60_percent_an_ad_hoc_committee_must_be_formed() -> None:
    """SC-8"""
    result = vote("5 Yes; 5 No", "up-or-down", **SLATE)
    assert NoteKind.AD_HOC_COMMITTEE in [note.kind for note in result.notes]


def test_no_vote_at_all_is_not_no_confidence() -> None:
    """SC-8, EN-R12"""
    assert str(vote("", "up-or-down", **SLATE).outcome) == "nobody voted"
