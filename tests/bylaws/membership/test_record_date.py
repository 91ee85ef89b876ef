"""The record date: status for a vote is taken on one day; later corrections are recorded ones."""

import pytest

from tests.models.invented import (
    day,
    entry,
    exception,
    gathered,
    held,
    said,
    signed_in,
    volunteered,
)

ANN = "ann@example.org"
RECORD_DATE = "2025-11-15"
MONTHS = "09", "10", "11"
MEETINGS = [held(f"2025-{month}-10", f"Meeting {month}") for month in MONTHS]
TWICE = [signed_in(f"Meeting {month}", ANN, "Ann Alder") for month in MONTHS[:2]]


def test_what_happens_after_the_record_date_changes_nothing_on_it() -> None:
    """VM-R3"""
    facts = gathered(
        today="2025-12-01",
        events=MEETINGS,
        sign_ins=TWICE,
        volunteers=[volunteered("2025-11-16", "Canvass", ANN)],
    )
    assert not entry(facts, ANN, on=RECORD_DATE).standing.can_vote
    assert entry(facts, ANN, on="2025-11-16").standing.can_vote


def test_who_lapses_after_the_record_date_had_the_vote_on_it() -> None:
    """VM-R3"""
    facts = gathered(today="2026-01-15", volunteers=[volunteered("2024-11-15", "Canvass", ANN)])
    assert entry(facts, ANN, on=RECORD_DATE).standing.can_vote
    assert not entry(facts, ANN, on="2025-11-16").standing.can_vote


def test_the_roll_names_everybody_and_the_day_it_was_taken_on() -> None:
    """VM-R3"""
    facts = gathered(today="2025-12-01", events=MEETINGS, sign_ins=TWICE)
    roll = facts.roll(day(RECORD_DATE))
    assert roll.on == day(RECORD_DATE)
    assert [e.standing.on for e in roll.entries.values()] == [day(RECORD_DATE)]


def test_an_exception_adds_an_attendance_that_the_sheet_does_not_have() -> None:
    """VM-R3"""
    facts = gathered(
        today="2025-12-01",
        events=MEETINGS,
        sign_ins=TWICE,
        exceptions=[exception("Attended", ANN, event="Meeting 11")],
    )
    assert entry(facts, ANN).standing.can_vote


def test_an_exception_takes_away_an_attendance_that_the_sheet_has_by_mistake() -> None:
    """VM-R3"""
    facts = gathered(
        today="2025-12-01",
        events=MEETINGS,
        sign_ins=[*TWICE, signed_in("Meeting 11", ANN)],
        exceptions=[exception("Did not attend", ANN, event="Meeting 11")],
    )
    assert len(entry(facts, ANN).standing.counted) == 2


def test_an_exception_adds_a_volunteer_activity() -> None:
    """VM-R3"""
    facts = gathered(
        today="2025-12-01",
        exceptions=[exception("volunteered", ANN, event="Canvass", event_day="2025-10-18")],
    )
    assert entry(facts, ANN).standing.can_vote


def test_an_exception_that_takes_away_what_is_not_there_is_pointed_out() -> None:
    """VM-R3"""
    facts = gathered(
        today="2025-12-01",
        events=MEETINGS,
        sign_ins=TWICE,
        exceptions=[exception("Did not attend", ANN, event="Meeting 11")],
    )
    assert len(entry(facts, ANN).standing.counted) == 2
    assert "Exceptions!2:2 [note] this exception changes nothing" in said(facts)


@pytest.mark.parametrize(
    ("left_out", "cell", "missing"),
    [
        ("Date", "A2", "the date of the decision is missing"),
        ("Decided by", "B2", "the name of the person who decided is missing"),
        ("Reason", "C2", "the reason is missing"),
    ],
)
def test_an_exception_is_dated_named_and_reasoned_or_it_is_none(
    left_out: str, cell: str, missing: str
) -> None:
    """VM-R3"""
    bare = {**exception("Attended", ANN, event="Meeting 11"), left_out: ""}
    facts = gathered(today="2025-12-01", events=MEETINGS, sign_ins=TWICE, exceptions=[bare])
    assert not entry(facts, ANN).standing.can_vote
    assert f"Exceptions!{cell} [set aside] {missing}" in said(facts)


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        (exception("Attended", ANN), "the event is missing"),
        (exception("Volunteered", ANN), "the day of the activity is missing"),
        (exception("Same person", ANN), "the other address is missing"),
        (exception("Forgiven", ANN), "this kind of exception is unknown"),
        (exception("Attended", "", event="Meeting 11"), "the email address is missing"),
    ],
)
def test_an_exception_says_all_that_its_kind_needs(row: dict[str, str], missing: str) -> None:
    """VM-R3"""
    facts = gathered(today="2025-12-01", events=MEETINGS, exceptions=[row])
    assert missing in said(facts)
