"""A cell's idea of a day: serial numbers, typed text, form moments; and what is no day at all."""

import math
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.dates import EPOCH, NotADay, day_of, moment_of, zone_named
from tests.models.invented import BOSTON, day

LONDON, TOKYO = ZoneInfo("Europe/London"), ZoneInfo("Asia/Tokyo")
HONOLULU = ZoneInfo("Pacific/Honolulu")


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04",
        "2026/03/04",
        "2026.03.04",
        "3/4/2026",
        "03/04/2026",
        "3/4/26",
        "03-04-2026",
        "3.4.2026",
        "March 4, 2026",
        "march 4 2026",
        "Mar 4, 2026",
        "Mar. 4, 2026",
        "4 March 2026",
        "4 Mar 2026",
        "March 4th, 2026",
        "Wednesday, March 4, 2026",
        "Wed Mar 4 2026",
        "  3/4/2026  ",
        "3/4/2026 19:30",
        "3/4/2026 19:30:15",
        "3/4/2026, 7:30 PM",
        "3/4/2026 7:30 p.m.",
        "2026-03-04T19:30",
        "2026-03-04 19:30:15.250",
        "March 4, 2026 7:30pm",
        "4 de marzo de 2026",
        "Miércoles 4 de marzo de 2026",
        "Wed 3/4/2026 7:30pm",
        "Weds., 2026-03-04",
        "4-Mar-26",
        "4-Mar-2026",
        "Mar-4-2026",
        "3/4 2026",
        "3/4/2026 7pm",
        "3/4/2026 at 7 p.m.",
        "March 4, 2026 at 7:01 PM",
        "2026/03/04 7:01:07 PM EST",
        "3-4-26",
        "20260304",
        "3/4/26 (Wed)",
        "March 4, 2026, Wednesday",
        "3/4/2026*",
        "3/4/26 7:00 PM - 9:00 PM",
        "3/4/2026 7-9pm",
        "Mar 4, 2026 7:00–9:00",
        "3/4/2026 11 to 1 p.m.",
    ],
)
def test_a_date_is_read_in_the_styles_people_type(text: str) -> None:
    assert day_of(text, BOSTON, BOSTON) == day("2026-03-04")


def test_a_zone_behind_the_time_is_heeded() -> None:
    """Google writes it into a file of answers; late in the evening it is another day elsewhere."""
    assert day_of("2026/03/04 11:30:00 PM PST", BOSTON, BOSTON) == day("2026-03-05")
    assert day_of("2026/03/04 1:30:00 AM UTC", BOSTON, BOSTON) == day("2026-03-03")


def test_a_locale_that_writes_the_day_first_is_heeded() -> None:
    assert day_of("4/3/2026", BOSTON, LONDON, day_first=True) == day("2026-03-04")
    assert day_of("4.3.26", BOSTON, LONDON, day_first=True) == day("2026-03-04")
    assert day_of("4/3/2026", BOSTON, LONDON) == day("2026-04-03")


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("", "this is not a date"),
        (None, "this is not a date"),
        (True, "this is not a date"),
        ("soon", "this is not a date"),
        ("ann@example.org", "this is not a date"),
        ("2/30/2026", "the date is impossible"),
        ("2/30", "the date is impossible"),
        ("3/4", "the date has no year"),
        ("Sept 4", "the date has no year"),
        ("Tue 3/4/2026", "the weekday does not match the date"),
        ("Tuesday, March 4, 2026", "the weekday does not match the date"),
        ("Monday", "this is not a date"),
        ("3/4 19:30", "the date has no year"),
        ("2025-02-29", "the date is impossible"),
        ("13/13/2026", "the date is impossible"),
        ("3/4-5/2026", "more than one day stands here"),
        ("3/4/2026 and 3/5/2026", "more than one day stands here"),
        ("3/4/26 (Thu)", "the weekday does not match the date"),
        ("617555", "the date is impossible"),
        ("20261340", "the date is impossible"),
        ("25-09-31", "the date is impossible"),
        ("2026-02-30T10:00:00Z", "the date is impossible"),
        ("2026-03-04T25:00:00Z", "the date is impossible"),
        ("1/1/0026", "the year is impossible"),
        ("2206-03-04", "the year is impossible"),
        ("0001-01-01T00:00:00Z", "the year is impossible"),
        ("9999-12-31T23:59:59Z", "the year is impossible"),
        ("9999-12-31 23:59", "the year is impossible"),
        (0, "the year is impossible"),
        (-1, "the year is impossible"),
        (1.5, "the year is impossible"),
        (1e300, "the year is impossible"),
        (3_000_000, "the year is impossible"),
        (-1e9, "the year is impossible"),
        (math.inf, "the year is impossible"),
        (math.nan, "the number is not a date"),
    ],
)
def test_what_names_no_day_is_refused_in_words_that_repeat_nothing(cell: object, why: str) -> None:
    for sheet in (BOSTON, TOKYO, HONOLULU):
        with pytest.raises(NotADay) as caught:
            day_of(cell, BOSTON, sheet)
        assert str(caught.value) == why


