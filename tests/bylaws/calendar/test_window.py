"""How long a vote is open, and what may still be changed"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from models.errors import FixTheSettings, Refused
from models.votes.election import ElectionState, in_zone
from models.votes.windows import extended, window_reasons

ZONE = ZoneInfo("America/New_York")
OPENS = datetime(2024, 10, 1, 9, tzinfo=ZONE)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def may_open(closes: datetime, because: str = "", opens: datetime = OPENS) -> bool:
    return all(reason.holds for reason in window_reasons(opens, closes, ZONE, because))


def said(closes: datetime, because: str = "") -> str:
    (reason,) = window_reasons(OPENS, closes, ZONE, because)
    return reason.fact


def test_five_days_are_enough() -> None:
    """EN-9"""
    assert may_open(OPENS + 5 * DAY)


def test_a_minute_less_than_five_days_needs_a_reason() -> None:
    """EN-9, EN-R6"""
    closes = OPENS + 5 * DAY - MINUTE
    assert not may_open(closes)
    assert not may_open(closes, "   ")
    assert may_open(closes, "the primary is on Tuesday")
    assert said(closes, "the primary is on Tuesday").endswith("because the primary is on Tuesday")


def test_ten_days_are_ideal_and_fewer_are_said() -> None:
    """EN-9, EN-R6"""
    assert "ideal" in said(OPENS + 10 * DAY)
    assert "less than the ideal 10 days" in said(OPENS + 10 * DAY - MINUTE)
    assert may_open(OPENS + 10 * DAY - MINUTE)


def test_a_day_is_a_day_when_the_clocks_change() -> None:
    """EN-9"""
    opens = datetime(2024, 11, 1, 9, tzinfo=ZONE)
    assert may_open(datetime(2024, 11, 6, 9, tzinfo=ZONE), opens=opens)
    spring = datetime(2025, 3, 7, 9, tzinfo=ZONE)
    closes = datetime(2025, 3, 12, 9, tzinfo=ZONE)
    assert closes.astimezone(UTC) - spring.astimezone(UTC) < 5 * DAY
    assert may_open(closes, opens=spring)


def test_the_close_may_be_moved_later_until_it_has_passed() -> None:
    """EN-R6"""
    closes = OPENS + 10 * DAY
    later = closes + DAY
    assert extended(closes, later, closes - MINUTE) == later
    with pytest.raises(Refused, match="never reopened"):
        extended(closes, later, closes)


@pytest.mark.parametrize("shift", [timedelta(), -MINUTE])
def test_the_close_is_never_moved_earlier(shift: timedelta) -> None:
    """EN-R6"""
    closes = OPENS + 10 * DAY
    with pytest.raises(Refused, match="only be moved later"):
        extended(closes, closes + shift, OPENS)


def test_a_vote_takes_one_step_at_a_time_and_never_goes_back() -> None:
    """EN-R6; until it closes it can be canceled, and then it is nothing else (EN-R11)."""
    *life, cancelled = list(ElectionState)
    before_the_close = life[: life.index(ElectionState.CLOSED)]
    allowed = {*pairwise(life), *((one, cancelled) for one in before_the_close)}
    for state in ElectionState:
        for following in ElectionState:
            if (state, following) in allowed:
                assert state.then(following) is following
            else:
                with pytest.raises(Refused, match="cannot become"):
                    state.then(following)


@pytest.mark.parametrize("hour", [datetime(2024, 11, 3, 1, 30), datetime(2025, 3, 9, 2, 30)])  # noqa: DTZ001 - as typed
def test_a_close_that_the_clocks_show_twice_or_never_is_asked_about(hour: datetime) -> None:
    """EN-R6"""
    with pytest.raises(FixTheSettings, match="the clocks change then"):
        in_zone(hour, ZONE, "closes")
    assert in_zone(hour.replace(tzinfo=UTC), ZONE, "closes").utcoffset() is not None
