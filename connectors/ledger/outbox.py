"""Letters: who was told what, who waits, and the campaigns that carry them."""

from collections import defaultdict
from collections.abc import Collection, Container
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from connectors.ledger.chunks import chunks
from connectors.ledger.records import Batch, Told
from connectors.ledger.schema import batches, letters
from models.errors import ClerkError
from models.letters import Letter, LetterKind
from models.people import PersonId
from models.standing import Spell

WAITS = letters.c.batch.is_(None) & letters.c.passed_over.is_(False)
"""Due, and in no campaign yet."""


def noticed(db: Connection) -> dict[tuple[PersonId, LetterKind], list[Spell]]:
    """The spells each person was told of, is about to be, or was passed over for."""
    found: dict[tuple[PersonId, LetterKind], list[Spell]] = defaultdict(list)
    for row in db.execute(select(letters).order_by(letters.c.id)):
        found[PersonId(row.person), LetterKind(row.kind)].append(Spell(row.since, row.until))
    return dict(found)


def told(db: Connection, person: PersonId) -> list[Told]:
    """Each letter that was ever due to a person, and what became of it, oldest first."""
    asked = (
        select(letters.c.kind, letters.c.passed_over, batches.c.state, batches.c.day)
        .join(batches, batches.c.id == letters.c.batch, isouter=True)
        .where(letters.c.person == person)
        .order_by(letters.c.id)
    )
    return [
        Told(LetterKind(row.kind), row.day if row.state == "sent" else None, row.passed_over)
        for row in db.execute(asked)
    ]


def pending(db: Connection) -> list[Letter]:
    """The letters that are due and in no batch yet."""
    return [
        Letter(PersonId(row.person), LetterKind(row.kind), Spell(row.since, row.until))
        for row in db.execute(select(letters).where(WAITS).order_by(letters.c.id))
    ]


def open_batches(db: Connection) -> list[Batch]:
    """The batches whose campaign is not known to be sent, oldest first."""
    rows = db.execute(select(batches).where(batches.c.state == "open").order_by(batches.c.id))
    return [_batch(db, row) for row in rows.all()]


def start_batches(
    db: Connection, day: date, to: Container[PersonId] | None, kinds: Container[LetterKind]
) -> list[Batch]:
    """Put waiting letters into a new batch a kind; a kind that has an open one waits."""
    busy = db.execute(select(batches.c.kind).where(batches.c.state == "open")).scalars().all()
    waiting: dict[str, list[int]] = defaultdict(list)
    for row in db.execute(select(letters).where(WAITS).order_by(letters.c.id)):
        wanted = to is None or row.person in to
        if wanted and row.kind in kinds and row.kind not in busy:
            waiting[row.kind].append(row.id)
    return [_start(db, kind, day, waiting[kind]) for kind in sorted(waiting)]


def _start(db: Connection, kind: str, day: date, ids: list[int]) -> Batch:
    added = db.execute(
        insert(batches).values(kind=kind, day=day, state="open").returning(batches)
    ).one()
    for part in chunks(ids, 500):
        db.execute(update(letters).where(letters.c.id.in_(part)).values(batch=added.id))
    return _batch(db, added)


def leave_out(db: Connection, batch: int, people: Collection[PersonId]) -> None:
    """Letters of an open batch that cannot go tonight wait again."""
    _change(db, batch, state="open")
    for part in chunks(people, 500):
        theirs = (letters.c.batch == batch) & letters.c.person.in_(part)
        db.execute(update(letters).where(theirs).values(batch=None))


def last_campaign(db: Connection, kind: LetterKind) -> str | None:
    """The campaign that took the newest letters of a kind."""
    sent = (batches.c.kind == kind.value) & (batches.c.state == "sent")
    newest = select(batches.c.campaign_id).where(sent).order_by(batches.c.id.desc()).limit(1)
    return db.scalar(newest)


def _batch(db: Connection, row: Row[Any]) -> Batch:
    people = db.execute(
        select(letters.c.person).where(letters.c.batch == row.id).order_by(letters.c.id)
    ).scalars()
    told = tuple(dict.fromkeys(PersonId(person) for person in people))
    return Batch(row.id, LetterKind(row.kind), row.day, told, row.campaign_id, row.state)


def set_campaign(db: Connection, batch: int, campaign_id: str) -> None:
    """Remember which campaign carries an open batch."""
    _change(db, batch, campaign_id=campaign_id)


def close(db: Connection, batch: int, *, sent: bool) -> None:
    """Settle an open batch; letters that were not sent wait again."""
    _change(db, batch, state="sent" if sent else "void")
    if not sent:
        db.execute(update(letters).where(letters.c.batch == batch).values(batch=None))


def _change(db: Connection, batch: int, **values: str) -> None:
    open_one = (batches.c.id == batch) & (batches.c.state == "open")
    if db.execute(update(batches).where(open_one).values(**values)).rowcount != 1:
        raise ClerkError(f"batch {batch} of letters is not open", where="ledger", rule="VM-R4")
