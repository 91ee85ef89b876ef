"""What leaves the ledger: a person who asks for it, and what is older than it may be (DP-6)."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, update

from connectors.ledger import looks, notes, refusals, requests, schema, sources
from connectors.ledger.chunks import chunks, upsert
from connectors.ledger.columns import pack, unpack
from connectors.ledger.database import Database
from connectors.ledger.people import digest, forget_contacts
from connectors.ledger.record import Act, append
from connectors.ledger.records import Snapshot
from connectors.ledger.schema import claims, erasures, history, letters
from connectors.ledger.vote_schema import elections, voters
from models.intake.people import PersonId
from models.privacy import Email, Name
from models.votes.election import ElectionState
from models.votes.events import PersonErased, RollDestroyed, RowsDestroyed
from models.year.request_queue import FRESH_DAYS, MemberRequest


class Erased:
    """Says whether somebody was erased; it holds digests and no person."""

    def __init__(self, key: bytes, digests: Iterable[bytes]) -> None:
        self._key, self._digests = key, frozenset(digests)

    def __bool__(self) -> bool:
        return bool(self._digests)

    def __contains__(self, who: Email | Name) -> bool:
        return digest(self._key, who) in self._digests


class Erasing:
    """What the ledger forgets. Hold `Ledger.alone` around what changes it."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database, self._key = database, key

    def erased(self) -> Erased:
        """Everybody who was erased and has not been readmitted."""
        with self._database.reading() as db:
            return Erased(self._key, db.execute(select(erasures.c.digest)).scalars())

    def erase(
        self,
        person: PersonId,
        known_by: Collection[Email | Name],
        on: date,
        blanked: Iterable[Snapshot],
        *,
        contacts: int,
        rows: int,
        by: str,
        at: datetime,
        asked: Iterable[MemberRequest] = (),
    ) -> PersonErased:
        """Take a person out of every table, and write its line of the record; all or nothing.

        Args:
            known_by: their addresses, and the names that stand alone in the sheets.
            blanked: the sources that named them, without those rows.
            contacts, rows: what went from the mailing list and from those sources.
            asked: their requests as they are now; nothing leads to them afterwards.

        Returns:
            What was taken out, as the record says it.
        """
        kept_out = [{"digest": digest(self._key, who), "day": on} for who in known_by]
        with self._database.writing() as db:
            upsert(db, erasures, kept_out, by="digest", anew=("day",))
            addresses = [who for who in known_by if isinstance(who, Email)]
            forget_contacts(db, self._key, addresses)
            refusals.forget(db, self._key, addresses)
            looks.forget(db)
            _unnamed(db, schema.person_looks.c.person == person)
            for snapshot in blanked:
                sources.save(db, snapshot)
            requests.unname(db, asked)
            erased = PersonErased(
                contacts=contacts,
                rows=rows,
                nominations=_unnominate(db, {who for who in known_by if isinstance(who, Name)}),
                claims=_delete(db, claims, claims.c.person == person),
                standings=_delete(db, history, history.c.person == person),
                letters=_delete(db, letters, letters.c.person == person),
            )
            append(db, "", Act(by, at, erased))
            return erased

    def readmit(self, known_by: Collection[Email | Name], on: date) -> bool:
        """Let somebody back in, and return whether they had been kept out.

        Every source is read again after that: their rows were removed from what is known of it.
        """
        digests = [digest(self._key, who) for who in known_by]
        with self._database.writing() as db:
            back = bool(_delete(db, erasures, erasures.c.digest.in_(digests)))
            if back:
                sources.distrust(db)
                anew = dict.fromkeys((one.hex() for one in digests), str(on))
                notes.put(db, _READMITTED, json.dumps(_readmitted(db, on) | anew))
            return back

    def readmitted(self, today: date) -> Callable[[Email], date | None]:
        """Says on which day somebody was readmitted, as long as a request from before is fresh.

        Who is not asked about any more is forgotten.
        """
        with self._database.writing(aside=True) as db:
            days = _readmitted(db, today)
            if notes.held(db, _READMITTED):
                notes.put(db, _READMITTED, json.dumps(days))

        def since(who: Email) -> date | None:
            day = days.get(digest(self._key, who).hex())
            return date.fromisoformat(day) if day else None

        return since

    def votes_of(self, person: PersonId) -> list[tuple[str, str]]:
        """The votes on whose frozen roll a person stands, with their state."""
        asked = (
            select(elections.c.name, elections.c.state)
            .join(voters, voters.c.election == elections.c.name)
            .where(voters.c.person == person)
            .distinct()
        )
        with self._database.reading() as db:
            return list(db.execute(asked))

    def expire(
        self,
        before: date,
        blanked: Iterable[Snapshot],
        *,
        rows: int,
        by: str,
        at: datetime,
        rolls: Collection[str] = (),
        note: str = "",
    ) -> RowsDestroyed:
        """Drop what is older than a day, all of it and its audit-log entries, or nothing.

        Old rows, replaced statuses, ended emails, and people whom no source has named since.

        Args:
            rows: what went from the sources; where nothing went at all, the record has no line.
            rolls: votes whose roll and secret go; the roll's digest stays.
            note: under which name the day is remembered; every source is read anew after one that
                lies before the last.
        """
        newest = select(func.max(history.c.id)).group_by(history.c.person)
        old = history.c.recorded < before
        with self._database.writing() as db:
            looks.forget(db)
            for snapshot in blanked:
                sources.save(db, snapshot)
            closed = old & history.c.id.in_(newest) & (history.c.edition == "")
            gone = db.execute(select(history.c.person).where(closed)).scalars().all()
            _delete(db, schema.refusals, schema.refusals.c.day < before)
            _delete(db, schema.person_looks, schema.person_looks.c.at < _start_of(before))
            # The receipt stays: a row without a day would be taken for a new request.
            over = update(schema.requests).where(schema.requests.c.ended < before)
            db.execute(over.values(why=b""))
            destroyed = RowsDestroyed(
                rows=rows,
                rolls=sum(_destroy_roll(db, one, by, at) for one in rolls) if rolls else None,
                letters=_delete(db, letters, letters.c.until < before),
                standings=_delete(db, history, old & history.c.id.not_in(newest)),
                people=len(gone),
            )
            for some in chunks(gone, 500):
                for table in (claims, history, letters):
                    _delete(db, table, table.c.person.in_(some))
                _unnamed(db, schema.person_looks.c.person.in_(some))
            if note:
                if (held := notes.held(db, note)) and before.isoformat() < held:
                    sources.distrust(db)
                notes.put(db, note, before.isoformat())
            if destroyed.anything:
                append(db, "", Act(by, at, destroyed))
            return destroyed


