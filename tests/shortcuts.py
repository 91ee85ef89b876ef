"""What is the same for every test, done once in a process; what it gives is not changed by it.

A new ledger runs eleven migrations, and a command is put together from its functions: a tenth of a
second each, thousands of times. The first of either is done as in the program. After that what the
migrations said to an empty database is said again, and the same command is taken again.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import typer.testing
from alembic import command
from sqlalchemy import Connection, event, inspect

from connectors.ledger import database
from tests.replays import REPLAYS

upgrade: Callable[[Connection], None] = database._upgrade
"""What the program does: run the migrations."""
_command = command.upgrade
_ASKING = ("SELECT", "PRAGMA", "SHOW", "WITH")
_said: dict[str, list[tuple[str, Any]]] = {}
"""Dialect → what the migrations of an empty database say, but for what they only ask."""


def take() -> None:
    """Take the short ways from now on, in this process."""
    database._upgrade = upgrade_again
    typer.testing._get_command = cache(typer.testing._get_command)


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
