"""CSV ballots: distinct rows and how many ballots each carries, before anything is understood.

Equal lines are grouped first, so that each is parsed once: a million ballots cost what their
distinct rankings cost. Where a quotation mark stays open at the end of a line, the record goes on
in the next one. Where the file holds more than the contest's columns, its rows are cut first.
What is larger than any ballot file is refused before it is in memory (`limits`).
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

from connectors.ballot_files.columns import Columns
from connectors.ballot_files.limits import LONGEST_RECORD, MOST_COLUMNS, Scan
from connectors.ballot_files.rows import (
    IMPORT_ID,
    Cells,
    NotABallot,
    ballot_of,
    heads_sums,
    holds_any,
    perhaps_a_sum,
)
from connectors.ballot_files.settings import BallotSettings
from models.errors import FixTheData
from models.intake.unsent import has_time

Cell = str | bytes

QUOTE = b'"'
BOMS = {b"\xef\xbb\xbf": 3, b"\xff\xfe": 0, b"\xfe\xff": 0}
"""Marks at the beginning of UTF-8, which is skipped, and of UTF-16, which is refused."""


class CsvFile:
    """One CSV file, read anew for each question asked of it."""

    def __init__(self, path: Path, settings: BallotSettings, encoding: str) -> None:
        self.encoding = encoding
        self._path, self._settings, self.name = path, settings, path.name
        with self._opened(header=False) as file:
            Scan(path.name).text(file)
        with self._opened(header=False) as file:
            records = islice(_records(file), settings.header_row - 1, settings.header_row)
            first = next(records, b"")
        self._delimiter = settings.delimiter or _delimiter(first)
        self.header = self._parse(first, settings.header_row) if first.strip() else []
        if len(self.header) > MOST_COLUMNS:
            raise Scan(path.name).too_large(f"{len(self.header):,} columns", MOST_COLUMNS)
        below = self._header_lines()
        self.explained = below > 0
        """Whether lines below the header explain it, as Qualtrics' do."""
        self._above = settings.header_row + below
        self.unsent: list[int] = []
        self.untimed: list[int] = []

    def grouped(self, columns: Columns) -> Iterator[tuple[Sequence[Cell], int]]:
        """Each distinct row and how many rows equal it; its cells perhaps not decoded yet."""
        plain = columns.time is None and not self._has_sums(columns)
        lines = self._distinct(columns) if plain and columns.at_end else None
        if lines is None:
            self.unsent, self.untimed = [], []
            yield from Counter(self._cut(columns, plain=plain)).items()
            return
        delimiter = self._delimiter.encode()
        end = b"\r\n" if self._settings.blank_is_write_in else b"\r\n" + delimiter
        for line, votes in lines.items():
            if QUOTE in line:
                yield self._parse(line), votes
            elif not columns.whole or line.strip(b" \r\n"):  # an empty line is no row
                yield line.rstrip(end).split(delimiter), votes

    def rows(self, columns: Columns) -> Iterator[tuple[int, Cells]]:
        """Every ballot with its row as a spreadsheet shows it; slow, to find a fault's place."""
        for number, row in enumerate(self._all(), self._above + 1):
            if isinstance(cells := ballot_of(row, columns), tuple):
                yield number, cells

    def sample(self, size: int) -> list[tuple[int, list[str]]]:
        """The first rows, whole, with their numbers."""
        return list(enumerate(islice(self._all(), size), self._above + 1))

    def _has_sums(self, columns: Columns) -> bool:
        """Whether a line of sums stands among the first or last lines."""
        if columns.whole:
            return False
        with self._path.open("rb") as file:
            ends = file.read(_END)
            file.seek(max(len(ends), file.seek(0, 2) - _END))
            ends += file.read()
        lines = ends.decode(self.encoding, "replace").splitlines()
        rows = csv.reader(lines, delimiter=self._delimiter)
        try:
            return any(heads_sums(row, columns) for row in rows)
        except csv.Error:
            return True  # parsed whole, it says where

    def _header_lines(self) -> int:
        """How many lines below the header are none of the ballots: Qualtrics writes two."""
        with self._opened(header=False) as file:
            below = islice(_records(file), self._settings.header_row, self._settings.header_row + 2)
            return max(
                (n for n, line in enumerate(below, 1) if IMPORT_ID.encode() in line), default=0
            )

    def _distinct(self, columns: Columns) -> Counter[bytes] | None:
        """Lines, or their ends from the contest's first column on; None if that takes parsing."""
        with self._opened() as file:
            if not columns.whole:
                try:
                    return Counter(_ends(file, self._delimiter.encode(), columns.indices[0]))
                except IndexError:
                    return None
            lines = Counter(file)
        if any(line.count(QUOTE) % 2 for line in lines if QUOTE in line):
            with self._opened() as file:
                return Counter(_records(file))
        return lines

    def _cut(self, columns: Columns, *, plain: bool) -> Iterator[Cells]:
        """The contest's cells of every row that is a ballot; without times and sums it is plain."""
        width, at = columns.width, columns.time
        pick = itemgetter(*columns.indices, columns.indices[0])  # of two or more it is a tuple
        for number, row in enumerate(self._all(), self._above + 1):
            sent = plain or (at is not None and at < len(row) and has_time(row[at]))
            if sent and len(row) == width:
                cells = pick(row)[:-1]
                if any(map(str.strip, cells)):
                    yield cells
                    continue
            found = ballot_of(row, columns)
            if isinstance(found, tuple):
                yield found
            elif found is NotABallot.UNSENT:
                self.unsent.append(number)
            elif found is NotABallot.UNTIMED:
                self.untimed.append(number)
            elif found is NotABallot.PERHAPS:
                raise perhaps_a_sum(self.name, number)

    def _all(self) -> Iterator[list[str]]:
        with self._opened() as file:
            text = TextIOWrapper(file, self.encoding, newline="")
            rows = csv.reader(text, delimiter=self._delimiter, strict=True)
            begun = 0  # lines before the record that is read
            try:
                for row in rows:
                    yield row
                    begun = rows.line_num
            except csv.Error:
                raise self._broken(begun + 1 + self._above) from None

    def _parse(self, record: bytes, line: int = 0) -> list[str]:
        """The cells of one record.

        Raises:
            FixTheData: a quotation mark or line break stands where CSV allows none.
        """
        text = record.decode(self.encoding)
        try:
            return next(csv.reader([text], delimiter=self._delimiter, strict=True))
        except csv.Error:
            raise self._broken(line or self._line_of(record)) from None

    def _line_of(self, record: bytes) -> int:
        line = self._above
        with self._opened() as file:
            for one in _records(file):
                if one == record:
                    break
                line += one.count(b"\n")
        return line + 1

    def _broken(self, line: int) -> FixTheData:
        return FixTheData(
            "a quotation mark or a line break stands where CSV allows none, or a cell is too long",
            where=f"{self._path.name}, line {line}",
            rule="BA-4",
            next_step="open it in a spreadsheet and save it again as CSV UTF-8",
        )

    @contextmanager
    def _opened(self, *, header: bool = True) -> Iterator[BinaryIO]:
        """The file after its mark and, unless it is wanted, its header."""
        with self._path.open("rb") as file:
            start = file.read(3)
            skipped = next((BOMS[mark] for mark in BOMS if start.startswith(mark)), None)
            if skipped == 0:
                raise FixTheData(
                    "the file is written in UTF-16",
                    where=self._path.name,
                    rule="BA-4",
                    next_step="open it in a spreadsheet and save it again as CSV UTF-8",
                )
            file.seek(skipped or 0)
            if header:
                for _ in islice(_records(file), self._above):
                    pass
            try:
                yield file
            except _EndlessError as exc:
                raise self._broken(exc.line) from None


