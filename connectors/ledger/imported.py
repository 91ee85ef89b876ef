"""Lists that somebody gave the program as a file: kept beside the readings of the sheets.

Nothing can be read again for them, so that a night keeps what is here. Hold `Ledger.alone` around
what changes it: a night that is at work keeps what it knew of when it began.
"""

from connectors.ledger import sources
from connectors.ledger.database import Database
from connectors.ledger.record import Act, append
from connectors.ledger.records import Snapshot


class ImportedLists:
    """The lists and the record's lines on them, each change in one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, snapshot: Snapshot, act: Act) -> None:
        """Keep a list, in the place of the last one of its key."""
        with self._database.writing() as db:
            sources.save(db, snapshot)
            append(db, "", act)

    def remove(self, key: str, act: Act) -> None:
        """Drop a list."""
        with self._database.writing() as db:
            sources.forget(db, [key])
            append(db, "", act)
