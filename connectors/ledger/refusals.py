"""New contacts whom the mailing list would not take: tried twice, and not every night."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import Connection, delete, select

from connectors.ledger.chunks import chunks, upsert
from connectors.ledger.people import digest
from connectors.ledger.schema import refusals
from models.privacy import Email, Name

Newcomer = tuple[Email, Name | None]
"""An address with the name it was registered under: registered anew, it is tried anew."""
FINAL = 2
"""So many refusals are no accident."""


class Refusals:
    """Says whether the list refuses somebody; it holds digests and no person."""

    def __init__(self, key: bytes, digests: Iterable[bytes]) -> None:
        self._key, self._digests = key, frozenset(digests)

    def __contains__(self, who: object) -> bool:
        return bool(self._digests) and isinstance(who, tuple) and self._named(who) in self._digests

    def _named(self, who: Newcomer) -> bytes:
        return digest(self._key, *who)


def final(db: Connection, key: bytes) -> Refusals:
    """Those who need not be tried again."""
    found = db.execute(select(refusals.c.named).where(refusals.c.times >= FINAL))
    return Refusals(key, found.scalars())


def note(db: Connection, key: bytes, refused: Collection[Newcomer], day: date) -> None:
    """Count a night's refusals; under another name the count starts again."""
    named = {digest(key, address): digest(key, address, name) for address, name in refused}
    for part in chunks(named, 500):
        asked = select(refusals).where(refusals.c.digest.in_(part))
        known = db.execute(asked).all()
        times = {row.digest: row.times for row in known if row.named == named[row.digest]}
        rows = [
            {"digest": one, "named": named[one], "times": times.get(one, 0) + 1, "day": day}
            for one in part
        ]
        upsert(db, refusals, rows, by="digest", anew=("named", "times", "day"))


def forget(db: Connection, key: bytes, addresses: Iterable[Email]) -> None:
    """Drop what is noted of addresses."""
    for part in chunks(addresses, 500):
        gone = [digest(key, address) for address in part]
        db.execute(delete(refusals).where(refusals.c.digest.in_(gone)))
