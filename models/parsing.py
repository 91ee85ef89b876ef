"""What a cell says, tidied and parsed once: people sign in more than once."""

from functools import lru_cache
from typing import TypeVar

from models.cells import Cell
from models.folding import visible
from models.privacy import Email, Personal, one_line, without_names

P = TypeVar("P", bound=Personal)


def addresses_in(text: str) -> list[Email | str]:
    """The addresses of a cell, each one or why it is none."""
    text = without_names(text)
    for separator in (",", ";", "/", " or ", " and "):
        text = text.replace(separator, " ")
    return [parsed(part, Email) for part in text.split()]


@lru_cache(maxsize=20_000, typed=True)
def tidy(cell: Cell) -> str:
    """The cell as text on one line; a whole number without its point."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return one_line(str(cell))


@lru_cache(maxsize=20_000, typed=True)
def tidy_as_seen(cell: Cell) -> str:
    """The same as a reader sees it, without what has no width."""
    return tidy(visible(cell) if isinstance(cell, str) else cell)


PARSED: dict[tuple[str, type[Personal]], Personal | str] = {}
_MANY = 500_000


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
