"""What a cell may be, and whether it holds anything."""

import math

Cell = str | int | float | bool | None

_WHOLE = 2**53
"""Up to here a double, and so a sheet, keeps whole numbers distinct."""


def sound(cell: Cell) -> Cell:
    """A cell that everything after it can keep, compare and print.

    Half a character (a lone surrogate) can be written nowhere and becomes U+FFFD; a whole number
    that no sheet can hold becomes the double a sheet would make of it.
    """
    if isinstance(cell, str):
        if cell.isascii():
            return cell
        return cell.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(cell, int) and abs(cell) > _WHOLE:
        try:
            return float(cell)
        except OverflowError:
            return math.copysign(math.inf, cell > 0 or -1)
    return cell


_NOTHING = frozenset(
    ("", "FALSE", "FALSO", "#REF!", "#N/A", "#VALUE!", "#ERROR!", "#DIV/0!", "#NAME?", "#NULL!")
)


def holds(cell: Cell) -> bool:
    """Whether a cell has anything: not white space, an unchecked box, or a formula's error.

    A formula that was filled down shows its error in rows that no one sent.
    """
    if isinstance(cell, str):
        first = cell[:1]
        quick = first.isalnum() and first not in "fF"  # nothing begins otherwise
        return quick or cell.strip().upper() not in _NOTHING
    return cell is not None and cell is not False
