"""What the cells of a column say, as far as that names nobody (DP-3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.intake.cells import Cell, holds, sound
from models.privacy import one_line, redact_addresses
from models.text.folding import unmarked

_MOST, _LONGEST = 8, 200
_MOST_KINDS, _LONGEST_KIND = 12, 60

Grid = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a column that may be shown, and how many others there are."""

    shown: tuple[str, ...]
    hidden: tuple[str, ...] = ()


def texts_in(rows: Grid, places: Sequence[int], of: Sequence[int]) -> Texts:
    """The texts that several people gave: what one alone wrote may be about that person.

    Args:
        places: the columns that are looked at.
        of: those that say who it was; without them, each row is somebody else.
    """
    who: dict[str, set[str]] = {}
    as_typed: dict[str, str] = {}
    for number, row in enumerate(rows):
        person = " ".join(unmarked(text) for text in _texts(row, of)) or f"#{number}"
        for text in _texts(row, places):
            as_typed.setdefault(unmarked(text), text)
            who.setdefault(unmarked(text), set()).add(person)
    shown = [
        text
        for key, text in as_typed.items()
        if len(who[key]) > 1 and len(text) <= _LONGEST and redact_addresses(text) == text
    ]
    if len(shown) > _MOST:
        shown = []
    return Texts(tuple(shown), tuple(one for one in as_typed.values() if one not in shown))


def kinds_in(rows: Grid, places: Sequence[int]) -> list[str]:
    """The kinds of event that a tab has; none where they are too many to be kinds."""
    found: dict[str, None] = {}
    for row in rows:
        found |= dict.fromkeys(text.casefold() for text in _texts(row, places))
    plain = [one for one in found if len(one) <= _LONGEST_KIND and redact_addresses(one) == one]
    return plain if len(found) <= _MOST_KINDS else []


def _texts(row: Sequence[Cell], places: Iterable[int]) -> list[str]:
    cells = [sound(row[place]) for place in places if place < len(row)]
    return [one_line(str(cell)) for cell in cells if holds(cell)]
