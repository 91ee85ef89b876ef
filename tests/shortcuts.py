"""What is the same for every test, done once in a process; what it gives is not changed by it.

A new ledger runs eleven migrations, a command is put together from its functions, and a chapter
parses the built-in bylaws: up to a tenth of a second each, thousands of times. The first of each is
done as in the program. After that, what the migrations said to an empty database is said again, and
the same command and the same bylaws are taken again. And a server in a thread of the test's looks
every few milliseconds whether it is to stop, where uvicorn waits a tenth of a second, twice.
"""

import asyncio
import os
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import typer.testing
import uvicorn.server
from alembic import command
from sqlalchemy import Connection, event, inspect

from connectors.files.toml_files import read_toml
from connectors.ledger import database
from connectors.settings import bylaws
from tests.replays import REPLAYS

_MEMORY, _ROOM = Path("/dev/shm"), 4 * 1024**3
upgrade: Callable[[Connection], None] = database._upgrade
"""What the program does: run the migrations."""
_command = command.upgrade
_ASKING = ("SELECT", "PRAGMA", "SHOW", "WITH")
_said: dict[str, list[tuple[str, Any]]] = {}
"""Dialect → what the migrations of an empty database say, but for what they only ask."""


def write_to_memory() -> None:
    """Have pytest's folders in memory: a third of a run was waiting for the disk."""
    if not os.access(_MEMORY, os.W_OK):
        return
    there = os.statvfs(_MEMORY)
    if there.f_bavail * there.f_frsize >= _ROOM and not there.f_flag & os.ST_NOEXEC:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


def take() -> None:
    """Take the short ways from now on, in this process."""
    database._upgrade = upgrade_again
    typer.testing._get_command = cache(typer.testing._get_command)
    bylaws.read_toml = toml_again
    uvicorn.server.asyncio = _Impatient()  # type: ignore[attr-defined]  # it says asyncio.sleep


class _Impatient:
    """The module asyncio for a server that is told to stop a thousand times a run."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    @staticmethod
    async def sleep(seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.005))


def toml_again(file: Path, within: Path | None = None) -> dict[str, Any]:
    """Parse a file of bylaws; of those that are built in, give what was found before."""
    built_in = within is None and file.parent == bylaws.EDITIONS
    return deepcopy(_parsed(file)) if built_in else read_toml(file, within)


_parsed = cache(read_toml)


def upgrade_again(db: Connection) -> None:
    """Run the migrations; on an empty database, say again what they said on the first one.

    Not where a test listens, or has them end earlier.
    """
    if REPLAYS.listened or command.upgrade is not _command or inspect(db).get_table_names():
        upgrade(db)
        return
    dialect = db.dialect.name
    if dialect not in _said:
        _said[dialect] = _listened_to(db)
        return
    for statement, values in _said[dialect]:
        db.exec_driver_sql(statement, values or None)


def _listened_to(db: Connection) -> list[tuple[str, Any]]:
    """Run the migrations, and note what they say."""
    said: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        if not statement.lstrip().upper().startswith(_ASKING):
            said.append((statement, values))

    event.listen(db, "before_cursor_execute", note)
    try:
        upgrade(db)
    finally:
        event.remove(db, "before_cursor_execute", note)
    return said
