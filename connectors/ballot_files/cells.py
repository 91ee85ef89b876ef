"""What the cells of one ballot mean; each distinct cell is understood once.

A million ballots have perhaps a hundred thousand distinct rankings and a dozen distinct cells, so
the meaning of a cell is remembered. `models.ballots.layouts` says what it is.
"""

from collections.abc import Sequence

from connectors.ballot_files.columns import Columns, all_places
from connectors.ballot_files.settings import BallotSettings
from models.ballots.headers import may_write_in, takes_one_word
from models.ballots.layouts import (
    LONGEST_CELL,
    NO_NAME,
    NO_RANK,
    TOO_HIGH,
    TWO_WAYS,
    choices_in,
    ranks_in,
    with_yes_and_no,
)
from models.contests.contest import Advisory, Approval, Contest
from models.lookalikes import meant
from models.tally.rankings import OVERVOTE, SKIPPED, Ranking, Slot
from models.text.folding import folded

_NEXT = {
    NO_NAME: "fix the cell, or set what the word means in contest.toml: [ballots.aliases] for "
    "another spelling of a choice, [ballots] blank for no vote{write_in}",
    NO_RANK: "write a rank such as 1 or 1st, leave the cell empty, or set in contest.toml "
    "[ranks] which rank the word means",
    TOO_HIGH: "fix the cell, or empty it",
    TWO_WAYS: "download the responses from the form itself, which separates them with “;”, and "
    'set contest.toml [ballots] overvote_delimiter = ";"',
}


_ABSTAINS = frozenset(("abstain", "abstention", "abstained", "abstención", "abstengo"))
_WRITE_IN = ", undeclared_write_ins if names can be written in"
_EMPTY = frozenset(("blank", "none", "n/a", "-", "0"))
"""Words that are one's whole answer; a name has dashes, and "none of those" is a choice."""
_ABSTAINED = (
    "if the word means an abstention or a blank vote, add it to contest.toml [ballots] blank"
)


def _next(reason: str, text: str, contest: Contest) -> str:
    said = folded(text)
    abstains = not _ABSTAINS.isdisjoint(said.split()) or said.strip(" .!()") in _EMPTY
    if abstains and reason in (NO_NAME, NO_RANK, NO_TICK):
        return _ABSTAINED
    return _NEXT[reason].format(write_in=_WRITE_IN if may_write_in(contest) else "")


class Unreadable(Exception):
    """Why a cell has no meaning, and in which column it is; its text is not repeated."""

    def __init__(self, reason: str, next_step: str, column: int = -1) -> None:
        self.reason, self.next_step, self.column = reason, next_step, column
        super().__init__(reason)


class _Choices(dict[str, Slot]):
    """Cell → the choices it marks."""

    def __init__(self, contest: Contest, settings: BallotSettings) -> None:
        super().__init__()
        self._names, self._contest = contest.choices, contest
        places = all_places(contest, settings)
        self._places = with_yes_and_no(places) if takes_one_word(contest) else places
        self._split = settings.overvote_delimiter
        empty: Slot = SKIPPED
        if settings.blank_is_write_in and contest.race.write_in is not None:
            empty = contest.race.write_in
        words: dict[str, Slot] = {"": empty}
        words |= dict.fromkeys(map(folded, settings.blank), SKIPPED)
        words |= dict.fromkeys(map(folded, settings.overvote), OVERVOTE)
        self._words = {word: slot for word, slot in words.items() if word not in self._places}

    def __missing__(self, cell: str) -> Slot:
        text = _text(cell)
        slot = self._words.get(folded(text))
        if slot is None:
            read = choices_in(text, self._places, self._split)
            if isinstance(read, str):
                raise Unreadable(read + meant(text, self._names), _next(read, text, self._contest))
            slot = read
        self[cell] = slot
        return slot


class _Ranks(dict[str, tuple[int, ...]]):
    """Cell → the ranks it gives to the choice of its column."""

    def __init__(self, contest: Contest, settings: BallotSettings) -> None:
        super().__init__()
        self._own, self._contest = contest.own_ranks, contest
        self._most = len(set(contest.places().values()))
        self._blank = set(map(folded, settings.blank)) | {""}

    def __missing__(self, cell: str) -> tuple[int, ...]:
        text = _text(cell)
        found = () if folded(text) in self._blank else ranks_in(text, self._most, self._own)
        if isinstance(found, str):
            raise Unreadable(found, _next(found, text, self._contest))
        self[cell] = found
        return found


