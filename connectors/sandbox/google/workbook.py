"""A spreadsheet file and its tabs, as the sandbox holds them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from connectors.sandbox.google.cells import Cell, Shown

SHEET = "application/vnd.google-apps.spreadsheet"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SERVICE_ACCOUNT = "clerk@sandbox-chapter.iam.gserviceaccount.com"
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass
class Tab:
    """One sheet: its rows, ragged as typed, and Google's SheetProperties beyond title and id.

    Args:
        protected: Google's ProtectedRange objects; who is no editor of one writes nothing there.
    """

    title: str
    rows: list[list[Cell]] = field(default_factory=list)
    sheet_id: int | None = None
    properties: dict[str, Any] = field(default_factory=dict)
    protected: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.has_cells:
            return
        self.grid.setdefault("rowCount", max(1000, len(self.rows)))
        self.grid.setdefault("columnCount", max(26, *map(len, self.rows[:1000]), 0))

    @property
    def has_cells(self) -> bool:
        """Whether it is a grid; a chart moved to a tab of its own is an OBJECT without one."""
        return bool(self.properties.get("sheetType", "GRID") == "GRID")

    def protect(self, *editors: str, warning_only: bool = False, **area: int) -> None:
        """Protect all of it, or an area as in `endRowIndex=1`, from everybody but these."""
        about = {"warningOnly": True} if warning_only else {"editors": {"users": [*editors]}}
        number = len(self.protected) + 1
        area = {"sheetId": self.sheet_id or 0, **area}
        self.protected.append({"protectedRangeId": number, "range": area, **about})

    @property
    def grid(self) -> dict[str, Any]:
        """Google's gridProperties."""
        grid: dict[str, Any] = self.properties.setdefault("gridProperties", {})
        return grid

    @property
    def row_count(self) -> int:
        """Rows of the grid, filled or not; rows put in by hand lengthen it."""
        return max(int(self.grid["rowCount"]), len(self.rows))

    @property
    def column_count(self) -> int:
        """Columns of the grid, filled or not."""
        return int(self.grid["columnCount"])

    def dump(self) -> dict[str, Any]:
        """The tab as JSON; dates and shown cells as small objects."""
        rows = [[_dump_cell(cell) for cell in row] for row in self.rows]
        return vars(self) | {"rows": rows}

    @classmethod
    def load(cls, seed: dict[str, Any]) -> "Tab":
        """A tab from what `dump` made; only the title is needed."""
        tab = cls(**seed)
        for row in tab.rows:
            for column, cell in enumerate(row):
                if isinstance(cell, dict):
                    row[column] = _load_cell(cell)
        return tab


@dataclass
class Workbook:
    """A spreadsheet file. `version` and `modified` are Drive's, and grow with every write.

    Args:
        shared_with: accounts that may write; `viewers` may read.
        time_zone: the zone of its dates.
        mime_type: `EXCEL` for a file of Excel's that Sheets shows: Drive knows it, Sheets' API
            refuses it.
        grants: Drive's other permissions, as `{"type": "anyone", "role": "reader"}`.
        published: whether it was published to the web, which is a matter of its revisions.
        editors_share: whether “Editors can change permissions and share” is on.
    """

    id: str
    title: str
    tabs: list[Tab]
    time_zone: str = "America/New_York"
    locale: str = "en_US"
    shared_with: set[str] = field(default_factory=lambda: {SERVICE_ACCOUNT})
    viewers: set[str] = field(default_factory=set)
    grants: list[dict[str, Any]] = field(default_factory=list)
    editors_share: bool = True
    published: bool = False
    version: int = 1
    created: datetime = LONG_AGO
    modified: datetime = LONG_AGO
    mime_type: str = SHEET

    def __post_init__(self) -> None:
        for tab in self.tabs:
            if tab.sheet_id is None:
                tab.sheet_id = self.free_sheet_id()

    def tab(self, title: str) -> Tab:
        """The tab of that title; KeyError if there is none."""
        for tab in self.tabs:
            if tab.title == title:
                return tab
        raise KeyError(title)

    def free_sheet_id(self) -> int:
        """0 for the first tab, then larger numbers, never one that is taken."""
        taken = [tab.sheet_id for tab in self.tabs if tab.sheet_id is not None]
        return max(taken) + 611_953 if taken else 0

    def dump(self) -> dict[str, Any]:
        """The whole workbook as JSON."""
        return vars(self) | {
            "tabs": [tab.dump() for tab in self.tabs],
            "shared_with": sorted(self.shared_with),
            "viewers": sorted(self.viewers),
            "created": self.created.isoformat(),
            "modified": self.modified.isoformat(),
        }

    @classmethod
    def load(cls, seed: dict[str, Any]) -> "Workbook":
        """A workbook from what `dump` made; missing parts are as in a new one."""
        plain = dict(seed)
        for moment in {"created", "modified"} & plain.keys():
            plain[moment] = datetime.fromisoformat(plain[moment])
        for group in {"shared_with", "viewers"} & plain.keys():
            plain[group] = set(plain[group])
        plain["tabs"] = [Tab.load(tab) for tab in plain["tabs"]]
        return cls(**plain)


def _dump_cell(cell: Cell) -> Any:
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, Shown):
        return {"value": cell.value, "text": cell.text, "formula": cell.formula}
    return cell


def _load_cell(seed: dict[str, Any]) -> Cell:
    if "date" not in seed:
        return Shown(**seed)
    text = seed["date"]
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
