"""The three reminders"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from models.votes.election import calendar_of, reminder_times
from models.votes.reminders import distance, reminder_due, still_to_come, went_at

ZONE = ZoneInfo("America/New_York")
OPENS = datetime(2024, 10, 1, 9, tzinfo=ZONE)
CLOSES = datetime(2024, 10, 11, 21, tzinfo=ZONE)
PLAN = calendar_of(OPENS, CLOSES, ZONE)
PLANNED = PLAN.reminders
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


@example(opens=datetime(2020, 1, 1, 12, tzinfo=ZONE), minutes=5 * 24 * 60)
@example(opens=datetime(2020, 3, 3, 17, 45, tzinfo=ZONE), minutes=5 * 24 * 60)
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
    assert reminder_due(PLAN, 0, OPENS) == (1, first)
    assert reminder_due(PLAN, 1, first) == (2, second)
    assert reminder_due(PLAN, 2, second) == (3, third)
    assert reminder_due(PLAN, 3, third) is None


def test_one_that_was_missed_goes_at_once_and_the_next_a_day_later() -> None:
    """EN-10, EN-R7"""
    back = PLANNED[1] - 13 * HOUR  # the machine was off since the opening
    assert reminder_due(PLAN, 0, OPENS) == (1, PLANNED[0])
    assert reminder_due(PLAN, 1, back) == (2, back + 24 * HOUR)


def test_a_reminder_keeps_half_a_day_from_the_letter_before_it() -> None:
    """EN-10, EN-R7: the third would be too close to the second, and there is no time left."""
    back = PLANNED[2] - HOUR
    assert reminder_due(PLAN, 0, back) == (1, back + 12 * HOUR)  # the invitation was late too
    assert reminder_due(PLAN, 1, back) == (2, back + 12 * HOUR)
    _, third = reminder_due(PLAN, 2, back + 12 * HOUR) or (0, back)
    assert third > CLOSES


@pytest.mark.parametrize(("left", "sent"), [(40, 3), (36, 2), (24, 1), (12, 0)])
def test_after_a_late_invitation_as_many_go_as_keep_half_a_day(left: int, sent: int) -> None:
    """EN-10, EN-R7: more than 36 hours leave room for three, more than 24 for two, 12 for none."""
    assert reminders_after(CLOSES - left * HOUR) == sent
    assert reminders_after(CLOSES - left * HOUR - HOUR / 60) == min(sent + 1, 3)


def test_how_many_can_still_go_is_what_goes() -> None:
    """EN-10, EN-R7"""
    assert still_to_come(PLAN, OPENS, 0, OPENS, None) == 3
    for left in (40, 36, 24, 12):
        late = CLOSES - left * HOUR
        assert still_to_come(PLAN, late, 0, late, None) == reminders_after(late)
    noon = CLOSES - 9 * HOUR
    assert still_to_come(PLAN, noon, 0, OPENS, None) == 1  # one that was missed goes at once
    assert still_to_come(PLAN, noon, 1, noon, None) == 0


def reminders_after(last: datetime) -> int:
    """How many go when the invitation goes at this moment."""
    gone = 0
    while (due := reminder_due(PLAN, gone, last)) and due[1] < CLOSES:
        gone, last = due
    return gone


def test_the_letter_of_a_later_close_holds_a_reminder_up_as_any_other() -> None:
    """EN-R6, EN-R7: where there is time."""
    morning = PLANNED[1] - HOUR
    assert reminder_due(PLAN, 1, PLANNED[0], morning) == (2, morning + (CLOSES - morning) / 3)


def test_the_letter_of_a_later_close_leaves_a_reminder_its_place() -> None:
    """EN-10, EN-R6, EN-R7: half of what is left, where half a day is longer."""
    plan = calendar_of(OPENS, at(2024, 10, 11, 18), ZONE)
    morning = plan.reminders[2] - HOUR
    assert reminder_due(plan, 2, plan.reminders[1], morning) == (3, morning + 5 * HOUR)
    late = morning - HOUR  # the second reminder: half a day after it the vote is closed
    _, third = reminder_due(plan, 2, late, morning) or (0, late)
    assert third == late + 12 * HOUR


def test_in_a_short_window_the_distance_is_half_of_what_the_calendar_keeps() -> None:
    """EN-R7"""
    opens = at(2024, 10, 1, 9)
    plan = calendar_of(opens, opens + 4 * HOUR, ZONE)
    assert distance(plan) == HOUR / 2
    late = plan.closes - HOUR / 2
    assert reminder_due(plan, 1, late) == (2, plan.closes)


@example(opens=datetime(2020, 1, 1, 12, tzinfo=ZONE), minutes=5 * 24 * 60)
@example(opens=datetime(2020, 3, 3, 17, 45, tzinfo=ZONE), minutes=5 * 24 * 60)
@given(
    opens=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(ZONE)),  # noqa: DTZ001 - the strategy adds the zone
    minutes=st.integers(4, 60 * 24 * 60),
)
def test_reminders_on_time_are_never_in_each_others_way(opens: datetime, minutes: int) -> None:
    """EN-10, EN-R7: through changes of the clocks too."""
    plan = calendar_of(opens, opens + timedelta(minutes=minutes), ZONE)
    letters = [moment.astimezone(UTC) for moment in (plan.opens, *plan.reminders)]
    # No window of minutes lies in the hour that comes twice, or never.
    assume(all(one < two for one, two in pairwise(letters)))
    for gone, (before, planned) in enumerate(pairwise(letters)):
        assert before + distance(plan) <= planned
        _, due = reminder_due(plan, gone, before) or (0, before)
        assert due.astimezone(UTC) == planned
    if minutes >= 5 * 24 * 60:
        assert distance(plan) == 12 * HOUR


def test_a_letter_went_at_the_latest_moment_that_is_not_in_the_future() -> None:
    """EN-R7: by a clock that jumps."""
    sent, found = OPENS + 48 * HOUR, OPENS + HOUR
    assert went_at([sent], sent) == sent
    assert went_at([sent], sent - HOUR) is None
    assert went_at([sent, found], sent - HOUR) == found
    assert went_at([sent, found], sent + HOUR) == sent
