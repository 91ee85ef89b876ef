"""Officers at the program's own page: who is signed in, and whom they looked at (DP-3).

The ledger holds digests of sign-in links and session keys. Who reads it can sign in as nobody.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, delete, extract, func, insert, select

from connectors.ledger.database import Database
from connectors.ledger.records import LooksInAnHour, OfficerKey, PersonLook
from connectors.ledger.schema import officer_keys, person_looks
from models.intake.people import PersonId


class KeyKind(StrEnum):
    """What a key is good for."""

    INVITATION = "invitation"
    """To sign in, once."""
    SESSION = "session"
    """To be known for some hours."""


class OfficerAccess:
    """Keys and looks of officers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, kind: KeyKind, key: str, officer: str, made: datetime, ends: datetime) -> None:
        """Remember a key that an officer was given. Keys that have ended go."""
        row = {"digest": _digest(key), "kind": kind.value, "officer": officer,
               "made": made, "ends": ends}  # fmt: skip
        with self._database.writing(aside=True) as db:
            db.execute(delete(officer_keys).where(officer_keys.c.ends <= made))
            db.execute(insert(officer_keys).values(**row))

    def find(self, kind: KeyKind, key: str, now: datetime) -> OfficerKey | None:
        """Whose key this is; None if it is nobody's, or has ended."""
        with self._database.reading() as db:
            return _good(db.execute(_held(kind, key)).one_or_none(), now)

    def use_up(self, kind: KeyKind, key: str, now: datetime) -> OfficerKey | None:
        """The same of a key that is good once: it is gone afterwards."""
        with self._database.writing(aside=True) as db:
            row = db.execute(_held(kind, key)).one_or_none()
            gone = db.execute(delete(officer_keys).where(officer_keys.c.digest == _digest(key)))
            return _good(row, now) if gone.rowcount else None

    def revoke(self, officer: str) -> int:
        """Take all keys of an officer away. Returns how many there were."""
        with self._database.writing(aside=True) as db:
            mine = officer_keys.c.officer == officer
            return db.execute(delete(officer_keys).where(mine)).rowcount

    def keys(self, now: datetime) -> list[OfficerKey]:
        """All keys that are good, newest first."""
        asked = select(officer_keys).order_by(officer_keys.c.made.desc())
        with self._database.reading() as db:
            found = (_good(row, now) for row in db.execute(asked))
            return [key for key in found if key]

    def looked_at(self, officer: str, people: Iterable[PersonId], what: str, at: datetime) -> None:
        """Record that an officer looked at people."""
        rows = [{"at": at, "officer": officer, "person": one, "what": what} for one in people]
        if rows:
            with self._database.writing(aside=True) as db:
                db.execute(insert(person_looks), rows)

    def looks(self, person: PersonId | None = None, limit: int = 200) -> list[PersonLook]:
        """Who looked at a person, or at anybody (None), newest first."""
        asked = select(person_looks).order_by(person_looks.c.id.desc()).limit(limit)
        if person is not None:
            asked = asked.where(person_looks.c.person == person)
        with self._database.reading() as db:
            return [
                PersonLook(row.at, row.officer, PersonId(row.person), row.what)
                for row in db.execute(asked)
            ]

    def looks_by_hour(self, limit: int) -> list[LooksInAnHour]:
        """What each officer looked at in an hour and at how many people, newest first.

        Who loads a page again and again pushes nothing off the end of this list.
        """
        seen = person_looks.c
        hour = [extract(part, seen.at) for part in ("year", "month", "day", "hour")]
        at, newest = func.max(seen.at, type_=seen.at.type), func.max(seen.id)
        many = func.count(seen.person.distinct())
        asked = (
            select(at, seen.officer, seen.what, many)
            .group_by(seen.officer, seen.what, *hour)
            .order_by(newest.desc())
            .limit(limit)
        )
        with self._database.reading() as db:
            return [LooksInAnHour(*row) for row in db.execute(asked)]

    def looks_for(self, what: str) -> list[PersonLook]:
        """Those whose words begin so, oldest first; of who was erased since, none."""
        begins = person_looks.c.what.startswith(what, autoescape=True)
        named = person_looks.c.person != ""
        asked = select(person_looks).where(begins, named).order_by(person_looks.c.id)
        with self._database.reading() as db:
            return [
                PersonLook(row.at, row.officer, PersonId(row.person), row.what)
                for row in db.execute(asked)
            ]


def _held(kind: KeyKind, key: str) -> Select[Any]:
    mine = officer_keys.c.digest == _digest(key)
    return select(officer_keys).where(mine, officer_keys.c.kind == kind.value)


def _good(row: Row[Any] | None, now: datetime) -> OfficerKey | None:
    if row is None or row.ends <= now:
        return None
    return OfficerKey(row.kind, row.officer, row.made, row.ends)


def _digest(key: str) -> bytes:
    """Keys are long and random, so that a plain digest of one tells nothing."""
    return hashlib.sha256(key.encode()).digest()
