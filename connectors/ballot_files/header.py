"""Where a file has a contest's header: in which row, and on which sheet."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from connectors.ballot_files.beside import SAMPLE
from connectors.ballot_files.columns import Columns, all_places, find_columns, sought
from connectors.ballot_files.edges import is_of_times
from connectors.ballot_files.rows import TableFile, filled_in
from connectors.ballot_files.settings import BallotSettings
from models.ballots.elsewhere import TICKS
from models.ballots.headers import asks_scores, takes_one_word
from models.ballots.layouts import choices_in, rank_of, with_yes_and_no
from models.contests.contest import Contest
from models.errors import FixTheData, FixTheSettings
from models.intake.locations import SourceLocation, column_letter
from models.intake.unsent import DAY, has_time
from models.privacy import redact_addresses
from models.text.folding import folded, unmarked

if TYPE_CHECKING:
    from connectors.ballot_files.xlsx_file import XlsxFile


def columns_of(
    file: TableFile,
    name: str,
    contest: Contest,
    settings: BallotSettings,
    ranked: bool | None,
) -> Columns:
    """The contest's columns; a time column without any time is not used."""
    if not file.header:
        raise FixTheData(
            "the file is empty, or has no header",
            where=name,
            next_step="check that it is the right file",
        )
    try:
        columns = find_columns(file.header, contest, settings, name, ranked=ranked)
        _refuse_scores(columns, contest, settings, name)
    except FixTheData as exc:
        if _headless(file, contest, settings):
            exc.next_step = (
                f"if the file has no header, write one above the votes; or {exc.next_step}"
            )
        if found := _header_below(file, contest, settings, ranked):
            said = f"the header is in row {found}: set contest.toml [ballots] header_row = {found}"
            exc.next_step = f"{said}; or {exc.next_step}"
        elif letter := _a_row_each(file, contest, settings):
            exc.fact += (
                f"; column {letter} names it in its cells, as in a file with one row per answer"
            )
            exc.next_step = f"{_A_ROW_A_BALLOT}; or {exc.next_step}"
        raise
    said = unmarked(settings.time_column or "")
    if said and said not in map(unmarked, file.header):
        raise FixTheSettings(
            "the time_column that contest.toml [ballots] names is not there",
            where=str(SourceLocation(name, f"{settings.header_row}:{settings.header_row}")),
            rule="BA-7",
            next_step='name another column, or none with time_column = ""',
        )
    rows = [(n, row) for n, row in file.sample(SAMPLE) if any(map(str.strip, row))]
    if columns.time is None and settings.time_column is None:
        columns = replace(columns, time=_of_times(rows, columns))
    if columns.time is None:
        return columns
    at = columns.time
    timed = [row for _, row in rows if len(row) > at and has_time(row[at])]
    if not timed:
        return replace(columns, time=None)
    return replace(columns, sums=frozenset([filled_in(timed, columns)]))


def _refuse_scores(columns: Columns, contest: Contest, settings: BallotSettings, name: str) -> None:
    """A question that asks for scores, whose highest number is the best, under its own name."""
    ranks = columns.ranked and columns.layout == "candidates in columns"
    if ranks and asks_scores(settings.question) and not contest.own_ranks:
        raise FixTheData(
            "the question asks for scores, but the contest is ranked, so the best would be last",
            where=str(SourceLocation(name, f"{settings.header_row}:{settings.header_row}")),
            rule="BA-7",
            next_step="scores are not ranks; if each voter gave every choice a different "
            "number, set which rank each number means in contest.toml [ranks]",
        )


def _headless(file: TableFile, contest: Contest, settings: BallotSettings) -> bool:
    """Whether the line that is read as the header holds a vote, as those below it do."""
    places = all_places(contest, settings)
    said = [index for index, cell in enumerate(file.header) if folded(cell) in places]
    below = [row[i] for _, row in file.sample(_BELOW) for i in said if i < len(row)]
    return any(folded(cell) in places for cell in below)


def _of_times(rows: Sequence[tuple[int, Sequence[str]]], columns: Columns) -> int | None:
    """The column with the time of each answer, by its cells."""
    whole = len(rows) < SAMPLE
    for index in columns.others:
        cells = [(n, row[index].strip() if index < len(row) else "") for n, row in rows]
        if is_of_times(cells, whole=whole):
            return index
    return None


_A_ROW_A_BALLOT = (
    "write one row per ballot, and one column per contest with its title as the header; a pivot "
    "table can make them"
)


