"""Where something is in a chapter's sources, and what is asked about it.

Places name cells, never their contents: a volunteer opens the sheet, a log stays clean (DP-3).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self

from models.base import Value
from models.text.sentences import Joined, Said, Sentence


class SourceLocation(NamedTuple):
    """A cell, a form response or whole rows, e.g. ``Sign-ins!B17``, ``Sign-ins, rows 3 and 8``."""

    source: str
    cell: Said

    @property
    def told(self) -> str:
        """The same within a sentence."""
        if isinstance(self.cell, Sentence):
            return Sentence("{source}, {cell}", source=self.source, cell=self.cell)
        return str(self)

    def __str__(self) -> str:
        if not self.cell:
            return self.source
        return f"{self.source}{', ' if self.cell.startswith('rows ') else '!'}{self.cell}"


NOTHING = Sentence("you do not need to do anything")
"""The next step where there is none."""
MOST_CELLS = 6
"""So many are named one by one."""
_ROW = re.compile(r"(\d+):\1")


def together(cells: Sequence[str]) -> str:
    """Several cells as that of one place: “B2 and C7”, “rows 21 and 34”, which is no range."""
    there = [cell for cell in cells if cell]
    if len(there) < 2:
        return "".join(there)
    whole = all(map(_ROW.fullmatch, there))
    some = [cell.partition(":")[0] if whole else cell for cell in there[:MOST_CELLS]]
    last = some.pop() if len(there) <= MOST_CELLS else _more(len(there) - MOST_CELLS)
    if whole:
        return Sentence("rows {some} and {last}", some=Joined(", ", some), last=last)
    return Sentence("{some} and {last}", some=Joined(", ", some), last=last)


def _more(many: int) -> Sentence:
    return Sentence("{many} more", many=many)


def rows_named(numbers: Iterable[int]) -> str:
    """Whole rows as the cell of one place."""
    return together([f"{number}:{number}" for number in numbers])


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA: the sheet's own name for a column."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Weight(StrEnum):
    """What became of the row, the gravest first."""

    SET_ASIDE = "set aside"  # the row could not be used
    QUESTION = "question"  # the rules leave it open; a person decides
    NOTE = "note"  # the row was used; something about it deserves a look

    @property
    def shown(self) -> str:
        """Return what people read; the stored value keeps its name."""
        return "skipped" if self is Weight.SET_ASIDE else self.value


@dataclass(frozen=True, slots=True)
class Ask:
    """Nothing fits, or more than one thing does; the reason and the next step for a human."""

    reason: str
    next_step: str


class ReviewItem(Value):
    """One line of the chapter's "needs review" tab: place, what is wrong, what to do."""

    place: SourceLocation
    weight: Weight
    reason: Said
    next_step: Said
    rule: str = ""

    @classmethod
    def question(cls, place: SourceLocation, reason: Said, next_step: Said, rule: str) -> Self:
        """What the rules leave open, for a person to decide."""
        return cls(
            place=place, weight=Weight.QUESTION, reason=reason, next_step=next_step, rule=rule
        )
