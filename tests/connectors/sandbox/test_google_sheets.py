"""gspread's ordinary changes to workbooks and tabs, and Drive's view of the files."""

from datetime import UTC, datetime
from typing import Any

import gspread
import pytest
from gspread.exceptions import APIError, SpreadsheetNotFound, WorksheetNotFound

from connectors.sandbox.server import Sandbox
from tests.connectors.sandbox.google_clients import gspread_client


def titles(sheet: gspread.Worksheet) -> list[str]:
    return [tab.title for tab in sheet.spreadsheet.worksheets()]


def message(caught: pytest.ExceptionInfo[APIError]) -> str:
    assert caught.value.code == 400
    return str(caught.value.error["message"])


def test_tabs_come_and_go(sheet: gspread.Worksheet) -> None:
    book = sheet.spreadsheet
    added = book.add_worksheet("Review", 5, 3)
    assert (added.title, added.index, added.row_count, added.col_count) == ("Review", 1, 5, 3)
    assert added.id not in (None, sheet.id)
    book.add_worksheet("First", 5, 3, index=0)
    assert titles(sheet) == ["First", "Sheet1", "Review"]
    sheet.update([["x"]], "A1")
    copied = sheet.duplicate(insert_sheet_index=1, new_sheet_name="Copy")
    assert copied.get_all_values() == [["x"]]
    book.del_worksheet(added)
    assert titles(sheet) == ["First", "Copy", "Sheet1"]
    with pytest.raises(WorksheetNotFound):
        book.worksheet("Review")
    book.reorder_worksheets(book.worksheets()[::-1])
    assert titles(sheet) == ["Sheet1", "Copy", "First"]
    book.worksheet("First").update_index(0)
    assert titles(sheet) == ["First", "Sheet1", "Copy"]


def test_refused_changes_to_tabs(sheet: gspread.Worksheet) -> None:
    book = sheet.spreadsheet
    with pytest.raises(APIError) as caught:
        book.add_worksheet("Sheet1", 5, 3)
    assert message(caught) == (
        'Invalid requests[0].addSheet: A sheet with the name "Sheet1" already exists. Please enter'
        " another name."
    )
    with pytest.raises(APIError) as caught:
        book.del_worksheet(sheet)
    assert message(caught).endswith("You can't remove all the sheets in a document.")
    with pytest.raises(APIError) as caught:
        sheet.hide()
    assert message(caught).endswith("You can't hide all the sheets in a document.")
    with pytest.raises(APIError) as caught:
        book.del_worksheet_by_id(77)
    assert message(caught).endswith("No grid with id: 77")


def test_a_batch_with_one_bad_change_changes_nothing(sheet: gspread.Worksheet) -> None:
    changes = [{"addSheet": {"properties": {"title": "New"}}}, {"deleteSheet": {"sheetId": 77}}]
    with pytest.raises(APIError, match=r"Invalid requests\[1\]\.deleteSheet"):
        sheet.spreadsheet.batch_update({"requests": changes})
    assert titles(sheet) == ["Sheet1"]


def test_resizing_cuts_off_what_lies_outside(sheet: gspread.Worksheet) -> None:
    sheet.update([["a", "b"], ["c", "d"]], "A1")
    sheet.resize(1, 1)
    sheet.resize(3, 3)
    assert sheet.get_all_values() == [["a"]]
    sheet.add_rows(2)
    sheet.add_cols(1)
    fresh = sheet.spreadsheet.sheet1
    assert (fresh.row_count, fresh.col_count) == (5, 4)


def test_zeros_are_left_out(sheet: gspread.Worksheet) -> None:
    def grid() -> dict[str, Any]:
        found: dict[str, Any] = sheet.spreadsheet.fetch_sheet_metadata()["sheets"][0]["properties"]
        return dict(found["gridProperties"])

    sheet.freeze(2, 1)
    assert grid() == {
        "rowCount": 20,
        "columnCount": 10,
        "frozenRowCount": 2,
        "frozenColumnCount": 1,
    }
    sheet.freeze(0, 0)
    assert grid() == {"rowCount": 20, "columnCount": 10}
    with pytest.raises(APIError, match="freeze all visible rows"):
        sheet.freeze(20)


def test_hiding_and_colour(sheet: gspread.Worksheet) -> None:
    other = sheet.spreadsheet.add_worksheet("Other", 2, 2)
    other.hide()
    assert sheet.spreadsheet.worksheet("Other").isSheetHidden
    assert [tab.title for tab in sheet.spreadsheet.worksheets(exclude_hidden=True)] == ["Sheet1"]
    other.show()
    assert not sheet.spreadsheet.worksheet("Other").isSheetHidden
    sheet.update_tab_color("#ff0000")
    assert sheet.spreadsheet.sheet1.get_tab_color() == "#FF0000"