def test_a_year_typed_as_a_number_is_no_date_of_1905() -> None:
    with pytest.raises(NotADay, match="the year is impossible"):
        day_of(2026, BOSTON, BOSTON)


def test_an_impossible_time_matters_only_where_the_zone_makes_it_matter() -> None:
    assert day_of("3/4/2026 25:99", BOSTON, BOSTON) == day("2026-03-04")
    with pytest.raises(NotADay, match="the time of day is impossible"):
        day_of("3/4/2026 25:99", BOSTON, LONDON)


def test_a_typed_time_in_another_zone_is_brought_home() -> None:
    assert day_of("3/5/2026 4:59 AM", BOSTON, LONDON) == day("2026-03-04")
    assert day_of("3/5/2026 5:00 AM", BOSTON, LONDON) == day("2026-03-05")
    assert day_of("2026-03-05 13:59", BOSTON, TOKYO) == day("2026-03-04")


@pytest.mark.parametrize("digits", [8, 9, 10, 11, 12])
def test_midnight_survives_the_rounding_of_serial_numbers(digits: int) -> None:
    # Five in the morning in London, 5/24 of a day, is midnight in Boston; it has no finite
    # decimals, and services round it in their own ways.
    for days in range(46_000, 46_060):
        serial = round(days + 5 / 24, digits)
        at_home = day_of(float(days), BOSTON, BOSTON)
        assert day_of(serial, BOSTON, LONDON) == at_home


@given(st.dates(day("1970-01-01"), day("2199-12-31")), st.sampled_from([BOSTON, LONDON, TOKYO]))
def test_a_whole_serial_number_is_its_day_in_every_zone(a_day: date, sheet: ZoneInfo) -> None:
    serial = (a_day - EPOCH).days
    assert day_of(serial, BOSTON, sheet) == a_day
    assert day_of(float(serial), BOSTON, sheet) == a_day
    assert day_of(a_day.isoformat(), BOSTON, sheet) == a_day


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.none()))
def test_any_cell_gives_a_day_or_says_that_it_names_none(cell: object) -> None:
    for sheet in (BOSTON, TOKYO):
        try:
            found = day_of(cell, BOSTON, sheet)
        except NotADay:
            continue
        assert 1970 <= found.year <= 2200


@pytest.mark.parametrize(
    ("name", "hours"),
    [("GMT-05:00", -5), ("GMT+05:30", 5.5), ("GMT-5", -5), ("GMT-0330", -3.5), ("UTC+1", 1),
     ("Etc/GMT+5", -5), ("Etc/GMT-14", 14), ("GMT", 0), ("America/New_York", -5)],
)  # fmt: skip
def test_a_workbooks_own_zone_is_its_distance_from_greenwich(name: str, hours: float) -> None:
    """Google's custom zones have the sign that people use; those of the list have the other."""
    winter = datetime(2026, 1, 15, 12, tzinfo=zone_named(name))
    assert winter.utcoffset() == timedelta(hours=hours)


def test_a_moment_of_a_custom_zone_becomes_a_day_of_the_chapters() -> None:
    noon = (date(2026, 3, 4) - EPOCH).days + 0.02
    assert day_of(noon, BOSTON, zone_named("GMT+05:30")) == day("2026-03-03")
    assert day_of(noon, BOSTON, zone_named("GMT-05:00")) == day("2026-03-04")


@pytest.mark.parametrize("name", ["Nowhere/Land", "", "GMT-15:00", "GMT-05:75", "../etc", "EST5X"])
def test_a_zone_that_nobody_knows_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no such zone"):
        zone_named(name)


def test_of_two_times_of_day_the_first_is_when_it_began() -> None:
    def hour(text: str) -> int:
        found = moment_of(text, BOSTON)
        assert found is not None
        return found.hour

    assert [hour(f"3/4/2026 {each}") for each in ("7-9pm", "11-1pm", "9am-5pm", "19:00-21:00")] == [
        19, 11, 9, 19,
    ]  # fmt: skip