def _header_below(
    file: TableFile, contest: Contest, settings: BallotSettings, ranked: bool | None
) -> int:
    """The row below that heads the contest's columns by its title, 0 where none does.

    Many sheets have a title above the header, and Qualtrics has its own names above its questions.
    """
    if file.explained and settings.header_row == 1:
        return 2
    titled, sample = _titled(contest, settings), file.sample(_ABOVE + _BELOW)
    strange = False  # a row has the title, and no votes are below it
    for at, (number, row) in enumerate(sample[:_ABOVE]):
        if columns := _fits(row, contest, titled, ranked):
            below = [row for _, row in sample[at + 1 :]]
            votes = _holds_votes(below, columns, contest, settings)
            if votes or (votes is None and not strange):
                return number
            strange = True
    return 0


def _holds_votes(
    rows: Sequence[Sequence[str]], columns: Columns, contest: Contest, settings: BallotSettings
) -> bool | None:
    """Whether any cell below is a vote, else the title itself is a cell; None: all are empty."""
    places = all_places(contest, settings)
    if takes_one_word(contest):
        places = with_yes_and_no(places)
    cells = [row[i] for row in rows for i in columns.indices if i < len(row) and row[i].strip()]
    by_choice = columns.layout == "candidates in columns"
    votes = (
        bool(rank_of(cell, contest.own_ranks)) or folded(cell) in TICKS
        if by_choice
        else not isinstance(choices_in(cell, places, settings.overvote_delimiter), str)
        for cell in cells
    )
    return any(votes) if cells else None


def _a_row_each(file: TableFile, contest: Contest, settings: BallotSettings) -> str:
    """In a file with one row per answer, return the column that says what each row answers."""
    titles = sought(contest, settings).titles
    named = (
        column_letter(index)
        for _, row in file.sample(_ABOVE + _BELOW)
        for index, cell in enumerate(row)
        if unmarked(cell) in titles
    )
    return next(named, "")


def _holds(
    rows: Sequence[Sequence[str]], contest: Contest, settings: BallotSettings, ranked: bool | None
) -> bool:
    """Whether the first rows of a sheet have a header of the contest, and a row below it."""
    titled = _titled(contest, settings)
    return any(
        _fits(row, contest, titled if number else settings, ranked) is not None
        for number, row in enumerate(rows[:-1])
    )


def _titled(contest: Contest, settings: BallotSettings) -> BallotSettings:
    """The settings by which a header must bear the contest's title: rows of votes bear none."""
    return settings.model_copy(update={"question": settings.question or contest.title})


def _fits(
    row: Sequence[str], contest: Contest, settings: BallotSettings, ranked: bool | None
) -> Columns | None:
    """The columns that a row heads, if it is a header of the contest."""
    with suppress(FixTheData):
        return find_columns(row, contest, settings, "", ranked=ranked)
    return None


_ABOVE = 5
_BELOW = 50
"""How many rows can be above a header, and how many below show whether it is one."""


def sheet_of(
    book: "XlsxFile", contest: Contest, settings: BallotSettings, ranked: bool | None
) -> tuple[Columns, tuple[str, ...]]:
    """The contest's columns on the sheet that is read, and what is to be said of the others.

    Raises:
        FixTheData: the sheet has none of the contest; other sheets that have are named.
    """
    others = [
        f"“{redact_addresses(title)}”"
        for title, rows in book.others.items()
        if _holds(rows, contest, settings, ranked)
    ]
    try:
        columns = columns_of(book, book.name, contest, settings, ranked)
    except FixTheData as exc:
        if others:
            sheet = redact_addresses(book.sheet)
            exc.fact += f"; the sheet “{sheet}” was read, but {_and(others)} would fit"
            exc.next_step = f"name the sheet in contest.toml [ballots] sheet; or {exc.next_step}"
        raise
    if not others:
        return columns, ()
    timed = [title for title, rows in book.others.items() if _has_days(rows)]
    timed = [one for one in others if one in {f"“{redact_addresses(title)}”" for title in timed}]
    read = [row for _, row in book.sample(_BELOW)]
    if timed and columns.time is None and not _has_days(read) and not settings.sheet:
        raise FixTheData(
            f"the sheet “{redact_addresses(book.sheet)}” was read, but none of its rows has a "
            f"time; {_and(timed)} would fit with times",
            where=book.name,
            rule="BA-7",
            next_step="name the sheet of the ballots in contest.toml [ballots] sheet",
        )
    have = "has" if len(others) == 1 else "have"
    sheet = redact_addresses(book.sheet)
    said = f"the sheet “{sheet}” is read; {_and(others)} also {have} ballots, which are not read"
    return columns, (f"{said}; to read another sheet, set [ballots] sheet in contest.toml",)


def _has_days(rows: Sequence[Sequence[str]]) -> bool:
    return any(DAY.match(cell.strip()) for row in rows for cell in row)


def _and(names: Sequence[str]) -> str:
    return " and ".join(names)
