"""gspread's ordinary reading and writing, as Google answers it."""

from datetime import date, datetime
from typing import Any

import gspread
import pytest
from gspread.exceptions import APIError, GSpreadException
from gspread.utils import (
    DateTimeOption,
    Dimension,
    InsertDataOption,
    ValueInputOption,
    ValueRenderOption,
)
from gspread.worksheet import ValueRange

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.server import Sandbox

RAGGED = [["A1", "B1", "", "D1"], ["", "b2", "", ""], ["", "", "", ""], ["A4", "B4", "", "D4"]]
TYPED = ValueInputOption.user_entered


def refusal(caught: pytest.ExceptionInfo[APIError]) -> tuple[int, str]:
    return caught.value.code, caught.value.error["message"]


def test_reading_leaves_out_empty_ends(sheet: gspread.Worksheet) -> None:
    assert sheet.get("A1:D4") == [[]]
    sheet.update(RAGGED, "A1")
    assert sheet.get("A1:D4") == [["A1", "B1", "", "D1"], ["", "b2"], [], ["A4", "B4", "", "D4"]]
    assert sheet.get_all_values() == RAGGED
    assert sheet.row_values(2) == ["", "b2"]
    assert sheet.col_values(1) == ["A1", "", "", "A4"]
    assert sheet.col_values(3) == []
    assert sheet.get("B1:B4", major_dimension=Dimension.cols) == [["B1", "b2", "", "B4"]]


def test_batch_get_names_its_ranges(sheet: gspread.Worksheet) -> None:
    sheet.update(RAGGED, "A1")
    first, second, third = sheet.batch_get(["A1:B1", "B4:D4", "A:A"])
    assert (first, second) == ([["A1", "B1"]], [["B4", "", "D4"]])
    assert (first.range, second.range, third.range) == (
        "Sheet1!A1:B1",
        "Sheet1!B4:D4",
        "Sheet1!A1:A20",
    )


def test_whole_tabs_and_open_ranges(sandbox: Sandbox, gc: gspread.Client) -> None:
    rows: list[list[Cell]] = [["Name", "Age"], ["x", 1], ["y", 2]]
    sandbox.google.add_workbook("b", "B", {"Events": [["e"]], "Sign-ins": rows})
    book = gc.open_by_key("b")
    answer = book.values_batch_get(["'Sign-ins'", "Sign-ins!A2:B", "Sign-ins!2:2", "Events!A2:C"])
    assert answer["spreadsheetId"] == "b"
    assert [one["range"] for one in answer["valueRanges"]] == [
        "'Sign-ins'!A1:Z1000", "'Sign-ins'!A2:B1000", "'Sign-ins'!A2:Z2", "Events!A2:C1000",
    ]  # fmt: skip
    assert [one.get("values") for one in answer["valueRanges"]] == [
        [["Name", "Age"], ["x", "1"], ["y", "2"]], [["x", "1"], ["y", "2"]], [["x", "1"]], None,
    ]  # fmt: skip


def test_who_asks_for_no_range_is_told_of_none(sandbox: Sandbox, gc: gspread.Client) -> None:
    """Google leaves out what is empty."""
    sandbox.google.add_workbook("b", "B", {"Events": [["e"]]})
    assert gc.open_by_key("b").values_batch_get([]) == {"spreadsheetId": "b"}


def test_how_values_are_rendered(sandbox: Sandbox, gc: gspread.Client) -> None:
    evening = datetime(2022, 3, 4, 0, 6, 44)  # noqa: DTZ001 - a sheet's dates have no zone
    row: list[Cell] = ["x", 1.5, True, evening, date(2020, 1, 1)]
    sandbox.google.add_workbook("b", "B", {"T": [list(row)]})
    tab = gc.open_by_key("b").sheet1
    tab.update([["=4/2"]], "F1", value_input_option=TYPED)
    shown = ["x", "1.5", "TRUE", "3/4/2022 0:06:44", "1/1/2020", "2"]
    raw: list[Any] = ["x", 1.5, True, 44624.00467592593, 43831, 2]
    assert tab.get("A1:F1") == [shown]
    assert tab.get("A1:F1", value_render_option=ValueRenderOption.unformatted) == [raw]
    assert tab.get("A1:F1", value_render_option=ValueRenderOption.formula) == [[*raw[:5], "=4/2"]]
    dates_as_text = tab.get(
        "A1:F1",
        value_render_option=ValueRenderOption.unformatted,
        date_time_render_option=DateTimeOption.formatted_string,
    )
    assert dates_as_text == [["x", 1.5, True, "3/4/2022 0:06:44", "1/1/2020", 2]]


