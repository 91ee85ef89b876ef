"""Rows that look like ballots but are not: summaries, sums, tests (BA-2, BA-7).

A table of results has each choice once, next to a number. A sum below shows how often each column
is filled. A survey's preview and an unfinished page are answers that no voter gave. None of it is
counted or silently skipped: each is refused, with the setting that decides.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from connectors.ballot_files.columns import Columns
from connectors.ballot_files.doubtful import refuse_doubtful
from connectors.ballot_files.rows import TableFile, filled_in, perhaps_a_sum
from connectors.ballot_files.settings import BallotSettings
from connectors.ballot_files.tables_of_results import counts_below_choices, is_summary, quantity
from models.ballots.headers import takes_one_word
from models.contests.contest import Contest
from models.errors import FixTheData
from models.intake.locations import SourceLocation, column_letter
from models.privacy import redact_addresses
from models.text.folding import folded, unmarked

Numbered = Sequence[tuple[int, Sequence[str]]]

ABOUT_VOTERS = re.compile(
    r"(?:.*[\s_-])?(?:id|code|precinct|ward|district|zip|phone|age|precinto|distrito|código)"
    r"|(?:ballot |paper |voter |row )?(?:number|no|nr|número)|ballot|paper|row|voter"
)
"""Headers whose numbers are about a voter or a sheet of paper, and count nothing."""
_NUMBER = re.compile(r"\d+(?:\.0)?")
_RANK = frozenset(("rank", "ranking", "preference", "choice number", "rango", "preferencia"))
_TESTS = frozenset(("survey preview", "preview", "survey test", "test", "spam"))
_FEWEST = 3
"""Ballots above a row that may be their sum."""


def refuse_no_ballots(
    file: TableFile,
    rows: Numbered,
    header: Mapping[int, str],
    columns: Columns,
    contest: Contest,
    settings: BallotSettings,
    *,
    whole: bool,
) -> None:
    """Look at the rows that would be ballots.

    Args:
        whole: whether they are all of the file.

    Raises:
        FixTheData: some are no ballots, or perhaps none.
    """
    if whole and columns.time is None:
        _refuse_a_sum(file, rows, columns)
    for index in columns.others:
        cells = [(n, row[index].strip() if index < len(row) else "") for n, row in rows]
        title, filled = unmarked(header[index]), [cell for _, cell in cells if cell]
        head = str(SourceLocation(file.name, f"{column_letter(index)}{settings.header_row}"))
        said = redact_addresses(header[index].strip()).replace('"', "'")
        ignore = f'contest.toml [ballots] ignore = ["{said}"]'
        if tests := [n for n, cell in cells if _is_test(title, folded(cell))]:
            raise FixTheData(
                "this is a test, or a response that was never finished",
                where=str(SourceLocation(file.name, f"{tests[0]}:{tests[0]}")),
                rule="BA-2",
                next_step=f"delete each such row; if they count, set {ignore}",
            )
        letter = column_letter(index)
        refuse_doubtful(file.name, cells, header[index], letter, contest, ignore)
        if not filled or None in map(quantity, filled):
            continue
        if title in _RANK and not columns.ranked:
            raise FixTheData(
                "this file has one row per rank, but each row is read as one ballot",
                where=head,
                rule="BA-7",
                next_step=f"write one row per ballot; if the numbers are not ranks, set {ignore}",
            )
        if (
            whole
            and columns.time is None
            and not ABOUT_VOTERS.fullmatch(title)
            and is_summary(rows, index, columns)
        ):
            raise FixTheData(
                "each vote is here at most once, next to a number: this might be a summary, or "
                "ballots",
                where=head,
                rule="BA-7",
                next_step="write one row per ballot; if each row is one already, and the "
                f"numbers count nothing, set {ignore}",
            )
    blank = set(map(folded, settings.blank))
    if columns.ticks and (number := counts_below_choices(rows, columns, blank)):
        raise FixTheData(
            "the numbers under the choices are neither check marks nor ranks: they might be "
            "results or scores",
            where=str(SourceLocation(file.name, f"{number}:{number}")),
            rule="BA-7",
            next_step="write one row per ballot, with x under the choice it marks; if a number "
            "means that nothing is marked, add it to contest.toml [ballots] blank",
        )
    if takes_one_word(contest):
        _refuse_a_number_among_words(file, rows, columns, settings)


def _is_test(title: str, cell: str) -> bool:
    if title in ("status", "response type"):
        return cell in _TESTS
    return title == "finished" and cell in ("false", "0", "no")


def _refuse_a_sum(file: TableFile, rows: Numbered, columns: Columns) -> None:
    """A last row without a time that says how often each column above is filled, or has a 1."""
    if len(rows) <= _FEWEST or not columns.places or not (columns.whole or columns.others):
        return  # who named all other columns in `ignore` knows what the row is
    *above, (number, last) = rows
    counts = tuple(_counts(_own(last, columns)))
    votes = [_own(row, columns) for _, row in above]
    firsts = tuple(
        sum(cell in ("1", "1.0") for cell in cells) for cells in zip(*votes, strict=True)
    )
    ranks = sorted(filter(None, counts))
    is_ranking = ranks == list(range(1, len(ranks) + 1))
    filled = filled_in([row for _, row in above], columns)
    if counts == filled or (counts == firsts and not is_ranking):
        fault = perhaps_a_sum(file.name, number)
        fault.fact = (
            "this might be a sum: each cell is the number of filled cells, or of 1s, above it"
        )
        fault.next_step = "if it is a sum, delete the row; if it is a ballot, move it up"
        raise fault


def _refuse_a_number_among_words(
    file: TableFile, rows: Numbered, columns: Columns, settings: BallotSettings
) -> None:
    known = {folded(said) for said in settings.aliases}
    words = {folded(word) for word in (*settings.blank, *settings.overvote)}
    said = [(n, index, cell) for n, row in rows for index, cell in _cells(row, columns)]
    numbers = [(n, index) for n, index, cell in said if cell in ("0", "1") and cell not in known]
    if numbers and any(folded(c) not in words and not _NUMBER.fullmatch(c) for *_, c in said):
        number, index = numbers[0]
        raise FixTheData(
            "this is a number among words: it might be a sum, or a vote",
            where=str(SourceLocation(file.name, f"{column_letter(index)}{number}")),
            rule="BA-2",
            next_step="if it is a sum, delete the row; otherwise write the choice, or set what "
            "the number means in contest.toml [ballots.aliases]",
        )


def _own(row: Sequence[str], columns: Columns) -> list[str]:
    return [row[i].strip() if i < len(row) else "" for i in columns.indices]


def _cells(row: Sequence[str], columns: Columns) -> Iterator[tuple[int, str]]:
    cells = zip(columns.indices, _own(row, columns), strict=True)
    return ((index, cell) for index, cell in cells if cell)


def _counts(cells: Sequence[str]) -> Iterator[int]:
    """Whole numbers, an empty cell for none; anything else is no count."""
    return (int(float(c)) if _NUMBER.fullmatch(c) else 0 if not c else -1 for c in cells)
