"""How dates, times, numbers, percentages and lists are written in each language."""

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from models.text import formats


def at(*when: int) -> datetime:
    return datetime(*when)  # type: ignore[arg-type]  # noqa: DTZ001 - on the chapter's clock


def test_a_day_is_written_as_people_say_it() -> None:
    day = date(2027, 3, 4)
    assert (formats.day(day), formats.day(day, "es")) == ("March 4, 2027", "4 de marzo de 2027")


@pytest.mark.parametrize(
    ("when", "english", "spanish"),
    [
        (at(2026, 10, 10, 13, 5), "Saturday, October 10, at 1:05_PM",
         "el sábado 10 de octubre, a la 1:05_p.m."),
        (at(2026, 12, 6, 0, 0), "Sunday, December 6, at 12:00_AM",
         "el domingo 6 de diciembre, a la medianoche (00:00)"),
        (at(2026, 12, 6, 12, 0), "Sunday, December 6, at 12:00_PM",
         "el domingo 6 de diciembre, al mediodía"),
        (at(2027, 1, 6, 12, 30), "Wednesday, January 6, at 12:30_PM",
         "el miércoles 6 de enero, a las 12:30_p.m."),
        (at(2027, 1, 6, 1, 30), "Wednesday, January 6, at 1:30_AM",
         "el miércoles 6 de enero, a la 1:30_a.m."),
    ],
)  # fmt: skip
def test_no_line_ends_within_a_time(when: datetime, english: str, spanish: str) -> None:
    """Where `_` stands for a space that holds its line together."""
    told = formats.moment(when), formats.moment(when, "es")
    assert [one.replace("\u00a0", "_") for one in told] == [english, spanish]


def test_officers_read_the_year_and_the_weekday() -> None:
    assert formats.stamp(at(2026, 10, 1, 9, 0)) == "Thu, Oct 1, 2026, 9:00\u00a0AM"


def test_a_screen_shows_the_zone_too() -> None:
    """A single kind of space: what is printed may be searched."""
    when = datetime(2026, 10, 1, 21, 0, tzinfo=ZoneInfo("America/New_York"))
    assert formats.clocked(when) == "Thu, October 1, 2026, 9:00 PM EDT"
    assert formats.clocked(when.replace(tzinfo=None)) == "Thu, October 1, 2026, 9:00 PM"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("counted through 2027-03-04 (VM-R1)", "counted through March 4, 2027 (VM-R1)"),
        ("2026-01-02 A; 2026-01-10 B", "January 2, 2026 A; January 10, 2026 B"),
        ("2026-13-40 and 12026-01-02 and 2026-01-02T09:00", None),
        ("the spreadsheet x-2026-01-02, v2026-01-02-b", None),
    ],
)
def test_days_within_a_text_are_written_as_people_say_them(written: str, said: str | None) -> None:
    assert formats.spoken(written) == (said or written)


@pytest.mark.parametrize("language", ["en", "es"])
def test_digits_stand_in_groups_of_three(language: formats.Language) -> None:
    assert formats.number(1_204_000, language) == "1,204,000"


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_share_has_the_decimals_that_are_asked_for(language: formats.Language) -> None:
    share = Fraction(60041, 100_000)
    told = [formats.percent(share, language, decimals) for decimals in (0, 1, 3, 0)]
    assert told == ["60%", "60.0%", "60.041%", "60%"]


@pytest.mark.parametrize(
    ("names", "english", "spanish"),
    [
        ([], "", ""),
        (["Ana"], "Ana", "Ana"),
        (["Ana", "Ben"], "Ana and Ben", "Ana y Ben"),
        (["Ana", "Ben", "Íñigo"], "Ana, Ben, and Íñigo", "Ana, Ben e Íñigo"),
        (["Ana", "Ben", "Cy", "{0}"], "Ana, Ben, Cy, and {0}", "Ana, Ben, Cy y {0}"),
        (["Ana", "Hierro"], "Ana and Hierro", "Ana y Hierro"),
        (["Ana", "Yris"], "Ana and Yris", "Ana e Yris"),
        (["Ana", "Ysabel"], "Ana and Ysabel", "Ana e Ysabel"),
        (["Ana", "Yolanda"], "Ana and Yolanda", "Ana y Yolanda"),
    ],
)
def test_a_list_of_names(names: list[str], english: str, spanish: str) -> None:
    assert (formats.listed(names), formats.listed(names, "es")) == (english, spanish)
