"""Protected tabs and ranges: who is no editor of one changes nothing there.

Source of the words: node-google-spreadsheet, pull request 20; Google's protected-ranges guide.
"""

from collections.abc import Mapping
from typing import Any

from connectors.sandbox.google.call import GoogleError
from connectors.sandbox.google.workbook import Tab, Workbook

PROTECTED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to"
    " remove protection if you need to edit."
)
TITLES_AND_PLACES = ("updateSpreadsheetProperties", "addSheet", "duplicateSheet")
"""Changes that touch no protected cell."""
Area = Mapping[str, int]


def must_be_free(workbook: Workbook, kind: str, wanted: dict[str, Any], mail: str) -> None:
    """Refuse a change of a batch that touches what `mail` may not change."""
    if kind in TITLES_AND_PLACES:
        return
    area = wanted.get("range") or wanted.get("properties") or wanted
    sheet = area.get("sheetId", 0)
    is_range = kind in ("updateCells", "sortRange")
    for tab in workbook.tabs:
        if tab.sheet_id == sheet:
            must_be_open(tab, mail, area if is_range else {})


def must_be_open(tab: Tab, mail: str, area: Area) -> None:
    """Refuse to let `mail` write into an area, {} for all of the tab."""
    for each in tab.protected:
        editors = each.get("editors", {}).get("users", ())
        if not each.get("warningOnly") and mail not in editors and _meet(each["range"], area):
            raise GoogleError(400, PROTECTED)


def _meet(one: Area, other: Area) -> bool:
    """Whether two of Google's half-open, maybe unbounded ranges have a cell in common."""
    return all(
        one.get(f"start{side}Index", 0) < other.get(f"end{side}Index", 10**9)
        and other.get(f"start{side}Index", 0) < one.get(f"end{side}Index", 10**9)
        for side in ("Row", "Column")
    )
