"""The file of a chapter's bylaws: built in, or of its own beside `chapter.toml`.

A chapter that wrote its own when there were two files has a second one, with the counting rules;
it is read as long as the first holds none.
"""

import os
from functools import cache
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from connectors.files.old_names import renewed
from connectors.files.own_files import as_text, is_there, read_own
from connectors.files.toml_files import read_toml
from models.bylaws.rules import Bylaws, bylaws_from
from models.bylaws.two_files import COUNTING, bylaws_of_two, counting_table, says_how_to_count
from models.errors import FixTheSettings
from models.faults import shown
from models.old_names import BYLAWS

EDITIONS = Path(__file__).parents[2] / "models" / "bylaws" / "editions"


class Files(NamedTuple):
    """Where a chapter's bylaws stand, and what the first file holds."""

    first: Path
    table: dict[str, Any]
    second: Path | None = None
    """The counting rules of a chapter with two files."""
    unread: Path | None = None
    """A second file beside a first one that says how to count."""

    @property
    def can_be_joined(self) -> bool:
        """Whether there are two, both of them the chapter's own."""
        return self.second is not None and EDITIONS not in (self.first.parent, self.second.parent)


def read(folder: Path, wanted: str) -> Bylaws:
    """The bylaws of this name: who may vote, and how votes are counted.

    Raises:
        FixTheSettings: there are none of this name, or a file is wrong.
    """
    first, table, second, _ = files(folder, wanted)
    table = renewed(table, BYLAWS, shown(first.name))
    if not second:
        return bylaws_from(table, shown(first.name))
    if second.parent == EDITIONS:
        counting = counting_table(_edition(second))
    else:
        counting = read_toml(second, folder)
    return bylaws_of_two(table, shown(first.name), counting, shown(second.name))


def texts(folder: Path, wanted: str) -> tuple[str, str, str, str] | None:
    """Text and name of the first file and of the second; None if a chapter has not both.

    Raises:
        FixTheSettings: a file is wrong.
    """
    found = files(folder, wanted)
    if not found.can_be_joined or not found.second:
        return None
    read(folder, wanted)
    first, second = (
        (as_text(read_own(file, folder), file.name), shown(file.name))
        for file in (found.first, found.second)
    )
    return *first, *second


def files(folder: Path, wanted: str) -> Files:
    """Where the bylaws of this name stand.

    Raises:
        FixTheSettings: there are none of this name, or the file cannot be read.
    """
    path, known = PurePath(wanted), {file.stem: file for file in EDITIONS.glob("*.toml")}
    own, beside = folder / path, folder / path.parent / f"{COUNTING}{path.stem}.toml"
    second = beside if _is_file(beside) else None
    if wanted and _is_file(own):
        table = read_toml(own, folder)
        if says_how_to_count(table):
            return Files(own, table, unread=second)
        return Files(own, table, second or known.get(path.stem))
    if wanted in known:
        return Files(known[wanted], _edition(known[wanted]), second)
    raise FixTheSettings(
        f"there are no bylaws “{shown(wanted)}”",
        where="chapter.toml bylaws",
        next_step=f"name a file of yours, or one of: {', '.join(sorted(known))}",
    )


@cache
def _edition(file: Path) -> dict[str, Any]:
    """Ours, which nobody changes: the officers' page asks for it at every look."""
    return read_toml(file)


def _is_file(path: Path) -> bool:
    return not os.path.isdir(path) and is_there(path)  # noqa: PTH112 - pathlib's raises
