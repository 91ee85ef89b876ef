"""Which columns hold the votes of a contest, and what their cells are (BA-4).

Where the headers are ranks, the cells are choices; where they are choices, the cells are ranks.
One column alone holds one choice a ballot.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from connectors.ballot_files.headers import Head, choose_heads, composed, nearest, unmarked
from connectors.ballot_files.settings import BallotSettings, Layout
from models.contests import Contest, folded
from models.errors import FixTheData
from models.places import Place, column_letter


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


def find_columns(
    header: Sequence[str], contest: Contest, settings: BallotSettings, file: str
) -> Columns:
    """Find the columns of a contest.

    Raises:
        FixTheData: none fit, two say the same, one is missing, or one is no choice of the contest;
            all faults of the columns at once.
    """
    finder = _Finder(header, contest, settings)
    try:
        found = finder.find()
    except FixTheData as exc:
        finder.faults.append(exc.fact)
        finder.next_steps.append(exc.next_step)
    if finder.faults:
        raise FixTheData(
            "; ".join(finder.faults),
            where=str(Place(file, f"{settings.header_row}:{settings.header_row}")),
            rule="BA-4",
            next_step="; ".join(dict.fromkeys(finder.next_steps)),
        )
    return found


class _Finder:
    """Looks through one header and notes what is wrong with it."""

    def __init__(self, header: Sequence[str], contest: Contest, settings: BallotSettings) -> None:
        self.contest, self.settings = contest, settings
        self.width = len(header)
        self.places = all_places(contest, settings)
        self.faults: list[str] = []
        self.next_steps: list[str] = []
        ignored = {unmarked(name) for name in settings.ignore}
        heads = [Head.of(index, text) for index, text in enumerate(header)]
        self.heads = [head for head in heads if head.full and head.full not in ignored]

    def find(self) -> Columns:
        layout, named = self.settings.layout, self._named()
        group = named or choose_heads(self.heads, self.contest, self.places, self.settings.question)
        ranks = [head for head in group if head.rank]
        choices = [head for head in group if head.text in self.places]
        if layout == "auto" and ranks and choices:
            self._fault(
                "some headers are ranks and some are choices",
                "say in contest.toml [ballots] which layout it is",
            )
        if layout == "auto":
            layout = "candidates in columns" if choices and not ranks else "ranks in columns"
            layout = layout if ranks or choices or named else "single choice"
        if layout == "candidates in columns":
            return self._of_candidates(group if named else choices, group)
        if named or not ranks:
            if layout == "single choice" and len(group) > 1:
                self._fault(f"{_letters(group)}: a ballot has one choice", "name one column")
            return Columns(layout, tuple(head.index for head in group), self.width)
        return self._of_ranks(sorted(ranks, key=lambda head: head.rank or 0), group)

    def _named(self) -> list[Head]:
        """The columns that the contest's file names itself, in the order of the ranks."""
        wanted = [unmarked(name) for name in self.settings.columns]
        first, last = self.settings.first_column, self.settings.last_column or self.width
        found = [head for head in self.heads if first and first <= head.index + 1 <= last]
        if wanted:
            found = sorted(
                (head for head in self.heads if head.full in wanted),
                key=lambda head: wanted.index(head.full),
            )
            self._no_twins(found, [head.full for head in found])
        if (first or wanted) and (not found or len(found) < len(wanted)):
            there = {head.full for head in found}
            lost = [name for name in self.settings.columns if unmarked(name) not in there]
            near = nearest(self.heads, lost[0]) if lost else ""
            self._fault(
                f"a column named in contest.toml [ballots] is not there{near}", "name another"
            )
        return found

    def _of_ranks(self, heads: Sequence[Head], group: Sequence[Head]) -> Columns:
        self._all_in_grid(heads, group)
        self._no_twins(heads, [f"rank {head.rank}" for head in heads])
        ranks = {head.rank for head in heads}
        missing = [str(rank) for rank in range(1, max(r or 0 for r in ranks)) if rank not in ranks]
        if missing:
            self._fault(
                f"there is no column for rank {', '.join(missing)}", "add it, even if empty"
            )
        return Columns("ranks in columns", tuple(head.index for head in heads), self.width)

    def _of_candidates(self, heads: Sequence[Head], group: Sequence[Head]) -> Columns:
        self._all_in_grid(heads, group)
        strangers = [head for head in heads if head.text not in self.places]
        if strangers:
            self._fault(f"{_letters(strangers)} is no choice of this contest", "mend the header")
        heads = [head for head in heads if head.text in self.places]
        found = [self.places[head.text] for head in heads]
        names = self.contest.choices
        said = [*names, "the ratification"]
        self._no_twins(heads, [said[place] for place in found])
        race = self.contest.race
        there = {*found, race.write_in, *race.excluded}
        missing = [name for place, name in enumerate(names) if place not in there]
        if missing:
            self._fault(f"there is no column for {', '.join(missing)}", "add it, even if empty")
        return Columns(
            "candidates in columns",
            tuple(head.index for head in heads),
            self.width,
            tuple(found),
            tuple(h.index for h in group if not h.question and h not in heads),
        )

    def _all_in_grid(self, heads: Sequence[Head], group: Sequence[Head]) -> None:
        strangers = [head for head in group if head.question and head not in heads]
        if strangers:
            self._fault(
                f"{_letters(strangers)}: a row of this question is no choice and no rank of this "
                "contest",
                "add it to the contest's choices, or mend the header",
            )

    def _no_twins(self, heads: Sequence[Head], names: Sequence[str]) -> None:
        """Note a column that stands twice; `names` say what each column is."""
        for name in dict.fromkeys(names):
            twins = [head for head, its in zip(heads, names, strict=True) if its == name]
            if len(twins) > 1:
                self._fault(f"{_letters(twins)} are both “{name}”", "remove or rename one of them")

    def _fault(self, fact: str, next_step: str) -> None:
        self.faults.append(fact)
        self.next_steps.append(next_step)


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
                rule="BA-4",
                next_step=f"write one of: {', '.join(contest.choices)}",
            )
        places[composed(folded(said))] = place
    return places


def _letters(heads: Sequence[Head]) -> str:
    columns = "column" if len(heads) == 1 else "columns"
    return f"{columns} {' and '.join(column_letter(head.index) for head in heads)}"
