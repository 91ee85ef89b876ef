"""Snapshots: the sources as last read, in compressed pieces."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import MISSING, fields
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from connectors.ledger import notes
from connectors.ledger.columns import pack, unpack
from connectors.ledger.records import Snapshot
from connectors.ledger.schema import pieces, snapshots
from models.errors import FixTheSettings
from models.intake.tables import Cell, Table

_PIECE = 20_000
"""Rows in one piece."""
_HEAD = tuple(f.name for f in fields(Table) if f.name not in ("rows", "row_names"))
SHAPE = ",".join(_HEAD)
"""The columns of a table as this program knows them; a source held in another is read anew."""
_NEEDED = {f.name for f in fields(Table) if f.default is MISSING and f.default_factory is MISSING}


_FIELDS_BEFORE = {"wants_mail": "wants_email"}
"""Names of fields under which earlier versions kept a table → what they are called now."""
_DIGEST = "digest of "
"""Before the key of a source in the note of its digest: of its tables as they are kept."""
LOOKED_AT = "look at "
"""Before the key of a reading that belongs to a look and not to the night on record."""
OF_A_LOOK = snapshots.c.key.startswith(LOOKED_AT)


def versions(db: Connection) -> dict[str, str]:
    """The version of each source as last read; "" when its snapshot cannot be used."""
    asked = select(snapshots.c.key, snapshots.c.version, snapshots.c.shape)
    rows = db.execute(asked.where(~OF_A_LOOK))
    return {key: version if shape == SHAPE else "" for key, version, shape in rows}


def boxes(db: Connection) -> dict[str, dict[str, int]]:
    """The rows of each source's boxes as last read, by source."""
    return dict(db.execute(select(snapshots.c.key, snapshots.c.boxes).where(~OF_A_LOOK)).all())


def load(db: Connection, key: str) -> Snapshot | None:
    """One source as last read; None when there is none, or none that can be read as a table.

    One of before, which lacks what came since, is good for a vote under way until it is read anew.
    """
    row = db.execute(select(snapshots).where(snapshots.c.key == key)).one_or_none()
    if row is None or not _NEEDED - {"rows"} <= set(row.shape.split(",")) <= set(_HEAD):
        return None
    content = db.execute(
        select(pieces.c.content)
        .where(pieces.c.key == key)
        .order_by(pieces.c.id)
        .execution_options(yield_per=1)
    ).scalars()
    return Snapshot(key, row.version, tuple(_tables(map(unpack, content))), row.boxes)


def load_all(db: Connection, but: Collection[str] = ()) -> dict[str, Snapshot]:
    """Every source as last read: all of them, for nobody is judged on a part.

    Args:
        but: keys to leave out.

    Raises:
        FixTheSettings: some are held in an older program's shape.
    """
    known = [key for key in versions(db) if key not in but]
    found = {key: snapshot for key in known if (snapshot := load(db, key))}
    if outdated := len(known) - len(found):
        raise FixTheSettings(
            f"{outdated} of {len(known)} sources were last read by another version of Chapter "
            "Clerk",
            where="the ledger",
            next_step="read them again: clerk sync --apply",
        )
    return found


def save(db: Connection, snapshot: Snapshot) -> None:
    """Put a source's newest reading in the place of the last one."""
    forget(db, [snapshot.key])
    db.execute(
        insert(snapshots).values(
            key=snapshot.key, version=snapshot.version, shape=SHAPE, boxes=snapshot.rows
        )
    )
    seen = hashlib.sha256()
    for content in _packed(snapshot):
        seen.update(content)
        db.execute(insert(pieces).values(key=snapshot.key, content=content))
    notes.put(db, _DIGEST + snapshot.key, seen.hexdigest())


def is_as_held(db: Connection, snapshot: Snapshot) -> bool:
    """Whether a source is as it was last read, every cell of it and what is said of its columns."""
    known = notes.held(db, _DIGEST + snapshot.key)
    if known is None or boxes(db).get(snapshot.key) != snapshot.rows:
        return False
    seen = hashlib.sha256()
    for content in _packed(snapshot):
        seen.update(content)
    return seen.hexdigest() == known


def renew(db: Connection, snapshot: Snapshot) -> None:
    """Note under which version a source was found as it was."""
    same = snapshots.c.key == snapshot.key
    db.execute(update(snapshots).where(same).values(version=snapshot.version, shape=SHAPE))


def distrust(db: Connection) -> None:
    """Have every source read again, changed or not."""
    db.execute(update(snapshots).values(version=""))


def forget(db: Connection, keys: Iterable[str]) -> None:
    """Drop sources that are no longer read."""
    for key in keys:
        db.execute(delete(pieces).where(pieces.c.key == key))
        db.execute(delete(snapshots).where(snapshots.c.key == key))
        notes.drop(db, _DIGEST + key)


def _packed(snapshot: Snapshot) -> Iterator[bytes]:
    return (pack(piece) for table in snapshot.tables for piece in _pieces(table))


def _pieces(table: Table) -> Iterator[Any]:
    """A head that names the table, then its rows."""
    yield {name: getattr(table, name) for name in _HEAD}
    for start in range(0, len(table.rows), _PIECE):
        part = slice(start, start + _PIECE)
        yield [table.rows[part], table.row_names[part]]


def _tables(content: Iterable[Any]) -> Iterator[Table]:
    head: dict[str, Any] | None = None
    rows: list[list[Cell]] = []
    names: list[str] = []
    for piece in content:
        if isinstance(piece, dict):
            if head is not None:
                yield _table(head, rows, names)
            head, rows, names = piece, [], []
        else:
            rows += piece[0]
            names += piece[1]
    if head is not None:
        yield _table(head, rows, names)


def _table(head: dict[str, Any], rows: list[list[Cell]], names: list[str]) -> Table:
    head = {**head, "fields": [_FIELDS_BEFORE.get(name, name) for name in head["fields"]]}
    tidy: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in head.items()}
    return Table(**tidy, rows=rows, row_names=tuple(names))
