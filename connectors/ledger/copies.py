"""A ledger's SQLite file as a whole: copied while jobs are at work, and settled before it goes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from connectors.files.private_files import private_folder, write_private
from connectors.ledger.trouble import DAMAGED, busy, translated

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
        with (
            translated(),
            closing(sqlite3.connect(file)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
        yield copy


def settle(file: Path) -> None:
    """Bring into the file what lies beside it, so that it is whole alone.

    A file that is no database is left as it is: nothing beside it could be brought into it.

    Raises:
        TryAgainLater: another job has it open.
        FixTheSettings: the disk is full.
    """
    with translated(), closing(sqlite3.connect(file)) as held:
        try:
            waits, _, _ = held.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.DatabaseError as exc:
            if exc.sqlite_errorcode & 0xFF not in DAMAGED:
                raise
            return
    if waits:
        raise busy()
