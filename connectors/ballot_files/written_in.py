"""Votes that were written next to a contest whose own columns are blank (BA-2).

Forms have a separate line for another answer: `Other (please specify)`, `Sheriff - other`. It is
not read as a vote, so the person who wrote it would be counted as blank without notice.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from connectors.ballot_files.columns import Columns
from models.ballots.elsewhere import begins_with_title, text_at
from models.ballots.headers import Sought
from models.intake.locations import column_letter
from models.text.folding import folded

_OTHER = re.compile(r"\b(?:others?|write[- ]?ins?|specify|otr[oa]s?|especifi\w+)\b")


def written_in(
    unread: Mapping[int, str], columns: Columns, one: Sought, rows: Sequence[Sequence[str]]
) -> Iterator[tuple[int, int]]:
    """Columns for another answer, and in how many rows they are filled where the contest is blank.

    Args:
        unread: the headers of the columns that nothing reads, by column.
    """
    beside = {columns.indices[0] - 1, columns.indices[-1] + 1}
    for index, header in unread.items():
        if _OTHER.search(folded(header)) and (index in beside or begins_with_title(header, one)):
            _, both = _filled(index, columns, rows)
            if both:
                yield index, both


def notes_beside(
    unread: Mapping[int, str], columns: Columns, one: Sought, rows: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """Columns that are filled where the contest is blank, and perhaps answer it."""
    told = []
    for index, header in unread.items():
        filled, both = _filled(index, columns, rows)
        blank = sum(not _marks(row, columns) for row in rows)
        if both and (both == blank == filled or begins_with_title(header, one)):
            where = "1 row that marks" if both == 1 else f"{both} rows that mark"
            told.append(
                f"column {column_letter(index)} is filled in {where} nothing here; if it has "
                "votes, move them to the column that is read"
            )
    return tuple(told)


def _filled(index: int, columns: Columns, rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How many rows hold something in a column, and how many of them leave the contest blank."""
    filled = [row for row in rows if text_at(row, index)]
    return len(filled), sum(not _marks(row, columns) for row in filled)


def _marks(row: Sequence[str], columns: Columns) -> bool:
    return any(text_at(row, index) for index in columns.indices)
