"""Links to the very cell, row, or form that a line of the review is about; each opens in Google."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote

from flows.nightly.sources import Sources, titled
from models.intake.imported import is_imported
from models.intake.locations import SourceLocation
from models.intake.tables import Table

WORKBOOK, FORM = "workbook ", "form "
NO_HOMES: Mapping[str, str] = MappingProxyType({})
_RANGE = re.compile(r"[A-Z]{1,3}[1-9][0-9]*|([1-9][0-9]*):\1")
_FIRST = re.compile(r"\b(?:[A-Z]{1,3}[1-9][0-9]*|[1-9][0-9]*)\b")


class Links:
    """Where each place of the sources is opened."""

    def __init__(self, sources: Sources | None = None, homes: Mapping[str, str] = NO_HOMES) -> None:
        """Look where the tabs are.

        Args:
            homes: the same as it was kept, in the place of sources.
        """
        self.homes = _homes(sources) if sources else homes
        """The address of each tab and form, by its title."""

    def of(self, place: SourceLocation) -> str:
        """The address of a place; "" where none is known."""
        home = self.homes.get(place.source, "")
        cell = first_cell(place.cell)
        return f"{home}&range={cell}" if cell and "#gid=" in home else home


def _homes(sources: Sources) -> dict[str, str]:
    return {table.source: _home(key, table) for key, table in titled(sources)}


def first_cell(cell: str) -> str:
    """A range that Sheets understands: of several cells the first; "" for a whole tab."""
    if _RANGE.fullmatch(cell):
        return cell
    first = _FIRST.search(cell)
    if first is None:
        return ""
    return first[0] if first[0][0].isalpha() else f"{first[0]}:{first[0]}"


def _home(key: str, table: Table) -> str:
    """The tab, or the form's answers; its workbook where the tab's number is not known."""
    if is_imported(key):
        return ""
    if key.startswith(FORM):
        form = quote(key.removeprefix(FORM), safe="")
        return f"https://docs.google.com/forms/d/{form}/edit#responses"
    workbook = quote(key.removeprefix(WORKBOOK), safe="")
    tab = "" if table.sheet is None else f"#gid={table.sheet}"
    return f"https://docs.google.com/spreadsheets/d/{workbook}/edit{tab}"
