"""Whether anything that a night goes by was written since, whoever wrote it.

Each transaction that may change what a night finds leaves a new mark; of the others, each says
itself that it writes beside the matter. So a result is kept beside the mark, and is good only as
long as the mark stands.
"""

import secrets

from sqlalchemy import Connection, select

from connectors.ledger.chunks import upsert
from connectors.ledger.schema import meta

_NAME = "mark of the newest change"


class Changes:
    """What one job wrote, and whether another wrote meanwhile."""

    def __init__(self) -> None:
        self._last: str | None = None
        self._others = False

    def begin(self, db: Connection) -> None:
        """From here on, another job's writing is noticed."""
        self._last, self._others = held(db), False

    def note(self, db: Connection) -> None:
        """A transaction of ours changes something."""
        if self._last is not None and held(db) != self._last:
            self._others = True
        self._last = secrets.token_hex(8)
        row = {"name": _NAME, "value": self._last.encode()}
        upsert(db, meta, [row], by="name", anew=("value",))

    def ours(self, db: Connection) -> str:
        """The mark, if nobody else wrote since `begin`; else ""."""
        now = held(db)
        return now if now == self._last and not self._others else ""


def held(db: Connection) -> str:
    """The mark as it stands; "" before anything was written."""
    value = db.scalar(select(meta.c.value).where(meta.c.name == _NAME))
    return "" if value is None else bytes(value).decode()
