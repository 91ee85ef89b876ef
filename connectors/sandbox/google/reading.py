"""Sheets v4, `spreadsheets.values`: reading cells.

Reading raw values costs no work a cell, so a million rows are served in a second or two.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import zip_longest
from typing import Any

from connectors.sandbox.google.call import Call
from connectors.sandbox.google.cells import RENDER, Cell, with_date_text
from connectors.sandbox.google.ranges import Box, parse
from connectors.sandbox.google.state import GoogleState
from connectors.sandbox.google.workbook import Workbook

DIMENSIONS = ("ROWS", "COLUMNS")
DATES = ("SERIAL_NUMBER", "FORMATTED_STRING")


def get(state: GoogleState, call: Call) -> dict[str, Any]:
    """`values.get`."""
    workbook = state.workbook(call)
    return read(workbook, call.ids["range"], call)


def batch_get(state: GoogleState, call: Call) -> dict[str, Any]:
    """`values.batchGet`."""
    workbook = state.workbook(call)
    found = [read(workbook, text, call) for text in call.many("ranges")]
    return {"spreadsheetId": workbook.id} | ({"valueRanges": found} if found else {})


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


def read(workbook: Workbook, text: str, call: Call) -> dict[str, Any]:
    """The ValueRange of one range, rendered as the call's query says."""
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
