"""A draft's files, as they lie there: read with what is wrong with them, and changed in place.

A file that somebody edited by hand since it was read is left as it is; what a change does not name,
comments included, stays in the file.
"""

import hashlib
import re
import shutil
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError

from connectors.files.disk import told
from connectors.files.own_files import is_there, read_own
from connectors.files.private_files import write_private
from connectors.files.toml_files import toml_from
from models.errors import FixTheSettings, Refused

CONTESTS: Final = "contests"


@dataclass(frozen=True)
class DraftFile:
    """One file of a draft."""

    path: Path
    digest: str
    """Of its bytes."""
    table: Mapping[str, Any] = field(default_factory=dict, repr=False)
    fault: FixTheSettings | None = None
    """Why it cannot be read."""


def settings_of(folder: Path, within: Path) -> DraftFile:
    """`election.toml` of a draft.

    Args:
        folder: the draft's.
        within: the chapter's.
    """
    return _read(folder / "election.toml", within)


def contests_of(folder: Path, within: Path) -> tuple[DraftFile, ...]:
    """The files of its contests, in the order of the ballot."""
    return tuple(_read(file, within) for file in sorted((folder / CONTESTS).glob("*.toml")))


def add_contest(folder: Path, table: Mapping[str, Any]) -> Path:
    """Write a file for a new contest, the last of the ballot."""
    numbers = [re.match(r"\d+", file.name) for file in (folder / CONTESTS).glob("*.toml")]
    last = max((int(found[0]) for found in numbers if found), default=0)
    file = folder / CONTESTS / f"{last + 1:02d}-{table['id']}.toml"
    write_private(file, tomlkit.dumps(table).encode(), new=True)
    return file


def change(file: DraftFile, within: Path, answers: Mapping[str, Any]) -> None:
    """Change what a file says; what is None is taken out, what is not named stays.

    Raises:
        Refused: the file is another than the one that was read.
    """
    content = _unchanged(file, within)
    wanted = {key: value for key, value in {**file.table, **answers}.items() if value is not None}
    write_private(file.path, _changed(content.decode("utf-8-sig"), answers, wanted).encode())


def remove(file: DraftFile, within: Path) -> None:
    """Remove a contest's file.

    Raises:
        Refused: the file is another than the one that was read.
    """
    _unchanged(file, within)
    with told(str(file.path)):
        file.path.unlink()


def remove_all(folder: Path) -> None:
    """Remove a draft's folder, with whatever lies in it."""
    with told(str(folder)):
        shutil.rmtree(folder)


def _read(path: Path, within: Path) -> DraftFile:
    try:
        content = read_own(path, within)
    except FixTheSettings as fault:
        return DraftFile(path, "", fault=fault)
    digest = hashlib.sha256(content).hexdigest()
    try:
        return DraftFile(path, digest, toml_from(content, path.name))
    except FixTheSettings as fault:
        return DraftFile(path, digest, fault=fault)


def _unchanged(file: DraftFile, within: Path) -> bytes:
    content = read_own(file.path, within) if is_there(file.path) else b""
    if hashlib.sha256(content).hexdigest() == file.digest:
        return content
    raise Refused(
        "this file was changed since you opened it, and is left as it is",
        where=f"{file.path.parent.name}/{file.path.name}",
        next_step="open it again, and change what it says now",
    )


def _changed(text: str, answers: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """The file with its comments, where they can be kept; what it says goes before that."""
    try:
        document = tomlkit.parse(text)
        for key, value in answers.items():
            if value is None:
                document.pop(key, None)
            elif document.get(key) != value:
                _put(document, key, value)
        kept = tomlkit.dumps(document)
        if tomlkit.parse(kept).unwrap() == wanted:
            return kept
    except (TOMLKitError, ValueError):
        pass
    return tomlkit.dumps(wanted)


def _put(document: MutableMapping[str, Any], key: str, value: Any) -> None:
    """A value in its place; of entries with the same names in the same order, what changed alone.

    New ones may follow those that are there.
    """
    held: Any = document.get(key)
    if not _grew(held, value):
        document[key] = value
        return
    for one, said in zip(held, value, strict=False):
        for gone in [each for each in one if each not in said]:
            del one[gone]
        for each, what in said.items():
            if one.get(each) != what:
                one[each] = _in_line(what)
    for said in value[len(held) :]:
        held.append({each: _in_line(what) for each, what in said.items()})


def _grew(held: Any, value: Any) -> bool:
    """Whether a list of entries is what it was, as far as their names go, and may be longer."""
    if not (isinstance(held, list) and isinstance(value, list) and held):
        return False
    entries = [*held, *value]
    if not all(isinstance(one, Mapping) and "name" in one for one in entries):
        return False
    names = [[one["name"] for one in each] for each in (held, value)]
    return names[0] == names[1][: len(held)]


def _in_line(value: Any) -> Any:
    """A table as a value in one line, so that no other key comes to stand under it."""
    if not isinstance(value, Mapping):
        return value
    table = tomlkit.inline_table()
    table.update(value)
    return table
