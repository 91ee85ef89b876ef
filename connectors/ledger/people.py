"""Who is who, how they stood, and the mirror of the mailing list."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from connectors.ledger.chunks import chunks, upsert
from connectors.ledger.records import HistoryRow, Recorded
from connectors.ledger.schema import claims, contacts, history
from models.intake.people import PersonId
from models.mail.audience import Contact, ContactState
from models.membership.identity import Claim
from models.membership.reasons import Reason
from models.membership.status_periods import StatusPeriod
from models.membership.voting_status import Status
from models.privacy import Email, Personal
from models.unmask import reveal


def digest(key: bytes, *texts: Personal | None) -> bytes:
    """What a text is found by: the first 128 bits of its HMAC-SHA256 under the ledger's key."""
    joined = "\0".join(reveal(text) if text else "" for text in texts)
    return hmac.digest(key, joined.encode(), hashlib.sha256)[:16]


def ids(db: Connection) -> dict[Claim, PersonId]:
    """Which claim is whose, oldest first."""
    rows = db.execute(
        select(claims.c.address, claims.c.name, claims.c.person).order_by(claims.c.id)
    )
    return {(address, name): PersonId(person) for address, name, person in rows}


def learn(db: Connection, key: bytes, seen: Mapping[Claim, PersonId]) -> None:
    """Remember new claims, and those that have changed hands."""
    held = dict(db.execute(select(claims.c.digest, claims.c.person)).all())
    for part in chunks(seen.items()):
        rows = [
            {"digest": digest(key, *claim), "address": claim[0], "name": claim[1], "person": person}
            for claim, person in part
        ]
        changed = [row for row in rows if held.get(row["digest"]) != row["person"]]
        upsert(db, claims, changed, by="digest", anew=("person",))


def merge(db: Connection, merged: Mapping[PersonId, PersonId], *tables: Any) -> None:
    """Write the kept id wherever the old one stands."""
    for old, kept in merged.items():
        for table in tables:
            db.execute(update(table).where(table.c.person == old).values(person=kept))


def newest(db: Connection) -> Iterator[Row[Any]]:
    """The newest history row of each person, streamed."""
    last = select(func.max(history.c.id).label("id")).group_by(history.c.person).subquery()
    yield from db.execute(
        select(history).join(last, last.c.id == history.c.id).execution_options(yield_per=5_000)
    )


def standings(db: Connection) -> dict[PersonId, Recorded]:
    """The newest standing of each person on record."""
    last = select(func.max(history.c.id).label("id")).group_by(history.c.person).subquery()
    h = history.c
    rows = db.execute(
        select(h.person, h.status, h.since, h.until, h.recorded).join(last, last.c.id == h.id)
    )
    return {
        PersonId(person): Recorded(
            Status(status), StatusPeriod(since, until) if since else None, recorded
        )
        for person, status, since, until, recorded in rows
    }


def history_of(db: Connection, person: PersonId) -> list[HistoryRow]:
    """All that was recorded about one person's standing, oldest first."""
    rows = db.execute(select(history).where(history.c.person == person).order_by(history.c.id))
    return [_history_row(row) for row in rows]


def _history_row(row: Row[Any]) -> HistoryRow:
    return HistoryRow(
        recorded=row.recorded,
        status=Status(row.status),
        since=row.since,
        until=row.until,
        evidence=tuple((date.fromisoformat(day), name) for day, name in row.evidence),
        reasons=tuple(Reason(*reason) for reason in row.reasons),
        edition=row.edition,
    )


def audience(db: Connection) -> dict[Email, Contact]:
    """The mailing list as last seen or written."""
    return {row.address: _contact(row) for row in db.execute(select(contacts))}


def _contact(row: Row[Any]) -> Contact:
    return Contact(
        row.address,
        ContactState(row.state),
        tuple((tag, value) for tag, value in row.fields),
        frozenset(row.tags),
    )


def save_contacts(db: Connection, key: bytes, seen: Iterable[Contact]) -> None:
    """Put contacts as they are now in the place of what was known."""
    for part in chunks(seen):
        rows = [
            {
                "digest": digest(key, contact.address),
                "address": contact.address,
                "state": contact.state.value,
                "fields": contact.fields,
                "tags": sorted(contact.tags),
            }
            for contact in part
        ]
        upsert(db, contacts, rows, by="digest", anew=("state", "fields", "tags"))


def knows(db: Connection, key: bytes, seen: Iterable[Contact]) -> bool:
    """Whether the mirror has all of these contacts just as they are."""
    for part in chunks(seen, 500):
        sought = {digest(key, contact.address): contact for contact in part}
        rows = db.execute(select(contacts).where(contacts.c.digest.in_(sought)))
        if {bytes(row.digest): _contact(row) for row in rows} != sought:
            return False
    return True


def forget_contacts(db: Connection, key: bytes, addresses: Iterable[Email]) -> None:
    """Drop contacts that the mailing list no longer has."""
    for part in chunks(addresses, 500):
        gone = [digest(key, address) for address in part]
        db.execute(delete(contacts).where(contacts.c.digest.in_(gone)))
