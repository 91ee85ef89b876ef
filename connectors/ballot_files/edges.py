"""What the first and last rows of a file lack, and every other row has (BA-7).

Rows of sums and results are above or below the ballots, whatever word they begin with. They have no
time, address, or code of a voter, so a column is recognized by its cells and not by its header.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.intake.unsent import DAY

Cells = Sequence[tuple[int, str]]
"""Of one column: the number of each row, and its cell."""

_FEW = 3
"""Rows at the edges; where more lack something, it is no sign of a ballot."""
_ENOUGH = 3
"""Codes that tell what the codes of a column look like; of times and addresses two do."""
_CODE = re.compile(r"(?=\S*\d)[^\s@%]+")


@dataclass(frozen=True, slots=True)
class _Kind:
    fits: Callable[[str], object]
    enough: int
    once: bool
    """Whether it tells a voter, so that no two rows have the same."""


_TIME = _Kind(DAY.match, 2, once=False)
_OF_A_VOTER = (_Kind(re.compile(r"\S+@\S+").fullmatch, 2, once=True),
               _Kind(_CODE.fullmatch, _ENOUGH, once=True))  # fmt: skip


def is_of_times(cells: Cells, *, whole: bool) -> bool:
    """Whether a column has the time of each answer: all rows but a few at the edges have one here.

    Args:
        whole: whether the rows are all of the file; of a longer one nobody sees the last rows.
    """
    timed = bool(cells) and all(_TIME.fits(cell) for _, cell in cells)
    return bool(_lacking(cells, _TIME)) or (timed and not whole)


def without_a_voter(cells: Cells) -> list[int]:
    """The few rows at the edges that lack the address or code that all the others have."""
    return next((found for kind in _OF_A_VOTER if (found := _lacking(cells, kind))), [])


def _lacking(cells: Cells, kind: _Kind) -> list[int]:
    having = [at for at, (_, cell) in enumerate(cells) if kind.fits(cell)]
    if len(having) < kind.enough:
        return []
    first, last = having[0], having[-1]
    lacking = [number for number, _ in (*cells[:first], *cells[last + 1 :])]
    said = [cells[at][1] for at in having]
    if last - first + 1 > len(having) or not 0 < len(lacking) <= min(_FEW, len(having) - 1):
        return []
    return [] if kind.once and len(set(said)) < len(said) else lacking
