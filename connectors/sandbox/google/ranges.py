"""A1 notation: `'Sign-ins'!A2:D`, `Events`, `A:C`, `2:5`."""

import re
from dataclasses import dataclass

from connectors.sandbox.google.call import GoogleError
from connectors.sandbox.google.workbook import Tab, Workbook

CORNER = r"\$?([A-Za-z]{0,3})\$?([0-9]*)"
CELLS = re.compile(f"{CORNER}(?::{CORNER})?")
QUOTED = re.compile(r"'(?:[^']|'')*'")
PLAIN_TITLE = re.compile(r"[A-Za-z_]\w*", re.ASCII)


@dataclass(frozen=True)
class Box:
    """A block of cells: 0-based, the ends excluded; None = to the grid's edge.

    `anchor`: a single cell was named, which for writing is only the place to start.
    """

    tab: Tab
    top: int = 0
    left: int = 0
    bottom: int | None = None
    right: int | None = None
    anchor: bool = False

    def inside(self) -> "Box":
        """The part inside the grid.

        Raises:
            GoogleError: the block starts outside it.
        """
        rows, columns = self.tab.row_count, self.tab.column_count
        if self.top >= rows or self.left >= columns:
            raise GoogleError(
                400,
                f"Range ({self}) exceeds grid limits. Max rows: {rows}, max columns: {columns}",
            )
        bottom = rows if self.bottom is None else min(self.bottom, rows)
        right = columns if self.right is None else min(self.right, columns)
        return Box(self.tab, self.top, self.left, bottom, right, self.anchor)

    def __str__(self) -> str:
        first = f"{column_name(self.left)}{self.top + 1}"
        if self.bottom == self.top + 1 and self.right == self.left + 1:
            return f"{quoted(self.tab.title)}!{first}"
        last_column = "" if self.right is None else column_name(self.right - 1)
        return f"{quoted(self.tab.title)}!{first}:{last_column}{self.bottom or ''}"


def parse(workbook: Workbook, text: str) -> Box:
    """Find the block that the text names in this workbook.

    Raises:
        GoogleError: no such tab, or no such notation.
    """
    title, mark, cells = text.rpartition("!")
    if QUOTED.fullmatch(text) or not (mark or _looks_like_cells(text)):
        return Box(_tab(workbook, text, text))
    if not mark:
        return _cells(workbook.tabs[0], text, text)
    return _cells(_tab(workbook, title, text), cells, text)


def quoted(title: str) -> str:
    """The tab's title as a range needs it: quotes only if it could be misread."""
    if PLAIN_TITLE.fullmatch(title) and not _looks_like_cells(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def column_name(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    name, rest = "", index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(65 + letter) + name
    return name


def column_index(name: str) -> int:
    """A → 0, AA → 26."""
    index = 0
    for letter in name.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def _looks_like_cells(text: str) -> bool:
    found = CELLS.fullmatch(text)
    return bool(found and (":" in text or (found[1] and found[2])))


def _tab(workbook: Workbook, title: str, text: str) -> Tab:
    if QUOTED.fullmatch(title):
        title = title[1:-1].replace("''", "'")
    for tab in workbook.tabs:
        if tab.title == title and tab.has_cells:
            return tab
    raise GoogleError(400, f"Unable to parse range: {text}")


def _cells(tab: Tab, cells: str, text: str) -> Box:
    found = CELLS.fullmatch(cells)
    if not found or not _looks_like_cells(cells):
        raise GoogleError(400, f"Unable to parse range: {text}")
    column1, row1, column2, row2 = found.groups()
    if column2 is None:
        row, column = int(row1) - 1, column_index(column1)
        return Box(tab, row, column, row + 1, column + 1, anchor=True)
    top, bottom = _span([int(row) for row in (row1, row2) if row], bool(row1))
    left, right = _span([column_index(c) + 1 for c in (column1, column2) if c], bool(column1))
    return Box(tab, top, left, bottom, right)


def _span(ends: list[int], starts: bool) -> tuple[int, int | None]:
    """First and past-the-last index of one or two 1-based ends, in whichever order."""
    if not ends:
        return 0, None
    if len(ends) == 1:
        return (ends[0] - 1, None) if starts else (0, ends[0])
    return min(ends) - 1, max(ends)
