"""Files that their owner alone may read, from the first byte on (DP-3).

A file is written beside its place, made durable, and then takes its place at once: a full disk or
a kill leaves the old file or the new one, and no half of either. No link is followed to it.
"""

import errno
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from connectors.files.disk import refusal, told
from connectors.files.own_files import refuse_open_folders
from models.errors import FixTheSettings
from models.privacy import redact_addresses

_ASIDE = 40
"""Signs of its name that stand in the name of the file beside it."""
_OURS, _LONGEST = ".copy-", 24 * 60 * 60
"""How folders of ours begin, and the seconds after which one is nobody's any more."""


def write_private(file: Path, content: bytes, *, new: bool = False) -> None:
    """Write a file whole and durably; its folder is made with it.

    Args:
        new: the file must not exist.

    Raises:
        FileExistsError: it does.
        FixTheSettings: the disk is full, or the folder cannot be written.
    """
    _make(file.parent)
    with _told(file), _beside(file, content) as beside, _taken(file) if new else nullcontext():
        beside.replace(file)
        sync_folder(file.parent)


@contextmanager
def _beside(file: Path, content: bytes) -> Iterator[Path]:
    """The content in a file of its own, durable, and gone after the block if it is still there."""
    handle, name = tempfile.mkstemp(".part", f".{file.name[:_ASIDE]}.", file.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _taken(file: Path) -> Iterator[None]:
    """A name that nothing had, no link either: what is replaced in the block is a file of ours."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600))
    try:
        yield
    except OSError:
        file.unlink(missing_ok=True)
        raise


@contextmanager
def private_folder(within: Path) -> Iterator[Path]:
    """A folder of our own in another, gone after the block with all that lies in it.

    What a kill left of another a day ago goes too: nothing of ours takes so long.

    Raises:
        FixTheSettings: the disk is full, or the folder cannot be written.
    """
    _make(within)
    with _told(within):
        for left in within.glob(f"{_OURS}*"):
            if time.time() - left.lstat().st_mtime > _LONGEST:
                shutil.rmtree(left, ignore_errors=True)
        folder = tempfile.TemporaryDirectory(prefix=_OURS, dir=within)
    with folder as name:
        yield Path(name)


def sync_folder(folder: Path) -> None:
    """Make durable which names a folder holds; a disk that has no way to do so is left alone."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as exc:
        if exc.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def refuse_shared(folder: Path) -> None:
    """Make sure that nobody else can put a file into a folder, or take one out; make it if missing.

    Raises:
        FixTheSettings: others can, or the folder is another user's, or is none.
    """
    _make(folder)
    with _told(folder):
        mode = folder.stat().st_mode
    if mode & stat.S_ISVTX and mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise FixTheSettings(
            "everybody on this machine can write here",
            where=redact_addresses(str(folder)),
            rule="DP-3",
            next_step="name a folder of your own; this one is shared on purpose",
        )
    refuse_open_folders(folder / "any", folder)


def _make(folder: Path) -> None:
    with told(str(folder)):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def _told(place: Path) -> Iterator[None]:
    """What the system refuses in our words, of the place that was meant."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as exc:
        exc.filename = str(place)
        raise refusal(exc) or exc from None
