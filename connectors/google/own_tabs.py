"""The tabs that the program writes: looked at before, and written whole or not at all."""

from itertools import count
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from connectors.google import payloads
from connectors.google.answers import Changed, OurFile, Shape
from connectors.google.hosts import DRIVE_FILE
from connectors.google.tabs import NotThere, find
from connectors.net.retries import RetryPolicy
from connectors.settings import OwnTab
from models.errors import FixTheSettings
from models.privacy import redact_addresses

if TYPE_CHECKING:
    from connectors.google.client import GoogleClient

Content = payloads.Rows | payloads.RollRows
RIGHTS = {"fields": "id,capabilities(canEdit)", "supportsAllDrives": "true"}
ABOUT = (
    "spreadsheetId,properties(timeZone),sheets(properties(sheetId,title,sheetType,gridProperties),"
    "protectedRanges(warningOnly,requestingUserCanEdit))"
)
ROWS = 1000
"""Of a tab that we make, or lengthen, at least."""


class Room(NamedTuple):
    """A tab of ours as it is now."""

    sheet: int
    """Its number; one that is free, where it is still to be made."""
    rows: int
    """0: it is still to be made."""
    columns: int


class OwnTabs:
    """The tabs of the chapter's workbooks that are ours: review, status and roll."""

    def __init__(self, client: "GoogleClient", patience: RetryPolicy) -> None:
        self._client, self._again = client, patience

    def look(self, tab: OwnTab) -> Room:
        """Look whether it can be written, and how much room it has; nothing is changed.

        Raises:
            FixTheSettings: our account may not write into the workbook or the tab, or there can be
                no such tab.
        """
        file: OurFile = self._again(
            self._client.get,
            OurFile,
            DRIVE_FILE + quote(tab.workbook, safe=""),
            RIGHTS,
            lambda file: file.id == tab.workbook,
        )
        room = self._again(self._room, tab)
        if not file.rights.may_edit:
            raise FixTheSettings(
                f"the service account can read this spreadsheet but cannot write its {tab.kind} "
                "tab",
                where=f"workbook {tab.workbook}",
                next_step="share it with the service account's address (`clerk doctor` prints it) "
                "as Editor; if it is one, the file is locked: unlock it in Drive under “File "
                "information”",
            )
        return room

    def replace(self, tab: OwnTab, content: Content, *, if_there: bool = False) -> None:
        """Replace its content with plain text; make it if missing, and larger if too small.

        One change does it all, so that a refusal leaves what stood there.

        Args:
            if_there: where there is no such tab, make none.

        Raises:
            FixTheSettings: as `look`.
        """
        # Each try looks first: an answer that got lost may have made the tab.
        self._again(self._write, tab, content, if_there)

    def _write(self, tab: OwnTab, content: Content, if_there: bool) -> None:
        room = self._room(tab)
        if if_there and not room.rows:
            return
        change = payloads.WholeTab(
            sheet=room.sheet, room=_more_room(tab.title, room, *content.size), content=content
        )
        steps = len(change.model_dump()["requests"])
        self._client.sheets(
            Changed,
            self._client.batch_update,
            tab.workbook,
            change,
            fits=lambda answer: answer.id == tab.workbook and len(answer.replies) == steps,
        )

    def _room(self, own: OwnTab) -> Room:
        shape = self._client.sheets(
            Shape,
            self._client.fetch_sheet_metadata,
            own.workbook,
            {"fields": ABOUT},
            fits=lambda shape: shape.id == own.workbook,
        )
        where, another = f"workbook {own.workbook}, {own.kind}", NAME_IT.format(own.kind)
        try:
            tab = find(own.title, shape.tabs)
        except NotThere as two:
            raise FixTheSettings(str(two), where=where, next_step=another) from None
        if tab is None:
            taken = {each.id for each in shape.tabs}
            return Room(next(n for n in count(1) if n not in taken), 0, 0)
        title = redact_addresses(tab.title)
        if not tab.has_cells:
            raise FixTheSettings(
                f"“{title}” has no cells: it is a chart or a database on its own tab",
                where=where,
                next_step=another,
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
    "set another tab as {} in chapter.toml [[workbooks]]; the program makes it if it is missing"
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
