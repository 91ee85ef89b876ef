"""The SQLite file on its disk: nobody but its owner may read it (DP-3), and it is begun only once.

A mark beside it says that there was a ledger, and so does one in the chapter's folder, which is
there still when the ledger's own folder was deleted. Without a mark a deleted or emptied file would
be made anew in silence, and with it who was told what would be forgotten (VM-R4).
"""

import os
from pathlib import Path

from connectors.files.private_files import write_private
from models.errors import FixTheSettings

_MARK = """\
The ledger {name} was begun here. While this file stands, clerk refuses to begin another one in its
place: a ledger that is gone is restored from a backup. Delete this file to begin anew on purpose.
"""
_SMALLEST = 512
"""Bytes of a page; what is shorter SQLite may take for a file that was just made."""


def private_file(path: Path, home: Path | None = None) -> bool:
    """Make the file readable by its owner alone, or make sure that it is.

    It has to exist before SQLite opens it: the WAL, its index and the journal take their
    permissions from it, whatever the umask.

    Args:
        home: the folder of the chapter whose ledger it is; None for a copy.

    Returns:
        Whether a ledger was begun here before; then it must have its tables.

    Raises:
        FixTheSettings: others may read it, it cannot be made, or it was there and is no more.
    """
    try:
        begun = _was_begun(path, home)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        open_to_others = [file for file in _family(path) if _others_may_read(file)]
    except OSError as exc:
        raise FixTheSettings(
            f"the ledger's file cannot be opened: {exc.strerror}",
            where=str(path),
            next_step="check that the folder exists and belongs to the user who runs this",
        ) from exc
    if open_to_others:
        raise FixTheSettings(
            "other users of this machine may read the ledger",
            where=str(path),
            rule="DP-3",
            next_step=f"chmod 600 {' '.join(map(str, open_to_others))}",
        )
    return begun


def _was_begun(path: Path, home: Path | None) -> bool:
    """Whether there was a ledger, which must be there still."""
    if _left_of(path, home):
        if not path.exists():
            raise lost(path, "gone", home)
        if path.stat().st_size < _SMALLEST:
            raise lost(path, "cut short" if path.stat().st_size else "empty", home)
    return any(mark.exists() for mark in _marks(path, home))


def _left_of(path: Path, home: Path | None) -> list[Path]:
    """The files that say there was a ledger: its marks, and a log with something in it."""
    log = _beside(path, "-wal")
    left = [mark for mark in _marks(path, home) if mark.exists()]
    return [*left, log] if log.exists() and log.stat().st_size else left


def _marks(path: Path, home: Path | None) -> list[Path]:
    """Beside the ledger; and in the chapter's folder, if the ledger lies in it."""
    beside = mark_of(path)
    return [beside, chapter_mark(home)] if home and path.is_relative_to(home) else [beside]


def mark_of(path: Path) -> Path:
    """The file that says a ledger was begun at a path."""
    return _beside(path, ".begun")


def chapter_mark(home: Path) -> Path:
    """The file that says a ledger was begun in a chapter's folder."""
    return home / ".ledger-begun"


def mark(path: Path, home: Path | None = None) -> None:
    """Remember that a ledger was begun here; a hidden file is a copy on its way to its place."""
    if path.name.startswith("."):
        return
    for file in _marks(path, home):
        if not file.exists():
            name = path.relative_to(file.parent)
            write_private(file, _MARK.format(name=name).encode())


def lost(path: Path, how: str, home: Path | None = None) -> FixTheSettings:
    """The refusal to begin a ledger anew where there was one."""
    return FixTheSettings(
        f"the ledger is {how}, but there was one here: only the ledger knows who was notified of "
        "what",
        where=str(path),
        rule="VM-R4",
        next_step="restore the latest backup: clerk restore FILE (--replace if it asks for it); "
        "to start over on purpose, delete "
        f"{' and '.join(map(str, _left_of(path, home)))}",
    )


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _family(path: Path) -> list[Path]:
    """The file and those that SQLite keeps beside it."""
    return [_beside(path, suffix) for suffix in ("", "-wal", "-shm", "-journal")]


def _others_may_read(file: Path) -> bool:
    try:
        return os.name == "posix" and bool(file.stat().st_mode & 0o077)
    except FileNotFoundError:  # another job has just closed the ledger and tidied up
        return False
