"""The kinds of change in `spreadsheets.batchUpdate` that the sandbox makes."""

import copy
from collections.abc import Callable
from typing import Any

from connectors.sandbox.google.call import GoogleError
from connectors.sandbox.google.cells import Cell, raw, unformatted
from connectors.sandbox.google.fields import Mask, parse
from connectors.sandbox.google.reading import trimmed
from connectors.sandbox.google.tabs import tab_from, tab_resource
from connectors.sandbox.google.workbook import Tab, Workbook

Change = Callable[[Workbook, dict[str, Any]], dict[str, Any]]
# formats, sizes and filters, which no reading of values shows
UNSEEN = (
    "autoResizeDimensions",
    "clearBasicFilter",
    "repeatCell",
    "setBasicFilter",
    "updateDimensionProperties",
)


def add_sheet(workbook: Workbook, wanted: dict[str, Any]) -> dict[str, Any]:
    """A new tab, last unless an index is given."""
    properties = wanted.get("properties", {})
    tab = tab_from(properties, len(workbook.tabs) + 1)
    _free_title(workbook, tab.title)
    index = properties.get("index", len(workbook.tabs))
    _insert(workbook, tab, index)
    return {"addSheet": {"properties": tab_resource(tab, index)}}


def duplicate_sheet(workbook: Workbook, wanted: dict[str, Any]) -> dict[str, Any]:
    """A copy of a tab, first unless an index is given."""
    source = _tab(workbook, wanted.get("sourceSheetId", 0))
    title = wanted.get("newSheetName") or f"Copy of {source.title}"
    _free_title(workbook, title)
    rows = [list(row) for row in source.rows]
    tab = Tab(title, rows, wanted.get("newSheetId"), copy.deepcopy(source.properties))
    index = wanted.get("insertSheetIndex", 0)
    _insert(workbook, tab, index)
    return {"duplicateSheet": {"properties": tab_resource(tab, index)}}


def delete_sheet(workbook: Workbook, wanted: dict[str, Any]) -> dict[str, Any]:
    """A tab goes; the last one stays."""
    tab = _tab(workbook, wanted.get("sheetId", 0))
    if len(workbook.tabs) == 1:
        raise GoogleError(400, "You can't remove all the sheets in a document.")
    workbook.tabs.remove(tab)
    return {}


def update_sheet(workbook: Workbook, wanted: dict[str, Any]) -> dict[str, Any]:
    """Title, place, grid and the like of a tab, as far as the mask says."""
    properties = wanted.get("properties", {})
    tab = _tab(workbook, properties.get("sheetId", 0))
    mask = _mask(wanted, properties)
    if "title" in mask and properties.get("title", "").casefold() != tab.title.casefold():
        _free_title(workbook, properties.get("title", ""))
    if "title" in mask:
        tab.title = properties["title"]
    if "index" in mask:
        # Google counts the place before the tab is taken out
        place = properties.get("index", 0)
        old = workbook.tabs.index(tab)
        workbook.tabs.remove(tab)
        workbook.tabs.insert(place - (place > old), tab)
    visible = [other for other in workbook.tabs if not other.properties.get("hidden")]
    if "hidden" in mask and properties.get("hidden") and visible == [tab]:
        raise GoogleError(400, "You can't hide all the sheets in a document.")
    _merge(tab.properties, properties, mask, skip=("title", "index", "sheetId"))
    _keep_in_grid(tab)
    return {}


def update_spreadsheet(workbook: Workbook, wanted: dict[str, Any]) -> dict[str, Any]:
    """Title, locale and time zone of the workbook."""
    properties = wanted.get("properties", {})
    mask = _mask(wanted, properties)
    for name, attribute in (("title", "title"), ("locale", "locale"), ("timeZone", "time_zone")):
        if name in mask or "*" in mask:
            setattr(workbook, attribute, properties.get(name, ""))
    return {}


def insert_dimension(workbook: Workbook, wanted: dict[str, Any]) -> dict[str, Any]:
    """Empty rows or columns before an index."""
    tab, rows, start, end = _stretch(workbook, wanted.get("range", {}))
    if wanted.get("inheritFromBefore") and start == 0:
        raise GoogleError(400, "inheritFromBefore cannot be true when inserting at the start.")
    count = end - start
    if rows:
        if start < len(tab.rows):
            tab.rows[start:start] = [[] for _ in range(count)]
        tab.grid["rowCount"] += count
    else:
        for row in tab.rows:
            if start < len(row):
                row[start:start] = [""] * count
        tab.grid["columnCount"] += count
    return {}


def append_dimension(workbook: Workbook, wanted: dict[str, Any]) -> dict[str, Any]:
    """Empty rows or columns at the end."""
    tab = _tab(workbook, wanted.get("sheetId", 0))
    count = "rowCount" if wanted.get("dimension") == "ROWS" else "columnCount"
    tab.grid[count] += wanted.get("length", 0)
    return {}


def delete_dimension(workbook: Workbook, wanted: dict[str, Any]) -> dict[str, Any]:
    """Rows or columns go; one at least stays."""
    tab, rows, start, end = _stretch(workbook, wanted.get("range", {}))
    count = "rowCount" if rows else "columnCount"
    left = tab.grid[count] - (min(end, tab.grid[count]) - start)
    if left < 1:
        what = "rows" if rows else "columns"
        raise GoogleError(400, f"You can't delete all the {what} on the sheet.")
    if rows:
        del tab.rows[start:end]
    else:
        for row in tab.rows:
            del row[start:end]
    tab.grid[count] = left
    return {}


