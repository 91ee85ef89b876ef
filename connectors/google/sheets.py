"""A workbook's tabs as tables: one request for its shape and formulas, one for all values.

Values come raw with serial dates, so neither the locale nor gspread's number guessing can turn
'02139' into 2139. When a workbook is not read at all, models.unchanged says.
"""

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import NamedTuple
from urllib.parse import quote

from connectors.google.answers import Batch, Changed, Cleared, File, Shape, Written, is_on
from connectors.google.client import GoogleClient
from connectors.google.payloads import LongerTab, NewTab, ReviewRows
from connectors.http import Patience
from connectors.settings import Workbook
from models.errors import FixTheSettings
from models.folding import unmarked
from models.layouts import table_of
from models.outgoing import Payload
from models.privacy import quiet
from models.tables import Cell, Columns, Table

DRIVE_FILE = "https://www.googleapis.com/drive/v3/files/"
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
DAY_FIRST_ELSEWHERE = "en_US"
"""Of Google's locales this one writes the month first; typed dates elsewhere begin with the day."""


class Contents(NamedTuple):
    """What was read of a workbook."""

    tables: list[Table]
    alone: bool
    """No formula in it, on any tab, may bring data from elsewhere."""


class Workbooks:
    """The Sheets and Drive calls the nightly job makes."""

    def __init__(self, client: GoogleClient, patience: Patience) -> None:
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
        """
        shape = self._again(self._shape, workbook.id, f"{SHAPE},{FORMULAS}")
        alone, zone = shape.stands_alone(), shape.zone().key
        wanted = self._wanted(workbook, shape)
        grids = self.values(workbook.id, list(wanted))
        tables, faults = [], []
        for tab, kind in wanted.items():
            grid, grids = grids[0], grids[1:]
            title = quiet(tab)  # it becomes the name of every place in the tab
            try:
                tables.append(
                    table_of(
                        title,
                        grid,
                        columns(kind),
                        zone,
                        day_first=shape.properties.locale != DAY_FIRST_ELSEWHERE,
                        tab_event=title if kind == "event_sign_ins" else "",
                    )
                )
            except FixTheSettings as exc:
                faults.append(exc)
        if faults:
            raise _together(faults)
        return Contents(tables, alone)

    def shape(self, workbook_id: str) -> Shape:
        """The workbook's zone, locale and tab titles."""
        return self._again(self._shape, workbook_id)

    def values(self, workbook_id: str, tabs: list[str], rows: str = "") -> list[list[list[Cell]]]:
        """The cells of these tabs, in this order.

        Args:
            rows: which of them, as `1:2`; "" is all.
        """
        if not tabs:
            return []  # Google leaves out an empty list: its answer would look like anybody's
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

    def replace_review(self, workbook: Workbook, rows: Sequence[Sequence[str]]) -> None:
        """Write the review tab anew, as plain text: RAW, so that no cell becomes a formula.

        The tab is made when missing and lengthened when short: Sheets refuses what lies outside.
        """
        sent = ReviewRows(rows=tuple(map(tuple, rows)))
        # Each try looks first: an answer that got lost may have made the tab.
        self._again(self._make_room, workbook, len(rows))

        def is_it(answer: Cleared | Written) -> bool:
            return answer.id == workbook.id and is_on(answer.range, workbook.review)

        sheets, tab = self._client, quoted(workbook.review)
        self._again(sheets.sheets, Cleared, sheets.values_clear, workbook.id, tab, fits=is_it)
        self._again(
            sheets.sheets,
            Written,
            sheets.values_update,
            workbook.id,
            f"{tab}!A1",
            params={"valueInputOption": "RAW"},
            body=sent,
            fits=lambda answer: is_it(answer) and answer.rows == len(rows),
        )

    def _shape(self, workbook_id: str, fields: str = SHAPE) -> Shape:
        return self._client.sheets(
            Shape,
            self._client.fetch_sheet_metadata,
            workbook_id,
            {"fields": fields},
            fits=lambda shape: shape.id == workbook_id,
        )

    def _make_room(self, workbook: Workbook, rows: int) -> None:
        """Let the review tab be there, and long enough."""
        held = {tab.title: tab for tab in self._shape(workbook.id).tabs}
        tab, room = held.get(workbook.review), max(rows, 1000)
        if tab is None:
            change: Payload = NewTab(title=workbook.review, rows=room)
        elif tab.grid.row_count < rows:
            change = LongerTab(sheet=tab.id, rows=room)
        else:
            return
        self._client.sheets(
            Changed,
            self._client.batch_update,
            workbook.id,
            change,
            fits=lambda answer: answer.id == workbook.id and len(answer.replies) == 1,
        )

    def _wanted(self, workbook: Workbook, shape: Shape) -> dict[str, str]:
        """Tab title as it stands in the workbook → kind, in the workbook's own order."""
        titles = [tab.title for tab in shape.tabs]
        by_name: dict[str, list[str]] = {}
        for title in titles:
            by_name.setdefault(unmarked(title), []).append(title)
        wanted, faults = {}, []
        for title, kind in workbook.tabs().items():
            found = [title] if title in titles else by_name.get(unmarked(title), [])
            if len(found) == 1:
                wanted[found[0]] = kind
                continue
            if found:
                faults.append(f"{len(found)} tabs are called “{title}” but for marks: copy one's")
                continue
            near = get_close_matches(unmarked(title), list(by_name), n=1, cutoff=0.4)
            hint = f"; the closest is “{quiet(by_name[near[0]][0])}”" if near else ""
            faults.append(f"no tab “{title}”{hint}")
        if faults:
            raise FixTheSettings(
                "; ".join(faults),
                where=f"workbook {workbook.id}",
                next_step="rename the tab, or name it in chapter.toml [[workbooks]]",
            )
        if workbook.event_tabs:
            pattern = workbook.event_tabs.casefold()  # folding would take its star for a mark
            for title in titles:
                if fnmatchcase(unmarked(title), pattern):
                    wanted.setdefault(title, "event_sign_ins")
        return wanted


def quoted(title: str) -> str:
    """A tab title as an A1 range."""
    return "'" + title.replace("'", "''") + "'"


def _together(faults: Sequence[FixTheSettings]) -> FixTheSettings:
    """All faults of a workbook as one error."""
    if len(faults) == 1:
        return faults[0]
    return FixTheSettings(
        "; ".join(f"{fault.where}: {fault.fact}" for fault in faults),
        next_step=faults[0].next_step,
    )
