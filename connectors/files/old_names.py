"""Tells of old names of settings, wherever they are read: once for each file and command."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from models.old_names import Renamed, with_new_names


class OldName(FutureWarning):
    """A name that works until the next release; its text is for the person who wrote it."""


def renewed(table: Mapping[str, Any], names: Sequence[Renamed], where: str) -> dict[str, Any]:
    """Return a file's table under the new names, and tell of the old ones.

    Raises:
        FixTheSettings: an old name and its new one are both given.
    """
    found, line = with_new_names(table, names, where)
    tell(line)
    return found


def tell(line: str) -> None:
    """Tell of an old name; a line that was told already is not told again. "" tells nothing."""
    if line:
        warnings.warn(OldName(line), stacklevel=1)


def hush() -> None:
    """Tell of no old name any more: whoever started this process was told."""
    warnings.filterwarnings("ignore", category=OldName)


@contextmanager
def told() -> Iterator[list[str]]:
    """Collect what is told of old names, instead of showing it."""
    lines: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", OldName)
        try:
            yield lines
        finally:
            lines += [str(one.message) for one in caught if one.category is OldName]
