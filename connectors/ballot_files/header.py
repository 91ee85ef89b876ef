"""Where a file has a contest's header: in which row, and on which sheet."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from connectors.ballot_files.beside import SAMPLE
from connectors.ballot_files.columns import Columns, find_columns
from connectors.ballot_files.csv_file import CsvFile
from connectors.ballot_files.rows import filled_in
from connectors.ballot_files.settings import BallotSettings
from models.contests.contest import Contest
from models.errors import FixTheData
from models.intake.unsent import has_time
from models.privacy import redact_addresses

if TYPE_CHECKING:
    from connectors.ballot_files.xlsx_file import XlsxFile


def columns_of(
    file: "CsvFile | XlsxFile",
    name: str,
    contest: Contest,
    settings: BallotSettings,
    ranked: bool | None,
) -> Columns:
    """The contest's columns; of a column for times that holds none, nobody asks any."""
    if not file.header:
        raise FixTheData(
            "the file is empty, or has no header", where=name, next_step="check that it is the one"
        )
    try:
        columns = find_columns(file.header, contest, settings, name, ranked=ranked)
    except FixTheData as exc:
        if found := _header_below(file, contest, settings, ranked):
            said = f"the header stands in row {found}: contest.toml [ballots] header_row = {found}"
            exc.next_step = f"{said}; or {exc.next_step}"
        raise
    if columns.time is None:
        return columns
    at = columns.time
    timed = [row for _, row in file.sample(SAMPLE) if len(row) > at and has_time(row[at])]
    if not timed:
        return replace(columns, time=None)
    return replace(columns, sums=frozenset([filled_in(timed, columns)]))


def _header_below(
    file: "CsvFile | XlsxFile", contest: Contest, settings: BallotSettings, ranked: bool | None
) -> int:
    """The row below that heads the contest's columns by its title, 0 where none does.

    A title stands above the header in many sheets, and Qualtrics' own names above its questions.
    """
    if file.explained and settings.header_row == 1:
        return 2
    titled = _titled(contest, settings)
    heads = (n for n, row in file.sample(_ABOVE) if _fits(row, contest, titled, ranked))
    return next(heads, 0)


def _holds(
    rows: Sequence[Sequence[str]], contest: Contest, settings: BallotSettings, ranked: bool | None
) -> bool:
    """Whether the first rows of a sheet have a header of the contest, and a row below it."""
    titled = _titled(contest, settings)
    return any(
        _fits(row, contest, titled if number else settings, ranked)
        for number, row in enumerate(rows[:-1])
    )


def _titled(contest: Contest, settings: BallotSettings) -> BallotSettings:
    """The settings by which a header must bear the contest's title: rows of votes bear none."""
    return settings.model_copy(update={"question": settings.question or contest.title})


def _fits(
    row: Sequence[str], contest: Contest, settings: BallotSettings, ranked: bool | None
) -> bool:
    with suppress(FixTheData):
        find_columns(row, contest, settings, "", ranked=ranked)
        return True
    return False


_ABOVE = 5
"""Rows that may stand above a header."""


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
            exc.fact += f"; read was the sheet “{sheet}”, and {_and(others)} would fit"
            exc.next_step = f"name the sheet in contest.toml [ballots] sheet; or {exc.next_step}"
        raise
    if not others:
        return columns, ()
    have = "has" if len(others) == 1 else "have"
    sheet = redact_addresses(book.sheet)
    said = f"the sheet “{sheet}” is read; {_and(others)} {have} ballots, too, unread"
    return columns, (f"{said}; [ballots] sheet in contest.toml names another",)


def _and(names: Sequence[str]) -> str:
    return " and ".join(names)
