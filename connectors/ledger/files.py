"""The SQLite file on its disk: nobody but its owner may read it (DP-3)."""

import os
from pathlib import Path

from models.errors import FixTheSettings


def private_file(path: Path) -> None:
    """Make the file readable by its owner alone, or make sure that it is.

    It has to exist before SQLite opens it: the WAL, its index and the journal take their
    permissions from it, whatever the umask.

    Raises:
        FixTheSettings: others may read it, or it cannot be made.
    """
    try:
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


def _family(path: Path) -> list[Path]:
    """The file and those that SQLite keeps beside it."""
    return [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm", "-journal")]


def _others_may_read(file: Path) -> bool:
    try:
        return os.name == "posix" and bool(file.stat().st_mode & 0o077)
    except FileNotFoundError:  # another job has just closed the ledger and tidied up
        return False
