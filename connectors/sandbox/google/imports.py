"""IMPORTRANGE: a tab that shows a range of another workbook, without a new version of its own.

As with Google, a change of the other workbook changes the cells shown here, and neither Drive's
version nor modifiedTime of this one. A formula in A1 is followed, and fills its tab.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from connectors.sandbox.google.call import GoogleError
from connectors.sandbox.google.cells import Cell, Shown, formatted, unformatted
from connectors.sandbox.google.ranges import parse
from connectors.sandbox.google.workbook import Tab, Workbook

IMPORT = re.compile(
    r'=\s*IMPORTRANGE\(\s*"(?:[^"]*/d/)?(?P<book>[^"/]+)[^"]*"\s*[,;]\s*"(?P<range>[^"]+)"\s*\)',
    re.IGNORECASE,
)


def follow(workbooks: Mapping[str, Workbook]) -> None:
    """Let every imported range show what its workbook says now."""
    for workbook in workbooks.values():
        for tab in workbook.tabs:
            if found := IMPORT.fullmatch(_formula(tab)):
                rows = _said(workbooks.get(found["book"]), found["range"])
                first = rows[0][0]
                shown = Shown(unformatted(first), formatted(first, workbook.locale), found.string)
                tab.rows[:] = [[shown, *rows[0][1:]], *rows[1:]]


def _formula(tab: Tab) -> str:
    first = tab.rows[0][0] if tab.rows and tab.rows[0] else None
    return first.formula if isinstance(first, Shown) else ""


def _said(workbook: Workbook | None, text: str) -> list[list[Cell]]:
    """The cells of a range as plain values; one error where there is none."""
    try:
        if workbook is None:
            return [["#REF!"]]
        box = parse(workbook, text).inside()
    except GoogleError:
        return [["#REF!"]]
    rows = [row[box.left : box.right] for row in box.tab.rows[box.top : box.bottom]]
    plain = [[_plain(cell) for cell in row] for row in rows]
    return plain if plain and plain[0] else [[""]]


def _plain(cell: Cell) -> Cell:
    return replace(cell, formula="") if isinstance(cell, Shown) else cell
