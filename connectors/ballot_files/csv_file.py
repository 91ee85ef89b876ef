"""CSV ballots: the records of a file as rows of text.

What is larger than any ballot file is refused before it is in memory (`limits`).
"""

import csv
from collections import Counter
from collections.abc import Iterator
from functools import partial
from io import TextIOWrapper
from itertools import chain, islice
from pathlib import Path

from connectors.ballot_files.columns import Columns
from connectors.ballot_files.rows import IMPORT_ID, Cells, TableFile
from connectors.ballot_files.settings import BallotSettings
from connectors.files.table_limits import MOST_COLUMNS, Scan
from models.errors import FixTheData

_BOM, _UTF_16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
"""Marks at the beginning of UTF-8, which is skipped, and of UTF-16, which is refused."""


class CsvFile(TableFile):
    """One CSV file, read again for each question about it."""

    def __init__(self, path: Path, settings: BallotSettings, encoding: str) -> None:
        super().__init__(path.name)
        self._path, self._encoding, self._row = path, encoding, settings.header_row
        with path.open("rb") as file:
            start = file.read(len(_BOM))
            self._start = len(_BOM) if start == _BOM else 0
            if start.startswith(_UTF_16):
                raise FixTheData(
                    "the file is written in UTF-16",
                    where=path.name,
                    rule="BA-4",
                    next_step="open it in a spreadsheet and save it again as CSV UTF-8",
                )
            file.seek(self._start)
            Scan(path.name, "BA-4").text(file)
        self._delimiter = settings.delimiter or max(",;\t", key=self._width)
        self.header = self._heading(self._delimiter)
        if len(self.header) > MOST_COLUMNS:
            raise Scan(path.name, "BA-4").too_large(f"{len(self.header):,} columns", MOST_COLUMNS)
        below = enumerate(islice(self._records(self._delimiter), self._row, self._row + 2), 1)
        more = max((n for n, row in below if any(IMPORT_ID in cell for cell in row)), default=0)
        self.explained = more > 0
        self._above = self._row + more

    def rows(self, columns: Columns) -> Iterator[tuple[int, Cells]]:
        """Every ballot with its row as a spreadsheet shows it."""
        usual = columns.width if columns.whole else 0
        for number, row in self._below():
            if len(row) == usual > 1:
                yield number, tuple(row)  # nothing else can be the matter with it
            elif not _is_empty(row) and (cells := self.ballot(number, row, columns)) is not None:
                yield number, cells

    def grouped(self, columns: Columns) -> Iterator[tuple[Cells, int]]:
        """The distinct ballots and how many equal each; one may come twice, by its line's end.

        In a file of nothing but votes equal lines are equal ballots, so each is parsed once. Where
        a quotation mark may join lines, or a row is not as wide as the header, it is the long way.
        """
        if columns.whole and columns.width > 1:
            with self._text() as text:
                above, lines = list(islice(text, self._above)), Counter(text)
            most = csv.field_size_limit()
            if not any('"' in line or len(line) > most for line in chain(above, lines)):
                parse = partial(csv.reader, lines, delimiter=self._delimiter)
                if all(len(row) == columns.width for row in parse()):
                    yield from zip(map(tuple, parse()), lines.values(), strict=True)
                    return
            del lines
        yield from super().grouped(columns)

    def sample(self, size: int) -> list[tuple[int, list[str]]]:
        """The first rows, whole, with their numbers."""
        return list(islice(self._below(), size))

    def _below(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the header."""
        return islice(enumerate(self._records(self._delimiter), 1), self._above, None)

    def _heading(self, delimiter: str) -> list[str]:
        first = next(islice(self._records(delimiter), self._row - 1, None), [])
        return [] if _is_empty(first) else first

    def _width(self, delimiter: str) -> int:
        """How many cells this delimiter makes of the header."""
        try:
            return len(self._heading(delimiter))
        except FixTheData:
            return 0

    def _text(self) -> TextIOWrapper:
        """The file's text behind its byte-order mark, its line ends as they are."""
        file = self._path.open("rb")
        file.seek(self._start)
        return TextIOWrapper(file, self._encoding, newline="")

    def _records(self, delimiter: str) -> Iterator[list[str]]:
        """All records of the file, its header included.

        Raises:
            FixTheData: a quotation mark or line break stands where CSV allows none.
        """
        with self._text() as text:
            rows = csv.reader(text, delimiter=delimiter, strict=True)
            begun = 1  # the line where the record begins that is read
            try:
                for row in rows:
                    yield row
                    begun = rows.line_num + 1
            except csv.Error:
                raise FixTheData(
                    "a quotation mark or a line break is where CSV does not allow one, or a "
                    "cell is too long",
                    where=f"{self.name}, line {begun}",
                    rule="BA-4",
                    next_step="open it in a spreadsheet and save it again as CSV UTF-8",
                ) from None


def _is_empty(row: list[str]) -> bool:
    """Whether the line holds nothing, not even a separator: it is no row."""
    return not row or (len(row) == 1 and row[0].isspace())
