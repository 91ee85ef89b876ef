"""What the sheet makes of typed text, and what it shows."""

from datetime import date, datetime
from typing import Any

import pytest

from connectors.sandbox.google.cells import (
    Cell,
    behind,
    formatted,
    raw,
    serial,
    unformatted,
    user_entered,
)

EVENING = datetime(2022, 3, 4, 0, 6, 44)  # noqa: DTZ001 - a sheet's dates have no zone


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("hello", "hello", "hello"),
        ("", "", ""),
        ("42", 42, "42"),
        ("0042", 42, "42"),
        ("42.010", 42.01, "42.01"),
        (".5", 0.5, "0.5"),
        ("-7", -7, "-7"),
        ("2,000,000.01", 2000000.01, "2,000,000.01"),
        ("1e5", 100000, "1e5"),
        ("50%", 0.5, "50%"),
        ("$12.50", 12.5, "$12.50"),
        ("true", True, "TRUE"),
        ("FALSE", False, "FALSE"),
        ("'0042", "0042", "0042"),
        ("2020-01-01", 43831, "2020-01-01"),
        ("3/4/2022", 44624, "3/4/2022"),
        ("3/4/2022 0:06:44", 44624.00467592593, "3/4/2022 0:06:44"),
        ("2/30/2022", "2/30/2022", "2/30/2022"),
        ("13/4/2022", "13/4/2022", "13/4/2022"),
        ("=4/2", 2, "2"),
        ("= 1 / 1024", 0.0009765625, "0.0009765625"),
        ('="a"+1', "#NAME?", "#NAME?"),
        ("=1/0", "#DIV/0!", "#DIV/0!"),
        ('=IMPORTXML("http://example.org")', "#NAME?", "#NAME?"),
        ("+1 617 555 0100", "#ERROR!", "#ERROR!"),
        ("+16175550100", 16175550100, "16175550100"),
        ("nan", "nan", "nan"),
    ],
)
def test_user_entered(typed: str, value: Any, shown: str) -> None:
    cell = user_entered(typed, "en_US")
    assert (unformatted(cell), type(unformatted(cell))) == (value, type(value))
    assert formatted(cell, "en_US") == shown


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en_US", "3/4/2022 0:06:44"),
        ("en_GB", "04/03/2022 0:06:44"),
        ("de_DE", "04.03.2022 0:06:44"),
        ("xx_XX", "3/4/2022 0:06:44"),
    ],
)
def test_dates_follow_the_locale_both_ways(locale: str, shown: str) -> None:
    assert formatted(EVENING, locale) == shown
    assert user_entered(shown, locale) == EVENING


def test_serial_numbers_count_from_1899_12_30() -> None:
    assert serial(date(1899, 12, 31)) == 1
    assert serial(date(2020, 1, 1)) == 43831
    assert serial(datetime(2020, 1, 1, 18)) == 43831.75  # noqa: DTZ001 - a sheet's dates have no zone


@pytest.mark.parametrize("value", ["=1+1", "0042", "2020-01-01", "TRUE", 1.5, True])
def test_raw_is_kept_as_it_is(value: Cell) -> None:
    assert unformatted(raw(value)) is value


def test_whole_numbers_have_no_decimal_point() -> None:
    assert type(raw(3.0)) is int


def test_a_formula_can_be_read_back() -> None:
    assert behind(user_entered("=4/2", "en_US"), "en_US") == "=4/2"
    assert behind(user_entered("+1+1", "en_US"), "en_US") == "=+1+1"
    assert behind(user_entered("2020-01-01", "en_US"), "en_US") == 43831


@pytest.mark.parametrize(
    ("cell", "shown"), [(True, "TRUE"), (1 / 3, "0.3333333333"), (7, "7"), (None, "")]
)
def test_formatted(cell: Cell, shown: str) -> None:
    assert formatted(cell, "en_US") == shown
