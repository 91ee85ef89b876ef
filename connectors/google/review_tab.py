"""The one tab that the program writes: looked at before, and written whole or not at all."""

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple
from urllib.parse import quote

from connectors.google import payloads
from connectors.google.answers import Changed, OurFile, Shape
from connectors.google.client import DRIVE_FILE, GoogleClient
from connectors.google.tabs import NotThere, find
from connectors.net.http import RetryPolicy
from connectors.settings import Workbook
from models.errors import FixTheSettings
from models.privacy import redact_addresses

RIGHTS = {"fields": "id,capabilities(canEdit)", "supportsAllDrives": "true"}
ABOUT = (
    "spreadsheetId,properties(timeZone),sheets(properties(sheetId,title,sheetType,gridProperties),"
    "protectedRanges(warningOnly,requestingUserCanEdit))"
)
ROWS = 1000
"""Of a tab that we make, or lengthen, at least."""


class Room(NamedTuple):
    """The review tab as it is now."""

    sheet: int
    """Its number; one that is free, where it is still to be made."""
    rows: int
    """0: it is still to be made."""
    columns: int


class ReviewTab:
    """The review tab of a workbook."""

    def __init__(self, client: GoogleClient, patience: RetryPolicy) -> None:
        self._client, self._again = client, patience

    def look(self, workbook: Workbook) -> Room:
        """Look whether it can be written, and how much room it has; nothing is changed.

        Raises:
            FixTheSettings: our account may not write into the workbook or the tab, or there can be
                no such tab.
        """
        file: OurFile = self._again(
            self._client.get,
            OurFile,
            DRIVE_FILE + quote(workbook.id, safe=""),
            RIGHTS,
            lambda file: file.id == workbook.id,
        )
        room = self._again(self._room, workbook)
        if not file.rights.may_edit:
            raise FixTheSettings(
                "the service account can read this spreadsheet but cannot write its review tab",
                where=f"workbook {workbook.id}",
                next_step="share it with the service account's address (`clerk doctor` prints it) "
                "as Editor; if it is one, the file is locked: unlock it in Drive under “File "
                "information”",
            )
        return room

    def replace(self, workbook: Workbook, rows: Sequence[Sequence[str]]) -> None:
        """Replace its content with plain text; make it if missing, and larger if too small.

        One change does it all, so that a refusal leaves what stood there.

        Raises:
            FixTheSettings: as `look`.
        """
        content = payloads.ReviewRows(rows=tuple(map(tuple, rows)))
        # Each try looks first: an answer that got lost may have made the tab.
        self._again(self._write, workbook, content)

    def _write(self, workbook: Workbook, content: payloads.ReviewRows) -> None:
        room, width = self._room(workbook), max(map(len, content.rows))
        change = payloads.ReviewTab(
            sheet=room.sheet,
            room=_more_room(workbook.review, room, len(content.rows), width),
            content=content,
        )
        steps = len(change.model_dump()["requests"])
        self._client.sheets(
            Changed,
            self._client.batch_update,
            workbook.id,
            change,
            fits=lambda answer: answer.id == workbook.id and len(answer.replies) == steps,
        )

    def _room(self, workbook: Workbook) -> Room:
        shape = self._client.sheets(
            Shape,
            self._client.fetch_sheet_metadata,
            workbook.id,
            {"fields": ABOUT},
            fits=lambda shape: shape.id == workbook.id,
        )
        where = f"workbook {workbook.id}, review"
        try:
            tab = find(workbook.review, shape.tabs)
        except NotThere as two:
            raise FixTheSettings(str(two), where=where, next_step=NAME_IT) from None
        if tab is None:
            taken = {each.id for each in shape.tabs}
            return Room(next(n for n in count(1) if n not in taken), 0, 0)
        title = redact_addresses(tab.title)
        if not tab.has_cells:
            raise FixTheSettings(
                f"“{title}” has no cells: it is a chart or a database on its own tab",
                where=where,
                next_step=NAME_IT,
            )
        (sheet,) = (each for each in shape.sheets if each.properties is tab)
        if any(each.keeps_us_out for each in sheet.protections):
            raise FixTheSettings(
                f"“{title}” is protected, and the service account cannot edit it",
                where=where,
                next_step="in Google Sheets under Data, Protect sheets and ranges, remove the "
                "protection, or add the service account's address (`clerk doctor` prints it)",
            )
        return Room(tab.id, tab.grid.row_count, tab.grid.column_count)


NAME_IT = (
    "set another tab as review in chapter.toml [[workbooks]]; the program makes it if it is missing"
)


def _more_room(
    title: str, room: Room, rows: int, columns: int
) -> payloads.NewTab | payloads.LargerTab | None:
    if not room.rows:
        return payloads.NewTab(sheet=room.sheet, title=title, rows=max(rows, ROWS))
    if room.rows >= rows and room.columns >= columns:
        return None
    longer = room.rows if room.rows >= rows else max(rows, ROWS)
    return payloads.LargerTab(sheet=room.sheet, rows=longer, columns=max(room.columns, columns))
