"""The three reminders"""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.elections import reminder_due, reminder_times

ZONE = ZoneInfo("America/New_York")
OPENS = datetime(2024, 10, 1, 9, tzinfo=ZONE)
CLOSES = datetime(2024, 10, 11, 21, tzinfo=ZONE)
PLANNED = reminder_times(OPENS, CLOSES, ZONE)
HOUR = timedelta(hours=1)


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=ZONE)  # type: ignore[misc,arg-type]  # year, month, day, hour …


def test_they_go_in_the_middle_two_days_before_and_on_the_last_morning() -> None:
    """EN-10, EN-R7"""
    assert (at(2024, 10, 6, 9), at(2024, 10, 9, 9), at(2024, 10, 11, 9)) == PLANNED


@pytest.mark.parametrize("hour", [0, 8, 9])
def test_the_last_morning_is_the_last_one_before_the_close(hour: int) -> None:
    """EN-R7"""
    _, before, last = reminder_times(OPENS, at(2024, 10, 12, hour), ZONE)
    assert (before, last) == (at(2024, 10, 9, 9), at(2024, 10, 11, 9))


def test_nine_is_nine_on_both_sides_of_a_clock_change() -> None:
    """EN-R7"""
    times = reminder_times(at(2024, 10, 28, 9), at(2024, 11, 8, 21), ZONE)
    assert {moment.astimezone(ZONE).hour for moment in times} == {9}


def test_in_a_short_window_they_are_spread_evenly() -> None:
    """EN-R7"""
    opens, closes = at(2024, 10, 1, 9), at(2024, 10, 2, 9)
    assert reminder_times(opens, closes, ZONE) == (
        at(2024, 10, 1, 15), at(2024, 10, 1, 21), at(2024, 10, 2, 3),
    )  # fmt: skip


def test_in_five_days_they_are_spread_over_mornings() -> None:
    """EN-R7"""
    times = reminder_times(at(2024, 10, 1, 8), at(2024, 10, 6, 8), ZONE)
    assert times == (at(2024, 10, 2, 9), at(2024, 10, 3, 9), at(2024, 10, 5, 9))


@given(
    opens=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(ZONE)),  # noqa: DTZ001 - the strategy adds the zone
    minutes=st.integers(4, 60 * 24 * 60),
)
def test_there_are_always_three_in_order_inside_the_window(opens: datetime, minutes: int) -> None:
    """EN-10, EN-R7"""
    closes = opens + timedelta(minutes=minutes)
    times = reminder_times(opens, closes, ZONE)
    assert len(times) == 3
    assert all(one < two for one, two in pairwise([opens, *times, closes]))


def test_each_goes_at_its_time_and_no_fourth() -> None:
    """EN-10"""
    first, second, third = PLANNED
    assert reminder_due(PLANNED, {}, CLOSES, OPENS) == (1, first)
    assert reminder_due(PLANNED, {1: first}, CLOSES, first) == (2, second)
    assert reminder_due(PLANNED, {1: first, 2: second}, CLOSES, second) == (3, third)
    assert reminder_due(PLANNED, {1: first, 2: second, 3: third}, CLOSES, third) is None


def test_two_that_were_missed_do_not_go_in_one_breath() -> None:
    """EN-10, EN-R7"""
    back = PLANNED[2] - HOUR  # the machine was off since the opening
    number, due = reminder_due(PLANNED, {}, CLOSES, back) or (0, back)
    assert (number, due) == (1, PLANNED[0])
    number, second = reminder_due(PLANNED, {1: back}, CLOSES, back) or (0, back)
    assert number == 2
    assert back + 4 * HOUR < second < CLOSES
    number, third = reminder_due(PLANNED, {1: back, 2: second}, CLOSES, second) or (0, second)
    assert number == 3
    assert second < third < CLOSES