_END = 20_000
"""Bytes at both ends of a file in which a line of sums is looked for."""


def _records(file: BinaryIO) -> Iterator[bytes]:
    """Lines, each with those that its open quotation mark reaches into."""
    for line in iter(file.readline, b""):
        if line.count(QUOTE) % 2:
            yield line + b"".join(_until_closed(file, len(line)))
        else:
            yield line


def _ends(file: BinaryIO, delimiter: bytes, columns: int) -> Iterator[bytes]:
    """Lines without their first columns.

    Raises:
        IndexError: a line must be parsed: it is too short, has quotation marks, or nobody sent it.
    """
    empty = delimiter + b" \r\n"
    for line in file:
        if QUOTE in line:
            raise IndexError
        end = line.split(delimiter, columns)[columns]
        if not end.strip(empty):
            if not line.strip(empty):
                continue  # nothing stands in this row
            if not holds_any(line.decode("latin-1").split(delimiter.decode())):
                raise IndexError  # its place is told
        yield end


class _EndlessError(Exception):
    """A quotation mark is not closed: the line where it was opened."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        end = file.tell() - length
        file.seek(0)
        self.line = file.read(end).count(b"\n") + 1
        super().__init__()


def _until_closed(file: BinaryIO, length: int) -> Iterator[bytes]:
    for line in iter(file.readline, b""):
        yield line
        length += len(line)
        if length > LONGEST_RECORD:
            raise _EndlessError(file, length)
        if line.count(QUOTE) % 2:
            return


def _delimiter(header: bytes) -> str:
    """Comma, semicolon or tab: the one the header uses most, outside quotation marks."""
    outside = b"".join(header.split(QUOTE)[::2])
    return max(",;\t", key=lambda mark: outside.count(mark.encode()))
