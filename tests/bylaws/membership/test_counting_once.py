"""Counting once: one person, one event; cancelled, future and idle events never count."""

import pytest

from models.membership.voting_status import Status
from tests.models.invented import (
    entries,
    entry,
    event,
    gathered,
    held,
    judged,
    registered,
    said,
    signed_in,
    table,
)

ANN, BEN = "ann@example.org", "ben@example.org"


def test_three_rows_for_one_event_are_one_attendance() -> None:
    """VM-R2"""
    facts = gathered(
        today="2025-12-01",
        events=[held("2025-10-14", "Forum", kind="Forum")],
        sign_ins=[signed_in("Forum", ANN) for _ in range(3)],
    )
    assert len(entry(facts, ANN).standing.counted) == 1


def test_rows_under_two_addresses_of_one_person_are_one_attendance() -> None:
    """VM-R2"""
    facts = gathered(
        today="2025-12-01",
        events=[held("2025-10-14", "Forum", kind="Forum")],
        sign_ins=[signed_in("Forum", ANN), signed_in("Forum", "ann.work@example.org")],
        registrations=[registered("Ann Alder", ANN, other_addresses="ann.work@example.org")],
    )
    assert len(entry(facts, ANN).standing.counted) == 1


def test_two_sessions_of_one_event_are_one_event() -> None:
    """VM-R2"""
    facts = gathered(
        table("event_sign_ins", [{"Email address": ANN}], tab_event="Morning tab"),
        table(
            "event_sign_ins",
            [{"Email address": address} for address in (ANN, BEN)],
            tab_event="Evening tab",
        ),
        today="2025-12-01",
        events=[
            {**held("2025-10-14", "Assembly"), "Sign-in tab": "Morning tab"},
            {**held("2025-10-14", "Assembly"), "Sign-in tab": "Evening tab"},
        ],
    )
    assert len(entry(facts, ANN).standing.counted) == 1
    assert len(entry(facts, BEN).standing.counted) == 1
    assert "Events!3:3 [note] same date, name, and kind as Events!2:2" in said(facts)


def test_two_events_on_one_day_are_two_events() -> None:
    """VM-R2"""
    facts = gathered(
        today="2025-12-01",
        events=[
            held("2025-10-14", "Meeting"),
            held("2025-10-14", "Forum", kind="Forum"),
            held("2025-10-14", "Forum", kind="Candidate forum"),
        ],
        sign_ins=[signed_in("Meeting", ANN), signed_in("Forum", ANN)],
    )
    # The two forums of one name are two events as well, and which was meant is asked.
    assert [e.name for e in entry(facts, ANN).standing.counted] == ["Meeting"]
    assert "Sign-ins!3:3 [question] 2 events on one day have this name" in said(facts)


def test_two_events_of_one_name_on_two_days_are_two_events() -> None:
    """VM-R2"""
    facts = gathered(
        today="2025-12-01",
        events=[held("2025-10-14", "Meeting"), held("2025-11-11", "Meeting")],
        sign_ins=[
            signed_in("Meeting", ANN, at="2025-10-14"),
            signed_in("Meeting", ANN, at="2025-11-11"),
        ],
    )
    assert len(entry(facts, ANN).standing.counted) == 2


@pytest.mark.parametrize("word", ["No", "Cancelled", "canceled", "CANCELLED - snow", "postponed"])
def test_a_cancelled_event_never_counts(word: str) -> None:
    """VM-R2"""
    facts = gathered(
        today="2025-12-01",
        events=[held("2025-10-14", "Meeting", status=word)],
        sign_ins=[signed_in("Meeting", ANN)],
    )
    assert entry(facts, ANN).standing.counted == ()


def test_a_cancelled_event_does_not_count_even_when_marked_as_counting() -> None:
    """VM-R2"""
    off = event("2025-10-14", counts=True, cancelled=True)
    assert judged(off, on="2025-12-01").counted == ()


