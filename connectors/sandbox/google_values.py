"""Sheets v4, `spreadsheets.values`: reading and writing cells.

Reading raw values costs no work a cell, so a million rows are served in a second or two.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import zip_longest
from typing import Any

from connectors.sandbox.google_call import Call, GoogleError, chosen
from connectors.sandbox.google_cells import (
    LONGEST,
    RENDER,
    Cell,
    raw,
    user_entered,
    with_date_text,
)
from connectors.sandbox.google_ranges import Box, column_name, parse
from connectors.sandbox.google_state import GoogleState, Tab, Workbook
from connectors.sandbox.google_tables import make_room, table_end

DIMENSIONS = ("ROWS", "COLUMNS")
DATES = ("SERIAL_NUMBER", "FORMATTED_STRING")
INPUTS = ("RAW", "USER_ENTERED")


def get(state: GoogleState, call: Call) -> dict[str, Any]:
    """`values.get`."""
    workbook = state.workbook(call)
    return _read(workbook, call.ids["range"], call)


def batch_get(state: GoogleState, call: Call) -> dict[str, Any]:
    """`values.batchGet`."""
    workbook = state.workbook(call)
    found = [_read(workbook, text, call) for text in call.many("ranges")]
    return {"spreadsheetId": workbook.id, "valueRanges": found}


def update(state: GoogleState, call: Call) -> dict[str, Any]:
    """`values.update`."""
    workbook = state.workbook(call, write=True)
    box = _target(workbook, call.ids["range"])
    rows = _given(call.body)
    cells = _entered(rows, call.one("valueInputOption"), workbook)
    _must_fit(box, cells, call.ids["range"])
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
    cleared = _clear(parse(workbook, call.ids["range"]).inside())
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
    cleared = [_clear(box) for box in boxes]
    state.wrote(workbook)
    return {"spreadsheetId": workbook.id, "clearedRanges": cleared}


def trimmed(rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Without the empty cells at the ends of rows and the empty rows at the end; None is blank."""
    tidy = [
        row if row and row[-1] not in ("", None) and None not in row else _tidy(row) for row in rows
    ]
    while tidy and not tidy[-1]:
        tidy.pop()
    return tidy


def _tidy(row: Sequence[Any]) -> list[Any]:
    cells = ["" if cell is None else cell for cell in row]
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _read(workbook: Workbook, text: str, call: Call) -> dict[str, Any]:
    box = parse(workbook, text).inside()
    dimension = call.choice("majorDimension", DIMENSIONS, "ROWS")
    render = call.choice("valueRenderOption", RENDER, "FORMATTED_VALUE")
    dates = call.choice("dateTimeRenderOption", DATES, "SERIAL_NUMBER")
    rows = trimmed(_window(box))
    if dimension == "COLUMNS":
        rows = trimmed(zip_longest(*rows, fillvalue=""))
    show = _renderer(render, dates, workbook.locale)
    values = [[show(cell) for cell in row] for row in rows] if show else rows
    return {"range": str(box), "majorDimension": dimension} | ({"values": values} if values else {})


def _renderer(render: str, dates: str, locale: str) -> Callable[[Cell], Any] | None:
    """How to show a cell; None if the JSON writer can do it without our help."""
    if render == "UNFORMATTED_VALUE":
        return partial(_swapped, with_date_text, locale) if dates == "FORMATTED_STRING" else None
    return partial(_swapped, RENDER[render], locale)


def _swapped(show: Callable[[Cell, str], Any], locale: str, cell: Cell) -> Any:
    return show(cell, locale)


def _window(box: Box) -> Sequence[Sequence[Any]]:
    rows = box.tab.rows[box.top : box.bottom]
    if box.left == 0 and box.right == box.tab.column_count:
        return rows
    return [row[box.left : box.right] for row in rows]


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
    return {"updatedData": _read(workbook, answer["updatedRange"], asked)}
