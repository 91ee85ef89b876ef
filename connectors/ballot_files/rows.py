"""Which rows of a file are ballots, and the cells of each (BA-2, BA-7)."""

from collections.abc import Iterable, Sequence
from enum import Enum, auto

from connectors.ballot_files.columns import Columns
from models.ballots.rows import has_time, is_sum
from models.tables import holds

IMPORT_ID = "ImportId"
"""Qualtrics' mark of a line that still belongs to the header."""

Cells = tuple[str, ...]
"""The cells of a contest's columns, and after them whatever a row holds beyond its header."""


class NotABallot(Enum):
    """Why a row is none."""

    EMPTY = auto()
    UNSENT = auto()
    """It has no time where others have, nothing but unticked boxes and errors, or is a sum."""


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
        return NotABallot.UNSENT
    return (*cells, *filter(None, row[columns.width :]))


def heads_sums(row: Sequence[str], columns: Columns) -> bool:
    """Whether a cell beside the contest's columns says that the row holds sums."""
    return any(is_sum(cell) for i, cell in enumerate(row) if cell and i not in columns.indices)


def holds_any(row: Iterable[str]) -> bool:
    """Whether any cell holds something."""
    return any(map(holds, row))


def _at(row: Sequence[str], index: int) -> str:
    return row[index] if index < len(row) else ""
