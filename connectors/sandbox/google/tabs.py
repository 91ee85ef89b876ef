"""A tab as Google's SheetProperties, and back."""

import copy
from typing import Any

from connectors.sandbox.google.workbook import Tab


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
    if not tab.has_cells:
        return {"sheetId": tab.sheet_id, "title": tab.title, "index": index, **tab.properties}
    grid = tab.grid | {"rowCount": tab.row_count, "columnCount": tab.column_count}
    return {
        "sheetId": tab.sheet_id,
        "title": tab.title,
        "index": index,
        "sheetType": "GRID",
        **{name: value for name, value in tab.properties.items() if value},
        "gridProperties": {name: value for name, value in grid.items() if value},
    }


def sheet_resource(tab: Tab, index: int, mail: str) -> dict[str, Any]:
    """Google's Sheet, as the account `mail` sees it; who edits a protected range, editors see."""
    ranges = []
    for each in tab.protected:
        editors = each.get("editors", {}).get("users", ())
        may = each.get("warningOnly") or mail in editors
        seen = each if may else {name: each[name] for name in each if name != "editors"}
        ranges.append({**seen, **({"requestingUserCanEdit": True} if may else {})})
    said: dict[str, Any] = {"properties": tab_resource(tab, index)}
    return said | ({"protectedRanges": ranges} if ranges else {})
