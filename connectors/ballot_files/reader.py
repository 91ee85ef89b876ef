"""A ballot file → how many ballots carry each ranking, with the sums of BA-2."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from connectors.ballot_files.beside import refuse_what_makes_others
from connectors.ballot_files.cells import BallotReader, Unreadable
from connectors.ballot_files.columns import Columns
from connectors.ballot_files.csv_file import CsvFile
from connectors.ballot_files.header import columns_of, sheet_of
from connectors.ballot_files.not_text import OTHER_TEXT, not_text
from connectors.ballot_files.rows import TableFile
from connectors.ballot_files.settings import BallotSettings
from connectors.files.table_kinds import is_workbook
from models.ballots.asked import marked
from models.contests.contest import Contest
from models.errors import FixTheData
from models.intake.locations import SourceLocation, column_letter
from models.lookalikes import alike
from models.privacy import redact_addresses
from models.tally.rankings import Ranking, Rankings

MOST_PLACES = 10
"""How many faults to list; the others are only counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be read: its place, why, and what to do."""

    place: str
    reason: str
    next_step: str


@dataclass(frozen=True, slots=True)
class BallotFile:
    """What a file holds for one contest. `set_aside` are the rows counted as unreadable."""

    rankings: Rankings
    rows: int
    set_aside: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def unreadable(self) -> int:
        """Rows whose vote cannot be read."""
        return len(self.set_aside)


def read_ballots(
    path: Path, contest: Contest, settings: BallotSettings, *, ranked: bool | None = None
) -> BallotFile:
    """Read a CSV or XLSX file of ballots.

    Args:
        ranked: whether voters rank in the contest; without it, as its kind says.

    Raises:
        FixTheData: the file or its header is not understood, or cells cannot be read and the
            settings do not reject such rows; every fault with its place, never its text.
    """
    try:
        workbook = is_workbook(path, "BA-4")
    except OSError as exc:
        raise FixTheData(
            f"the file cannot be read: {exc.strerror}", where=str(path), next_step="check its name"
        ) from None
    if workbook:
        from connectors.ballot_files.xlsx_file import XlsxFile  # slow to import, seldom needed

        book = XlsxFile(path, settings)
        columns, remarks = sheet_of(book, contest, settings, ranked)
        found = _read(book, columns, path.name, contest, settings, remarks)
        if not found.rows and remarks:
            raise FixTheData(
                f"there is no ballot here; {remarks[0]}",
                where=f"{path.name}, sheet “{redact_addresses(book.sheet)}”",
                rule="BA-2",
                next_step="name the sheet of the ballots in contest.toml [ballots] sheet",
            )
        return found
    remarks = ()
    for encoding in [settings.encoding] if settings.encoding else ["utf-8", "cp1252"]:
        try:
            file = CsvFile(path, settings, encoding)
            columns = columns_of(file, path.name, contest, settings, ranked)
            return _read(file, columns, path.name, contest, settings, remarks)
        except UnicodeDecodeError:
            remarks = ("it is read as Windows-1252 text",)
        except FixTheData as exc:
            if remarks:
                exc.next_step += f"; {OTHER_TEXT}"
            raise
    raise not_text(path.name, settings.encoding or "UTF-8 or Windows-1252")


def _read(
    file: TableFile,
    columns: Columns,
    name: str,
    contest: Contest,
    settings: BallotSettings,
    remarks: tuple[str, ...] = (),
) -> BallotFile:
    remarks += refuse_what_makes_others(file, columns, contest, settings)
    reader = BallotReader(contest, columns, settings)
    rankings: dict[Ranking, int] = {}
    faulty: set[tuple[str, ...]] = set()
    rows = 0
    width, read = len(columns.indices), reader.read
    for cells, votes in file.grouped(columns):
        rows += votes
        try:
            ranking = read(cells)
        except Unreadable:
            faulty.add(_shape(cells, width))
            continue
        if len(cells) > width and any(cells[width:]):
            faulty.add(_shape(cells, width))
        else:
            rankings[ranking] = rankings.get(ranking, 0) + votes
    if file.untimed:
        raise _untimed(name, file.untimed, column_letter(columns.time or 0))
    if not rows:
        remarks += ("there is no ballot below the header",)
    remarks += (*columns.remarks, *_unsent(file.unsent), *alike(marked(contest)))
    if (many := rankings.get((), 0)) and columns.time is None:
        mark = "1 row marks" if many == 1 else f"{many} rows mark"
        counts = "counts as a blank ballot" if many == 1 else "count as blank ballots"
        remarks += (f"{mark} nothing here and {counts}",)
    if columns.places and not columns.ticks:
        remarks += _scored(rankings, rows)
    located = _located(file, name, columns, reader, faulty) if faulty else iter(())
    if faulty and (settings.unreadable == "stop" or not rankings):
        raise _together(tuple(islice(located, MOST_PLACES)), rows - sum(rankings.values()), rows)
    faults = tuple(located)
    if sum(rankings.values()) + len(faults) != rows:
        raise ArithmeticError(f"{rows} rows are not all in a box (BA-2)")
    return BallotFile(rankings, rows, faults, remarks)


def _scored(rankings: Mapping[Ranking, int], rows: int) -> tuple[str, ...]:
    """A remark where most ballots give one rank to several choices: these may be scores."""
    tied = sum(n for said, n in rankings.items() if any(isinstance(s, frozenset) for s in said))
    if 2 * tied <= rows:
        return ()
    scored = f"{tied} of {rows} ballots give the same rank to several choices"
    return (f"{scored}; if these are scores, they are not ranks",)


def _unsent(rows: Sequence[int]) -> tuple[str, ...]:
    """Remarks on rows that have something but were not sent by a voter."""
    if not rows:
        return ()
    places = ", ".join(map(str, rows[:MOST_PLACES])) + (" …" if len(rows) > MOST_PLACES else "")
    many = "1 row is not a ballot" if len(rows) == 1 else f"{len(rows)} rows are not ballots"
    why = "not sent by a voter: no time, a row of sums, or unchecked boxes and formula errors"
    return (f"{many} (BA-7), {why}: {places}",)


def _untimed(name: str, rows: Sequence[int], letter: str) -> FixTheData:
    """Rows that might be paper ballots, from a broken sheet, or sums; only their writer knows."""
    first, many = rows[0], len(rows)
    more = f"; the same is true of {many - 1} more" if many > 1 else ""
    return FixTheData(
        f"this row marks something, but has no readable time in column {letter}, where other "
        f"rows have one{more}",
        where=str(SourceLocation(name, f"{first}:{first}")),
        rule="BA-2",
        next_step="write each row's time like 2026-05-01 19:03, and delete rows that are not "
        "ballots or were never sent; if rows without a time count, as for paper "
        'ballots, set contest.toml [ballots] time_column = ""',
    )


def _located(
    file: TableFile,
    name: str,
    columns: Columns,
    reader: BallotReader,
    faulty: set[tuple[str, ...]],
) -> Iterator[Fault]:
    """Each faulty row with its place; the file is read once more for that."""
    width = len(columns.indices)
    for number, cells in file.rows(columns):
        if _shape(cells, width) not in faulty:
            continue
        if any(cells[width:]):
            place = f"{number}:{number}"
            found = Unreadable("the row has more cells than the header", "fix the row; a name "
                               "with a comma in it needs quotation marks")  # fmt: skip
        else:
            found = reader.fault(cells)
            place = f"{column_letter(found.column)}{number}"
        yield Fault(str(SourceLocation(name, place)), found.reason, found.next_step)


def _shape(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """A row however it was cut: no empty cells at its end, nor beyond its header."""
    shape = [*cells[:width], *filter(None, cells[width:])]
    while shape and not shape[-1]:
        shape.pop()
    return tuple(shape)


def _together(faults: Sequence[Fault], many: int, rows: int) -> FixTheData:
    """All faults in one message: the first ones by place, the others by number."""
    lines = [f"{fault.place}: {fault.reason}" for fault in faults]
    if many > len(faults):
        lines.append(f"and {many - len(faults)} more")
    steps = list(dict.fromkeys(fault.next_step for fault in faults))
    if many < rows:
        steps.append(
            'or, to reject these rows and count the others, set [ballots] unreadable = "set '
            'aside" in contest.toml'
        )
    return FixTheData("\n".join(lines), rule="BA-2", next_step="; ".join(steps))
