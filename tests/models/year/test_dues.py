"""The tab with the dues: for whom they are paid on a day (SC-2, DP-5)."""

from datetime import date

import pytest

from models.intake.tables import Cell
from models.membership.dues import paid_on
from models.privacy import Email
from tests.models.year.tabs import asked, read

ANN, BO = Email.parse("ann@example.org"), Email.parse("bo@example.org")
PAID: dict[str, Cell] = {"address": "ann@example.org", "paid": "2025-03-01"}


def told(day: date, *rows: dict[str, Cell], of: tuple[Email, ...] = (ANN,)) -> tuple[bool, str]:
    book = read(dues=list(rows))
    assert asked(book) == []
    return paid_on(book.dues.periods(of), day)


@pytest.mark.parametrize(
    ("day", "paid", "fact"),
    [
        (date(2025, 2, 28), False, "dues not paid by the dues tab"),
        (date(2025, 3, 1), True, "dues paid through March 1, 2026"),
        (date(2026, 3, 1), True, "dues paid through March 1, 2026"),
        (date(2026, 3, 2), False, "dues were paid through March 1, 2026"),
    ],
)
def test_without_a_last_day_they_are_paid_for_a_year(day: date, paid: bool, fact: str) -> None:
    assert told(day, PAID) == (paid, fact)


def test_they_are_paid_through_the_day_that_the_tab_says_and_payments_join() -> None:
    until = {**PAID, "through": "2025-12-31"}
    assert told(date(2025, 12, 31), until)[0]
    assert not told(date(2026, 1, 1), until)[0]
    again: dict[str, Cell] = {"address": "ann@example.org", "paid": "2026-01-01"}
    assert told(date(2025, 6, 1), again, until) == (True, "dues paid through January 1, 2027")


def test_only_who_is_asked_about_is_found_by_any_of_their_addresses() -> None:
    assert not told(date(2025, 6, 1), PAID, of=(BO,))[0]
    assert told(date(2025, 6, 1), PAID, of=(BO, ANN))[0]
    dues = read(dues=[PAID, {**PAID, "address": "strange@example.org"}]).dues
    assert dues.unmatched([ANN]) == 1
    assert "example" not in repr(dues)
    assert bool(dues)
    assert not read().dues


@pytest.mark.parametrize(
    ("row", "weight", "cell", "reason"),
    [
        ({"address": None}, "set aside", "A2", "the email address is missing"),
        ({"paid": None}, "set aside", "B2", "the day of the payment is missing"),
        ({"paid": "2026-02-11"}, "question", "B2", "this day has not come"),
        ({"through": "2025-02-28"}, "set aside", "C2", "the dues end before they were paid"),
    ],
)
def test_a_row_that_is_no_payment_says_why(
    row: dict[str, Cell], weight: str, cell: str, reason: str
) -> None:
    book = read(dues=[{**PAID, **row}])
    assert not book.dues
    assert asked(book) == [(weight, f"Dues!{cell}", reason)]
