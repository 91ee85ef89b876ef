"""Notices: who reaches voting status is told, once for each time they reach it."""

import pytest

from models.intake.participation import Event
from models.mail.notices import KINDS, LAPSE, LAPSE_LEAD, ONE_AWAY, VOTING, NoticeKind
from tests.models.invented import amended, day, event, helped
from tests.models.nights import Nights

SEP, OCT, NOV = event("2025-09-09"), event("2025-10-14"), event("2025-11-11")
NOTHING: tuple[Event, ...] = ()


def voting_notices() -> Nights:
    """A chapter that sends the notice of VM-4 alone."""
    return Nights(kinds=[VOTING])


def test_who_achieves_voting_status_is_told() -> None:
    """VM-4"""
    nights = voting_notices()
    nights.night("2025-11-10", SEP, OCT)
    nights.night("2025-11-11", SEP, OCT, NOV)
    assert nights.told == [("2025-11-11", VOTING)]


def test_the_notice_names_since_when_and_until_when() -> None:
    """VM-4"""
    (letter,) = voting_notices().night("2025-11-11", SEP, OCT, NOV)
    assert (letter.spell.since, letter.spell.until) == (day("2025-11-11"), day("2026-09-09"))


def test_a_volunteer_is_told_as_well() -> None:
    """VM-4"""
    nights = voting_notices()
    nights.night("2025-11-11", helped("2025-11-08"))
    assert nights.told == [("2025-11-11", VOTING)]


def test_nobody_is_told_twice_for_one_transition() -> None:
    """VM-R4"""
    nights = voting_notices()
    for night in ("2025-11-11", "2025-11-12", "2025-11-13", "2026-09-09"):
        nights.night(night, SEP, OCT, NOV)
    assert nights.told == [("2025-11-11", VOTING)]


def test_attending_more_events_is_no_new_transition() -> None:
    """VM-R4"""
    nights = voting_notices()
    more = event("2026-01-13"), event("2026-06-09"), event("2026-09-08"), helped("2026-09-01")
    nights.night("2025-11-11", SEP, OCT, NOV)
    nights.night("2026-01-14", SEP, OCT, NOV, more[0])
    nights.night("2026-09-10", SEP, OCT, NOV, *more)
    nights.night("2027-05-01", SEP, OCT, NOV, *more)
    assert nights.told == [("2025-11-11", VOTING)]


def test_someone_who_lapses_and_requalifies_is_notified_again() -> None:
    """VM-R4"""
    nights = voting_notices()
    nights.night("2025-11-11", SEP, OCT, NOV)
    nights.night("2026-09-10", SEP, OCT, NOV)
    nights.night("2026-09-11", SEP, OCT, NOV, event("2026-09-11"))
    assert nights.told == [("2025-11-11", VOTING), ("2026-09-11", VOTING)]


def test_who_lapsed_on_a_night_that_nothing_ran_is_told_again_all_the_same() -> None:
    """VM-R4"""
    nights = voting_notices()
    nights.night("2025-11-11", SEP, OCT, NOV)
    nights.night("2026-12-01", SEP, OCT, NOV, helped("2026-11-30"))
    assert nights.told == [("2025-11-11", VOTING), ("2026-12-01", VOTING)]


def test_qualifying_again_on_the_very_day_after_the_last_is_no_lapse() -> None:
    """VM-R4"""
    nights = voting_notices()
    nights.night("2025-11-11", SEP, OCT, NOV)
    nights.night("2026-09-10", SEP, OCT, NOV, helped("2026-09-10"))
    assert nights.told == [("2025-11-11", VOTING)]


def test_a_late_sign_in_that_moves_the_first_day_back_is_no_new_transition() -> None:
    """VM-R4"""
    nights = voting_notices()
    nights.night("2025-11-11", SEP, OCT, NOV)
    nights.night("2025-11-20", SEP, OCT, event("2025-10-20"), NOV)
    assert nights.told == [("2025-11-11", VOTING)]


def test_a_correction_that_moves_the_first_day_forward_is_no_new_transition() -> None:
    """VM-R4"""
    nights = voting_notices()
    december = event("2025-12-09")
    nights.night("2025-11-11", SEP, OCT, NOV)
    # In one night the October attendance goes and the December one comes.
    nights.night("2025-12-09", SEP, NOV, december)
    nights.night("2025-12-10", SEP, NOV, december)
    assert nights.told == [("2025-11-11", VOTING)]


def test_a_correction_that_is_taken_back_is_no_new_transition() -> None:
    """VM-R4"""
    nights = voting_notices()
    nights.night("2025-11-11", SEP, OCT, NOV)
    nights.night("2025-11-20", SEP, OCT)
    nights.night("2025-11-21", SEP, OCT, NOV)
    assert nights.told == [("2025-11-11", VOTING)]


def test_who_lost_the_status_by_a_correction_and_reaches_it_again_is_told_again() -> None:
    """VM-R4"""
    nights = voting_notices()
    nights.night("2025-11-11", SEP, OCT, NOV)
    nights.night("2025-11-20", SEP, OCT)
    nights.night("2025-12-09", SEP, OCT, event("2025-12-09"))
    assert nights.told == [("2025-11-11", VOTING), ("2025-12-09", VOTING)]


