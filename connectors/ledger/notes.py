"""Small values to remember, under a name."""

from sqlalchemy import Connection, delete, select

from connectors.ledger.chunks import upsert
from connectors.ledger.schema import meta


def held(db: Connection, name: str) -> str | None:
    """The value noted under a name."""
    value = db.scalar(select(meta.c.value).where(meta.c.name == f"note {name}"))
    return None if value is None else bytes(value).decode()


def any_held(db: Connection) -> bool:
    """Whether anything was ever noted."""
    return (
        db.scalar(select(meta.c.name).where(meta.c.name.startswith("note ")).limit(1)) is not None
    )


def drop(db: Connection, name: str) -> None:
    """Forget what was noted under a name."""
    db.execute(delete(meta).where(meta.c.name == f"note {name}"))


def put(db: Connection, name: str, value: str) -> None:
    """Note a value, over the last one of that name."""
    row = {"name": f"note {name}", "value": value.encode()}
    upsert(db, meta, [row], by="name", anew=("value",))
