"""Which rows of a file are ballots, and the cells of each (BA-2, BA-7)."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto

from connectors.ballot_files.columns import Columns
from models.errors import FixTheData
from models.tables import holds
from models.unsent import has_time, is_sum

IMPORT_ID = "ImportId"
"""Qualtrics' mark of a line that still belongs to the header."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")

Cells = tuple[str, ...]
"""The cells of a contest's columns, and after them whatever a row holds beyond its header."""


class NotABallot(Enum):
    """Why a row is none."""

    EMPTY = auto()
    UNSENT = auto()
    """It has no time where others have, nothing but unticked boxes and errors, or is a sum."""
    PERHAPS = auto()
    """A word heads it as a sum, which is somebody's name, too, and its cells could be a ballot."""


def ballot_of(row: Sequence[str], columns: Columns) -> Cells | NotABallot:
    """The contest's cells of a row, or why it is no ballot.

    A row of empty cells in a file of nothing but votes is a blank ballot; beside other columns it
    is one where any of them holds something.
    """
    cells = [row[index] if index < len(row) else "" for index in columns.indices]
    if not (columns.whole or any(map(str.strip, cells)) or holds_any(row)):
        return NotABallot.UNSENT if any(map(str.strip, row)) else NotABallot.EMPTY
    if columns.time is not None and not has_time(_at(row, columns.time)):
        return NotABallot.UNSENT
    if columns.time is None and heads_sums(row, columns):
        filled = [cell.strip() for cell in cells if cell.strip() and not cell.startswith("#")]
        numbers = [float(cell) for cell in filled if _NUMBER.fullmatch(cell)]
        if len(numbers) == len(filled):
            most = len(columns.places) or 1  # a 1 may say yes
            is_sum = not numbers or any(n > most or n % 1 for n in numbers)
            return NotABallot.UNSENT if is_sum else NotABallot.PERHAPS
    return (*cells, *filter(None, row[columns.width :]))


def heads_sums(row: Sequence[str], columns: Columns) -> bool:
    """Whether a cell of a column that nobody asked for may say that the row holds sums."""
    return any(is_sum(row[index]) for index in columns.others if index < len(row))


def perhaps_a_sum(file: str, row: int) -> FixTheData:
    """Nobody can say whether the row is a ballot; who wrote it can."""
    return FixTheData(
        "perhaps a sum: the row is headed by such a word, and its cells could be a ballot",
        where=f"{file}!{row}:{row}",
        rule="BA-7",
        next_step="delete the row if it is a sum; if the word is a name, name its column in "
        "contest.toml [ballots] ignore",
    )


def holds_any(row: Iterable[str]) -> bool:
    """Whether any cell holds something."""
    return any(map(holds, row))


def _at(row: Sequence[str], index: int) -> str:
    return row[index] if index < len(row) else ""
