"""What no file of settings holds, whatever it is about: depths, numbers and letters without end.

It is looked at before anything else is, so that no reader has to think of it: what is let through
can be compared, formatted, stored and printed.
"""

from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any

from models.base import OUTSIDE, YEARS
from models.faults import place

DEEPEST = 12
"""Tables and lists inside one another; our own files need five."""
LONGEST_KEY, LONGEST_TEXT = 200, 20_000
"""Letters. The longest texts are the sentences of bylaws and the bios of nominees."""
LARGEST = 2**63 - 1
"""TOML's own integers; a number of thousands of digits can be neither printed nor stored."""


def excess(table: Mapping[str, Any]) -> str:
    """The first value of a file that goes beyond all bounds, with its place; "" if none does."""
    waiting: list[tuple[tuple[Any, ...], Any]] = [((), table)]
    while waiting:
        path, value = waiting.pop()
        if fact := _excess(path, value):
            return f"{place(path[:DEEPEST])}: {fact}"
        if isinstance(value, Mapping):
            waiting += [((*path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list | tuple):
            waiting += [((*path, number), inner) for number, inner in enumerate(value)]
    return ""


def _excess(path: tuple[Any, ...], value: object) -> str:
    if len(path) > DEEPEST:
        return f"tables and lists are nested more than {DEEPEST} levels deep"
    if path and isinstance(path[-1], str) and len(path[-1]) > LONGEST_KEY:
        return f"a name can have at most {LONGEST_KEY} characters"
    if isinstance(value, str):
        return _unwritable(value)
    if isinstance(value, int) and abs(value) > LARGEST:
        return "has too many digits"
    if isinstance(value, float) and not isfinite(value):
        return "write a number that has an end"
    if isinstance(value, date) and value.year not in YEARS:
        return OUTSIDE
    return ""


def _unwritable(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        return f"can have at most {LONGEST_TEXT} characters"
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        return "contains a character that is not valid text; type it again"
    return ""
