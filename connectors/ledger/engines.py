"""Engines on the database of a ledger: durable, and silent about what is in it.

An engine turns each kind of statement into SQL once, which takes longer than most of them. So the
engine of a ledger that was closed, without a connection, is kept for when it is opened again, as at
each look of an officer. It has one owner at a time.
"""

import logging
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from connectors.ledger.cipher import use
from connectors.ledger.trouble import WHERE
from models.errors import FixTheSettings

SQLITE = ("sqlite", "sqlite+pysqlite")
_PATIENCE = 15_000
"""Milliseconds to wait for somebody else's transaction; the longest of ours takes half of that."""
_ALIVE = {
    "tcp_keepalives_idle": 30,
    "tcp_keepalives_interval": 10,
    "tcp_keepalives_count": 3,
}
"""After a minute the server lets go of the lock of a machine that lost its power; by default it
waits for hours."""
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # a committed letter stays committed when the power fails
    "foreign_keys = ON",
    "temp_store = MEMORY",  # no people in temporary files
    "secure_delete = ON",  # what is erased is overwritten (DP-6)
)
_SILENT: dict[str, Any] = {"hide_parameters": True, "logging_name": "ledger"}
_MOST = 4
_closed: dict[URL, Engine] = {}
_turn = Lock()


def take(url: URL) -> Engine:
    """An engine for this caller alone, without a seal.

    Raises:
        FixTheSettings: the database's driver is not installed.
    """
    if url.drivername in SQLITE:
        url = url.set(database=str(Path(str(url.database)).absolute()))
    with _turn:
        engine = _closed.pop(url, None)
    if engine is None:
        return _made(url)
    use(engine.dialect, None)
    return engine


def give_back(engine: Engine) -> None:
    """Close its connections; what it knows of statements stays for who opens the database next."""
    engine.dispose()
    with _turn:
        _closed[engine.url] = engine
        while len(_closed) > _MOST:
            del _closed[next(iter(_closed))]


def _made(url: URL) -> Engine:
    try:
        if url.drivername in SQLITE:
            engine = create_engine(url, **_SILENT)
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            engine = create_engine(
                url,
                **_SILENT,
                isolation_level="REPEATABLE READ",  # one picture a transaction, as in SQLite
                pool_pre_ping=True,
                connect_args={"connect_timeout": 10},
            )
            event.listen(engine, "connect", _prepare_postgresql)
    except ImportError as exc:
        raise FixTheSettings(
            "the PostgreSQL driver is not installed",
            where=WHERE,
            next_step="pip install 'chapter-clerk[postgresql]'",
        ) from exc
    # At DEBUG the engine logs every row it fetches, whatever it hides otherwise (DP-3).
    logging.getLogger(f"sqlalchemy.engine.Engine.{_SILENT['logging_name']}").setLevel("WARNING")
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves; Python's sqlite3 says it too late
    for pragma in (f"busy_timeout = {_PATIENCE}", *_PRAGMAS):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(connection: Any, record: object) -> None:
    connection.execute(f"SET lock_timeout = {_PATIENCE}")
    for setting, seconds in _ALIVE.items():
        connection.execute(f"SET {setting} = {seconds}")
    connection.commit()


def _begin_sqlite(db: Connection) -> None:
    # A writer takes its turn at once; one that starts by reading could find itself outdated.
    db.exec_driver_sql(db.get_execution_options().get("begin", "BEGIN"))
