"""What the cells of one ballot mean; each distinct cell is understood once.

A million ballots have perhaps a hundred thousand distinct rankings and a dozen distinct cells, so
the meaning of a cell is remembered. `models.ballots.layouts` says what it is.
"""

from collections.abc import Sequence

from connectors.ballot_files.columns import Columns, all_places
from connectors.ballot_files.headers import composed, takes_one_word
from connectors.ballot_files.settings import BallotSettings
from models.ballots.layouts import rank_of, rows_are_ranks, yes_no
from models.contests import Contest, folded
from models.tally.rankings import OVERVOTE, SKIPPED, Ranking, Slot

LONGEST_CELL = 2_000
"""Letters; a longer cell is a paste gone wrong."""


class Unreadable(Exception):
    """Why a cell has no meaning, and in which column it stands; its text is not repeated."""

    def __init__(self, reason: str, next_step: str, column: int = -1) -> None:
        self.reason, self.next_step, self.column = reason, next_step, column
        super().__init__(reason)


Cell = str | bytes
"""As a file gives it: text, or bytes that nobody had to decode yet."""


class _Choices(dict[Cell, Slot]):
    """Cell → the choices it marks."""

    def __init__(self, contest: Contest, settings: BallotSettings, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding
        self._places = all_places(contest, settings)
        self._split = settings.overvote_delimiter
        self._yes_no = takes_one_word(contest)
        empty: Slot = SKIPPED
        if settings.blank_is_write_in and contest.race.write_in is not None:
            empty = contest.race.write_in
        words: dict[str, Slot] = {"": empty}
        words |= dict.fromkeys(map(folded, settings.blank), SKIPPED)
        words |= dict.fromkeys(map(folded, settings.overvote), OVERVOTE)
        self._words: dict[str, Slot] = {**words, **self._places}

    def __missing__(self, cell: Cell) -> Slot:
        text = composed(_text(cell, self._encoding))
        slot = self._words.get(folded(text))
        if slot is None:
            text = text.replace(self._split, "|") if self._split else text
            read = (
                yes_no(text, self._places) if self._yes_no else rows_are_ranks([text], self._places)
            )
            if read.unreadable:
                raise Unreadable(
                    "the cell names somebody who is not on this ballot",
                    "mend the cell, or give the word a meaning in contest.toml: candidates, "
                    "undeclared_write_ins or [ballots.aliases]",
                )
            slot = read.ranking[0] if read.ranking else SKIPPED
        self[cell] = slot
        return slot


class _Ranks(dict[Cell, tuple[int, ...]]):
    """Cell → the ranks it gives to the choice of its column."""

    def __init__(self, settings: BallotSettings, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding
        self._blank = set(map(folded, settings.blank)) | {""}

    def __missing__(self, cell: Cell) -> tuple[int, ...]:
        text = _text(cell, self._encoding)
        words = [] if folded(text) in self._blank else [w for w in _words(text) if w.strip()]
        ranks = [rank_of(word.strip().removesuffix(".0")) for word in words]  # a float's rank
        found = tuple(rank for rank in ranks if rank)
        if len(found) < len(ranks):
            raise Unreadable(
                "the cell holds no rank that anybody uses",
                "write a rank such as 1 or 1st, or leave the cell empty",
            )
        self[cell] = found
        return found


class BallotReader:
    """Reads rows of one file for one contest: the cells of its columns → a ranking."""

    def __init__(
        self, contest: Contest, columns: Columns, settings: BallotSettings, encoding: str = "utf-8"
    ) -> None:
        self._columns, self._encoding = columns, encoding
        self._choices = _Choices(contest, settings, encoding)
        self._ranks = _Ranks(settings, encoding)
        by_rank = columns.layout == "candidates in columns"
        self.read = self._by_candidate if by_rank else self._by_rank
        self._word: dict[Cell, Slot] | dict[Cell, tuple[int, ...]]
        self._word = self._ranks if by_rank else self._choices

    def _by_rank(self, cells: Sequence[Cell]) -> Ranking:
        ranking = tuple(map(self._choices.__getitem__, cells))
        while ranking and ranking[-1] == SKIPPED:
            ranking = ranking[:-1]
        return ranking

    def _by_candidate(self, cells: Sequence[Cell]) -> Ranking:
        marked: dict[int, list[int]] = {}
        given = map(self._ranks.__getitem__, cells)
        for place, ranks in zip(self._columns.places, given, strict=False):
            for rank in ranks:
                marked.setdefault(rank, []).append(place)
        return tuple(_slot(marked.get(rank)) for rank in range(1, max(marked, default=0) + 1))

    def text(self, cells: Sequence[Cell]) -> list[str]:
        """The cells as text."""
        return [cell if isinstance(cell, str) else cell.decode(self._encoding) for cell in cells]

    def fault(self, cells: Sequence[str]) -> Unreadable:
        """What is wrong with a row that could not be read, and in which of its columns."""
        for column, cell in zip(self._columns.indices, cells, strict=False):
            try:
                self._word[cell]
            except Unreadable as found:
                found.column = column
                return found
        return Unreadable("the row cannot be read", "mend the row")


def _words(cell: str) -> list[str]:
    for separator in ",;|\n":
        cell = cell.replace(separator, ",")
    return cell.split(",")


def _slot(places: list[int] | None) -> Slot:
    if not places:
        return SKIPPED
    return places[0] if len(set(places)) == 1 else frozenset(places)


def _text(cell: Cell, encoding: str) -> str:
    text = cell if isinstance(cell, str) else cell.decode(encoding)
    if len(text) > LONGEST_CELL:
        raise Unreadable(
            f"the cell holds {len(text)} letters, more than {LONGEST_CELL}", "shorten the cell"
        )
    return text
