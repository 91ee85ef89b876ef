"""Nights that find nothing changed: what they ask instead of reading all, and what they write."""

from collections.abc import Iterable

from sqlalchemy import select

from connectors.ledger import changes, people, sources
from connectors.ledger import night as nights
from connectors.ledger.database import Database
from connectors.ledger.records import NightlyRun, Snapshot
from connectors.ledger.schema import meta
from connectors.ledger.vote_schema import record
from models.mail.audience import Contact

WATERMARK = "audience watermark"
RESULT_LINES = ("published", "race-overruled")
"""The kinds of event (`models.votes.events`) after which other results stand."""


class QuietNights:
    """What a quiet night needs of the ledger: none of it grows with the number of people."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database, self._key = database, key

    def mark(self) -> str:
        """What the newest change of anything that a night goes by is known by."""
        with self._database.reading() as db:
            return changes.held(db)

    def begin(self) -> None:
        """A night begins; whoever else writes from here on is noticed."""
        with self._database.reading() as db:
            self._database.changes.begin(db)

    def mark_of_ours(self) -> str:
        """The mark, if nobody but this job wrote since `begin`; else ""."""
        with self._database.reading() as db:
            return self._database.changes.ours(db)

    def watermark(self) -> str | None:
        """Where the next reading of the mailing list starts."""
        with self._database.reading() as db:
            mark = db.scalar(select(meta.c.value).where(meta.c.name == WATERMARK))
        return None if mark is None else bytes(mark).decode()

    def last_result(self) -> str:
        """The seal of the last line of the record by which a result stands, or stands no more.

        It seals every line before it, too. "" where no result was published yet.
        """
        told = record.c.said["kind"].as_string().in_(RESULT_LINES)
        asked = select(record.c.seal).where(told).order_by(record.c.number.desc()).limit(1)
        with self._database.reading() as db:
            return db.scalar(asked) or ""

    def knows(self, contacts: Iterable[Contact]) -> bool:
        """Whether the mirror of the mailing list has all of these contacts just as they are."""
        with self._database.reading() as db:
            return people.knows(db, self._key, contacts)

    def is_as_held(self, snapshot: Snapshot) -> bool:
        """Whether a source was read as it is on record, cell by cell."""
        with self._database.reading() as db:
            return sources.is_as_held(db, snapshot)

    def commit(self, night: NightlyRun) -> int:
        """Record a night that found nothing changed; the number of its run.

        Args:
            night: of its sources the versions are noted alone, and of its roll nothing.
        """
        with self._database.writing(aside=True) as db:
            return nights.write_quiet(db, night)
