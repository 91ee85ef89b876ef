"""Tables of results that look like a file of ballots (BA-7).

A result has each choice once next to a quantity, or once in each ward, or a number below each
choice in one row per ward. None of these is a ballot, whatever the columns are called.
"""

import re
from collections.abc import Collection, Sequence

from connectors.ballot_files.columns import Columns
from models.ballots.elsewhere import text_at
from models.text.folding import folded

Numbered = Sequence[tuple[int, Sequence[str]]]

_QUANTITY = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)(?: ?%)?(?: ?(?:votes?|ballots?|votos?|boletas?))?"
    r"|(?P<marks>[Il|/]+)",
    re.IGNORECASE,
)


def quantity(cell: str) -> float | None:
    """How many or how large a share a cell says: 12, 66%, 0.66, 4 votes, IIII."""
    found = _QUANTITY.fullmatch(cell.strip())
    if not found:
        return None
    return float(found["number"].replace(",", ".")) if found["number"] else len(found["marks"])


def is_summary(rows: Numbered, index: int, columns: Columns) -> bool:
    """Whether a column of quantities makes a table of results of the votes beside it."""
    votes = [(_own(row, columns), row) for _, row in rows if any(_own(row, columns))]
    said = [text_at(row, index) for _, row in rows if text_at(row, index)]
    numbers = sorted(found for cell in said if (found := quantity(cell)) is not None)
    if len(numbers) < len(said) or len(votes) < 2 or len(votes) > len(said):
        return False
    counting = numbers == [numbers[0] + n for n in range(len(numbers))]  # 1, 2, 3 …
    if counting or (numbers[-1] <= 1 and all(n % 1 == 0 for n in numbers)):
        return False
    others = [each for each in columns.others if each != index]
    return _each_once([vote for vote, _ in votes]) or any(
        _each_once_in_every_group([(text_at(row, other), vote) for vote, row in votes])
        for other in others
    )


def counts_below_choices(rows: Numbered, columns: Columns, blank: Collection[str]) -> int:
    """The first row whose numbers rank nothing, in a contest nobody ranks; 0 where none is.

    A number above the number of choices is left to the reader of the cell.

    Args:
        blank: words for nothing, folded.
    """
    found = [
        (
            number,
            {quantity(cell) for cell in _own(row, columns) if cell and folded(cell) not in blank},
        )
        for number, row in rows
    ]
    ranked = any(said and said > 1 for _, cells in found for said in cells)
    for number, cells in found if ranked else ():
        ranks = cells - {None}
        highest = max((said for said in cells if said is not None), default=0)
        if highest <= len(columns.places) and ranks != set(range(1, len(ranks) + 1)):
            return number
    return 0


def _each_once(votes: Sequence[tuple[str, ...]]) -> bool:
    return len(set(votes)) == len(votes)


def _each_once_in_every_group(votes: Sequence[tuple[str, tuple[str, ...]]]) -> bool:
    """By ward: the same votes in each, and each once."""
    groups: dict[str, list[tuple[str, ...]]] = {}
    for group, vote in votes:
        groups.setdefault(group, []).append(vote)
    first, *more = groups.values()
    return (
        len(first) > 1
        and bool(more)
        and all(set(group) == set(first) and _each_once(group) for group in groups.values())
    )


def _own(row: Sequence[str], columns: Columns) -> tuple[str, ...]:
    return tuple(text_at(row, index) for index in columns.indices)