def _unnamed(db: Connection, which: ColumnElement[bool]) -> None:
    """That an officer looked at somebody stays; at whom, goes."""
    db.execute(update(schema.person_looks).where(which).values(person=""))


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _destroy_roll(db: Connection, election: str, by: str, at: datetime) -> int:
    """Destroy who was on a roll, and the secret of the codes; the roll's digest stays."""
    db.execute(update(elections).where(elections.c.name == election).values(secret=None))
    many = _delete(db, voters, voters.c.election == election)
    append(db, election, Act(by, at, RollDestroyed()))
    return many


_READMITTED = "readmitted"
"""The note of who was readmitted lately, by digest, and when: their old requests are over."""


def _readmitted(db: Connection, today: date) -> dict[str, str]:
    found: dict[str, str] = json.loads(notes.held(db, _READMITTED) or "{}")
    since = str(today - timedelta(days=FRESH_DAYS))
    return {who: day for who, day in found.items() if day >= since}


_READ = (ElectionState.OPEN, ElectionState.CLOSED)
"""While a vote is in one of these, its ballot says what it said: people vote, or it is counted."""


def _unnominate(db: Connection, names: Collection[Name]) -> int:
    """Take what was asked of nominees, and is told, out of votes (SC-2).

    Out of those that have not opened, and what a slate's ballot told, once the vote is over.
    """
    taken = 0
    columns = elections.c.name, elections.c.state, elections.c.definition
    for name, state, blob in db.execute(select(*columns)).all():
        definition = unpack(blob)
        before = 0
        for contest in definition["contests"]:
            held, told = contest.get("nominees", []), contest.get("about", [])
            kept = _without(held, names)
            before += len(held) - len(kept)
            if len(kept) < len(held):
                contest["nominees"] = kept
                contest["about"] = _without(told, names)
            elif contest.get("purpose") == "slate" and state not in _READ:
                contest["about"] = _without(told, names)
                before += len(told) - len(contest["about"])
        if before:
            taken += before
            which = elections.c.name == name
            db.execute(update(elections).where(which).values(definition=pack(definition)))
    return taken


def _without(held: Sequence[dict[str, Any]], names: Collection[Name]) -> list[dict[str, Any]]:
    return [one for one in held if Name.parse(one["name"]).folded() not in names]


def _delete(db: Connection, table: Table, which: ColumnElement[bool]) -> int:
    return db.execute(delete(table).where(which)).rowcount
