"""A tab as Google's SheetProperties, and back."""

import copy
from typing import Any

from connectors.sandbox.google_workbook import Tab


def tab_from(properties: dict[str, Any], number: int) -> Tab:
    """A new tab from Google's SheetProperties."""
    others = {
        name: copy.deepcopy(value)
        for name, value in properties.items()
        if name not in ("title", "sheetId", "index", "sheetType")
    }
    return Tab(properties.get("title") or f"Sheet{number}", [], properties.get("sheetId"), others)


def tab_resource(tab: Tab, index: int) -> dict[str, Any]:
    """Google's SheetProperties; what is zero or false is left out, as Google does."""
    grid = tab.grid | {"rowCount": tab.row_count, "columnCount": tab.column_count}
    return {
        "sheetId": tab.sheet_id,
        "title": tab.title,
        "index": index,
        "sheetType": "GRID",
        **{name: value for name, value in tab.properties.items() if value},
        "gridProperties": {name: value for name, value in grid.items() if value},
    }
