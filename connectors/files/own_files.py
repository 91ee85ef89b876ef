"""A chapter's own files, read only if nobody else on the machine could have written them (DP-3).

Whoever can write a chapter's settings can send its members' data elsewhere. What is judged is the
file that is read, not its name: the open file says whose it is, so that nothing can be put in its
place between the look and the reading (docs/decisions/0052-files-that-others-can-write.md).
"""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from models.errors import FixTheSettings
from models.privacy import redact_addresses

MOST = 1_000_000
"""Bytes; what people write by hand is a hundred times smaller."""
_MOST_LINKS = 40
"""One after the other; Linux follows no more."""
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_WRITERS = stat.S_IWGRP | stat.S_IWOTH
_ANYBODY = stat.S_IRWXG | stat.S_IRWXO


def read_own(file: Path, within: Path, *, secret: bool = False, most: int = MOST) -> bytes:
    """A file of the chapter's own, whole.

    Args:
        within: the chapter's folder, if the file lies in it; it and all folders below are the
            chapter's own too.
        secret: nobody else may read it either.
        most: bytes; a longer file is refused unread.

    Raises:
        FixTheSettings: it is missing, no file, too long, or others can write it or its folder.
    """
    refuse_open_folders(file, within)
    return _read(file, most, within, secret=secret)


def read_named(file: Path, *, most: int = MOST) -> bytes:
    """A file that comes with the program or that somebody names on the command line, whole.

    Raises:
        FixTheSettings: it is missing, no file, or too long.
    """
    return _read(file, most)


def is_there(file: Path) -> bool:
    """Whether something has this name; where that cannot be told, reading it says why."""
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True


def as_text(content: bytes, where: str) -> str:
    """A file's content as text, with or without the mark that Notepad puts at its beginning.

    Raises:
        FixTheSettings: it is UTF-16, or no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:2]:
        raise FixTheSettings(
            "this file is UTF-16", where=where, next_step="save it as UTF-8 (in Notepad: Save as)"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = content.count(b"\n", 0, exc.start) + 1
        raise FixTheSettings(
            f"line {line} is not UTF-8", where=where, next_step="save the file as UTF-8"
        ) from None


def _read(file: Path, most: int, within: Path | None = None, *, secret: bool = False) -> bytes:
    try:
        # Without O_NONBLOCK a pipe would be waited for, for ever.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as exc:
        _unread(file, exc)
    try:
        facts = os.fstat(handle)
        if kind := _KINDS.get(stat.S_IFMT(facts.st_mode)):
            _refuse_kind(kind, file)
        if within:
            _refuse_others(facts, file, within, secret)
        if facts.st_size > most:
            _refuse(
                f"this file is longer than {most} bytes", file, "look what it is: it is not ours"
            )
        with os.fdopen(handle, "rb", closefd=False) as opened:
            return opened.read(most)
    except OSError as exc:
        _unread(file, exc)
    finally:
        os.close(handle)


def _refuse_others(facts: os.stat_result, place: Path, within: Path, secret: bool = False) -> None:
    if os.name != "posix":
        return
    if facts.st_uid not in (0, os.geteuid()):
        _refuse(
            "this belongs to another user of this machine",
            place,
            f"run the command as that user, or look at what it says and chown it: {place}",
            "DP-3",
        )
    if secret and facts.st_mode & _ANYBODY:
        _refuse("others on this machine can read the key", place, f"chmod 600 {place}", "DP-3")
    if facts.st_mode & _WRITERS:
        _refuse("others on this machine can write here", place, _closed(place, within), "DP-3")


def _closed(place: Path, within: Path) -> str:
    """What closes a place: in a chapter's folder all at once, for it was made open as a whole."""
    if is_there(within / "chapter.toml"):
        for folder in _own(within):
            if place.is_relative_to(folder):
                return f"chmod -R go-w {folder}"
    return f"chmod go-w {place}"


def _own(within: Path) -> tuple[Path, Path]:
    """A folder by its name and by where it really lies."""
    return within.absolute(), Path(os.path.realpath(within))


def refuse_open_folders(file: Path, within: Path) -> None:
    """Refuse a file in a folder where others could put another in its place.

    Raises:
        FixTheSettings: others can write a folder that it lies in, or it cannot be looked at.
    """
    own = {*_own(within)}
    for folder, direct in _folders(file, within):
        try:
            facts = folder.stat()
        except OSError as exc:
            _unread(folder, exc)
        if direct or folder in own or own.intersection(folder.parents):
            _refuse_others(facts, folder, within)
        elif facts.st_mode & stat.S_IWOTH and not facts.st_mode & stat.S_ISVTX:
            _refuse("everybody can write here", folder, f"chmod o-w {folder}", "DP-3")


def _folders(file: Path, within: Path) -> Iterator[tuple[Path, bool]]:
    """The folders above a file, by its name, by where it really lies, and above each link between.

    Those that hold the file or a link to it are marked; a link on the way to the chapter lies
    above the chapter, where other folders do.
    """
    links, above = [*_links(file)], {*_links(within)}
    ways = (file.absolute(), Path(os.path.realpath(file)), *links)
    near = {way.parent for way in ways if way not in above}
    for folder in dict.fromkeys(parent for way in ways for parent in way.parents):
        yield folder, folder in near


def _links(file: Path) -> Iterator[Path]:
    """Each link on the way to a file, by where it really lies, in the order it is followed."""
    at, parts = Path(file.absolute().anchor), [*file.absolute().parts[:0:-1]]
    left = _MOST_LINKS
    while parts and left:
        part = parts.pop()
        place = at.parent if part == ".." else at / part
        if (target := _target(place)) is None:
            at = place
            continue
        yield place
        left -= 1
        at = Path(target.anchor) if target.is_absolute() else at
        parts += target.relative_to(target.anchor).parts[::-1]


def _target(place: Path) -> Path | None:
    try:
        return place.readlink()
    except (OSError, ValueError):  # no link, or nothing at all: reading it says so
        return None


def _unread(file: Path, exc: OSError | ValueError) -> NoReturn:
    if isinstance(exc, FileNotFoundError | NotADirectoryError):
        _refuse("there is no such file", file, "put it there, or correct its name")
    if isinstance(exc, OSError) and exc.errno == errno.ENXIO:
        _refuse_kind("a socket", file)
    reason = exc.strerror if isinstance(exc, OSError) else "it has no name that a file can have"
    _refuse(
        f"this file cannot be read: {reason}",
        file,
        "run the command as the user who owns the file, or give it to yours with chown",
    )


def _refuse_kind(kind: str, file: Path) -> NoReturn:
    _refuse(f"this is {kind}, not a file", file, "put the file there that the place is for")


def _refuse(fact: str, place: Path, next_step: str, rule: str = "") -> NoReturn:
    raise FixTheSettings(
        fact, where=redact_addresses(str(place)), rule=rule, next_step=redact_addresses(next_step)
    )
