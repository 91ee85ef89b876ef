"""The queue of members' requests (ST-3): which rows have a receipt, and how each request stands.

Nobody's address, and nothing of what a request says: both stay in its row. What an officer decides
is written in one transaction with its line of the record, and with what follows from it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from connectors.ledger import sources
from connectors.ledger.database import Database
from connectors.ledger.people import digest
from connectors.ledger.record import Act, append
from connectors.ledger.records import Snapshot
from connectors.ledger.schema import requests
from models.errors import ClerkError
from models.privacy import Personal
from models.year.request_queue import WAITING, MemberRequest


class Requests:
    """The requests of one ledger. Hold `Ledger.alone` around what changes one."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database, self._key = database, key

    def row_of(self, who: Collection[Personal | None], *said: str) -> bytes:
        """By what a row is found: a keyed digest of whose it is and of what tells it apart."""
        whole = digest(self._key, *who) + "\0".join(said).encode()
        return hmac.digest(self._key, whole, hashlib.sha256)[:16]

    def all(self) -> list[MemberRequest]:
        """Every request, in the order of the receipts."""
        return self._found(requests.c.number > 0)

    def under_way(self) -> list[MemberRequest]:
        """Those that have no end, whose last email is owed, or may still be on its way."""
        waits = requests.c.state.in_(WAITING)
        return self._found(
            waits | requests.c.told.in_(("", "receipt")) | (requests.c.segments != "")
        )

    def add(self, new: MemberRequest, also: Iterable[MemberRequest] = ()) -> MemberRequest:
        """A request with the next number, and its row's own mark where it has none.

        Args:
            also: what changes with it: of a code that is tried, the request that waits for one.
        """
        row = _values(new) | {"mark": new.mark or self._mark_of(new.row)}
        with self._database.writing(aside=True) as db:
            for one in also:
                write(db, one)
            return _request(db.execute(insert(requests).values(row).returning(requests)).one())

    def change(self, changed: Iterable[MemberRequest]) -> None:
        """Write requests as they are now."""
        with self._database.writing(aside=True) as db:
            for one in changed:
                write(db, one)

    def decide(self, one: MemberRequest, act: Act) -> None:
        """The same by an officer, with its line of the record."""
        with self._database.writing(aside=True) as db:
            write(db, one)
            append(db, "", act)

    def carry_out(self, one: MemberRequest, kept: Snapshot, act: Act) -> None:
        """The same, and keep what the request became as a source that a night reads."""
        with self._database.writing() as db:
            write(db, one)
            sources.save(db, kept)
            append(db, "", act)

    def take_back(self, one: MemberRequest, key: str, act: Act) -> None:
        """The same, and drop that source."""
        with self._database.writing() as db:
            write(db, one)
            sources.forget(db, [key])
            append(db, "", act)

    def _mark_of(self, row: bytes) -> str:
        """The same after a restore: a code that is out still fits."""
        return hmac.digest(self._key, b"mark of a request\0" + row, hashlib.sha256)[:16].hex()

    def _found(self, which: Any) -> list[MemberRequest]:
        with self._database.reading() as db:
            rows = db.execute(select(requests).where(which).order_by(requests.c.number))
            return [_request(row) for row in rows]


def unname(db: Connection, theirs: Iterable[MemberRequest]) -> None:
    """Write requests as they are now, and let nobody find them by their rows any more (DP-6)."""
    for one in theirs:
        write(db, one)
        which = update(requests).where(requests.c.number == one.number)
        nobodys = {"row": secrets.token_bytes(16), "mark": secrets.token_hex(16)}
        db.execute(which.values(nobodys | {"why": b""}))


def _values(one: MemberRequest) -> dict[str, object]:
    held = one.model_dump(exclude={"number"})
    plain = {name: str(held[name]) for name in ("kind", "state", "told")}
    return held | plain | {"why": one.why.encode(), "segments": "\n".join(one.segments)}


def write(db: Connection, one: MemberRequest) -> None:
    """Write a request as it is now."""
    which = update(requests).where(requests.c.number == one.number)
    if not db.execute(which.values(_values(one))).rowcount:
        raise ClerkError(f"there is no request {one.number}", where="ledger", rule="ST-3")


def _request(row: Row[Any]) -> MemberRequest:
    own = {"why": bytes(row.why).decode(), "segments": tuple(row.segments.splitlines())}
    return MemberRequest.model_validate(dict(row._mapping) | own)
