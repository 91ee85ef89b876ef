"""Where `values.append` writes: the table in a range, and room below it."""

from connectors.sandbox.google.ranges import Box
from connectors.sandbox.google.workbook import Tab


def table_end(box: Box) -> Box | None:
    """The table that values are appended to; None if the range holds nothing.

    A range of several cells is searched for its last table: the block of neighbouring filled cells
    that ends lowest, and among these rightmost. A single cell means the table it stands in.
    """
    start = _single(box) if box.anchor else _last_filled(box)
    if start is None:
        return None
    row, column = start
    bottom = row
    left, right = _spread(box.tab, row, column, column + 1)
    while box.anchor and _touches(box.tab, bottom + 1, left, right):
        bottom += 1
        left, right = _spread(box.tab, bottom, left, right)
    top = row
    while top and _touches(box.tab, top - 1, left, right):
        top -= 1
        left, right = _spread(box.tab, top, left, right)
    return Box(box.tab, top, left, bottom + 1, right)


def make_room(tab: Tab, rows: int, columns: int) -> None:
    """Grow the grid to at least that many rows and columns."""
    tab.grid["rowCount"] = max(rows, tab.row_count)
    tab.grid["columnCount"] = max(columns, tab.column_count)


def _filled(tab: Tab, row: int, column: int) -> bool:
    if not 0 <= row < len(tab.rows) or not 0 <= column < len(tab.rows[row]):
        return False
    return tab.rows[row][column] not in ("", None)


def _single(box: Box) -> tuple[int, int] | None:
    return (box.top, box.left) if _filled(box.tab, box.top, box.left) else None


def _last_filled(box: Box) -> tuple[int, int] | None:
    for row in range(min(box.bottom or 0, len(box.tab.rows)) - 1, box.top - 1, -1):
        for column in range(min(box.right or 0, len(box.tab.rows[row])) - 1, box.left - 1, -1):
            if _filled(box.tab, row, column):
                return row, column
    return None


def _spread(tab: Tab, row: int, left: int, right: int) -> tuple[int, int]:
    """Widen a span over the filled cells beside it in this row."""
    while _filled(tab, row, left - 1):
        left -= 1
    while _filled(tab, row, right):
        right += 1
    return left, right


def _touches(tab: Tab, row: int, left: int, right: int) -> bool:
    """Whether this row has a filled cell under or over the span, corners included."""
    return any(_filled(tab, row, column) for column in range(left - 1, right + 1))
