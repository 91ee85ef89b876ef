"""What the stand-in's Google refuses as the true one does: Excel's files, protected cells."""

from typing import Any

import gspread
import pytest
from gspread.exceptions import APIError

from connectors.sandbox.google.workbook import EXCEL, SERVICE_ACCOUNT, Tab
from connectors.sandbox.server import Sandbox
from tests.conftest import Clock


@pytest.fixture
def book(sandbox: Sandbox, gc: gspread.Client) -> gspread.Spreadsheet:
    tabs = {"Names": [["a", "b"], ["c", "d"]]}
    sandbox.google.add_workbook("book", "Book", tabs)  # type: ignore[arg-type]  # cells of any kind
    return gc.open_by_key("book")


def refused(call: Any, *arguments: Any, **options: Any) -> tuple[int, str]:
    with pytest.raises(APIError) as caught:
        call(*arguments, **options)
    return caught.value.code, str(caught.value.error["message"])


def test_a_file_of_excels_is_known_to_drive_alone(
    sandbox: Sandbox, book: gspread.Spreadsheet
) -> None:
    sandbox.google.workbooks["book"].mime_type = EXCEL
    code, said = refused(book.values_get, "A1")
    assert (code, said[:46]) == (400, "This operation is not supported for this docum")
    about = book.client.get_file_drive_metadata("book")  # type: ignore[attr-defined]  # the same client
    assert about["name"] == "Book"


@pytest.mark.parametrize(
    ("cell", "free"), [("A1", False), ("B2", True)], ids=["within", "beside it"]
)
def test_protected_cells_are_written_by_their_editors(
    sandbox: Sandbox, book: gspread.Spreadsheet, cell: str, free: bool
) -> None:
    tab = sandbox.google.workbooks["book"].tab("Names")
    tab.protect("owner@example.org", endRowIndex=1)
    sheet = book.worksheet("Names")
    if free:
        sheet.update([["x"]], cell)
    else:
        assert "edit a protected cell" in refused(sheet.update, [["x"]], cell)[1]
    assert "edit a protected cell" in refused(sheet.clear)[1]
    assert sheet.acell("A1").value == "a"
    tab.protected.clear()
    tab.protect(SERVICE_ACCOUNT)
    sheet.update([["y"]], cell)
    assert sheet.acell(cell).value == "y"


def test_a_tab_of_a_chart_has_no_range(sandbox: Sandbox, book: gspread.Spreadsheet) -> None:
    chart = Tab("Chart", [], 9, {"sheetType": "OBJECT"})
    sandbox.google.workbooks["book"].tabs.append(chart)
    assert refused(book.values_get, "Chart") == (400, "Unable to parse range: Chart")
    (about,) = (s["properties"] for s in book.fetch_sheet_metadata()["sheets"][1:])
    assert about["sheetType"] == "OBJECT"
    assert "gridProperties" not in about


def test_titles_are_unique_without_regard_to_case(book: gspread.Spreadsheet) -> None:
    assert "already exists" in refused(book.add_worksheet, "NAMES", 5, 5)[1]


def test_a_long_address_is_answered_by_a_page(sandbox: Sandbox, book: gspread.Spreadsheet) -> None:
    sandbox.google.longest_url = 2048
    with pytest.raises(Exception, match="414"):
        book.values_batch_get(["'Names'!A1"] * 200)


def test_a_minutes_quota_comes_back_with_the_next_minute(
    sandbox: Sandbox, book: gspread.Spreadsheet
) -> None:
    clock = Clock()
    sandbox.google.now = clock
    sandbox.google.reads_a_minute = 2
    sandbox.google.writes_a_minute = 1
    book.values_get("A1")
    book.values_get("A1")
    code, said = refused(book.values_get, "A1")
    assert (code, "Read requests per minute per user" in said) == (429, True)
    book.values_clear("A1")
    assert refused(book.values_clear, "A1")[0] == 429
    clock.go(minutes=1)
    book.values_get("A1")
    book.values_clear("A1")
