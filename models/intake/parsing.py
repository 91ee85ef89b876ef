"""One cell, tidied, and the address or name it holds."""

from typing import TypeVar

from models.intake.cells import Cell
from models.privacy import Email, Personal, one_line, without_names
from models.text.folding import visible
from models.text.sentences import told_by

P = TypeVar("P", bound=Personal)


def tidied(cell: Cell) -> str:
    """The cell as text on one line; a spreadsheet's whole number without its point."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return one_line(str(cell))


def tidied_as_seen(cell: Cell) -> str:
    """The same as a reader sees it, without what has no width."""
    return tidied(visible(cell) if isinstance(cell, str) else cell)


def parsed(text: str, kind: type[P]) -> P | str:
    """The parsed value, or why it cannot be one."""
    try:
        return kind.parse(text)
    except ValueError as exc:
        return told_by(exc)


def addresses_in(text: str) -> list[Email | str]:
    """The addresses of a cell, each one or why it is none."""
    text = without_names(text)
    for separator in (",", ";", "/", " or ", " and "):
        text = text.replace(separator, " ")
    return [parsed(part, Email) for part in text.split()]


def is_box(cell: Cell, ticked: str) -> bool:
    """Whether a cell is a box in this state; as a sheet's own value, or as its text."""
    return str(cell).upper() == ticked
