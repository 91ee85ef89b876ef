"""A ledger's SQLite file as a whole: copied while jobs are at work, and settled before it goes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from connectors.ledger.trouble import WHERE
from connectors.private_files import private_folder, write_private
from models.errors import ClerkError, FixTheSettings, TryAgainLater

LOGS = ("-wal", "-journal")
"""What SQLite keeps beside a file and may still have to bring into it."""
SIDES = (*LOGS, "-shm")
"""All that it keeps there. Beside another file it would write old pages into that one."""


@contextmanager
def copied(file: Path) -> Iterator[Path]:
    """A consistent copy in a private folder beside it, whatever is written to it meanwhile.

    Raises:
        FixTheSettings: the file is no database, or the disk is full.
        TryAgainLater: another job keeps it locked.
    """
    with private_folder(file.parent) as folder:
        write_private(copy := folder / file.name, b"")
        try:
            with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        except sqlite3.Error as exc:
            raise _our_word_for(exc) from None
        yield copy


def settle(file: Path) -> None:
    """Bring into the file what lies beside it, so that it is whole alone.

    A file that is no database is left as it is: nothing beside it could be brought into it.

    Raises:
        TryAgainLater: another job has it open.
    """
    try:
        with closing(sqlite3.connect(file)) as held:
            busy, _, _ = held.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.DatabaseError:
        return
    if busy:
        raise _busy()


def _our_word_for(exc: sqlite3.Error) -> ClerkError:
    code = getattr(exc, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_FULL:
        return FixTheSettings("the disk is full", where=WHERE, next_step="free some space")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _busy()
    return FixTheSettings(
        "the database cannot be copied, or it is no database",
        where=WHERE,
        next_step="check that the path is right and belongs to the user who runs this",
    )


def _busy() -> TryAgainLater:
    return TryAgainLater("another job has the ledger open", where=WHERE)
