"""XLSX ballots: a workbook's sheet as rows of text. A formula is not a vote: it is left as text."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from connectors.ballot_files.columns import Columns
from connectors.ballot_files.rows import IMPORT_ID, Cells, TableFile
from connectors.ballot_files.settings import BallotSettings
from connectors.files.table_limits import MOST_EMPTY, Scan
from models.errors import ClerkError, FixTheData


class XlsxFile(TableFile):
    """One sheet of a workbook, read row by row."""

    def __init__(self, path: Path, settings: BallotSettings) -> None:
        super().__init__(path.name)
        self._path, self._settings = path, settings
        try:
            with ZipFile(path) as packed:
                Scan(path.name, "BA-4").workbook(packed)
        except ClerkError:
            raise
        except Exception:  # noqa: BLE001 - whatever a broken or a locked archive makes zipfile raise
            raise self._broken() from None
        self.sheet, self.others = self._sheets()
        number, first = next(self._filled(settings.header_row), (0, []))
        self.header = first if number == settings.header_row else []
        below = islice(self._filled(settings.header_row + 1), 2)
        self._above = max(
            (n for n, row in below if any(IMPORT_ID in c for c in row)), default=settings.header_row
        )
        self.explained = self._above > settings.header_row
        self._samples: dict[int, list[tuple[int, list[str]]]] = {}

    def rows(self, columns: Columns) -> Iterator[tuple[int, Cells]]:
        """Every row with its number. Empty rows below the last filled one are no rows.

        Raises:
            FixTheData: a lonely cell far below: it would make a blank ballot of each row between.
        """
        width, last = columns.width, self._above
        for number, row in self._filled(last + 1):
            if number - last > MOST_EMPTY:
                raise FixTheData(
                    f"this row comes after {number - last - 1:,} empty rows",
                    where=f"{self._path.name}!{number}:{number}",
                    rule="BA-2",
                    next_step="delete that row, or the empty rows above it",
                )
            if columns.whole:
                yield from ((empty, ("",) * width) for empty in range(last + 1, number))
            if (cells := self.ballot(number, row, columns)) is not None:
                yield number, cells
            last = number

    def sample(self, size: int) -> list[tuple[int, list[str]]]:
        """The first filled rows, whole, with their numbers; a workbook is slow to read twice."""
        if size not in self._samples:
            self._samples[size] = list(islice(self._filled(self._above + 1), size))
        return self._samples[size]

    def _sheets(self) -> tuple[str, dict[str, list[list[str]]]]:
        """The title of the sheet that is read; of the others the first rows from the header on."""
        header, others = self._settings.header_row, {}
        with self._readable() as workbook:
            read: str = self._sheet(workbook).title
            for sheet in () if self._settings.sheet else workbook.worksheets:
                if sheet.title != read:
                    rows = sheet.iter_rows(header, header + _TOP, values_only=True)
                    others[sheet.title] = [texts for texts in map(_texts, rows) if texts]
        return read, others

    def _filled(self, first_row: int) -> Iterator[tuple[int, list[str]]]:
        """The rows that hold anything, with their numbers, as text up to the last filled cell."""
        with self._readable() as workbook:
            rows = self._sheet(workbook).iter_rows(first_row, values_only=True)
            for number, row in enumerate(rows, first_row):
                if cells := _texts(row):
                    yield number, cells

    @contextmanager
    def _readable(self) -> Iterator[Any]:  # openpyxl ships no types
        try:
            with self._path.open("rb") as file:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # about styles and validations, never used
                    workbook = load_workbook(file, read_only=True, data_only=False)
                yield workbook
        except ClerkError:
            raise
        except Exception:  # noqa: BLE001 - openpyxl raises whatever its parser runs into
            raise self._broken() from None

    def _sheet(self, workbook: Any) -> Any:
        names = [sheet.title for sheet in workbook.worksheets]
        shown = [one.title for one in workbook.worksheets if one.sheet_state == "visible"]
        name = self._settings.sheet or next(iter([*shown, *names]), "")
        if not names:
            raise self._broken()
        if name not in names:
            raise FixTheData(
                "the workbook has no sheet with the name in contest.toml",
                where=self._path.name,
                next_step=f"name one of its {len(names)} sheets in [ballots] sheet",
            )
        sheet = workbook[name]
        sheet.reset_dimensions()  # some writers say A1 and mean more
        return sheet

    def _broken(self) -> FixTheData:
        return FixTheData(
            "the file is not a workbook that can be read",
            where=self._path.name,
            rule="BA-4",
            next_step="save it again as .xlsx without a password, or as CSV UTF-8",
        )


_TOP = 8
"""Rows of another sheet that are looked at."""


def _texts(row: Sequence[object]) -> list[str]:
    """The cells as text up to the last filled one; most rows far below hold none at all."""
    if not any(cell is not None for cell in row):
        return []
    cells = [_text(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
