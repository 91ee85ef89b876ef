"""What one night decided, written in one transaction."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from connectors.ledger import people, sources
from connectors.ledger.chunks import chunks
from connectors.ledger.records import Night
from connectors.ledger.schema import claims, history, letters, runs
from models.letters import Letter, LetterKind, occasion
from models.people import PersonId
from models.roll import Entry, Roll
from models.standing import Spell, Status

_GONE = ["VM-1", "no source names this person any more", False]


def write(db: Connection, key: bytes, night: Night) -> int:
    """Record a night whole; the number of its run."""
    run = _run(db, night)
    for snapshot in night.snapshots:
        sources.save(db, snapshot)
    people.merge(db, night.merged, history, letters, claims)
    people.learn(db, key, night.claims)
    _follow_up(db, night)
    for part in chunks(_new_history(db, run, night.roll)):
        db.execute(insert(history), part)
    _add_letters(db, run, night.letters, passed_over=False)
    _add_letters(db, run, night.passed_over, passed_over=True)
    return run


def _run(db: Connection, night: Night) -> int:
    added = db.execute(
        insert(runs)
        .returning(runs.c.id)
        .values(
            day=night.day,
            started=night.started,
            committed=func.now(),
            fingerprint=night.fingerprint,
            approved=night.approved,
            baseline=night.baseline,
            counts=night.counts,
        )
    )
    return int(added.scalar_one())


def _add_letters(db: Connection, run: int, added: Iterable[Letter], *, passed_over: bool) -> None:
    for part in chunks(added):
        rows = [
            {
                "run": run,
                "person": letter.person,
                "kind": letter.kind.value,
                "since": letter.spell.since,
                "until": letter.spell.until,
                "passed_over": passed_over,
            }
            for letter in part
        ]
        db.execute(insert(letters), rows)


def _new_history(db: Connection, run: int, roll: Roll) -> Iterator[dict[str, Any]]:
    """A row for everybody who is new, stands differently, or is named by no source any more."""
    same: set[PersonId] = set()
    gone: list[PersonId] = []
    for row in people.newest(db):
        person = PersonId(row.person)
        entry = roll.entries.get(person)
        told = [row.status, row.since, row.until, row.evidence]
        if entry is None and (row.status != Status.NOT_YET or row.evidence):
            gone.append(person)
        elif entry is not None and told == _essence(entry):
            same.add(person)
    about = {"run": run, "recorded": roll.on}
    for person, entry in roll.entries.items():
        if person not in same:
            yield about | _history(person, entry)
    for person in gone:
        closing: list[Any] = [Status.NOT_YET.value, None, None, []]
        yield about | _row(person, closing, [_GONE], "")


def _history(person: PersonId, entry: Entry) -> dict[str, Any]:
    reasons = [[r.rule, r.fact, r.holds] for r in entry.standing.because]
    return _row(person, _essence(entry), reasons, entry.standing.edition)


def _essence(entry: Entry) -> list[Any]:
    """What makes a standing another one: status, spell, evidence."""
    standing = entry.standing
    spell = standing.spell
    return [
        standing.status.value,
        spell.since if spell else None,
        spell.until if spell else None,
        [[event.day.isoformat(), event.name] for event in standing.counted],
    ]


def _row(
    person: PersonId, essence: list[Any], reasons: list[list[Any]], edition: str
) -> dict[str, Any]:
    names = ("status", "since", "until", "evidence")
    return dict(zip(names, essence, strict=True)) | {
        "person": person,
        "reasons": reasons,
        "edition": edition,
    }


def _follow_up(db: Connection, night: Night) -> None:
    """Keep what people were told in step with the transition it was about (VM-R4).

    While the spell lasts, the notice takes on its present ends; when it has ended, the notice ends
    on the day before. A letter that waits and has lost its occasion is withdrawn.
    """
    moved: list[dict[str, Any]] = []
    withdrawn: list[int] = []
    for row in db.execute(select(letters).execution_options(yield_per=5_000)):
        told = Spell(row.since, row.until)
        entry = night.roll.entries.get(row.person)
        now = occasion(LetterKind(row.kind), entry.standing) if entry else None
        if now and now.overlaps(told):
            kept = now
        elif row.batch is None and not row.passed_over:
            withdrawn.append(row.id)
            continue
        else:
            yesterday = night.roll.on - timedelta(days=1)
            kept = Spell(told.since, max(told.since, min(told.until, yesterday)))
        if kept != told:
            moved.append({"letter": row.id, "since": kept.since, "until": kept.until})
    for part in chunks(moved):
        db.execute(
            update(letters)
            .where(letters.c.id == bindparam("letter"))
            .values(since=bindparam("since"), until=bindparam("until")),
            part,
        )
    for ids in chunks(withdrawn, 500):
        db.execute(delete(letters).where(letters.c.id.in_(ids)))
