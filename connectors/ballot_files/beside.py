"""Columns next to a contest's own that would change what its rows mean (BA-7).

A column of ranks or choices under another header is a forgotten part of the contest. One that
counts ballots makes several ballots of a row. A row of ranks without the number that every other
row has is a sum. Nothing is guessed: each is refused, and `[ballots] ignore` skips a column.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from connectors.ballot_files.columns import Columns, all_places, sought
from connectors.ballot_files.edges import without_a_voter
from connectors.ballot_files.rows import TableFile, ballot_of
from connectors.ballot_files.settings import BallotSettings
from connectors.ballot_files.summaries import ABOUT_VOTERS, refuse_no_ballots
from connectors.ballot_files.tables_of_results import quantity
from connectors.ballot_files.written_in import notes_beside, written_in
from models.ballots.elsewhere import elsewhere, said_otherwise, text_at, widened
from models.ballots.layouts import rank_of
from models.contests.contest import Contest
from models.errors import FixTheData
from models.intake.locations import SourceLocation, column_letter
from models.intake.unsent import has_time
from models.privacy import redact_addresses
from models.text.folding import folded, unmarked

SAMPLE = 10_000
"""How many rows to look at to judge a column that is not the contest's."""
FEW = 3
"""How many rows can lack a number; if more do, the column does not number the rows."""
_MANY_EACH = re.compile(
    r"(?:number of |no\.? of |total |voting |vote |delegate )?"
    r"(?:count|votes|ballots|weight|strength|power|shares?|units?|proxies|delegates|how many)"
    r"(?: (?:cast|held|carried|count|votes))?"
)


def refuse_what_makes_others(
    file: TableFile, columns: Columns, contest: Contest, settings: BallotSettings
) -> tuple[str, ...]:
    """Look at a sample of the rows.

    Returns:
        Remarks on columns that might change what rows mean.

    Raises:
        FixTheData: a column or row makes other ballots of what is read; its place.
    """
    sample = file.sample(SAMPLE)
    header = widened(file.header, [row for _, row in sample])
    _refuse_a_second_header(file, sample, header, columns, contest, settings)
    rows = [(n, row) for n, row in sample if isinstance(ballot_of(row, columns), tuple)]
    notes = _refuse_moved(file, [row for _, row in rows], header, columns, contest, settings)
    for index in columns.others:
        cells = [(n, row[index].strip() if index < len(row) else "") for n, row in rows]
        filled = [cell for _, cell in cells if cell]
        if not filled:
            continue
        title = unmarked(header[index])
        place = str(SourceLocation(file.name, f"{column_letter(index)}{settings.header_row}"))
        if _MANY_EACH.fullmatch(title) and any((quantity(cell) or 0) > 1 for cell in filled):
            fact = "this column counts ballots, but each row is read as one ballot"
            raise _refusal(place, fact, "write one row per ballot", header[index])
        if columns.ranked and (what := _part(filled, title, columns, contest, settings)):
            fact = f"this column has {what}, but its header does not belong to this contest"
            more = ", or add it to the contest's choices" if columns.places else ""
            raise _refusal(
                place, fact, f"if it belongs to the contest, fix the header{more}", header[index]
            )
        unnumbered = [number for number, cell in cells if not cell]
        numbers = len(set(filled)) == len(filled) > FEW >= len(unnumbered)
        unnumbered = (unnumbered if numbers and columns.places else []) or without_a_voter(cells)
        if unnumbered and columns.time is None:
            fact = f"column {column_letter(index)} has something different in every other row"
            place = str(SourceLocation(file.name, f"{unnumbered[0]}:{unnumbered[0]}"))
            raise _refusal(
                place,
                f"this might be a sum: {fact}",
                "delete the row, or fix the cell",
                header[index],
            )
    whole = len(sample) < SAMPLE
    refuse_no_ballots(file, rows, header, columns, contest, settings, whole=whole)
    return notes


