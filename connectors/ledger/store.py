"""The ledger's front: one method a question or a fact, each in one transaction."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import delete, select, update

from connectors.ledger import night as nights
from connectors.ledger import notes, outbox, people, refusals, schema, sources
from connectors.ledger.areas import Areas
from connectors.ledger.chunks import upsert
from connectors.ledger.cipher import Cipher
from connectors.ledger.database import Database
from connectors.ledger.encryption import is_current
from connectors.ledger.quiet import WATERMARK
from connectors.ledger.records import (
    HistoryRow,
    NightlyRun,
    NoticeRecord,
    Recorded,
    RunRecord,
    Snapshot,
)
from connectors.ledger.refusals import Refusals
from connectors.ledger.schema import meta, runs
from models.intake.people import PersonId
from models.mail.audience import Contact
from models.mail.notices import Notice, NoticeKind
from models.mail.refusals import NotTaken
from models.membership.identity import Claim
from models.membership.status_periods import StatusPeriod
from models.privacy import Email


class Ledger(Areas):
    """One chapter's memory.

    Every method may raise `TryAgainLater` (locked, unreachable) and `FixTheSettings` (refused,
    disk full); none of their messages quotes what is stored.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._first: Callable[[], None] | None = None
        self.key: bytes = self._meta("key") or b""
        """The ledger's own secret, made once: 32 random bytes."""

    @classmethod
    def open(cls, url: str, key: str = "", *, home: Path | None = None) -> Self:
        """Open a ledger, made if it is missing and brought to the newest schema.

        Args:
            url: ``sqlite:///path/to/ledger.db`` or ``postgresql+psycopg://user@host/database``.
            key: of its personal columns, from outside the ledger, or several, the newest first; ""
                for one that is not encrypted.
            home: the chapter's folder, where a mark says that there was one; None for a copy.

        Raises:
            FixTheSettings: the URL, a file that is gone or that others may read, a newer schema.
            TryAgainLater: the database cannot be reached.
        """
        return cls(Database(url, Cipher(key) if key else None, home))

    def close(self) -> None:
        """Give back its connections."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def encrypt(self, keys: str) -> None:
        """Put the personal columns under the first key, or none (""); all or nothing."""
        with self.alone():
            self._database.reencrypt(Cipher(keys) if keys else None)

    def is_under(self, keys: str) -> bool:
        """Whether the personal columns are under the first of the keys, as this version does it."""
        with self._database.reading() as db:
            return is_current(db, Cipher(keys))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other job off this ledger while in the block, whatever becomes of us.

        Raises:
            TryAgainLater: another job is at work.
        """
        with self._database.alone():
            if check := self._first:
                check()
                self._first = None
            yield

    @contextmanager
    def checking(self, check: Callable[[], None]) -> Iterator[None]:
        """In the block, the first turn `alone` begins with a check, which may refuse it."""
        self._first = check
        try:
            yield
        finally:
            self._first = None

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Keep every other job from telling the officers, and from nothing else.

        Raises:
            TryAgainLater: another job is telling them.
        """
        with self._database.telling():
            yield

    # People and sources

    def ids(self) -> dict[Claim, PersonId]:
        """Which address (with a name where it is shared) is whose, oldest first."""
        with self._database.reading() as db:
            return people.ids(db)

    def standings(self) -> dict[PersonId, Recorded]:
        """The newest standing of each person, of those who are gone too."""
        with self._database.reading() as db:
            return people.standings(db)

    def history(self, person: PersonId) -> list[HistoryRow]:
        """All standings of one person, oldest first."""
        with self._database.reading() as db:
            return people.history_of(db, person)

    def versions(self) -> dict[str, str]:
        """The version of each source as last read; "" means: read it again."""
        with self._database.reading() as db:
            return sources.versions(db)

    def boxes(self) -> dict[str, dict[str, int]]:
        """Rows by box of each source as last read, for the guard against shrunk sources."""
        with self._database.reading() as db:
            return sources.boxes(db)

    def snapshot(self, key: str) -> Snapshot | None:
        """One source as last read; None when it has to be read anew."""
        with self._database.reading() as db:
            return sources.load(db, key)

    def snapshots(self, but: Collection[str] = ()) -> dict[str, Snapshot]:
        """Every source as last read, but for these keys; all of it is in memory then.

        Raises:
            FixTheSettings: some are held in an older program's shape.
        """
        with self._database.reading() as db:
            return sources.load_all(db, but)

    # The mailing list

    def audience(self) -> tuple[dict[Email, Contact], str | None]:
        """The mirror of the mailing list, and the watermark of its last reading."""
        with self._database.reading() as db:
            mark = db.scalar(select(meta.c.value).where(meta.c.name == WATERMARK))
            return people.audience(db), mark.decode() if mark is not None else None

    def save_contacts(
        self,
        contacts: Iterable[Contact],
        *,
        watermark: str | None = None,
        replace: bool = False,
    ) -> None:
        """Bring the mirror up to date.

        Args:
            contacts: contacts as they are in the mailing list now.
            watermark: where the next reading starts; None leaves it as it is.
            replace: these are all contacts there are.
        """
        seen = list(contacts)
        with self._database.writing(aside=not (seen or replace), of_mail=True) as db:
            if replace:
                db.execute(delete(schema.contacts))
            people.save_contacts(db, self.key, seen)
            if watermark is not None:
                row = {"name": WATERMARK, "value": watermark.encode()}
                upsert(db, meta, [row], by="name", anew=("value",))

    def refusals(self, today: date) -> Refusals:
        """New contacts whom the mailing list refused, and who of them is tried again today."""
        with self._database.reading() as db:
            return refusals.known(db, self.key, today)

    def note_refusals(self, refused: Collection[NotTaken], day: date) -> None:
        """Remember new contacts whom the mailing list would not take."""
        with self._database.writing(of_mail=True) as db:
            refusals.note(db, self.key, refused, day)

    # Nights

    def commit_night(self, night: NightlyRun) -> int:
        """Record a night: all of it, or nothing. The number of its run."""
        with self._database.writing() as db:
            return nights.write(db, self.key, night)

    def finish(self, run: int, at: datetime) -> None:
        """Everything the run decided has been applied."""
        with self._database.writing(aside=True) as db:
            done = update(runs).where(runs.c.id == run, runs.c.finished.is_(None))
            db.execute(done.values(finished=at))

    def fail(self, run: int, at: datetime) -> None:
        """A run gave up and said why, or was stopped by hand: no clock takes it up again."""
        with self._database.writing(aside=True) as db:
            open_one = update(runs).where(runs.c.id == run, runs.c.finished.is_(None))
            db.execute(open_one.values(failed=at))

    def is_new(self) -> bool:
        """Whether no night has been committed yet; the first one is a baseline."""
        return self.last_run() is None

    def is_untouched(self) -> bool:
        """Whether nothing was ever recorded: no night, nobody, no vote, not a note."""
        with self._database.reading() as db:
            noted = notes.any_held(db)
        return self.is_new() and not (noted or self.ids() or self.votes.lines())

    def last_run(self) -> RunRecord | None:
        """The newest night."""
        return next(iter(self.runs(1)), None)

    def runs(self, limit: int = 30) -> list[RunRecord]:
        """The newest nights, newest first."""
        with self._database.reading() as db:
            rows = db.execute(select(runs).order_by(runs.c.id.desc()).limit(limit))
            return [RunRecord(**row._mapping) for row in rows]

    # Letters

    def notified(self) -> dict[tuple[PersonId, NoticeKind], list[StatusPeriod]]:
        """The spells each person was told of, will be, or was passed over for."""
        with self._database.reading() as db:
            return outbox.notified(db)

    def told(self, person: PersonId) -> list[NoticeRecord]:
        """Each letter that was ever due to a person, and what became of it."""
        with self._database.reading() as db:
            return outbox.told(db, person)

    def pending_letters(self) -> list[Notice]:
        """The letters that are due and in no mailing."""
        with self._database.reading() as db:
            return outbox.pending(db)

    # Small things to remember

    def note(self, name: str) -> str | None:
        """A small value noted under a name."""
        with self._database.reading() as db:
            return notes.held(db, name)

    def set_note(self, name: str, value: str) -> None:
        """Note a small value, over the last one of that name."""
        with self._database.writing(aside=True) as db:
            notes.put(db, name, value)

    def _meta(self, name: str) -> bytes | None:
        with self._database.reading() as db:
            return db.scalar(select(meta.c.value).where(meta.c.name == name))
