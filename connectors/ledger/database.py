"""The ledger's database: opened privately, migrated, one job at a time."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.sql.elements import TextClause

from connectors.ledger import encryption as sealing
from connectors.ledger import engines, kept_people, schema
from connectors.ledger.changes import Changes
from connectors.ledger.cipher import Cipher, use
from connectors.ledger.engines import SQLITE
from connectors.ledger.exit import refuse_unlisted
from connectors.ledger.files import lost, mark, private_file
from connectors.ledger.migrations import HEAD
from connectors.ledger.trouble import WHERE, Busy, translated
from models.errors import FixTheSettings

_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
_JOB = text("hashtextextended('chapter-clerk ' || current_schema(), 0)")
_TELLING = text("hashtextextended('chapter-clerk telling ' || current_schema(), 0)")
_MIGRATION = text("hashtextextended('chapter-clerk migration ' || current_schema(), 0)")


class Database:
    """The engine and the two kinds of transaction on it."""

    def __init__(self, url: str, seal: Cipher | None = None, home: Path | None = None) -> None:
        """Open it, make it if it is missing, and bring it to the newest schema.

        Args:
            home: the folder of the chapter whose ledger it is; None for a copy.

        Raises:
            FixTheSettings: a URL that is neither SQLite's nor PostgreSQL's, permissions, a schema
                newer than this program, a seal that is not the ledger's, a file that was there
                and is gone, empty or damaged.
            TryAgainLater: it cannot be reached.
            Refused: it lies where nothing of ours may go (DP-3).
        """
        where = _checked(url)
        self._turn: Connection | None = None
        self.changes = Changes()
        """Whether anything was written that a night goes by."""
        self.path, self._begun, self._home = None, False, home
        if where.drivername in SQLITE:
            self.path = Path(str(where.database))
            self._begun = private_file(self.path, home)
        refuse_unlisted(where)
        with translated():
            self._engine = engines.take(where)
        self._writer = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        try:
            self._migrate(seal)
            with self.reading() as db:
                sealing.unlock(db, seal)
            if self.path:
                mark(self.path, home)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give back all connections."""
        engines.give_back(self._engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with translated(), self._engine.begin() as db:
            yield db

    @contextmanager
    def writing(self, *, aside: bool = False, of_mail: bool = False) -> Iterator[Connection]:
        """A transaction that may write: all of it is kept, or none.

        Args:
            aside: no night goes by what it writes.
            of_mail: it is about the mailing list or emails; whom the sources name, and what they
                attended, stays as it was found.

        Raises:
            TryAgainLater: the session that kept other jobs off is lost, and our turn with it.
        """
        with translated(), self._writer.begin() as db:
            if self._turn is not None:
                self._turn.execute(select(1))
            if not (aside or of_mail):
                kept_people.forget(db)
            yield db
            if not aside:
                self.changes.note(db)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other job off this ledger; the kernel or the server lets go if we die.

        Raises:
            TryAgainLater: another job is at work.
        """
        if self.path:
            with self._locked_file("lock"):
                yield
            return
        with self._locked_server(_JOB) as db:
            try:
                self._turn = db
                yield
            finally:
                self._turn = None

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Keep every other job from telling the officers; all other work goes on.

        Raises:
            TryAgainLater: another job is telling them.
        """
        with self._locked_file("telling.lock") if self.path else self._locked_server(_TELLING):
            yield

    @contextmanager
    def _locked_file(self, name: str) -> Iterator[None]:
        from filelock import FileLock, Timeout  # who only asks takes no lock

        lock = FileLock(f"{self.path}.{name}", timeout=0, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            raise _taken() from None
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _locked_server(self, which: TextClause) -> Iterator[Connection]:
        # A session's lock wants a session of its own, in no transaction while the job runs.
        with translated():
            db = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            with translated():
                if not db.scalar(select(func.pg_try_advisory_lock(which))):
                    raise _taken()
            yield db
        finally:
            db.invalidate()  # closing the session lets go, even of a lock we could not release
            db.close()

    def reencrypt(self, new: Cipher | None) -> None:
        """Seal the private columns anew, and leave nothing of their old form on the disk."""
        with self.writing(aside=True) as db:
            sealing.reencrypt(db, new)
            dialect = db.dialect
        use(dialect, new)
        with translated(), self._engine.connect() as db:
            raw = db.connection.dbapi_connection
            assert raw is not None  # noqa: S101 - the pool has just given it
            if self.path:
                for tidy in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    raw.cursor().execute(tidy)

    def _migrate(self, seal: Cipher | None) -> None:
        with self.reading() as db:
            if _revision(db) == HEAD:
                return
        # READ COMMITTED: whoever has waited for the lock must see what the other one made.
        seeing = {} if self.path else {"isolation_level": "READ COMMITTED"}
        with translated(), self._writer.execution_options(**seeing).begin() as db:
            if self.path is None:
                db.execute(select(func.pg_advisory_xact_lock(_MIGRATION)))
            if _revision(db) != HEAD:
                fresh = _revision(db) is None
                if fresh and self.path:
                    self._nothing_stands_in(db, self.path)
                elif not fresh:
                    sealing.unlock(db, seal)  # a migration may move what is sealed
                _upgrade(db)
                if fresh:
                    sealing.start(db, seal)
                    _make_key(db)

    def _nothing_stands_in(self, db: Connection, path: Path) -> None:
        """Refuse to begin a ledger where there was one, or in another program's database."""
        if self._begun:
            raise lost(path, "empty", self._home)
        if inspect(db).get_table_names():
            raise FixTheSettings(
                "this is another program's database",
                where=str(path),
                next_step="write the ledger's own path in chapter.toml",
            )


def _checked(url: str) -> URL:
    """The URL, if it names a database we know how to keep."""
    try:
        found = make_url(url)
    except ArgumentError:
        found = URL.create("none")
    file = found.database or ""
    if found.drivername in _POSTGRESQL:
        return found.set(drivername="postgresql+psycopg")
    if found.drivername in SQLITE and file and not file.startswith((":memory:", "file:")):
        return found
    raise FixTheSettings(
        "the ledger's URL is neither a SQLite file's nor a PostgreSQL database's",
        where=WHERE,
        next_step="write sqlite:///path/to/ledger.db, or "
        "postgresql+psycopg://user:password@host/database",
    )


def _revision(db: Connection) -> str | None:
    if not inspect(db).has_table("alembic_version"):
        return None
    revision: str | None = db.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _upgrade(db: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "connectors.ledger:migrations")
    config.attributes["connection"] = db
    try:
        command.upgrade(config, "head")
    except CommandError as exc:
        raise FixTheSettings(
            "the ledger was written by a newer version of this program",
            where=WHERE,
            next_step="install that version or a later one",
        ) from exc


def _make_key(db: Connection) -> None:
    db.execute(schema.meta.insert().values(name="key", value=secrets.token_bytes(32)))


def _taken() -> Busy:
    return Busy("another job of this chapter is running", where=WHERE)