def _refuse_a_second_header(
    file: TableFile,
    sample: Sequence[tuple[int, Sequence[str]]],
    header: Mapping[int, str],
    columns: Columns,
    contest: Contest,
    settings: BallotSettings,
) -> None:
    """SurveyMonkey's, whose first row has the title above only the first choice."""
    if len(columns.indices) != 1 or not sample:
        return
    (first,), (number, row) = columns.indices, sample[0]
    if columns.time is not None and has_time(text_at(row, columns.time)):
        return
    after = takewhile(lambda index: not header[index].strip(), range(first + 1, len(header)))
    places = all_places(contest, settings)
    choices = [places.get(folded(row[i])) for i in (first, *after) if i < len(row)]
    known = [place for place in choices if place is not None]
    if len(set(known)) == len(known) > 1:
        where = str(SourceLocation(file.name, f"{number}:{number}"))
        fact = "this is a second header row, with one column per choice"
        step = (
            "give each of the columns a header with the title and its choice, as in "
            f"“{contest.title} [{contest.choices[0]}]”, and delete row {number}"
        )
        raise FixTheData(fact, where=where, rule="BA-7", next_step=step)


def _refuse_moved(
    file: TableFile,
    rows: Sequence[Sequence[str]],
    header: Mapping[int, str],
    columns: Columns,
    contest: Contest,
    settings: BallotSettings,
) -> tuple[str, ...]:
    """Votes under another header, which would be blank ballots (BA-2)."""
    beyond = range(len(file.header), len(header))
    unread = {index: header[index] for index in (*columns.others, *columns.grids, *beyond)}
    one = sought(contest, settings)
    for index in said_otherwise(unread, columns.indices, one, rows):
        where = str(SourceLocation(file.name, f"{column_letter(index)}{settings.header_row}"))
        fact = "this column has choices, and some of them differ from the column that is read"
        step = (
            "if voters changed their minds there, put the vote that counts in the column that "
            "is read"
        )
        raise _refusal(where, fact, step, header[index])
    for moved in elsewhere(unread, columns.indices, one, rows):
        own, first = columns.indices, moved[0]
        many = sum(
            any(text_at(row, i) for i in moved) and not any(text_at(row, i) for i in own)
            for row in rows
        )
        where = str(SourceLocation(file.name, f"{column_letter(first)}{settings.header_row}"))
        lot = "1 of its rows is" if many == 1 else f"{many} of its rows are"
        fact = f"this column has choices, but {lot} blank in the column that is read"
        step = "if it also asked about this contest, move its votes to the column that is read"
        raise _refusal(where, fact, step, header[first])
    for index, many in written_in(unread, columns, one, rows):
        where = str(SourceLocation(file.name, f"{column_letter(index)}{settings.header_row}"))
        lot = "1 row that is" if many == 1 else f"{many} rows that are"
        fact = f"this column is for other answers, and is filled in {lot} blank in the column "
        fact += "that is read"
        step = "if it has votes, move each one to the column that is read"
        raise _refusal(where, fact, step, header[index])
    return notes_beside(unread, columns, one, rows)


def _part(
    cells: Sequence[str], header: str, columns: Columns, contest: Contest, settings: BallotSettings
) -> str:
    """What of the contest a column has; only "no endorsement" might be another contest's."""
    if columns.places:
        most = len(columns.indices) + 1
        if ABOUT_VOTERS.fullmatch(header):
            return ""
        return "ranks" if all((r := rank_of(cell)) and r <= most for cell in cells) else ""
    places = all_places(contest, settings)
    candidates = {places[folded(name)] for name in getattr(contest, "candidates", ())}
    found = {places.get(folded(cell)) for cell in cells}
    return "choices" if None not in found and (candidates & found or not header) else ""


def _refusal(place: str, fact: str, next_step: str, header: str) -> FixTheData:
    named = redact_addresses(header.strip()).replace('"', "'")
    away = f'list it in contest.toml [ballots] ignore = ["{named}"]' if named else "delete it"
    step = f"if the column has nothing to do with this contest, {away}; {next_step}"
    return FixTheData(fact, where=place, rule="BA-7", next_step=step)
