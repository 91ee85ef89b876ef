"""A workbook's tabs as tables: one request for its shape and formulas, one for all its values.

A tab of very many cells is read in parts, one after the other, and what was read of it is put into
few texts. If the spreadsheet changed meanwhile, nothing of it counts: a row may have moved from one
part to the next.

Values come raw with serial dates, so neither the locale nor gspread's number guessing can turn
'02139' into 2139. When a workbook is not read at all, models.intake.unchanged says.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from connectors.google.answers import Batch, File, Shape, Tab
from connectors.google.beside import note_unread
from connectors.google.hosts import DRIVE_FILE
from connectors.google.tabs import NotThere, find_cells
from connectors.net.retries import RetryPolicy
from connectors.settings import Workbook
from models.errors import FixTheSettings, TryAgainLater
from models.intake.layouts import table_of
from models.intake.tables import Cell, Columns, Table, unread_table
from models.intake.year_columns import YEAR_COLUMNS
from models.privacy import redact_addresses
from models.text.folding import unmarked

if TYPE_CHECKING:
    from connectors.google.client import GoogleClient

RAW_VALUES = {
    "valueRenderOption": "UNFORMATTED_VALUE",
    "dateTimeRenderOption": "SERIAL_NUMBER",
    "majorDimension": "ROWS",
}
SHAPE = "spreadsheetId,properties(timeZone,locale),sheets.properties(sheetId,title,gridProperties)"
FORMULAS = (
    "dataSources.dataSourceId,sheets.properties.sheetType,"
    "sheets.data.rowData.values.userEnteredValue.formulaValue"
)
"""Of every tab, named or not, the formulas and nothing that stands in any other cell (DP-5)."""
LONGEST_URL, LONGEST_ROWS = 1600, 10
"""Letters of the ranges in an address, and of a part of a tab as `!1:2` with its marks. Google's
own client goes no further than 2,048 for a whole address, and the rest takes some 300."""
CELLS = 1_000_000
"""Of one answer: some 30 MB, half of what is taken in (`connectors.net.http.LARGEST`)."""
DAY_FIRST_ELSEWHERE = "en_US"
"""Of Google's locales this one writes the month first; typed dates elsewhere begin with the day."""


class Contents(NamedTuple):
    """What was read of a workbook."""

    tables: list[Table]
    alone: bool
    """No formula in it, on any tab, may bring data from elsewhere."""


