"""Which rows of a file are ballots, and the cells of each (BA-2, BA-7)."""

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto

from connectors.ballot_files.columns import Columns
from models.errors import FixTheData
from models.intake.tables import holds
from models.intake.unsent import has_time, is_sum
from models.text.folding import folded

IMPORT_ID = "ImportId"
"""Qualtrics' mark of a line that still belongs to the header."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")

Cells = tuple[str, ...]
"""The cells of a contest's columns, and after them whatever a row holds beyond its header."""


class NotABallot(Enum):
    """Why a row is not a ballot."""

    EMPTY = auto()
    UNSENT = auto()
    """It has neither time nor marks where others have, unticked boxes and errors, or is a sum."""
    UNTIMED = auto()
    """It marks something, and has no time that can be read where others have one."""
    PERHAPS = auto()
    """A word in it says sum, but could also be a name, and its cells could be a ballot."""


def ballot_of(row: Sequence[str], columns: Columns) -> Cells | NotABallot:
    """The contest's cells of a row, or why it is no ballot.

    A row of empty cells in a file of nothing but votes is a blank ballot; beside other columns it
    is one where any of them holds something.
    """
    cells = [row[index] if index < len(row) else "" for index in columns.indices]
    if not (columns.whole or any(map(str.strip, cells)) or holds_any(row)):
        return NotABallot.UNSENT if any(map(str.strip, row)) else NotABallot.EMPTY
    if columns.time is not None and not has_time(said := _at(row, columns.time)):
        word = said.strip() and not _NUMBER.fullmatch(said.strip()) and not is_sum(said)
        if (
            not holds_any(cells)
            or set(map(folded, cells)) <= _OF_A_HEADER
            or (not word and (is_sum(said) or _is_sum(cells, columns) or _tells(row, columns)))
        ):
            return NotABallot.UNSENT
        return NotABallot.UNTIMED
    if columns.time is None and heads_sums(row, columns):
        filled, numbers = _numbers(cells)
        if len(numbers) == len(filled):
            return NotABallot.UNSENT if _is_sum(cells, columns) else NotABallot.PERHAPS
        if any(_RESULT.fullmatch(folded(_at(row, index))) for index in columns.others):
            return NotABallot.PERHAPS
    return (*cells, *filter(None, row[columns.width :]))


def _is_sum(cells: Sequence[str], columns: Columns) -> bool:
    """Whether cells are numbers, and no ballot: none at all, too high, or how often each is filled.

    Where a 1 may say yes, it does.
    """
    filled, numbers = _numbers(cells)
    if len(numbers) < len(filled):
        return False
    most = len(columns.places) or 1
    if not numbers or any(n > most or n % 1 for n in numbers):
        return True
    return tuple(int(float(cell or 0)) for cell in map(str.strip, cells)) in columns.sums


def _numbers(cells: Iterable[str]) -> tuple[list[str], list[float]]:
    """What is filled, formulas and their errors left out, and the numbers among it."""
    filled = [cell.strip() for cell in cells if cell.strip() and cell.strip()[0] not in "#="]
    return filled, [float(cell) for cell in filled if _NUMBER.fullmatch(cell)]


def filled_in(rows: Iterable[Sequence[str]], columns: Columns) -> tuple[int, ...]:
    """How often each of the contest's columns is filled."""
    rows = list(rows)
    return tuple(sum(bool(_at(row, index).strip()) for row in rows) for index in columns.indices)


_OF_A_HEADER = frozenset(("", "response", "open-ended response", "respuesta"))
"""What SurveyMonkey writes below its header, without a time."""
_ORDER = r"yes|no|blank|first|second|third|sí|en blanco|\d+(?:st|nd|rd|th)"
_RESULT = re.compile(
    r"(?:the )?(?:winners?|winning|elected|results?|median|mode|max(?:imum)?|min(?:imum)?|majority"
    r"|ganador(?:a|es)?|resultados?|moda|mediana)[:.]?"
)
_OF_ONE = re.compile(
    rf"(?:total|counts?|number|sum|share)(?: of)? (?:{_ORDER})(?: \w+)?[:.]?"
    rf"|(?:{_ORDER}) (?:counts?|total|votes?(?: cast)?|choices?|preferences?)[:.]?"
)


def heads_sums(row: Sequence[str], columns: Columns) -> bool:
    """Whether a cell of another column might say that the row has sums."""
    return _tells(row, columns) or any(
        _RESULT.fullmatch(text) or _OF_ONE.fullmatch(text)
        for text in (folded(row[index]) for index in columns.others if index < len(row))
    )


def _tells(row: Sequence[str], columns: Columns) -> bool:
    return any(is_sum(row[index]) for index in columns.others if index < len(row))


def perhaps_a_sum(file: str, row: int) -> FixTheData:
    """The row might be a ballot or not; only the person who wrote it knows."""
    return FixTheData(
        "this might be a sum: the row has such a word, but its cells could be a ballot",
        where=f"{file}!{row}:{row}",
        rule="BA-7",
        next_step="if it is a sum, delete the row; if the word is a name, list its column in "
        "contest.toml [ballots] ignore",
    )


def holds_any(row: Iterable[str]) -> bool:
    """Whether any cell holds something."""
    return any(map(holds, row))


def _at(row: Sequence[str], index: int) -> str:
    return row[index] if index < len(row) else ""


class TableFile(ABC):
    """A file with a row for each ballot."""

    header: list[str]
    explained: bool
    """Whether lines below the header explain it, as Qualtrics' do."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.unsent: list[int] = []
        """The rows that no one sent, and below, those without a time, once the file was read."""
        self.untimed: list[int] = []

    @abstractmethod
    def rows(self, columns: Columns) -> Iterator[tuple[int, Cells]]:
        """Every ballot with the number of its row."""

    @abstractmethod
    def sample(self, size: int) -> list[tuple[int, list[str]]]:
        """The first rows, whole, with their numbers."""

    def grouped(self, columns: Columns) -> Iterator[tuple[Cells, int]]:
        """Each distinct ballot and how many equal it."""
        self.unsent, self.untimed = [], []
        yield from Counter(cells for _, cells in self.rows(columns)).items()

    def ballot(self, number: int, row: Sequence[str], columns: Columns) -> Cells | None:
        """The cells of a row that is a ballot; of another, why it is none is noted."""
        match ballot_of(row, columns):
            case NotABallot.UNSENT:
                self.unsent.append(number)
            case NotABallot.UNTIMED:
                self.untimed.append(number)
            case NotABallot.PERHAPS:
                raise perhaps_a_sum(self.name, number)
            case tuple() as cells:
                return cells
        return None