def test_gspread_numericises_what_it_should_not(sheet: gspread.Worksheet) -> None:
    sheet.update([["zip", "word", "n"], ["02139", "1e5", "nan"]], "A1")
    (record,) = sheet.get_all_records()
    assert (record["zip"], record["word"]) == (2139, 100000.0)
    assert sheet.get("A2:C2") == [["02139", "1e5", "nan"]]


def test_records_with_two_equal_headers_are_refused(sheet: gspread.Worksheet) -> None:
    sheet.update([["A", "A"], [1, 2]], "A1")
    with pytest.raises(GSpreadException):
        sheet.get_all_records()


def test_raw_stores_and_user_entered_parses(sheet: gspread.Worksheet) -> None:
    typed = [["0042", "=1+1", "TRUE", "2020-01-01"]]
    sheet.update(typed, "A1", value_input_option=ValueInputOption.raw)
    sheet.update(typed, "A2", value_input_option=TYPED)
    sheet.update([[7, 7.0, 7.5, False]], "A3")
    values = sheet.get("A1:D3", value_render_option=ValueRenderOption.unformatted)
    assert values == [typed[0], [42, 2, True, 43831], [7, 7, 7.5, False]]


def test_null_keeps_a_cell_and_the_empty_text_clears_it(sheet: gspread.Worksheet) -> None:
    sheet.update([["a", "b", "c"]], "A1")
    sheet.update([[None, "", "z"]], "A1")
    assert sheet.get("A1:C1") == [["a", "", "z"]]


def test_single_cells_find_and_range(sheet: gspread.Worksheet) -> None:
    sheet.update_acell("B2", "needle")
    sheet.update_cell(3, 2, "needle")
    assert sheet.acell("B2").value == "needle"
    assert sheet.cell(1, 1).value is None
    found = sheet.find("needle")
    assert found is not None
    assert found.address == "B2"
    assert [cell.address for cell in sheet.findall("needle")] == ["B2", "B3"]
    cells = sheet.range("A1:B3")
    assert [cell.value for cell in cells] == ["", "", "", "needle", "", "needle"]
    cells[0].value = "new"
    sheet.update_cells(cells)
    assert sheet.acell("A1").value == "new"


def test_what_an_update_says(sheet: gspread.Worksheet) -> None:
    assert sheet.update([["a", "b"], ["c"]], "B2") == {
        "spreadsheetId": "book",
        "updatedRange": "Sheet1!B2:C3",
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 3,
    }
    echoed = sheet.update(
        [["=1+1"]], "A1", value_input_option=TYPED, include_values_in_response=True
    )
    assert echoed["updatedData"] == {
        "range": "Sheet1!A1", "majorDimension": "ROWS", "values": [["2"]],
    }  # fmt: skip


def test_batch_update(sheet: gspread.Worksheet) -> None:
    answer = sheet.batch_update(
        [{"range": "A1:D1", "values": [["A1", "", "", "D1"]]}, {"range": "A4", "values": [["A4"]]}]
    )
    assert sheet.get("A1:D4") == [["A1", "", "", "D1"], [], [], ["A4"]]
    totals = {name: n for name, n in answer.items() if name.startswith("total")}
    assert totals == {
        "totalUpdatedRows": 2,
        "totalUpdatedColumns": 4,
        "totalUpdatedCells": 5,
        "totalUpdatedSheets": 1,
    }


def test_a_batch_with_one_bad_range_writes_nothing(sheet: gspread.Worksheet) -> None:
    with pytest.raises(APIError):
        sheet.batch_update(
            [{"range": "A1", "values": [["x"]]}, {"range": "A99", "values": [["y"]]}]
        )
    assert sheet.get_all_values() == [[]]


