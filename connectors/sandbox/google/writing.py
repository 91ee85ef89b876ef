"""Sheets v4, `spreadsheets.values`: writing, appending and clearing cells."""

from itertools import zip_longest
from typing import Any

from connectors.sandbox.google.call import Call, GoogleError, chosen
from connectors.sandbox.google.cells import LONGEST, Cell, raw, user_entered
from connectors.sandbox.google.protection import must_be_open
from connectors.sandbox.google.ranges import Box, column_name, parse
from connectors.sandbox.google.reading import read, trimmed
from connectors.sandbox.google.state import GoogleState
from connectors.sandbox.google.tables import make_room, table_end
from connectors.sandbox.google.workbook import Tab, Workbook

INPUTS = ("RAW", "USER_ENTERED")


def update(state: GoogleState, call: Call) -> dict[str, Any]:
    """`values.update`."""
    workbook = state.workbook(call, write=True)
    box = _target(workbook, call.ids["range"])
    rows = _given(call.body)
    cells = _entered(rows, call.one("valueInputOption"), workbook)
    _must_fit(box, cells, call.ids["range"])
    _must_be_open(box, cells, call)
    answer = _put(workbook, box, cells)
    state.wrote(workbook)
    return answer | _echo(workbook, answer, call)


def batch_update(state: GoogleState, call: Call) -> dict[str, Any]:
    """`values.batchUpdate`: all ranges are checked before the first is written."""
    workbook = state.workbook(call, write=True)
    option = call.body.get("valueInputOption", "")
    planned = []
    for entry in call.body.get("data", []):
        box = _target(workbook, entry["range"])
        cells = _entered(_given(entry), option, workbook)
        _must_fit(box, cells, entry["range"])
        _must_be_open(box, cells, call)
        planned.append((box, cells))
    answers = [_put(workbook, box, cells) for box, cells in planned]
    state.wrote(workbook)
    rows = {(id(b.tab), b.top + i) for b, cells in planned for i in range(len(cells))}
    columns = {
        (id(b.tab), b.left + i) for b, cells in planned for row in cells for i in range(len(row))
    }
    return {
        "spreadsheetId": workbook.id,
        "totalUpdatedRows": len(rows),
        "totalUpdatedColumns": len(columns),
        "totalUpdatedCells": sum(answer.get("updatedCells", 0) for answer in answers),
        "totalUpdatedSheets": len({id(box.tab) for box, _ in planned}),
        "responses": answers,
    }


def append(state: GoogleState, call: Call) -> dict[str, Any]:
    """`values.append`: below the table found in the range; the grid grows as needed."""
    workbook = state.workbook(call, write=True)
    insert = call.choice("insertDataOption", ("OVERWRITE", "INSERT_ROWS"), "OVERWRITE")
    cells = _entered(_given(call.body), call.one("valueInputOption"), workbook)
    box = parse(workbook, call.ids["range"]).inside()
    table = table_end(box)
    start = Box(box.tab, table.bottom or 0, table.left) if table else box
    _must_be_open(start, cells, call)
    if insert == "INSERT_ROWS":
        box.tab.rows[start.top : start.top] = [[] for _ in cells]
    width = max((len(row) for row in cells), default=0)
    make_room(box.tab, start.top + len(cells), start.left + width)
    updates = _put(workbook, start, cells)
    state.wrote(workbook)
    answer: dict[str, Any] = {"spreadsheetId": workbook.id}
    if table:
        answer["tableRange"] = str(table)
    return answer | {"updates": updates | _echo(workbook, updates, call)}


def clear(state: GoogleState, call: Call) -> dict[str, Any]:
    """`values.clear`."""
    workbook = state.workbook(call, write=True)
    box = parse(workbook, call.ids["range"]).inside()
    _must_be_open(box, None, call)
    cleared = _clear(box)
    state.wrote(workbook)
    return {"spreadsheetId": workbook.id, "clearedRange": cleared}


def batch_clear(state: GoogleState, call: Call) -> dict[str, Any]:
    """`values.batchClear`: all ranges are checked before the first is cleared."""
    workbook = state.workbook(call, write=True)
    boxes = []
    for number, text in enumerate(call.body.get("ranges", [])):
        try:
            boxes.append(parse(workbook, text).inside())
        except GoogleError as exc:
            raise GoogleError(400, f"Invalid range[{number}]: {exc.message}") from None
    for box in boxes:
        _must_be_open(box, None, call)
    cleared = [_clear(box) for box in boxes]
    state.wrote(workbook)
    return {"spreadsheetId": workbook.id, "clearedRanges": cleared}


