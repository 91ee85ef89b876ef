"""A chapter's texts as a backup takes them along, and as a restore puts them back.

No link is followed either way: what a link leads to is not the chapter's folder.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from connectors.backups.at_top import unread_at_top
from connectors.backups.contents import FOLDERS, MOST_TEXT, SETTINGS, is_leftover, why_not
from connectors.files.disk import refusal
from connectors.files.private_files import write_private
from models.errors import FixTheSettings
from models.privacy import redact_addresses


def texts_of(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """A chapter's texts by name, and the files beside them that no backup holds.

    Raises:
        FixTheSettings: one cannot be read.
    """
    held: dict[str, bytes] = {}
    left_out = []
    for name, path, facts in _found(folder):
        if not stat.S_ISREG(facts.st_mode) or why_not(name, facts.st_size):
            left_out.append(name)
        else:
            held[name] = _read(path)
    for name in unread_at_top(held):
        del held[name]
        left_out.append(name)
    return held, left_out


def put_back(folder: Path, texts: Mapping[str, bytes]) -> list[str]:
    """Write the texts that are missing, and name them; what is there stays as it is."""
    missing = [name for name in texts if not os.path.lexists(folder / name)]
    for name in missing:
        write_private(folder / name, texts[name])
    return missing


def refuse_links(folder: Path, names: Iterable[str]) -> None:
    """Make sure that each name leads to a place in the folder itself.

    Raises:
        FixTheSettings: a link, or a file, stands where a folder has to be.
    """
    ways = {way for name in names for way in PurePosixPath(name).parents[:-1]}
    for way in sorted(ways):
        place = folder / way
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise FixTheSettings(
                "this is a link or a file, where a folder has to be",
                where=redact_addresses(str(place)),
                rule="DP-3",
                next_step="nothing was changed; move it away, or put the folder itself there",
            )


def _found(folder: Path) -> Iterator[tuple[str, Path, os.stat_result]]:
    """The files at the chapter's places, links among them, but no leftovers."""
    for path in sorted(folder.iterdir()):
        if path.name.endswith(SETTINGS) and not path.name.startswith("."):
            yield path.name, path, path.lstat()
    for top in FOLDERS:
        for path in _below(folder / top):
            if not is_leftover(name := path.relative_to(folder).as_posix()):
                yield name, path, path.lstat()


def _below(path: Path) -> Iterator[Path]:
    """Everything below a folder that is no folder itself; the path itself, if it is a link."""
    if not os.path.lexists(path):
        return
    if path.is_symlink() or not path.is_dir():
        yield path
        return
    try:
        inside = sorted(path.iterdir())
    except OSError as exc:
        raise refusal(exc, str(path)) or exc from None
    for each in inside:
        yield from _below(each)


def _read(path: Path) -> bytes:
    """A file's content; not that of one which a link has just replaced."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as opened:
            return opened.read(MOST_TEXT)
    except OSError as exc:
        raise refusal(exc, str(path)) or exc from None
