"""Which columns hold the votes of a contest, and what their cells are (BA-4).

A form's grid has one column a row of the grid, `Question [Row]`; a plain table has the row's text
alone. Where every such text is a rank, the cells are choices; where every one is a choice, the
cells are ranks. A single column with the contest's title holds one choice a ballot.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from connectors.ballot_files.settings import BallotSettings, Layout
from models.ballots.layouts import rank_of
from models.contests import Contest, folded
from models.errors import FixTheData
from models.places import Place, column_letter

_GRID = re.compile(r"(?P<question>.*?)\s*\[(?P<row>[^\[\]]*)\]\s*", re.DOTALL)
_VOTE = frozenset({"vote", "your vote", "choice", "your choice", "ballot"})
_RULE = "BA-4"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one contest. `places` are their choices where the cells are ranks."""

    layout: Layout
    indices: tuple[int, ...]
    width: int
    places: tuple[int, ...] = ()
    others: tuple[int, ...] = ()  # columns nobody asked for, in case they are a forgotten choice

    @property
    def whole(self) -> bool:
        """Whether a row holds nothing but this contest."""
        return self.at_end and len(self.indices) == self.width

    @property
    def at_end(self) -> bool:
        """Whether the contest's columns are the last ones, in their order."""
        return self.indices == tuple(range(self.width - len(self.indices), self.width))


@dataclass(frozen=True, slots=True)
class _Head:
    index: int
    full: str  # the header as it stands, folded
    question: str  # of a grid, else ""
    text: str  # the grid's row, else the header

    @property
    def rank(self) -> int | None:
        return rank_of(re.sub(r"[_:-]+", " ", self.text))


def find_columns(
    header: Sequence[str], contest: Contest, settings: BallotSettings, file: str
) -> Columns:
    """Find the columns of a contest.

    Raises:
        FixTheData: none fit, two say the same, one is missing, or one is no choice of the contest;
            all faults at once.
    """
    return _Finder(header, contest, settings, file).find()