def _given(value_range: dict[str, Any]) -> list[list[Any]]:
    """The rows of a ValueRange, each value checked to be a scalar."""
    rows = value_range.get("values", [])
    for r, row in enumerate(rows):
        if not isinstance(row, list):
            raise GoogleError(400, f"Invalid value at 'data.values' (ListValue), row {r}")
        for c, value in enumerate(row):
            if isinstance(value, list | dict):
                kind = "list_value" if isinstance(value, list) else "struct_value"
                raise GoogleError(400, f"Invalid values[{r}][{c}]: {kind} {{}}")
            if isinstance(value, str) and len(value) > LONGEST:
                raise GoogleError(
                    400,
                    "Your input contains more than the maximum of 50000 characters in a single"
                    " cell.",
                )
    if value_range.get("majorDimension", "ROWS") == "COLUMNS":
        return [list(row) for row in zip_longest(*rows)]
    return rows  # type: ignore[no-any-return]  # checked above


def _entered(rows: list[list[Any]], option: str, workbook: Workbook) -> list[list[Cell]]:
    if not option:
        raise GoogleError(400, "'valueInputOption' is required but not specified")
    take = raw if chosen("valueInputOption", option, INPUTS) == "RAW" else None
    if take:
        return [[take(value) for value in row] for row in rows]
    return [[user_entered(value, workbook.locale) for value in row] for row in rows]


def _target(workbook: Workbook, text: str) -> Box:
    box = parse(workbook, text)
    inside = box.inside()
    return inside if not box.anchor else Box(box.tab, box.top, box.left)


def _must_fit(box: Box, cells: list[list[Cell]], text: str) -> None:
    """Writing does not grow the grid, nor does it leave the range that was named."""
    bottom = box.bottom or box.tab.row_count
    right = box.right or box.tab.column_count
    if box.top + len(cells) > bottom:
        raise GoogleError(
            400, f"Requested writing within range [{text}], but tried writing to row [{bottom + 1}]"
        )
    if any(box.left + len(row) > right for row in cells):
        raise GoogleError(
            400,
            f"Requested writing within range [{text}], but tried writing to column"
            f" [{column_name(right)}]",
        )


def _must_be_open(box: Box, cells: list[list[Cell]] | None, call: Call) -> None:
    """Refuse what is protected: the cells written, or all of the box where none are given."""
    bottom, right = box.bottom, box.right
    if cells is not None:
        bottom = box.top + max(len(cells), 1)
        right = box.left + max((len(row) for row in cells), default=1)
    area = {"startRowIndex": box.top, "startColumnIndex": box.left}
    ends = {"endRowIndex": bottom, "endColumnIndex": right}
    must_be_open(
        box.tab, call.mail, area | {name: end for name, end in ends.items() if end is not None}
    )


def _put(workbook: Workbook, box: Box, cells: list[list[Cell]]) -> dict[str, Any]:
    """Write the cells from the box's corner on; None leaves a cell as it is."""
    for number, values in enumerate(cells, start=box.top):
        _put_row(box.tab, number, box.left, values)
    width = max((len(row) for row in cells), default=0)
    written = Box(
        box.tab, box.top, box.left, box.top + max(len(cells), 1), box.left + max(width, 1)
    )
    answer: dict[str, Any] = {"spreadsheetId": workbook.id, "updatedRange": str(written)}
    if width:
        answer["updatedRows"] = len(cells)
        answer["updatedColumns"] = width
        answer["updatedCells"] = sum(len(row) for row in cells)
    return answer


def _put_row(tab: Tab, number: int, left: int, values: list[Cell]) -> None:
    while len(tab.rows) <= number:
        tab.rows.append([])
    row = tab.rows[number]
    row += [""] * (left + len(values) - len(row))
    for column, value in enumerate(values, start=left):
        if value is not None:
            row[column] = value


def _clear(box: Box) -> str:
    for row in box.tab.rows[box.top : box.bottom]:
        for column in range(box.left, min(box.right or 0, len(row))):
            row[column] = ""
    box.tab.rows[:] = [list(row) for row in trimmed(box.tab.rows)]
    return str(box)


def _echo(workbook: Workbook, answer: dict[str, Any], call: Call) -> dict[str, Any]:
    """The values just written, if the call wants them back."""
    if not call.flag("includeValuesInResponse"):
        return {}
    options = {
        "valueRenderOption": call.one("responseValueRenderOption"),
        "dateTimeRenderOption": call.one("responseDateTimeRenderOption"),
    }
    asked = Call(call.mail, call.ids, [(k, v) for k, v in options.items() if v], {})
    return {"updatedData": read(workbook, answer["updatedRange"], asked)}
