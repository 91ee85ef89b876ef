"""Whole lists from the server, which gives a part at a time."""

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

PART = 200
"""The most that the server gives at once."""
_One = TypeVar("_One")


def all_of(ask: Callable[[int, int], list[_One]]) -> list[_One]:
    """A whole list.

    Args:
        ask: asks for so many, after so many; the order must be without ties.
    """
    found: list[_One] = []
    while True:
        part = ask(PART, len(found))
        found += part
        if len(part) < PART:
            return found


def parts(of: Collection[_One]) -> Iterator[list[_One]]:
    """Something in parts, for each of which the server can give all that it has."""
    whole = [*of]
    for begin in range(0, len(whole), PART):
        yield whole[begin : begin + PART]
