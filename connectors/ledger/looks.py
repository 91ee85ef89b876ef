"""The newest look at the sources that was not applied: a plan, a refused night, one broken off.

At most one is kept, and none that is older than the night on record. Its readings lie beside the
recorded ones, in the same sealed pieces; only the sources that were read for it have any.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime, TypeAdapter, ValidationError
from sqlalchemy import Connection, delete, select

from connectors.ledger import notes, sources
from connectors.ledger.database import Database
from connectors.ledger.records import Snapshot
from connectors.ledger.schema import meta, snapshots
from models.base import Value

_NOTE = "newest look"


class LookEnd(StrEnum):
    """What became of it."""

    PLANNED = "planned"
    """Somebody wanted to see the plan."""
    REFUSED = "refused"
    """A guard wants a person's approval."""
    BROKEN_OFF = "broken off"
    """Something stood in its way before its end."""


class Look(Value):
    """One look: when, what became of it, and whom it concerns, by ids of ours."""

    end: LookEnd
    day: date
    at: AwareDatetime
    said: str = ""
    """Why it was refused or broken off, in the words of our error."""
    next_step: str = ""
    sources: tuple[str, ...] = ()
    """The keys of all its sources; those not read for it are as on record. None: nothing of it
    was read to the end."""
    concerned: tuple[tuple[str, str], ...] = ()
    """Person → what would become of them."""
    calls: tuple[tuple[str, str], ...] = ()
    """Voting members whom no letter would reach, and why (DP-4)."""
    fingerprint: str = ""
    """Of its plan; "" where there is none, or an earlier version wrote this."""
    changes: tuple[tuple[str, int], ...] = ()
    """How many of each kind the plan has."""
    reasons: tuple[str, ...] = ()
    """Why a person has to approve it."""
    had: int = 0
    """Voting members before."""
    told_nobody: int = 0
    """Voting members whom the first sync does not email."""
    since: "Look | None" = None
    """What broke off a newer look, of which nothing was read to the end."""


_WRITTEN = TypeAdapter(Look)


class Looks:
    """The newest look. Hold `Ledger.alone` around what changes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self) -> Look | None:
        """The look, if one was kept since the night on record; None for a note in no known form."""
        with self._database.reading() as db:
            held = notes.held(db, _NOTE)
        try:
            return _WRITTEN.validate_json(held) if held else None
        except ValidationError:
            return None

    def keep(self, look: Look, read: Iterable[Snapshot] = ()) -> None:
        """Keep a look in the place of the last one.

        Args:
            read: the sources read for it; the others are as on record.
        """
        with self._database.writing(aside=True) as db:
            forget(db)
            for snapshot in read:
                sources.save(db, replace(snapshot, key=sources.LOOKED_AT + snapshot.key))
            notes.put(db, _NOTE, _WRITTEN.dump_json(look).decode())

    def remark(self, since: Look) -> None:
        """Keep what interrupted a look, next to a refused night or in place of what was there."""
        known = self.newest()
        if known is None or known.end is not LookEnd.REFUSED:
            self.keep(since)
            return
        written = _WRITTEN.dump_json(known.model_copy(update={"since": since})).decode()
        with self._database.writing(aside=True) as db:
            notes.put(db, _NOTE, written)

    def read_for_it(self) -> dict[str, Snapshot]:
        """The sources that were read for the newest look, by key."""
        with self._database.reading() as db:
            keys = db.execute(select(snapshots.c.key).where(sources.OF_A_LOOK)).scalars().all()
            loaded = [snapshot for key in keys if (snapshot := sources.load(db, key))]
        bare = (replace(one, key=one.key.removeprefix(sources.LOOKED_AT)) for one in loaded)
        return {one.key: one for one in bare}


def forget(db: Connection) -> None:
    """Drop the look: a night was recorded, or somebody's rows must go (DP-6)."""
    keys = db.execute(select(snapshots.c.key).where(sources.OF_A_LOOK)).scalars().all()
    sources.forget(db, keys)
    db.execute(delete(meta).where(meta.c.name == f"note {_NOTE}"))