def sort_range(workbook: Workbook, wanted: dict[str, Any]) -> dict[str, Any]:
    """Sort rows: numbers before text before booleans, blanks last, as Sheets does."""
    area = wanted.get("range", {})
    tab = _tab(workbook, area.get("sheetId", 0))
    top, bottom = area.get("startRowIndex", 0), area.get("endRowIndex", len(tab.rows))
    left, right = area.get("startColumnIndex", 0), area.get("endColumnIndex", tab.column_count)
    rows = tab.rows[top:bottom]
    for row in rows:
        row += [""] * (right - len(row))
    blocks = [row[left:right] for row in rows]
    for spec in reversed(wanted.get("sortSpecs", [])):
        column = spec.get("dimensionIndex", 0) - left
        descending = spec.get("sortOrder") == "DESCENDING"
        filled = [block for block in blocks if block[column] not in ("", None)]
        blank = [block for block in blocks if block[column] in ("", None)]
        filled.sort(key=lambda block: _rank(block[column]), reverse=descending)
        blocks = filled + blank
    for row, block in zip(rows, blocks, strict=True):
        row[left:right] = block
    return {}


def update_cells(workbook: Workbook, wanted: dict[str, Any]) -> dict[str, Any]:
    """Values into a range, as they are; what the rows do not cover of it is cleared."""
    area = wanted.get("range", {})
    tab = _tab(workbook, area.get("sheetId", 0))
    if wanted.get("fields") != "userEnteredValue" or area.keys() - {"sheetId"}:
        raise GoogleError(501, "Of updateCells the sandbox knows the values of a whole tab.")
    rows = [[_entered(cell) for cell in row.get("values", [])] for row in wanted.get("rows", [])]
    if len(rows) > tab.row_count or any(len(row) > tab.column_count for row in rows):
        raise GoogleError(400, f"Attempting to write outside the grid of sheet: {tab.title}")
    tab.rows[:] = [list(row) for row in trimmed(rows)]
    return {}


def _entered(cell: dict[str, Any]) -> Cell:
    """A CellData's userEnteredValue; a text is a text, whatever it begins with."""
    value = next(iter(cell.get("userEnteredValue", {}).items()), None)
    if value is None:
        return ""
    if value[0] not in ("stringValue", "numberValue", "boolValue"):
        raise GoogleError(501, f"The sandbox writes no {value[0]} into a cell.")
    return raw(value[1])


CHANGES: dict[str, Change] = {
    "addSheet": add_sheet,
    "duplicateSheet": duplicate_sheet,
    "deleteSheet": delete_sheet,
    "updateSheetProperties": update_sheet,
    "updateSpreadsheetProperties": update_spreadsheet,
    "insertDimension": insert_dimension,
    "appendDimension": append_dimension,
    "deleteDimension": delete_dimension,
    "sortRange": sort_range,
    "updateCells": update_cells,
}


def _tab(workbook: Workbook, sheet_id: int) -> Tab:
    for tab in workbook.tabs:
        if tab.sheet_id == sheet_id:
            return tab
    raise GoogleError(400, f"No grid with id: {sheet_id}")


def _free_title(workbook: Workbook, title: str) -> None:
    if any(tab.title.casefold() == title.casefold() for tab in workbook.tabs):
        raise GoogleError(
            400, f'A sheet with the name "{title}" already exists. Please enter another name.'
        )


def _insert(workbook: Workbook, tab: Tab, index: int) -> None:
    if tab.sheet_id is None:
        tab.sheet_id = workbook.free_sheet_id()
    elif any(other.sheet_id == tab.sheet_id for other in workbook.tabs):
        raise GoogleError(400, f"A sheet with the id {tab.sheet_id} already exists.")
    workbook.tabs.insert(index, tab)


def _mask(wanted: dict[str, Any], properties: dict[str, Any]) -> Mask:
    if not wanted.get("fields"):
        raise GoogleError(
            400, "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    mask = parse(wanted["fields"])
    return {name: {} for name in properties} if "*" in mask else mask


def _merge(
    into: dict[str, Any], wanted: dict[str, Any], mask: Mask, skip: tuple[str, ...] = ()
) -> None:
    for name, below in mask.items():
        if name in skip:
            continue
        if below:
            _merge(into.setdefault(name, {}), wanted.get(name, {}), below)
        elif name == "gridProperties":
            into[name] = into.get(name, {}) | wanted.get(name, {})
        else:
            into[name] = wanted.get(name)


def _keep_in_grid(tab: Tab) -> None:
    """A smaller grid cuts off what lies outside; a frozen part leaves something to scroll."""
    if (tab.grid.get("frozenRowCount") or 0) >= tab.grid["rowCount"]:
        raise GoogleError(400, "You can't freeze all visible rows on the sheet.")
    if (tab.grid.get("frozenColumnCount") or 0) >= tab.grid["columnCount"]:
        raise GoogleError(400, "You can't freeze all visible columns on the sheet.")
    del tab.rows[tab.grid["rowCount"] :]
    for row in tab.rows:
        del row[tab.grid["columnCount"] :]


def _stretch(workbook: Workbook, area: dict[str, Any]) -> tuple[Tab, bool, int, int]:
    """Tab, whether rows are meant, first and past-the-last index."""
    tab = _tab(workbook, area.get("sheetId", 0))
    rows = area.get("dimension") == "ROWS"
    size = tab.row_count if rows else tab.column_count
    start, end = area.get("startIndex", 0), area.get("endIndex", size)
    if start > size or end <= start:
        what = "rows" if rows else "columns"
        raise GoogleError(400, f"range.startIndex[{start}] is outside the {size} {what}.")
    return tab, rows, start, end


def _rank(cell: Cell) -> tuple[int, Any]:
    value = unformatted(cell)
    if isinstance(value, bool):
        return 2, value
    return (0, value) if isinstance(value, int | float) else (1, str(value).casefold())
