"""Rows that are marked as not counting, or that one voter sent twice (BA-1, BA-2).

A file of ballots has one row per vote. Next to it is what the person who keeps it knew: that a row
is void, that the sender is not a member, that two rows have the same code. To count such rows would
be a guess, and so would leaving them out. Each is refused, with the setting that decides.
"""

import re
from collections.abc import Sequence

from models.ballots.void import is_void, unfinished
from models.contests.contest import Contest
from models.errors import FixTheData
from models.intake.locations import SourceLocation
from models.text.folding import folded, unmarked

Cells = Sequence[tuple[int, str]]
"""Of one column: the number of each row, and its cell."""

_OF_ONE_VOTER = re.compile(
    r"(?:your |user |respondent |voter )?(?:e-?mail(?: address)?|user ?name|login)"
    r"|(?:ballot |voting |vote |voter |access |member )?(?:code|token|id|number|hash)|response ?id"
    r"|ballot|paper"
    r"|(?:dirección de )?correo electrónico|código(?: de votación)?"
)
_CODE_OF_ONE = re.compile(
    r"(?:ballot|voting|vote|voter|access|member) (?:code|token|id|number|hash)|response ?id"
    r"|código de votación"
)
_ROUND = frozenset(("round", "voting round", "ronda", "vuelta", "runde"))


def refuse_doubtful(
    name: str, cells: Cells, header: str, letter: str, contest: Contest, ignore: str
) -> None:
    """Look at a column that is not the contest's.

    Args:
        name: the file's.
        ignore: the setting that passes the column over.

    Raises:
        FixTheData: it says that a row does not count, is not a separate ballot, or is not of
            this contest.
    """
    title = unmarked(header).replace("_", " ")
    filled = [(number, folded(cell)) for number, cell in cells if cell]
    if left := unfinished(header, [cell for _, cell in filled]):
        raise FixTheData(
            "this is a test, or a response that was never finished",
            where=str(SourceLocation(name, f"{filled[left[0]][0]}:{filled[left[0]][0]}")),
            rule="BA-2",
            next_step=f"delete each such row; if they count, set {ignore}",
        )
    if bad := [number for number, cell in filled if is_void(header, cell)]:
        raise FixTheData(
            f"column {letter} says that this row does not count{_more(bad)}",
            where=str(SourceLocation(name, f"{letter}{bad[0]}")),
            rule="BA-2",
            next_step=f"delete each such row; if they count anyway, set {ignore}",
        )
    first: dict[str, int] = {}
    again = [number for number, cell in filled if first.setdefault(cell, number) != number]
    if (
        again
        and _OF_ONE_VOTER.fullmatch(title)
        and (
            _CODE_OF_ONE.fullmatch(title)
            or all("@" in value for value in first)
            or _tells_voters(list(first), len(filled))
        )
    ):
        before = first[dict(filled)[again[0]]]
        raise FixTheData(
            f"the same voter appears twice: row {before} has the same value{_more(again)}",
            where=str(SourceLocation(name, f"{letter}{again[0]}")),
            rule="BA-1",
            next_step="only a voter's last ballot counts, so delete the earlier rows; if each "
            f"row is a different voter's, set {ignore}",
        )
    mixed = len(first) > 1 and (unmarked(contest.title) in map(unmarked, first) or title in _ROUND)
    if mixed:
        raise FixTheData(
            f"column {letter} says that the rows belong to several elections or rounds",
            where=str(SourceLocation(name, f"{letter}{filled[0][0]}")),
            rule="BA-7",
            next_step="keep the rows of only one; if all of them belong to one count of this "
            f"contest, set {ignore}",
        )


def _tells_voters(values: Sequence[str], rows: int) -> bool:
    """Numbers, most of them different: not a few words or wards that many rows share."""
    return 2 * len(values) > rows and all(re.search(r"\d", value) for value in values)


def _more(rows: Sequence[int]) -> str:
    return f"; the same is true of {len(rows) - 1} more" if len(rows) > 1 else ""