class Workbooks:
    """The Sheets and Drive calls the nightly job makes."""

    def __init__(self, client: "GoogleClient", patience: RetryPolicy) -> None:
        self._client, self._again = client, patience

    def version(self, workbook_id: str) -> str:
        """Drive's version of the file: it grows with every change."""
        file: File = self._again(
            self._client.get,
            File,
            DRIVE_FILE + quote(workbook_id, safe=""),
            {"fields": "id,version", "supportsAllDrives": "true"},
            lambda file: file.id == workbook_id,
        )
        return file.version

    def read(self, workbook: Workbook, columns: Callable[[str], Columns]) -> Contents:
        """Every tab that `chapter.toml` names, cut down to the fields of its kind.

        Raises:
            FixTheSettings: missing tabs or headers, all of them at once.
            TryAgainLater: it was changed while a long tab of it was read.
        """
        shape = self._again(self._shape, workbook.id, f"{SHAPE},{FORMULAS}")
        wanted, faults, left_out = self._wanted(workbook, shape)
        zone = shape.properties.zone
        try:
            shape.zone()
        except FixTheSettings as exc:
            zone = "UTC"  # for the headers, which may be wrong too
            faults.append(exc)
        numbers = {tab.title: tab.id for tab in shape.tabs}
        tables = []
        titled = {tab.title: tab for tab in shape.tabs}
        for tab, grid in self._grids(workbook.id, [titled[title] for title in wanted]):
            kind = wanted[tab]
            title = redact_addresses(tab)  # it becomes the name of every place in the tab
            try:
                table = table_of(
                    title,
                    grid,
                    columns(kind),
                    zone,
                    day_first=shape.properties.locale != DAY_FIRST_ELSEWHERE,
                    tab_event=title if kind == "event_sign_ins" else "",
                )
                tables.append(replace(table, sheet=numbers[tab]))
            except FixTheSettings as exc:
                if kind in YEAR_COLUMNS:
                    tables.append(unread_table(title, kind, zone, exc))
                else:
                    faults.append(exc)
        tables += [unread_table(title, kind, zone, exc) for title, kind, exc in left_out]
        if faults:
            raise _together(faults)
        ours = set(map(unmarked, workbook.own_tabs().values()))
        unread = [
            tab.title
            for tab in shape.tabs
            if tab.has_cells and tab.title not in wanted and unmarked(tab.title) not in ours
        ]
        tables = note_unread(tables, unread, "sign_ins")
        return Contents(tables, shape.stands_alone())

    def shape(self, workbook_id: str) -> Shape:
        """The workbook's zone, locale and tab titles."""
        return self._again(self._shape, workbook_id)

    def values(self, workbook_id: str, tabs: list[str], rows: str = "") -> list[list[list[Cell]]]:
        """The cells of these tabs, in this order.

        Args:
            rows: which of them, as `1:2`; "" is all.
        """
        return [
            grid for some in _in_short_urls(tabs) for grid in self._values(workbook_id, some, rows)
        ]

    def _grids(self, workbook_id: str, tabs: list[Tab]) -> Iterator[tuple[str, list[list[Cell]]]]:
        """Each tab with its cells; the long ones are read one by one, when it is their turn."""
        short = [tab.title for tab in tabs if tab.grid.cells <= CELLS]
        before = self.version(workbook_id) if len(short) < len(tabs) else ""
        known = dict(zip(short, self.values(workbook_id, short), strict=True))
        for tab in tabs:
            title = tab.title
            yield title, known.pop(title) if title in known else self._in_parts(workbook_id, tab)
        if before and self.version(workbook_id) != before:
            raise TryAgainLater(
                "it was changed while a long tab of it was read", where=f"workbook {workbook_id}"
            )

    def _in_parts(self, workbook_id: str, tab: Tab) -> list[list[Cell]]:
        """A long tab, so many rows at a time; equal texts of it are one."""
        many = max(1, CELLS // tab.grid.column_count)
        rows: list[list[Cell]] = []
        same: dict[str, str] = {}
        for first in range(0, tab.grid.row_count, many):
            asked = f"{first + 1}:{min(first + many, tab.grid.row_count)}"
            ((*part,),) = self._values(workbook_id, [tab.title], asked)
            if part:
                rows += [[] for _ in range(first - len(rows))]  # blank ones at an end are left out
            rows += [
                [same.setdefault(cell, cell) if isinstance(cell, str) else cell for cell in row]
                for row in part
            ]
        return rows

    def _values(self, workbook_id: str, tabs: list[str], rows: str) -> list[list[list[Cell]]]:
        batch: Batch = self._again(
            self._client.sheets,
            Batch,
            self._client.values_batch_get,
            workbook_id,
            [f"{quoted(title)}!{rows}" if rows else quoted(title) for title in tabs],
            params=dict(RAW_VALUES),  # gspread adds the ranges to it
            fits=lambda batch: batch.is_of(workbook_id, tabs),
        )
        return batch.grids()

    def _shape(self, workbook_id: str, fields: str = SHAPE) -> Shape:
        return self._client.sheets(
            Shape,
            self._client.fetch_sheet_metadata,
            workbook_id,
            {"fields": fields},
            fits=lambda shape: shape.id == workbook_id,
        )

    def _wanted(
        self, workbook: Workbook, shape: Shape
    ) -> tuple[dict[str, str], list[FixTheSettings], list[tuple[str, str, FixTheSettings]]]:
        """Tab title → kind, in the spreadsheet's own order, and which tabs are missing.

        The committee's own tabs stand apart: who may vote is known without them.
        """
        wanted, missing = dict[str, str](), list[str]()
        left_out = list[tuple[str, str, FixTheSettings]]()
        for title, kind in workbook.tabs().items():
            try:
                wanted[find_cells(title, shape.tabs).title] = kind
            except NotThere as exc:
                if kind in YEAR_COLUMNS:
                    fault = FixTheSettings(str(exc), next_step=_RENAME)
                    left_out.append((redact_addresses(title), kind, fault))
                else:
                    missing.append(str(exc))
        faults = []
        if missing:
            fault = FixTheSettings(
                "; ".join(missing),
                where=f"workbook {workbook.id}",
                next_step=_RENAME,
            )
            faults.append(fault)
        if workbook.event_tabs:
            ours = set(map(unmarked, workbook.own_tabs().values()))
            pattern = workbook.event_tabs.casefold()  # folding would take its star for a mark
            for tab in shape.tabs:
                title = unmarked(tab.title)
                if tab.has_cells and title not in ours and fnmatchcase(title, pattern):
                    wanted.setdefault(tab.title, "event_sign_ins")
        return wanted, faults, left_out


_RENAME = (
    "rename the tab, or name it in chapter.toml [[workbooks]], or delete that line if the "
    "spreadsheet has no such tab"
)


def _in_short_urls(tabs: Sequence[str]) -> list[list[str]]:
    """The tabs in as few lots as fit into addresses that no server cuts."""
    lots: list[list[str]] = []
    left = 0
    for tab in tabs:
        long = len(quote(quoted(tab), safe="")) + len("&ranges=") + LONGEST_ROWS
        if long > left or not lots:
            lots.append([])
            left = LONGEST_URL
        lots[-1].append(tab)
        left -= long
    return lots


def quoted(title: str) -> str:
    """A tab title as an A1 range."""
    return "'" + title.replace("'", "''") + "'"


def _together(faults: Sequence[FixTheSettings]) -> FixTheSettings:
    """All faults of a workbook as one error."""
    if len(faults) == 1:
        return faults[0]
    return FixTheSettings(
        "; ".join(f"{fault.where}: {fault.fact}" for fault in faults),
        next_step="; ".join(dict.fromkeys(fault.next_step for fault in faults)),
    )
