"""The letters of the nights: who was told what, who waits, and which mailing carries whom."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, select, update

from connectors.ledger.chunks import chunks
from connectors.ledger.records import MailingState, NoticeRecord
from connectors.ledger.schema import letters, mailings
from models.intake.people import PersonId
from models.mail.notices import Notice, NoticeKind
from models.membership.status_periods import StatusPeriod

WAITS = letters.c.mailing.is_(None) & letters.c.passed_over.is_(False)
"""Due, and in no mailing yet."""
_UNMADE = (mailings.c.state == MailingState.OPEN) & mailings.c.campaign_id.is_(None)
_NOT_GONE = letters.c.passed_over.is_(False) & (letters.c.mailing.is_(None) | _UNMADE)
TO_FOLLOW_UP = (
    select(letters, _NOT_GONE.label("waits"))
    .join(mailings, mailings.c.id == letters.c.mailing, isouter=True)
    .order_by(_NOT_GONE, WAITS, letters.c.id)
)
"""Every letter on record, and whether it `waits`: it is in no mailing, or in one whose job died
before there was a campaign. Those that do not come first; then those in a mailing."""
WENT = (MailingState.SENT, MailingState.STOPPED)


def letter_of(row: Row[Any]) -> Notice:
    """A row as the letter that it remembers."""
    return Notice(PersonId(row.person), NoticeKind(row.kind), StatusPeriod(row.since, row.until))


def notified(db: Connection) -> dict[tuple[PersonId, NoticeKind], list[StatusPeriod]]:
    """The spells each person was told of, is about to be, or was passed over for."""
    found: dict[tuple[PersonId, NoticeKind], list[StatusPeriod]] = defaultdict(list)
    for letter in map(letter_of, db.execute(select(letters).order_by(letters.c.id))):
        found[letter.person, letter.kind].append(letter.spell)
    return dict(found)


def told(db: Connection, person: PersonId) -> list[NoticeRecord]:
    """Each letter that was ever due to a person, and what became of it, oldest first."""
    asked = (
        select(letters.c.kind, letters.c.passed_over, mailings.c.state, mailings.c.day)
        .join(mailings, mailings.c.id == letters.c.mailing, isouter=True)
        .where(letters.c.person == person)
        .order_by(letters.c.id)
    )
    return [
        NoticeRecord(NoticeKind(row.kind), row.day if row.state in WENT else None, row.passed_over)
        for row in db.execute(asked)
    ]


def pending(db: Connection) -> list[Notice]:
    """The letters that are due and in no mailing yet."""
    return [
        letter_of(row) for row in db.execute(select(letters).where(WAITS).order_by(letters.c.id))
    ]


def pass_over(db: Connection, kinds: Collection[str]) -> None:
    """Let those that wait be told nobody: their kind was turned off, or they may have gone out."""
    waits = WAITS & letters.c.kind.in_(kinds)
    db.execute(update(letters).where(waits).values(passed_over=True))


def carry(db: Connection, mailing: int, kind: str, people: Collection[PersonId]) -> None:
    """Put the letters of a kind that wait for these people into a mailing."""
    _put(db, mailing, people, WAITS & (letters.c.kind == kind))


def carried(db: Connection, mailing: int) -> tuple[PersonId, ...]:
    """Whose letters a mailing carries, each person once, those that wait longest first."""
    rows = select(letters.c.person).where(letters.c.mailing == mailing).order_by(letters.c.id)
    return tuple(dict.fromkeys(PersonId(person) for person in db.execute(rows).scalars()))


def besides(db: Connection, mailing: int) -> dict[PersonId, list[StatusPeriod]]:
    """What other letters of a mailing's kind are about, by whom it carries: gone, or waiting."""
    own = select(letters.c.person, letters.c.kind).where(letters.c.mailing == mailing).subquery()
    same = (letters.c.person == own.c.person) & (letters.c.kind == own.c.kind)
    others = letters.c.mailing.is_(None) | (letters.c.mailing != mailing)
    found: dict[PersonId, list[StatusPeriod]] = defaultdict(list)
    for row in db.execute(select(letters).where(others & exists().where(same))):
        found[PersonId(row.person)].append(letter_of(row).spell)
    return dict(found)


def leave_out(db: Connection, mailing: int, people: Collection[PersonId]) -> None:
    """Let these people's letters of a mailing wait again."""
    _put(db, None, people, letters.c.mailing == mailing)


def withdraw(db: Connection, mailing: int, people: Collection[PersonId]) -> None:
    """Forget these people's letters of a mailing."""
    for part in chunks(people, 500):
        theirs = (letters.c.mailing == mailing) & letters.c.person.in_(part)
        db.execute(delete(letters).where(theirs))


def give_back(db: Connection, mailing: int) -> None:
    """Let all letters of a mailing wait again."""
    db.execute(update(letters).where(letters.c.mailing == mailing).values(mailing=None))


def _put(db: Connection, mailing: int | None, people: Collection[PersonId], which: Any) -> None:
    for part in chunks(people, 500):
        theirs = which & letters.c.person.in_(part)
        db.execute(update(letters).where(theirs).values(mailing=mailing))