class _Finder:
    def __init__(
        self, header: Sequence[str], contest: Contest, settings: BallotSettings, file: str
    ) -> None:
        self.contest, self.settings, self.file = contest, settings, file
        self.width = len(header)
        self.places = all_places(contest, settings)
        self.row = settings.header_row
        ignored = {folded(name) for name in settings.ignore}
        self.heads = [
            _head(index, text)
            for index, text in enumerate(header)
            if folded(text) and folded(text) not in ignored
        ]

    def find(self) -> Columns:
        settings = self.settings
        if settings.first_column or settings.columns:
            named = self._named()
            by_choice = all(folded(head.text) in self.places for head in named)
            auto: Layout = "candidates in columns" if by_choice else "ranks in columns"
            return self._as(auto if settings.layout == "auto" else settings.layout, named)
        group = self._group()
        if not group:
            return self._as("single choice", [self._single()])
        ranks = [head for head in group if head.rank]
        choices = [head for head in group if folded(head.text) in self.places]
        if settings.layout == "auto" and ranks and choices:
            raise self._fault(
                "some headers are ranks and some are choices",
                "say in contest.toml [ballots] which layout it is",
            )
        if settings.layout == "candidates in columns" or (choices and not ranks):
            return self._as("candidates in columns", choices, group)
        return self._as("ranks in columns", sorted(ranks, key=lambda head: head.rank or 0), group)

    def _named(self) -> list[_Head]:
        """The columns that the contest's file names itself, in the order of the ranks."""
        wanted, first = self.settings.columns, self.settings.first_column
        if first:
            last = self.settings.last_column or self.width
            found = [head for head in self.heads if first <= head.index + 1 <= last]
        else:
            by_name = {folded(name): number for number, name in enumerate(wanted)}
            found = [head for head in self.heads if head.full in by_name]
            found.sort(key=lambda head: by_name[head.full])
            self._no_twins(found, [head.full for head in found])
        if not found or (wanted and len(found) < len(wanted)):
            raise self._fault("a column named in contest.toml [ballots] is not there", "name it")
        return found

    def _group(self) -> list[_Head]:
        """The heads of the one question, or of the plain table, that is this contest's."""
        asked = folded(self.settings.question)
        groups: dict[str, list[_Head]] = {}
        for head in self.heads:
            groups.setdefault(head.question, []).append(head)
        fit = {
            question: heads
            for question, heads in groups.items()
            if (question == asked or not asked) and any(map(self._belongs, heads))
        }
        if len(fit) > 1:
            title = folded(self.contest.title)
            fit = {question: heads for question, heads in fit.items() if title in question}
            if len(fit) != 1:
                raise self._fault(
                    "several questions fit this contest",
                    "name one in contest.toml: [ballots] question",
                )
        return next(iter(fit.values()), [])

    def _belongs(self, head: _Head) -> bool:
        return head.rank is not None or folded(head.text) in self.places

    def _as(self, layout: Layout, heads: list[_Head], group: Sequence[_Head] = ()) -> Columns:
        if layout == "single choice" and len(heads) > 1:
            raise self._fault("several columns fit, and a ballot has one choice", "name one")
        if layout == "candidates in columns":
            return self._of_candidates(heads, group)
        if group:
            self._all_in_grid(heads, group)
            self._no_twins(heads, [f"rank {head.rank}" for head in heads])
            ranks = [head.rank for head in heads]
            if ranks != list(range(1, len(ranks) + 1)):
                missing = next(n for n in range(1, 100) if n not in ranks)
                raise self._fault(f"there is no column for rank {missing}", "add it, even if empty")
        indices = tuple(head.index for head in heads)
        return Columns(layout, indices, self.width)

    def _of_candidates(self, heads: list[_Head], group: Sequence[_Head]) -> Columns:
        strangers = [head for head in heads if folded(head.text) not in self.places]
        if strangers:
            raise self._fault(
                f"{self._letters(strangers)} is no choice of this contest", "mend the header"
            )
        self._all_in_grid(heads, group)
        names = self.contest.choices
        found = [self.places[folded(head.text)] for head in heads]
        said = [*names, "the ratification"]
        self._no_twins(heads, [said[place] for place in found])
        race = self.contest.race
        there = {*found, race.write_in, *race.excluded}
        missing = [name for place, name in enumerate(names) if place not in there]
        if missing:
            raise self._fault(
                f"there is no column for {', '.join(missing)}", "add it, even if empty"
            )
        return Columns(
            "candidates in columns",
            tuple(head.index for head in heads),
            self.width,
            tuple(found),
            tuple(h.index for h in group if not h.question and h not in heads),
        )

    def _single(self) -> _Head:
        names = {folded(self.contest.title), folded(self.contest.id)}
        if self.settings.question:
            names = {folded(self.settings.question)}
        found = [head for head in self.heads if head.full in names]
        found = found or [head for head in self.heads if head.full in _VOTE]
        found = found or (self.heads if len(self.heads) == 1 else [])
        if len(found) != 1:
            raise self._fault(
                f"{'several columns hold' if found else 'no column holds'} this contest's votes",
                "head the columns rank1, rank2 … or with the choices, or name the column in "
                "contest.toml: [ballots] question",
            )
        return found[0]

    def _all_in_grid(self, heads: Sequence[_Head], group: Sequence[_Head]) -> None:
        strangers = [head for head in group if head.question and head not in heads]
        if strangers:
            raise self._fault(
                f"{self._letters(strangers)}: a row of this question is no choice and no rank of "
                "this contest",
                "add it to the contest's choices, or mend the header",
            )

    def _no_twins(self, heads: Sequence[_Head], names: Sequence[str]) -> None:
        """Refuse a column that stands twice; `names` say what each column is."""
        for name in names:
            twins = [head for head, its in zip(heads, names, strict=True) if its == name]
            if len(twins) > 1:
                raise self._fault(
                    f"{self._letters(twins)} are both “{name}”", "remove or rename one of them"
                )

    def _letters(self, heads: Sequence[_Head]) -> str:
        columns = "column" if len(heads) == 1 else "columns"
        return f"{columns} {' and '.join(column_letter(head.index) for head in heads)}"

    def _fault(self, fact: str, next_step: str) -> FixTheData:
        where = Place(self.file, f"{self.row}:{self.row}")
        return FixTheData(fact, where=str(where), rule=_RULE, next_step=next_step)


def all_places(contest: Contest, settings: BallotSettings) -> dict[str, int]:
    """Folded text → place of the choice, the file's own aliases included.

    Raises:
        FixTheData: an alias means no choice of the contest.
    """
    places = {composed(text): place for text, place in contest.places().items()}
    for said, meant in settings.aliases.items():
        place = places.get(composed(folded(meant)))
        if place is None:
            raise FixTheData(
                "an alias means no choice of this contest",
                where="contest.toml [ballots.aliases]",
                rule=_RULE,
                next_step=f"write one of: {', '.join(contest.choices)}",
            )
        places[composed(folded(said))] = place
    return places


def composed(text: str) -> str:
    """Accents as one character with their letter; some systems write them as two."""
    return normalize("NFC", text)


def _head(index: int, text: str) -> _Head:
    text = composed(text)
    grid = _GRID.fullmatch(text)
    question, row = (folded(grid["question"]), grid["row"]) if grid else ("", text)
    return _Head(index, folded(text), question, row)
