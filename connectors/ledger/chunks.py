"""Many rows at a time, whatever the database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

T = TypeVar("T")


def chunks(items: Iterable[T], size: int = 5_000) -> Iterator[list[T]]:
    """Lists of at most `size` items; no empty one."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def upsert(
    db: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, by: str, anew: Sequence[str]
) -> None:
    """Insert rows; where one with the same `by` stands, write its `anew` columns over."""
    if not rows:
        return
    statement: sqlite.Insert | Any = sqlite.insert(table)
    if db.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # slow to import, seldom needed

        statement = postgresql.insert(table)
    db.execute(
        statement.on_conflict_do_update(
            index_elements=[by], set_={name: statement.excluded[name] for name in anew}
        ),
        rows,
    )
