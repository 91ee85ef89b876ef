"""What stands beside a contest's columns, and would make other ballots of its rows (BA-7).

A column of ranks or choices under another header is a forgotten part of the contest; one that
counts ballots makes several of a row; and a row of ranks without the number that every other row
has is a sum. None of it is guessed: each is refused, and `[ballots] ignore` passes a column over.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from connectors.ballot_files.columns import Columns, all_places
from connectors.ballot_files.rows import ballot_of
from connectors.ballot_files.settings import BallotSettings
from models.ballots.layouts import rank_of
from models.contests import Contest
from models.errors import FixTheData
from models.folding import folded, unmarked
from models.places import Place, column_letter

if TYPE_CHECKING:
    from connectors.ballot_files.csv_file import CsvFile
    from connectors.ballot_files.xlsx_file import XlsxFile

SAMPLE = 1_000
"""Rows looked at to judge a column that nobody asked for."""
FEW = 3
"""Rows without a number; where more have none, the column is no numbering."""
_MANY_EACH = frozenset(
    ("count", "votes", "ballots", "weight", "number of ballots", "number of votes", "how many")
)


def refuse_what_makes_others(
    file: "CsvFile | XlsxFile", columns: Columns, contest: Contest, settings: BallotSettings
) -> None:
    """Look at a sample of the rows.

    Raises:
        FixTheData: a column or row makes other ballots of what is read; its place.
    """
    sample = file.sample(SAMPLE) if columns.others else []
    rows = [(n, row) for n, row in sample if isinstance(ballot_of(row, columns), tuple)]
    for index in columns.others:
        cells = [(n, row[index].strip() if index < len(row) else "") for n, row in rows]
        filled = [cell for _, cell in cells if cell]
        if not filled:
            continue
        header = unmarked(file.header[index])
        place = str(Place(file.name, f"{column_letter(index)}{settings.header_row}"))
        if columns.ranked and (what := _part(filled, header, columns, contest, settings)):
            fact = f"the column holds {what}, but its header is none of this contest"
            more = ", or add it to the contest's choices" if columns.places else ""
            raise _refusal(place, fact, f"mend the header{more}")
        if (
            header in _MANY_EACH
            and any(cell not in ("0", "1") for cell in filled)
            and _whole(filled)
        ):
            fact = "the column counts ballots, and a row is read as one"
            raise _refusal(place, fact, "write a row for each ballot")
        unnumbered = [number for number, cell in cells if not cell]
        numbers = len(set(filled)) == len(filled) > FEW >= len(unnumbered)
        if unnumbered and numbers and columns.places and columns.time is None:
            fact = f"column {column_letter(index)} has something else in every other row"
            place = str(Place(file.name, f"{unnumbered[0]}:{unnumbered[0]}"))
            raise _refusal(place, f"perhaps a sum: {fact}", "delete the row, or fill the cell")


def _part(
    cells: Sequence[str], header: str, columns: Columns, contest: Contest, settings: BallotSettings
) -> str:
    """What of the contest a column holds; "no endorsement" alone may be another race's own."""
    if columns.places:
        most = len(columns.indices) + 1
        return "ranks" if all((r := rank_of(cell)) and r <= most for cell in cells) else ""
    places = all_places(contest, settings)
    candidates = {places[folded(name)] for name in getattr(contest, "candidates", ())}
    found = {places.get(folded(cell)) for cell in cells}
    return "choices" if None not in found and (candidates & found or not header) else ""


def _whole(cells: Sequence[str]) -> bool:
    return all(cell.removesuffix(".0").isdecimal() for cell in cells)


def _refusal(place: str, fact: str, next_step: str) -> FixTheData:
    ignore = "or, if it has nothing to do with the vote, name it in contest.toml [ballots] ignore"
    return FixTheData(fact, where=place, rule="BA-7", next_step=f"{next_step}; {ignore}")
