"""IMPORTRANGE in the sandbox: other values, the same version."""

from datetime import date

import pytest

from connectors.sandbox.google.cells import Cell, Shown
from connectors.sandbox.google.state import GoogleState

LOG: list[list[Cell]] = [["Date", "Name"], [date(2026, 3, 1), "Ann"]]


@pytest.fixture
def google() -> GoogleState:
    google = GoogleState()
    google.add_workbook("log", "Log", {"It's here": [list(row) for row in LOG]})
    google.add_workbook("book", "Book", {"Shown": []})
    return google


def shows(google: GoogleState, formula: str) -> list[list[Cell]]:
    with google.edit("book", "Shown") as rows:
        rows[:] = [[Shown("", "", formula)]]
    return google.workbooks["book"].tab("Shown").rows


@pytest.mark.parametrize(
    "book", ["log", "https://docs.google.com/spreadsheets/d/log/edit#gid=0"], ids=["id", "address"]
)
def test_an_imported_range_follows_its_workbook_without_a_version(
    google: GoogleState, book: str
) -> None:
    formula = f"=IMPORTRANGE(\"{book}\"; \"'It''s here'!A:B\")"
    rows = shows(google, formula)
    assert rows == [[Shown("Date", "Date", formula), "Name"], LOG[1]]
    seen = google.workbooks["book"]
    version, modified = seen.version, seen.modified
    with google.edit("log", "It's here") as log:
        log[1][1] = Shown("Ben", "Ben", "=TRIM(C1)")
        log.append([date(2026, 3, 2), "Cy"])
    assert rows[1:] == [[LOG[1][0], Shown("Ben", "Ben")], [date(2026, 3, 2), "Cy"]]
    assert (seen.version, seen.modified) == (version, modified)


@pytest.mark.parametrize("range", ["Nowhere!A:B", "A9999"])
def test_what_is_not_there_shows_an_error(google: GoogleState, range: str) -> None:  # noqa: A002 - Google's word
    formula = f'=IMPORTRANGE("log", "{range}")'
    assert shows(google, formula) == [[Shown("#REF!", "#REF!", formula)]]


def test_a_workbook_that_is_not_there_shows_an_error(google: GoogleState) -> None:
    formula = '=IMPORTRANGE("gone", "A:B")'
    assert shows(google, formula) == [[Shown("#REF!", "#REF!", formula)]]