def test_a_late_sheet_that_joins_two_notified_periods_sends_nothing() -> None:
    """VM-R4"""
    nights = voting_notices()
    nights.night("2025-11-11", SEP, OCT, NOV)
    nights.night("2026-09-15", SEP, OCT, NOV)
    nights.night("2026-09-20", SEP, OCT, NOV, helped("2026-09-20"))
    nights.night("2026-09-30", SEP, OCT, NOV, helped("2026-08-01"), helped("2026-09-20"))
    nights.night("2027-09-01", SEP, OCT, NOV, helped("2026-08-01"), helped("2026-09-20"))
    assert nights.told == [("2025-11-11", VOTING), ("2026-09-20", VOTING)]


def test_an_amendment_that_takes_the_status_and_a_fourth_event_that_gives_it_back_tell_again() -> (
    None
):
    """VM-R4"""
    nights = Nights([VOTING], amended(starting="2026-01-01", events_needed=4))
    nights.night("2025-11-11", SEP, OCT, NOV)
    nights.night("2026-01-01", SEP, OCT, NOV)
    nights.night("2026-01-13", SEP, OCT, NOV, event("2026-01-13"))
    assert nights.told == [("2025-11-11", VOTING), ("2026-01-13", VOTING)]


def test_who_cannot_be_mailed_is_told_when_they_can() -> None:
    """VM-4"""
    nights = voting_notices()
    nights.night("2025-11-11", SEP, OCT, NOV, reachable=False)
    assert nights.told == []
    nights.night("2025-12-01", SEP, OCT, NOV)
    assert nights.told == [("2025-12-01", VOTING)]


def test_who_had_the_status_at_the_first_sync_is_not_told_of_it_later() -> None:
    """VM-R4"""
    nights = voting_notices()
    nights.night("2025-11-11", SEP, OCT, NOV, baseline=True)
    nights.night("2025-11-12", SEP, OCT, NOV)
    nights.night("2026-09-15", SEP, OCT, NOV)
    nights.night("2026-09-20", SEP, OCT, NOV, helped("2026-09-20"))
    assert nights.told == [("2026-09-20", VOTING)]


def test_one_event_away_is_told_at_most_once_per_transition() -> None:
    """VM-R5"""
    nights = Nights([ONE_AWAY])
    for night in ("2025-10-14", "2025-10-15", "2025-11-01"):
        nights.night(night, SEP, OCT)
    assert nights.told == [("2025-10-14", ONE_AWAY)]


def test_one_event_away_is_told_again_after_the_status_came_and_went() -> None:
    """VM-R5"""
    nights = Nights([ONE_AWAY])
    nights.night("2025-10-14", SEP, OCT)
    nights.night("2025-11-11", SEP, OCT, NOV)
    nights.night("2026-09-10", SEP, OCT, NOV)
    nights.night("2026-09-11", SEP, OCT, NOV)
    assert nights.told == [("2025-10-14", ONE_AWAY), ("2026-09-10", ONE_AWAY)]


def test_who_jumps_over_one_event_away_is_told_of_the_vote_alone() -> None:
    """VM-R5, VM-4"""
    nights = Nights()
    nights.night("2025-11-11", SEP, OCT, NOV)
    assert nights.told == [("2025-11-11", VOTING)]


@pytest.mark.parametrize(("night", "sent"), [("2026-08-09", False), ("2026-08-10", True)])
def test_the_coming_lapse_is_told_thirty_days_ahead_and_not_earlier(night: str, sent: bool) -> None:
    """VM-R5"""
    nights = Nights([LAPSE])
    nights.night(night, SEP, OCT, NOV)
    assert bool(nights.told) == sent
    assert LAPSE_LEAD.days == 30


def test_one_coming_lapse_is_told_once() -> None:
    """VM-R5"""
    nights = Nights([LAPSE])
    for night in ("2026-08-10", "2026-08-11", "2026-09-09", "2026-09-10"):
        nights.night(night, SEP, OCT, NOV)
    assert nights.told == [("2026-08-10", LAPSE)]


def test_a_lapse_put_off_by_another_event_is_told_anew_for_its_own_day() -> None:
    """VM-R5"""
    nights = Nights([LAPSE])
    more = event("2026-09-01"), event("2026-09-02")
    nights.night("2026-08-10", SEP, OCT, NOV)
    nights.night("2026-09-02", SEP, OCT, NOV, *more)
    nights.night("2026-10-20", SEP, OCT, NOV, *more)
    assert nights.told == [("2026-08-10", LAPSE), ("2026-10-20", LAPSE)]


@pytest.mark.parametrize("kind", KINDS)
def test_who_never_took_part_is_told_nothing(kind: NoticeKind) -> None:
    """VM-4, VM-R5"""
    nights = Nights([kind])
    nights.night("2025-11-11", *NOTHING)
    assert nights.told == []