def test_clearing(sheet: gspread.Worksheet) -> None:
    sheet.update([["a", "b"], ["c", "d"]], "A1")
    assert sheet.batch_clear(["A1:A2", "B2"])["clearedRanges"] == ["Sheet1!A1:A2", "Sheet1!B2"]
    assert sheet.get_all_values() == [["", "b"]]
    assert sheet.clear()["clearedRange"] == "Sheet1!A1:J20"
    assert sheet.get_all_values() == [[]]
    with pytest.raises(APIError) as caught:
        sheet.batch_clear(["A1", "A21:B"])
    assert refusal(caught)[1].startswith(
        "Invalid range[1]: Range (Sheet1!A21:B) exceeds grid limits"
    )


@pytest.mark.parametrize(
    ("values", "place", "message"),
    [
        ([["x"]], "A21", "Range (Sheet1!A21) exceeds grid limits. Max rows: 20, max columns: 10"),
        ([["x"]], "K1", "Range (Sheet1!K1) exceeds grid limits. Max rows: 20, max columns: 10"),
        (
            [["x"], ["y"]],
            "A20",
            "Requested writing within range ['Sheet1'!A20], but tried writing to row [21]",
        ),
        (
            [["x", "y"]],
            "A1:A2",
            "Requested writing within range ['Sheet1'!A1:A2], but tried writing to column [B]",
        ),
        ([[{"a": 1}]], "A1", "Invalid values[0][0]: struct_value {}"),
        ([[["a"]]], "A1", "Invalid values[0][0]: list_value {}"),
        (
            [["x" * 50_001]],
            "A1",
            "Your input contains more than the maximum of 50000 characters in a single cell.",
        ),
    ],
)
def test_refused_updates(
    sheet: gspread.Worksheet, values: list[list[Any]], place: str, message: str
) -> None:
    with pytest.raises(APIError) as caught:
        sheet.update(values, place)
    assert refusal(caught) == (400, message)


def test_refused_questions(sheet: gspread.Worksheet) -> None:
    book = sheet.spreadsheet
    with pytest.raises(APIError) as caught:
        book.values_get("Nowhere!A1")
    assert refusal(caught) == (400, "Unable to parse range: Nowhere!A1")
    with pytest.raises(APIError) as caught:
        book.values_get("Sheet1", {"valueRenderOption": "PRETTY"})
    assert refusal(caught)[0] == 400
    with pytest.raises(APIError) as caught:
        book.values_update("Sheet1!A1", {}, {"values": [["x"]]})
    assert refusal(caught) == (400, "'valueInputOption' is required but not specified")


def test_appending_finds_the_last_table(sheet: gspread.Worksheet) -> None:
    assert "tableRange" not in sheet.append_row(["one", "", "three"])
    assert sheet.append_row(["one", "", "three"])["tableRange"] == "Sheet1!C1"
    assert sheet.row_values(2) == ["", "", "one", "", "three"]


def test_appending_to_the_table_at_a_cell(sheet: gspread.Worksheet) -> None:
    sheet.append_row(["one", "", "three"])
    answer = sheet.append_row(["one", "", "three"], table_range="A1")
    assert answer["tableRange"] == "Sheet1!A1"
    assert answer["updates"]["updatedRange"] == "Sheet1!A2:C2"
    assert sheet.row_values(2) == ["one", "", "three"]


def test_appending_to_ragged_rows_starts_in_the_first_column(sheet: gspread.Worksheet) -> None:
    sheet.update([["When", "Who", "What"], ["1", "", "x"], ["2", "b", ""]], "A1")
    assert sheet.append_rows([["3", "c", "z"]])["tableRange"] == "Sheet1!A1:C3"
    assert sheet.row_values(4) == ["3", "c", "z"]


def test_appending_grows_the_grid_or_pushes_rows_down(sheet: gspread.Worksheet) -> None:
    sheet.append_rows([[str(n)] for n in range(25)])
    assert sheet.spreadsheet.sheet1.row_count == 25
    sheet.resize(40)
    sheet.update([["below"]], "A30")
    sheet.append_row(["new"], insert_data_option=InsertDataOption.insert_rows, table_range="A1")
    assert sheet.acell("A26").value == "new"
    assert sheet.acell("A31").value == "below"


def test_a_title_that_looks_like_a_cell(sheet: gspread.Worksheet) -> None:
    sheet.update_title("D3")
    sheet.update([["x"]], "A1")
    assert sheet.get_all_values() == [["x"]]
    assert isinstance(found := sheet.get("A1"), ValueRange)
    assert found.range == "'D3'!A1"
