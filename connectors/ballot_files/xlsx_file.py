"""XLSX ballots: a workbook's sheet as rows of text. A formula is not a vote: it is left as text."""

import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from connectors.ballot_files.columns import Columns
from connectors.ballot_files.settings import BallotSettings
from models.errors import FixTheData

Cells = tuple[str, ...]


class XlsxFile:
    """One sheet of a workbook, read row by row."""

    encoding = "utf-8"  # its cells are text already

    def __init__(self, path: Path, settings: BallotSettings) -> None:
        self._path, self._settings = path, settings
        first = next((row for _, row in self._all(settings.header_row)), [])
        while first and not first[-1]:
            first.pop()
        self.header = first

    def grouped(self, columns: Columns) -> Iterator[tuple[Cells, int]]:
        """Each distinct row and how many rows equal it."""
        yield from Counter(cells for _, cells in self.rows(columns)).items()

    def rows(self, columns: Columns) -> Iterator[tuple[int, Cells]]:
        """Every row with its number. Empty rows below the last filled one are no rows."""
        width = columns.width
        waiting: list[tuple[int, Cells]] = []
        for number, row in self._all(self._settings.header_row + 1):
            cells = tuple(row[index] if index < len(row) else "" for index in columns.indices)
            cells = (*cells, *filter(None, row[width:]))
            if any(row):
                yield from waiting
                waiting.clear()
                yield number, cells
            elif columns.whole:
                waiting.append((number, cells))

    def sample(self, size: int) -> list[list[str]]:
        """The first rows, whole."""
        return [row for _, row in islice(self._all(self._settings.header_row + 1), size)]

    def _all(self, first_row: int) -> Iterator[tuple[int, list[str]]]:
        with self._opened() as workbook:
            names = workbook.sheetnames
            name = self._settings.sheet or names[0]
            if name not in names:
                raise FixTheData(
                    "the workbook has no sheet of the name that contest.toml gives",
                    where=self._path.name,
                    next_step=f"name one of its {len(names)} sheets in [ballots] sheet",
                )
            sheet = workbook[name]
            sheet.reset_dimensions()  # some writers say A1 and mean more
            for number, row in enumerate(sheet.iter_rows(min_row=first_row, values_only=True)):
                yield first_row + number, [_text(cell) for cell in row]

    @contextmanager
    def _opened(self) -> Iterator:  # type: ignore[type-arg]  # openpyxl ships no types
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about styles and validations, which we never use
                workbook = load_workbook(self._path, read_only=True, data_only=False)
        except (BadZipFile, InvalidFileException, KeyError, ValueError) as exc:
            raise FixTheData(
                "the file is no workbook that can be read",
                where=self._path.name,
                rule="BA-4",
                next_step="save it again as .xlsx, or as CSV UTF-8",
            ) from exc
        try:
            yield workbook
        finally:
            workbook.close()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
