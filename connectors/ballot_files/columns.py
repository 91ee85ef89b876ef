"""Which columns of a file hold the votes of a contest (BA-4, BA-7).

`models.ballots.asked` finds them; here is what `[ballots]` of contest.toml says instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from connectors.ballot_files.settings import BallotSettings
from models.ballots.advice import A_RANK_EACH, HEADED, RETITLED
from models.ballots.asked import (
    Fault,
    QuestionLayout,
    find,
    judge,
    letters,
    passed_over,
)
from models.ballots.headers import Column, Layout, Sought
from models.contests.contest import Contest
from models.errors import FixTheData
from models.intake.headers import Head, heads_of, near_to, of_a_quiz
from models.intake.locations import SourceLocation
from models.intake.unsent import TIME_COLUMNS
from models.text.folding import folded, unmarked


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one contest. `places` are their choices where the cells are ranks."""

    layout: Layout
    indices: tuple[int, ...]
    width: int
    places: tuple[int, ...] = ()
    others: tuple[int, ...] = ()  # columns nobody asked for, which may be a forgotten part of it
    time: int | None = None  # the column with the time of each answer
    ranked: bool = False  # whether voters rank, so that another column may be one more rank
    ticks: bool = False  # whether a column for each choice is ticked, and not ranked
    grids: tuple[int, ...] = ()  # columns of grids under another title
    remarks: tuple[str, ...] = ()  # of columns that are passed over
    sums: frozenset[tuple[int, ...]] = frozenset()  # cells that say how often each is filled

    @property
    def whole(self) -> bool:
        """Whether a row holds nothing but this contest."""
        return self.indices == tuple(range(self.width))


def find_columns(
    header: Sequence[str],
    contest: Contest,
    settings: BallotSettings,
    file: str,
    *,
    ranked: bool | None = None,
) -> Columns:
    """Find the columns of a contest.

    Args:
        ranked: whether voters rank in it; without it, as its kind says.

    Raises:
        FixTheData: none fit, two say the same, one is missing, or one is no choice of the contest;
            all faults of the columns at once.
    """
    ignored = set(map(unmarked, settings.ignore))
    heads = [head for head in heads_of(header) if head.whole not in ignored]
    said = settings.time_column
    times = set(map(unmarked, TIME_COLUMNS if said is None else [said]))
    one = sought(contest, settings, ranked)
    quiz = of_a_quiz(heads, one.places)
    heads = [head for head in heads if head not in quiz]
    if settings.columns or settings.first_column:
        asked, faults = _named(heads, one, settings, len(header))
    else:
        found = find(heads, [one], alone=not settings.question)
        asked, faults = found.asked.get(contest.id), found.faults
    if faults or asked is None:
        raise FixTheData(
            "; ".join(fault.fact for fault in faults),
            where=str(SourceLocation(file, f"{settings.header_row}:{settings.header_row}")),
            rule="BA-7",
            next_step="; ".join(dict.fromkeys(fault.next_step for fault in faults)),
        )
    mine = [column.head.index for column in asked.columns]
    by_choice = asked.layout == "candidates in columns"
    all_heads = heads_of(header)
    known = {*mine, *(h.index for h in all_heads if h.grid[0] or h.whole in ignored | times)}
    known |= {head.index for head in quiz}
    timed = [head.index for head in heads if head.whole in times and head.index not in mine]
    return Columns(
        asked.layout,
        tuple(mine),
        len(header),
        tuple(column.means or 0 for column in asked.columns) if by_choice else (),
        tuple(index for index in range(len(header)) if index not in known),
        next(iter(timed), None),
        by_choice or one.ranked,
        by_choice and not one.ranked,
        tuple(h.index for h in heads if h.grid[0] and h.index not in mine),
        passed_over(quiz),
    )


def sought(contest: Contest, settings: BallotSettings, ranked: bool | None = None) -> Sought:
    """The contest by what this file calls it."""
    one = Sought.of(contest, ranked=ranked)
    titles = (settings.question,) if settings.question else (contest.title, contest.id)
    return Sought(
        contest,
        tuple(dict.fromkeys(map(unmarked, titles))),
        all_places(contest, settings),
        one.ranked,
        settings.layout,
    )


def _named(
    heads: Sequence[Head], one: Sought, settings: BallotSettings, width: int
) -> tuple[QuestionLayout | None, list[Fault]]:
    """The columns that the contest's file names itself, in the order of the ranks."""
    wanted = list(map(unmarked, settings.columns))
    first, last = settings.first_column or 1, settings.last_column or width
    found = [head for head in heads if first <= head.index + 1 <= last]
    if wanted:
        found = [head for name in wanted for head in heads if head.whole == name]
    if lost := [n for n in settings.columns if unmarked(n) not in [h.whole for h in found]]:
        near = near_to(heads, lost[0])
        said = f"a column named in contest.toml [ballots] is missing{near}"
        return None, [Fault(said, "name another")]
    columns = [Column(head, head.grid[1], "grid") for head in found]
    if not columns:
        return None, [Fault("there is no column where contest.toml [ballots] says", HEADED)]
    if len(set(wanted)) < len(columns) and wanted:
        return None, [Fault(f"a column is listed twice: {letters(columns)}", "name each once")]
    by_choice = one.layout == "auto" and any(column.row in one.places for column in columns)
    if by_choice or one.layout == "candidates in columns":
        return judge(columns, one)
    ranks = [one.rank(column.row) for column in columns]
    faults = []
    if any(ranks) and ranks != list(range(1, len(ranks) + 1)):
        said = f"{letters(columns)} are not listed in the order of their ranks"
        faults.append(Fault(said, "list them in that order"))
    if one.ranked and one.most > 1 == len(columns) and one.layout != "single choice":
        said = f"{letters(columns)} is only one column, but “{one.contest.title}” is ranked"
        faults.append(Fault(said, A_RANK_EACH))
    if one.layout == "single choice" and len(columns) > 1:
        faults.append(Fault(f"{letters(columns)}: a ballot has one choice", "name one column"))
    left = find([head for head in heads if head not in found], [one]).asked.get(one.contest.id)
    if left and left.columns:  # a row that is neither choice nor rank is no part of it
        said = f"{letters(left.columns)}: also of this contest, but not among the columns listed"
        faults.append(Fault(said, RETITLED))
    layout: Layout = "single choice" if one.layout == "single choice" else "ranks in columns"
    return QuestionLayout(layout, tuple(columns)), faults


def all_places(contest: Contest, settings: BallotSettings) -> dict[str, int]:
    """Folded text → place of the choice, the file's own aliases included.

    Raises:
        FixTheData: an alias means no choice of the contest.
    """
    places = contest.places()
    for said, meant in settings.aliases.items():
        place = contest.place_of(meant)
        if place is None:
            raise FixTheData(
                "an alias stands for something that is not a choice of this contest",
                where="contest.toml [ballots.aliases]",
                rule="BA-4",
                next_step=f"write one of: {', '.join(contest.choices)}",
            )
        places[folded(said)] = place
    return places
