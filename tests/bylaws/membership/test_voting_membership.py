"""Voting membership: three events within the window, or one volunteer activity in the past year."""

import pytest

from models.membership.voting_status import Status
from tests.models.invented import event, helped, judged


def test_three_qualifying_events_make_a_voting_member() -> None:
    """VM-1"""
    standing = judged(
        event("2025-09-09"), event("2025-10-14"), event("2025-11-11"), on="2025-11-11"
    )
    assert standing.can_vote


def test_two_qualifying_events_do_not() -> None:
    """VM-1"""
    assert not judged(event("2025-10-14"), event("2025-11-11"), on="2025-11-11").can_vote


def test_four_qualifying_events_make_one_as_well() -> None:
    """VM-1"""
    four = [event(f"2025-0{month}-10") for month in (5, 6, 7, 8)]
    assert judged(*four, on="2025-09-01").can_vote


def test_one_volunteer_activity_is_enough() -> None:
    """VM-1"""
    assert judged(helped("2025-10-18"), on="2025-10-18").can_vote


def test_nothing_at_all_makes_no_voting_member() -> None:
    """VM-1"""
    standing = judged(on="2025-10-18")
    assert standing.status is Status.NOT_YET
    assert standing.spell is None


def test_membership_starts_on_the_day_of_the_third_event() -> None:
    """VM-1"""
    three = event("2025-09-09"), event("2025-10-14"), event("2025-11-11")
    assert not judged(*three, on="2025-11-10").can_vote
    assert judged(*three, on="2025-11-11").can_vote


def test_a_volunteer_activity_counts_through_its_first_anniversary_and_no_longer() -> None:
    """VM-1, VM-R1"""
    assert judged(helped("2025-10-18"), on="2026-10-18").can_vote
    assert not judged(helped("2025-10-18"), on="2026-10-19").can_vote


def test_both_ways_together_last_as_long_as_the_longer_one() -> None:
    """VM-1"""
    standing = judged(
        event("2025-02-01"), event("2025-03-01"), event("2025-04-01"), helped("2025-01-05"),
        on="2025-06-01",
    )  # fmt: skip
    assert standing.spell is not None
    assert str(standing.spell.since) == "2025-01-05"
    # The volunteer activity is the first of four events: three are left until February 1.
    assert str(standing.spell.until) == "2026-02-01"


def test_the_two_ways_follow_each_other_without_a_break() -> None:
    """VM-1"""
    three = event("2024-06-01"), event("2024-06-02"), event("2024-06-03")
    standing = judged(*three, helped("2025-06-02"), on="2025-07-01")
    assert standing.spell is not None
    assert (str(standing.spell.since), str(standing.spell.until)) == ("2024-06-03", "2026-06-02")


def test_a_day_without_the_status_is_a_lapse() -> None:
    """VM-1, VM-R4"""
    three = event("2024-06-01"), event("2024-06-02"), event("2024-06-03")
    again = helped("2025-06-03")
    assert not judged(*three, again, on="2025-06-02").can_vote
    standing = judged(*three, again, on="2025-06-03")
    assert standing.spell is not None
    assert str(standing.spell.since) == "2025-06-03"


def test_a_standing_tells_both_ways_with_their_facts() -> None:
    """VM-1, VM-4"""
    standing = judged(
        event("2025-09-09", "September meeting"), event("2025-10-14", "Forum"), on="2025-11-11"
    )
    by_events, by_help = standing.because
    assert (by_events.rule, by_events.holds) == ("VM-1", False)
    assert by_events.fact == (
        "attended 2 qualifying events (3 needed): 2025-09-09 September meeting; 2025-10-14 Forum"
    )
    assert (by_help.rule, by_help.holds) == ("VM-1", False)
    assert by_help.fact == "no volunteer activity in the past year"


def test_the_reason_that_holds_names_the_evidence() -> None:
    """VM-1, VM-4"""
    by_events, by_help = judged(helped("2025-10-18", "leafleting"), on="2025-11-11").because
    assert not by_events.holds
    assert by_help.holds
    assert by_help.fact == "volunteered: 2025-10-18 leafleting"


def test_an_event_that_has_run_out_is_no_evidence() -> None:
    """VM-1, VM-R1"""
    standing = judged(event("2024-10-01"), event("2025-09-09"), on="2025-11-11")
    assert [str(e.day) for e in standing.counted] == ["2025-09-09"]


@pytest.mark.parametrize("attended", [0, 1, 2])
def test_one_event_away_is_exactly_one_short_of_the_number(attended: int) -> None:
    """VM-R5"""
    events = [event(f"2025-0{month}-10") for month in range(1, attended + 1)]
    away = judged(*events, on="2025-06-01").status is Status.ONE_AWAY
    assert away == (attended == 2)


def test_a_voting_volunteer_is_never_one_event_away() -> None:
    """VM-R5"""
    standing = judged(helped("2025-01-05"), event("2025-02-01"), on="2025-06-01")
    assert len(standing.counted) == 2
    assert standing.status is Status.VOTING


def test_one_event_away_lasts_until_the_older_of_the_two_events_runs_out() -> None:
    """VM-R5"""
    two = event("2025-02-01"), event("2025-06-01")
    standing = judged(*two, on="2025-07-01")
    assert standing.spell is not None
    assert (str(standing.spell.since), str(standing.spell.until)) == ("2025-06-01", "2026-02-01")
    assert judged(*two, on="2026-02-02").status is Status.NOT_YET


def test_one_event_away_begins_anew_when_the_voting_status_ends() -> None:
    """VM-R5"""
    three = event("2025-02-01"), event("2025-06-01"), event("2025-07-01")
    standing = judged(*three, on="2026-02-02")
    assert standing.status is Status.ONE_AWAY
    assert standing.spell is not None
    assert (str(standing.spell.since), str(standing.spell.until)) == ("2026-02-02", "2026-06-01")


def test_a_status_names_the_day_on_which_it_lapses() -> None:
    """VM-R5"""
    three = event("2025-02-01"), event("2025-06-01"), event("2025-07-01")
    standing = judged(*three, on="2025-07-01")
    assert standing.spell is not None
    assert str(standing.spell.until) == "2026-02-01"
    assert judged(*three, on="2026-02-01").can_vote
    assert not judged(*three, on="2026-02-02").can_vote
