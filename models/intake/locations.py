"""Where something stands in a chapter's sources, and what is asked about it.

Places name cells, never their contents: a volunteer opens the sheet, a log stays clean (DP-3).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from models.base import Value


class SourceLocation(NamedTuple):
    """A cell or a form response, e.g. ``Sign-ins!B17``."""

    source: str
    cell: str

    def __str__(self) -> str:
        return f"{self.source}!{self.cell}" if self.cell else self.source


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA: the sheet's own name for a column."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Weight(StrEnum):
    """What became of the row."""

    SET_ASIDE = "set aside"  # the row could not be used
    QUESTION = "question"  # the rules leave it open; a person decides
    NOTE = "note"  # the row was used; something about it deserves a look


@dataclass(frozen=True, slots=True)
class Ask:
    """Nothing fits, or more than one thing does; the reason and the next step for a human."""

    reason: str
    next_step: str


class ReviewItem(Value):
    """One line of the chapter's "needs review" tab: place, what is wrong, what to do."""

    place: SourceLocation
    weight: Weight
    reason: str
    next_step: str
    rule: str = ""