def test_people_on_the_sheet_of_a_cancelled_event_are_pointed_out() -> None:
    """VM-R2"""
    facts = gathered(
        today="2025-12-01",
        events=[held("2025-10-14", "Meeting", status="cancelled")],
        sign_ins=[signed_in("Meeting", ANN)],
    )
    assert "Events!2:2 [note] people signed in, but it is marked as canceled" in said(facts)


def test_a_cancelled_meeting_held_again_later_is_the_later_one() -> None:
    """VM-R2"""
    facts = gathered(
        today="2025-12-01",
        events=[
            held("2025-10-14", "October meeting", status="cancelled"),
            held("2025-10-21", "October meeting"),
        ],
        sign_ins=[signed_in("October meeting", ANN)],
    )
    assert [str(e.day) for e in entry(facts, ANN).standing.counted] == ["2025-10-21"]


def test_a_cancelled_row_does_not_hide_the_event_held_the_same_day_under_its_name() -> None:
    """VM-R2"""
    facts = gathered(
        today="2025-12-01",
        events=[
            held("2025-10-14", "Forum", status="cancelled"),
            held("2025-10-14", "Forum"),
        ],
        sign_ins=[signed_in("Forum", ANN)],
    )
    assert len(entry(facts, ANN).standing.counted) == 1


def test_a_future_event_never_counts() -> None:
    """VM-R2"""
    three = event("2025-09-09"), event("2025-10-14"), event("2025-12-02")
    assert judged(*three, on="2025-12-01").status is Status.ONE_AWAY
    assert judged(*three, on="2025-12-02").can_vote


def test_a_sign_in_for_a_future_event_is_no_attendance_whatever_day_is_asked_about() -> None:
    """VM-R2"""
    facts = gathered(
        today="2025-12-01",
        events=[held("2025-12-09", "December meeting")],
        sign_ins=[signed_in("December meeting", ANN)],
    )
    assert entry(facts, ANN, on="2025-12-01").standing.counted == ()
    assert entry(facts, ANN, on="2025-12-31").standing.counted == ()
    assert "Events!2:2 [note] people signed in, but its date is in the future" in said(facts)


def test_an_event_of_today_counts_today() -> None:
    """VM-R2"""
    facts = gathered(
        today="2025-12-09",
        events=[held("2025-12-09", "December meeting")],
        sign_ins=[signed_in("December meeting", ANN)],
    )
    assert len(entry(facts, ANN).standing.counted) == 1


def test_an_event_marked_as_not_counting_never_does() -> None:
    """VM-R2"""
    facts = gathered(
        today="2025-12-01",
        events=[held("2025-10-14", "Meeting", counts="does not count")],
        sign_ins=[signed_in("Meeting", ANN)],
    )
    assert entry(facts, ANN).standing.counted == ()


def test_two_people_at_one_event_count_one_each() -> None:
    """VM-R2"""
    facts = gathered(
        today="2025-12-01",
        events=[held("2025-10-14", "Meeting")],
        sign_ins=[signed_in("Meeting", ANN), signed_in("Meeting", "ben@example.org")],
    )
    assert len(entry(facts, ANN).standing.counted) == 1
    assert len(entry(facts, "ben@example.org").standing.counted) == 1


def test_a_household_that_shares_an_address_is_counted_person_by_person() -> None:
    """VM-R2"""
    facts = gathered(
        today="2025-12-01",
        events=[held("2025-10-14", "Meeting"), held("2025-11-11", "Forum", kind="Forum")],
        registrations=[
            registered("Ann Alder", "home@example.org"),
            registered("Ben Alder", "home@example.org"),
        ],
        sign_ins=[
            signed_in("Meeting", "home@example.org", "Ann Alder"),
            signed_in("Forum", "home@example.org", "ben alder"),
            signed_in("Meeting", "home@example.org", "Ben Alder"),
        ],
    )
    counted = sorted(len(e.standing.counted) for e in entries(facts, "home@example.org"))
    assert counted == [1, 2]
