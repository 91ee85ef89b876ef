"""A date without a year: read where the dates around it leave one, else named; never a guess."""

from datetime import date

import pytest

from models.intake.rosters import days_of
from models.intake.tables import Cell
from models.intake.yearless import with_years, years_of
from models.membership.erasure import ERASED, EXPIRED, blanked, marked, older_than, without_marks
from tests.models.invented import BOSTON, gathered, held, said, signed_in, table

OLD, NEW = "2025-09-15", "2026-11-16"


def events(*days: Cell) -> str:
    """What the review says of events on these days, and the days that were read."""
    lines = [held(day, f"Meeting {number}") for number, day in enumerate(days)]
    facts = gathered(today="2026-12-01", events=lines)
    return " ".join(str(event.day) for event in facts.events) + "\n" + said(facts)


@pytest.mark.parametrize(
    "typed", ["10/19", "Oct 19", "October 19th", "19 Oct", "Oct. 19", "10-19", "19-Oct"]
)
def test_a_date_whose_year_the_others_leave_open_is_named(typed: str) -> None:
    assert events(OLD, typed, NEW).startswith(
        f"{OLD} {NEW}\nEvents!A3 [set aside] the date has no year -> write the date like 2026-03-31"
    )


@pytest.mark.parametrize("typed", ["10/19", "Oct 19", "19 October"])
@pytest.mark.parametrize("around", [("2026-09-15", NEW), (NEW, 46280.0), (46280.0, NEW)])
def test_a_date_that_can_have_one_year_is_read_and_noted(
    around: tuple[Cell, Cell], typed: str
) -> None:
    found = events(around[0], typed, around[1])
    assert "2026-10-19" in found.splitlines()[0]
    assert "Events!A3 [note] 1 date has no year; the dates above and below allow only one" in found


@pytest.mark.parametrize(
    "days",
    [("10/19", "2026-09-15", NEW), ("2026-09-15", NEW, "12/19"), ("2026-09-15", "10/19"),
     ("2026-09-15", "10/19", "2026-05-01", NEW), ("2026-09-15", "8/19", NEW), ("10/19", "12/1")],
)  # fmt: skip
def test_at_the_ends_out_of_order_and_in_no_year_it_is_named(days: tuple[str, ...]) -> None:
    assert "the date has no year" in events(*days)
    assert "[note]" not in events(*days)


def test_a_weekday_says_which_year_it_is() -> None:
    """Between two dates more than a year apart; October 19, 2026 is a Monday."""
    assert "2026-10-19" in events(OLD, "Mon 10/19", NEW)
    assert "2025-10-19" in events(OLD, "Sun Oct 19", NEW)
    assert "Events!A3 [set aside] the date has no year" in events(OLD, "Tue 10/19", NEW)


def test_february_29_is_of_a_leap_year() -> None:
    cells = ["2027-12-01", "2/29", "2029-01-05"]
    assert {n: str(day) for n, day in years_of(cells, BOSTON, BOSTON).items()} == {1: "2028-02-29"}
    assert years_of(["2026-12-01", "2/29", "2027-03-05"], BOSTON, BOSTON) == {}


def test_the_workbooks_locale_says_which_is_the_month() -> None:
    cells: list[Cell] = ["1/9/2026", "4/10", "1/11/2026"]
    found = years_of(cells, BOSTON, BOSTON, day_first=True)
    assert {number: str(day) for number, day in found.items()} == {1: "2026-10-04"}


def test_so_is_the_time_of_a_sign_in() -> None:
    rows = [
        signed_in("Forum", "a@example.org", at=at) for at in (OLD, "10/19 7:30 PM", "2025-12-01")
    ]
    found = with_years(table("sign_ins", rows), BOSTON)
    assert [row[0] for row in found.rows] == [OLD, "2025-10-19", "2025-12-01"]
    assert found.notes


GONE = "a@example.org"


def log(*days: Cell) -> list[dict[str, Cell]]:
    """Sign-ins of these days, the first by somebody who is to be erased."""
    return [signed_in("Forum", GONE if n == 0 else "b@example.org", at=at)
            for n, at in enumerate(days)]  # fmt: skip


def test_an_erasure_takes_the_year_from_no_other_row() -> None:
    """DP-6: what others keep does not hang on the row that goes."""
    rows = table("sign_ins", log("2025-09-10", "10/19", "2025-11-01"))
    left = blanked(rows, lambda row: ERASED * (row.cell("address") == GONE))
    found = with_years(without_marks(left), BOSTON)
    assert [row[0] for row in found.rows] == [None, "2025-10-19", "2025-11-01"]
    assert len(found.notes) == 1


def test_a_row_without_a_year_grows_old_as_those_around_it() -> None:
    rows = table("sign_ins", log("2020-09-10", "10/19", "2020-11-01", "2026-03-01"))
    assert marked(blanked(rows, older_than(date(2023, 1, 1))), EXPIRED) == [0, 1, 2]


def test_a_rosters_header_before_its_order_is_no_day_of_next_year() -> None:
    heads = ["2026-01-28", "2026-02-25", "1/5", "3/25", "12/1"]
    found = days_of(heads, BOSTON, day_first=False)
    assert {n: str(day) for n, (day, _) in found.items() if day} == {
        0: "2026-01-28", 1: "2026-02-25", 3: "2026-03-25",
    }  # fmt: skip
    assert found[2] == (None, "")
    assert found[4] == (None, "")
