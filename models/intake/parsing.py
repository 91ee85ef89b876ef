"""One cell, tidied, and the day, address or name it holds; remembered, for cells repeat."""

from datetime import date, tzinfo
from functools import lru_cache
from typing import TypeVar

from models.dates import day_of
from models.intake.cells import Cell
from models.privacy import Email, Personal, one_line, redact_addresses, without_names
from models.text.folding import visible

P = TypeVar("P", bound=Personal)

PARSED: dict[tuple[str, type[Personal]], Personal | str] = {}
"""What was parsed of which text, or why it cannot be."""
_MANY = 500_000


@lru_cache(maxsize=20_000, typed=True)
def tidied(cell: Cell) -> str:
    """The cell as text on one line; a spreadsheet's whole number without its point."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return one_line(str(cell))


@lru_cache(maxsize=20_000, typed=True)
def tidied_as_seen(cell: Cell) -> str:
    """The same as a reader sees it, without what has no width."""
    return tidied(visible(cell) if isinstance(cell, str) else cell)


quieted = lru_cache(maxsize=20_000)(redact_addresses)
"""The text with dots for what looks like an address."""


@lru_cache(maxsize=100_000)
def day_in(cell: Cell, zone: tzinfo, sheet_zone: tzinfo, day_first: bool) -> date:
    """The day a cell names, see `models.dates.day_of`."""
    return day_of(cell, zone, sheet_zone, day_first=day_first)


def parsed(text: str, kind: type[P]) -> P | str:
    """The parsed value, or why it cannot be one. Remembered: people sign in more than once."""
    known = PARSED.get((text, kind))
    if known is None:
        if len(PARSED) > _MANY:
            PARSED.clear()
        try:
            known = kind.parse(text)
        except ValueError as exc:
            known = str(exc)
        PARSED[text, kind] = known
    return known  # type: ignore[return-value]  # the key holds the kind


def addresses_in(text: str) -> list[Email | str]:
    """The addresses of a cell, each one or why it is none."""
    text = without_names(text)
    for separator in (",", ";", "/", " or ", " and "):
        text = text.replace(separator, " ")
    return [parsed(part, Email) for part in text.split()]


def is_box(cell: Cell, ticked: str) -> bool:
    """Whether a cell is a box in this state; as a sheet's own value, or as its text."""
    return str(cell).upper() == ticked