_TICKED = frozenset(("x", "✓", "✔", "✅", "☑", "true", "yes", "y", "sí", "si", "checked", "1"))
_UNTICKED = frozenset(("", "false", "no", "n", "0", "unchecked", "☐"))
NO_TICK = "a check mark is written in an unknown word"
A_RANK = "this is a rank, but this contest only asks whether a choice is approved"
_NEXT |= {
    NO_TICK: "write x, TRUE, or the choice itself if it is marked, and leave the cell empty if "
    "it is not",
    A_RANK: "write x if the choice is approved, and leave the cell empty if it is not; if "
    "voters ranked, set the contest's kind to ranked",
}


class _Ticks(dict[str, tuple[int, ...]]):
    """Cell → whether it marks the choice of its column, in a contest without ranks.

    One that takes a single choice may have been ranked all the same, and its ranks stay.
    """

    def __init__(
        self, contest: Contest, settings: BallotSettings, place: int, ranks: _Ranks
    ) -> None:
        super().__init__()
        self._places, self._place, self._ranks = all_places(contest, settings), place, ranks
        self._approves, self._contest = isinstance(contest, Approval | Advisory), contest

    def __missing__(self, cell: str) -> tuple[int, ...]:
        text = folded(_text(cell))
        if text in _TICKED or self._places.get(text) == self._place:
            found: tuple[int, ...] = (1,)
        elif text in _UNTICKED:
            found = ()
        else:
            found = self._ranked(cell)
        self[cell] = found
        return found

    def _ranked(self, cell: str) -> tuple[int, ...]:
        try:
            found = self._ranks[cell]
        except Unreadable as fault:
            reason = NO_TICK if fault.reason == NO_RANK else fault.reason
            raise Unreadable(reason, _next(reason, _text(cell), self._contest)) from None
        if self._approves and set(found) - {1}:
            raise Unreadable(A_RANK, _NEXT[A_RANK])
        return found


class BallotReader:
    """Reads rows of one file for one contest: the cells of its columns → a ranking."""

    def __init__(self, contest: Contest, columns: Columns, settings: BallotSettings) -> None:
        self._columns = columns
        self._choices = _Choices(contest, settings)
        self._ranks = _Ranks(contest, settings)
        by_rank = columns.layout == "candidates in columns"
        self.read = self._by_candidate if by_rank else self._by_rank
        self._by_place: list[dict[str, tuple[int, ...]]] = [
            _Ticks(contest, settings, place, self._ranks) if columns.ticks else self._ranks
            for place in columns.places
        ]
        self._words: Sequence[dict[str, Slot] | dict[str, tuple[int, ...]]]
        self._words = self._by_place or [self._choices] * len(columns.indices)

    def _by_rank(self, cells: Sequence[str]) -> Ranking:
        ranking = tuple(map(self._choices.__getitem__, cells))
        while ranking and ranking[-1] == SKIPPED:
            ranking = ranking[:-1]
        return ranking

    def _by_candidate(self, cells: Sequence[str]) -> Ranking:
        marked: dict[int, list[int]] = {}
        for place, word, cell in zip(self._columns.places, self._by_place, cells, strict=False):
            for rank in word[cell]:
                marked.setdefault(rank, []).append(place)
        return tuple(_slot(marked.get(rank)) for rank in range(1, max(marked, default=0) + 1))

    def fault(self, cells: Sequence[str]) -> Unreadable:
        """What is wrong with a row that could not be read, and in which of its columns."""
        for column, word, cell in zip(self._columns.indices, self._words, cells, strict=False):
            try:
                word[cell]
            except Unreadable as found:
                found.column = column
                return found
        return Unreadable("the row cannot be read", "fix the row")


def _slot(places: list[int] | None) -> Slot:
    if not places:
        return SKIPPED
    return places[0] if len(set(places)) == 1 else frozenset(places)


def _text(text: str) -> str:
    if len(text) > LONGEST_CELL:
        raise Unreadable(
            f"the cell has {len(text)} characters; at most {LONGEST_CELL} are allowed",
            "shorten the cell",
        )
    if text.startswith("="):
        raise Unreadable(
            "this is a formula, and its result is not read",
            "in the spreadsheet, copy the column, paste only its values, and save the file again",
        )
    return text
