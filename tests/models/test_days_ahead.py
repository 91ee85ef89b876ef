"""A day that remembers what it was compared with: until when a result holds."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from operator import eq, ge, gt, le, lt, methodcaller, ne
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.days_ahead import DAY, DaysAhead, WatchedDay

TODAY = date(2026, 4, 1)
NEAR = st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=40))
COMPARED = st.sampled_from((lt, le, gt, ge, eq, ne))


def changes(asked: Callable[[Any], object]) -> date:
    """The first day on which the answer may be another one."""
    ahead = DaysAhead(TODAY)
    found = asked(ahead.today)
    until = ahead.changes
    assert found == asked(TODAY)
    return until


def really(asked: Callable[[Any], object]) -> date:
    """The same by trying the days that follow."""
    days = (TODAY + timedelta(days=n) for n in range(1, 120))
    return next((day for day in days if asked(day) != asked(TODAY)), date.max)


@given(COMPARED, NEAR, st.booleans(), st.integers(-30, 30))
def test_the_very_day_on_which_a_comparison_turns(
    how: Callable[[Any, Any], bool], other: date, behind: bool, days: int
) -> None:
    def asked(day: Any) -> bool:
        moved = day + timedelta(days=days)
        return how(other, moved) if behind else how(moved, other)

    first = really(asked)
    assert changes(asked) <= first
    if how not in (eq, ne) or first < date.max:
        assert changes(asked) == first


def test_the_earliest_of_several_counts() -> None:
    near, far = TODAY + timedelta(days=3), TODAY + timedelta(days=9)
    assert changes(lambda day: (day < far, day < near, day > far)) == near


def test_a_day_compared_with_the_past_holds_for_ever() -> None:
    assert changes(lambda day: (day > TODAY - DAY, max(day, date.min))) == date.max
    assert changes(lambda day: day <= date.max) == date.max


def test_two_days_that_move_alike_are_compared_for_ever() -> None:
    assert changes(lambda day: day - DAY < day) == date.max
    assert changes(lambda day: (day + DAY) - day) == date.max


def test_a_year_holds_until_the_next_one() -> None:
    assert changes(lambda day: day.year) == date(2027, 1, 1)
    assert changes(lambda day: (day + timedelta(days=2)).year) == date(2026, 12, 30)


@pytest.mark.parametrize(
    "asked",
    [
        str, repr, hash, "{}".format, "{:%d}".format,
        *map(methodcaller, ("isoformat", "weekday", "toordinal")),
        lambda day: day.strftime("%A"), lambda day: day.replace(year=2025),
        lambda day: day - date(2020, 1, 1), lambda day: date(2030, 1, 1) - day,
        lambda day: day.month, lambda day: day.day, lambda day: {day: 1},
        lambda day: day.timetuple(),
    ],
)  # fmt: skip
def test_whatever_else_is_asked_holds_for_one_day(asked: Callable[[Any], object]) -> None:
    ahead = DaysAhead(TODAY)
    asked(ahead.today)
    assert ahead.changes == TODAY + DAY


def test_every_question_to_a_date_is_seen() -> None:
    """A method of a later Python must not slip by."""
    inherited = {
        name
        for name in dir(date)
        if getattr(WatchedDay, name) is getattr(date, name, None) and callable(getattr(date, name))
    }
    of_no_day = {
        "__class__", "__delattr__", "__dir__", "__getattribute__", "__getstate__", "__init__",
        "__init_subclass__", "__new__", "__reduce_ex__", "__setattr__", "__sizeof__",
        "__subclasshook__",
    }  # fmt: skip
    by_class = {"fromisocalendar", "fromisoformat", "fromordinal", "fromtimestamp", "today"}
    assert inherited - of_no_day - by_class == set()


def test_a_moment_is_no_day() -> None:
    with pytest.raises(TypeError):
        assert DaysAhead(TODAY).today < datetime(2026, 4, 1)  # noqa: DTZ001 - refused for its type