def test_rows_and_columns_in_between(sheet: gspread.Worksheet) -> None:
    sheet.update([["a", "b"], ["c", "d"]], "A1")
    sheet.insert_row(["new"], 2)
    sheet.insert_cols([["left"]], 1)
    assert sheet.get_all_values() == [["left", "a", "b"], ["", "new", ""], ["", "c", "d"]]
    sheet.delete_rows(2)
    sheet.delete_columns(1)
    assert sheet.get_all_values() == [["a", "b"], ["c", "d"]]
    with pytest.raises(APIError, match="inheritFromBefore"):
        sheet.spreadsheet.batch_update(
            {"requests": [{"insertDimension": {"inheritFromBefore": True, "range": {
                "sheetId": sheet.id, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}}]}
        )  # fmt: skip
    with pytest.raises(APIError, match="delete all the rows"):
        sheet.delete_rows(1, 20)


def test_sorting(sheet: gspread.Worksheet) -> None:
    sheet.update([["b", 2], ["", 9], ["a", 10], ["B", 1]], "A1")
    sheet.sort((2, "asc"), range="A1:B4")
    assert sheet.col_values(2) == ["1", "2", "9", "10"]
    sheet.sort((1, "des"), (2, "asc"), range="A1:B4")
    assert sheet.get_all_values() == [["B", "1"], ["b", "2"], ["a", "10"], ["", "9"]]


def test_the_workbook_itself(sheet: gspread.Worksheet) -> None:
    book = sheet.spreadsheet
    assert (book.title, book.timezone, book.locale) == ("Chapter book", "America/New_York", "en_US")
    book.update_title("Renamed")
    book.update_timezone("Europe/Paris")
    book.update_locale("fr_FR")
    properties = book.fetch_sheet_metadata()["properties"]
    assert properties["title"] == "Renamed"
    assert (properties["timeZone"], properties["locale"]) == ("Europe/Paris", "fr_FR")
    only = book.fetch_sheet_metadata({"fields": "properties.timeZone,sheets.properties.title"})
    assert only == {
        "properties": {"timeZone": "Europe/Paris"},
        "sheets": [{"properties": {"title": "Sheet1"}}],
    }


def test_what_the_sandbox_does_not_do_it_says(sheet: gspread.Worksheet) -> None:
    with pytest.raises(APIError) as caught:
        sheet.merge_cells("A1:B2")
    assert caught.value.code == 501


def test_every_write_raises_the_version(sandbox: Sandbox, sheet: gspread.Worksheet) -> None:
    def version() -> int:
        url = "https://www.googleapis.com/drive/v3/files/book"
        answer = sheet.client.request("get", url, params={"fields": "version,modifiedTime"}).json()
        assert isinstance(answer["version"], str)
        return int(answer["version"])

    writes = [
        lambda: sheet.update([["a"]], "A1"),
        lambda: sheet.append_row(["b"]),
        lambda: sheet.batch_update([{"range": "A1", "values": [["c"]]}]),
        lambda: sheet.batch_clear(["A1"]),
        sheet.clear,
        lambda: sheet.resize(30),
    ]
    for write in writes:
        before = version()
        write()  # type: ignore[no-untyped-call]  # gspread's mixture
        assert version() == before + 1
    before = version()
    sheet.get_all_values()
    sheet.spreadsheet.fetch_sheet_metadata()
    assert version() == before
    with sandbox.google.edit("book", "Sheet1") as rows:
        rows.append(["by hand"])
    assert version() == before + 1
    assert sheet.get_all_values() == [["by hand"]]


def test_modified_time_is_the_sandbox_clock() -> None:
    with Sandbox(now=lambda: datetime(2024, 10, 2, 15, 1, 23, 45000, UTC)) as sandbox:
        gc = gspread_client(sandbox)
        book = gc.create("Made at that time")
        assert book.get_lastUpdateTime() == "2024-10-02T15:01:23.045Z"
        gc.http_client.session.close()


def test_files(sandbox: Sandbox, gc: gspread.Client) -> None:
    sandbox.google.add_workbook("b1", "One", {"T": [["x"]]})
    sandbox.google.add_workbook("b2", "Two", {"T": []})
    sandbox.google.add_form("f", "One")
    assert [file["id"] for file in gc.list_spreadsheet_files()] == ["b1", "b2"]
    assert gc.open("Two").id == "b2"
    assert [book.id for book in gc.openall("One")] == ["b1"]
    with pytest.raises(SpreadsheetNotFound):
        gc.open("Three")
    made = gc.create("Made")
    assert (made.title, made.timezone, made.sheet1.title) == ("Made", "Etc/GMT", "Sheet1")
    assert gc.copy("b1", "Copied").sheet1.get_all_values() == [["x"]]
    gc.del_spreadsheet(made.id)
    with pytest.raises(SpreadsheetNotFound):
        gc.open_by_key(made.id)


def test_a_workbook_made_by_the_sheets_api(gc: gspread.Client) -> None:
    url = "https://sheets.googleapis.com/v4/spreadsheets"
    body = {
        "properties": {"title": "Made", "timeZone": "America/New_York"},
        "sheets": [{"properties": {"title": "Votes", "gridProperties": {"rowCount": 7}}}],
    }
    made = gc.http_client.request("post", url, json=body).json()
    book = gc.open_by_key(made["spreadsheetId"])
    assert (book.timezone, book.sheet1.title, book.sheet1.row_count) == (
        "America/New_York",
        "Votes",
        7,
    )


def test_files_in_pages(sandbox: Sandbox, gc: gspread.Client) -> None:
    for number in range(5):
        sandbox.google.add_workbook(f"b{number}", f"Book {number}", {"T": []})
    url, names, token = "https://www.googleapis.com/drive/v3/files", [], ""
    while True:
        query = f"?pageSize=2&q=name contains 'book'&pageToken={token}"
        page = gc.http_client.request("get", url + query).json()
        names += [file["name"] for file in page["files"]]
        if not (token := page.get("nextPageToken", "")):
            break
    assert names == [f"Book {number}" for number in range(5)]
