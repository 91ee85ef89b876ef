"""Qualifying events: the kinds the bylaws list, and others marked as counting."""

import pytest

from models.membership.voting_status import Status
from tests.models.invented import (
    JPP,
    day,
    entry,
    event,
    gathered,
    held,
    helped,
    judged,
    said,
    signed_in,
    volunteered,
)

TWO = event("2025-09-09"), event("2025-10-14")
ANN = "ann@example.org"


def with_a_third(kind: str = "monthly meeting", counts: bool | None = None) -> Status:
    """What two sure events and this one make of somebody."""
    third = event("2025-11-11", "the third", kind=kind, counts=counts)
    return judged(*TWO, third, on="2025-12-01").status


@pytest.mark.parametrize(
    "kind",
    ["monthly meeting", "workstream meeting", "forum", "candidate forum", "volunteer activity"],
)
def test_monthly_and_workstream_meetings_and_forums_and_volunteer_activities_qualify(
    kind: str,
) -> None:
    """VM-2"""
    assert with_a_third(kind) is Status.VOTING


@pytest.mark.parametrize("kind", ["house party", "monthly meetin", "", "steering committee"])
def test_any_other_kind_does_not_qualify_by_itself(kind: str) -> None:
    """VM-2"""
    assert with_a_third(kind) is Status.ONE_AWAY


def test_any_other_kind_qualifies_when_it_is_marked_as_counting() -> None:
    """VM-2"""
    assert with_a_third("house party", counts=True) is Status.VOTING


def test_a_listed_kind_marked_as_not_counting_does_not() -> None:
    """VM-2, VM-R2"""
    assert with_a_third("monthly meeting", counts=False) is Status.ONE_AWAY


def test_a_volunteer_activity_is_also_an_event() -> None:
    """VM-2"""
    # Its own year is over on the day asked; as one of three events it is not needed either way.
    help_and_two = helped("2025-01-05"), event("2025-02-01"), event("2025-03-01")
    standing = judged(*help_and_two, on="2025-12-01")
    assert len(standing.counted) == 3
    assert standing.because[0].holds


def test_a_volunteer_activity_marked_as_not_counting_gives_no_vote() -> None:
    """VM-2, VM-R2"""
    idle = event("2025-10-18", kind="volunteer activity", counts=False)
    assert judged(idle, on="2025-12-01").status is Status.NOT_YET


def test_marking_an_event_as_counting_does_not_make_it_a_volunteer_activity() -> None:
    """VM-1, VM-2"""
    party = event("2025-10-18", kind="house party", counts=True)
    assert judged(party, on="2025-12-01").status is Status.NOT_YET


def test_the_volunteer_log_may_name_an_activity_that_the_events_tab_does_not() -> None:
    """VM-2"""
    facts = gathered(today="2025-12-01", volunteers=[volunteered("2025-10-18", "Phone bank", ANN)])
    assert entry(facts, ANN).standing.can_vote


def test_an_activity_in_the_log_and_on_the_sign_in_sheet_is_one_event() -> None:
    """VM-2, VM-R2"""
    facts = gathered(
        today="2025-12-01",
        events=[held("2025-10-18", "Canvass", kind="Volunteer activity")],
        sign_ins=[signed_in("Canvass", ANN)],
        volunteers=[volunteered("2025-10-18", "canvass", ANN)],
    )
    assert len(entry(facts, ANN).standing.counted) == 1


def test_the_kind_is_read_without_regard_to_capitals_and_spaces() -> None:
    """VM-2"""
    facts = gathered(
        today="2025-12-01",
        events=[held("2025-10-18", "October", kind="  Monthly  MEETING ")],
        sign_ins=[signed_in("October", ANN)],
    )
    assert len(entry(facts, ANN).standing.counted) == 1


def test_a_kind_nobody_listed_is_pointed_out_when_people_came() -> None:
    """VM-2"""
    facts = gathered(
        today="2025-12-01",
        events=[held("2025-10-18", "October", kind="Monthly mtg")],
        sign_ins=[signed_in("October", ANN)],
    )
    assert entry(facts, ANN).standing.counted == ()
    assert "Events!2:2 [question]" in said(facts)
    assert "write yes or no under “Counts”" in said(facts)


def test_an_event_marked_as_counting_or_not_raises_no_question() -> None:
    """VM-2"""
    facts = gathered(
        today="2025-12-01",
        events=[
            held("2025-10-18", "Picnic", kind="party", counts="no"),
            held("2025-10-19", "Ball", kind="party", counts="yes"),
        ],
        sign_ins=[signed_in("Picnic", ANN), signed_in("Ball", ANN)],
    )
    assert [e.name for e in entry(facts, ANN).standing.counted] == ["Ball"]
    assert facts.review == []


def test_the_list_of_kinds_carries_the_sentence_it_comes_from() -> None:
    """VM-2"""
    kinds = JPP.in_force(day("2025-12-01")).membership.kinds
    assert kinds.rule == "VM-2"
    assert "candidate forums, volunteer activities" in kinds.cite
