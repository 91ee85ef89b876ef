"""What one night decided, written in one transaction."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from connectors.ledger import kept_people, looks, outbox, people, sources
from connectors.ledger.chunks import chunks
from connectors.ledger.records import NightlyRun
from connectors.ledger.schema import claims, history, letters, person_looks, runs
from connectors.ledger.vote_schema import voters
from models.intake.people import PersonId
from models.mail.notices import FollowUp, Notice
from models.membership.voter_roll import Entry, VoterRoll
from models.membership.voting_status import Status

_CLOSING: dict[str, Any] = {
    "status": Status.NOT_YET.value,
    "since": None,
    "until": None,
    "evidence": [],
    "reasons": [["VM-1", "no source names this person any more", False]],
    "edition": "",
}


def write(db: Connection, key: bytes, night: NightlyRun) -> int:
    """Record a night whole; the number of its run."""
    run = _run(db, night)
    looks.forget(db)
    for snapshot in night.snapshots:
        sources.save(db, snapshot)
    if night.keep is not None:
        sources.forget(db, sources.versions(db).keys() - set(night.keep))
    people.merge(db, night.merged, history, letters, claims, voters, person_looks)
    people.learn(db, key, night.claims)
    outbox.pass_over(db, night.off)
    follow_up = _follow_up(db, night.roll)
    for rows in chunks(_new_history(db, run, night)):
        db.execute(insert(history), rows)
    for passed_over, added in ((False, night.letters), (True, night.passed_over)):
        about = {"run": run, "passed_over": passed_over}
        news = (_letter(one) | about for one in added if not follow_up.is_told(one))
        for rows in chunks(news):
            db.execute(insert(letters), rows)
    if night.gathered:
        kept_people.save(db, key, night.gathered)
    return run


def write_quiet(db: Connection, night: NightlyRun) -> int:
    """Record a night that found nothing changed; the number of its run."""
    run = _run(db, night)
    looks.forget(db)
    for snapshot in night.snapshots:
        sources.renew(db, snapshot)
    return run


def _run(db: Connection, night: NightlyRun) -> int:
    last = db.execute(select(runs).order_by(runs.c.id.desc()).limit(1)).one_or_none()
    cut_short = last is not None and last.finished is None and last.failed is None
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
            finishes=last.id if last is not None and cut_short else None,
        )
    )
    return int(added.scalar_one())


def _letter(letter: Notice) -> dict[str, Any]:
    spell = letter.spell
    return {
        "person": letter.person,
        "kind": letter.kind,
        "since": spell.since,
        "until": spell.until,
    }


def _new_history(db: Connection, run: int, night: NightlyRun) -> Iterator[dict[str, Any]]:
    """A row for everybody who is new, stands differently, or is named by no source any more."""
    entries = night.roll.entries
    same: set[PersonId] = set()
    gone: list[PersonId] = []
    for row in people.newest(db):
        entry = entries.get(row.person)
        if entry is None and (row.status != Status.NOT_YET or row.evidence):
            gone.append(row.person)
        elif entry and (row.status, row.since, row.until, row.evidence) == _essence(entry):
            same.add(row.person)
    about = {"run": run, "recorded": night.day}
    for person, entry in entries.items():
        if person not in same:
            yield _history(person, entry) | about
    for person in gone:
        yield {"person": person, **_CLOSING, **about}


def _history(person: PersonId, entry: Entry) -> dict[str, Any]:
    status, since, until, evidence = _essence(entry)
    return {
        "person": person,
        "status": status,
        "since": since,
        "until": until,
        "evidence": evidence,
        "reasons": [[r.rule, r.fact, r.holds] for r in entry.standing.because],
        "edition": entry.standing.edition,
    }


def _essence(entry: Entry) -> tuple[str, date | None, date | None, list[list[str]]]:
    """What makes a standing another one: status, spell, evidence."""
    standing = entry.standing
    spell = standing.spell
    return (
        standing.status.value,
        spell.since if spell else None,
        spell.until if spell else None,
        [[event.day.isoformat(), event.name] for event in standing.counted],
    )


def _follow_up(db: Connection, roll: VoterRoll) -> FollowUp:
    """Write down what becomes of every letter on record after tonight's roll."""
    follow_up = FollowUp(roll)
    moved: list[dict[str, Any]] = []
    withdrawn: list[int] = []
    for row in db.execute(outbox.TO_FOLLOW_UP.execution_options(yield_per=5_000)):
        letter = outbox.letter_of(row)
        kept = follow_up.verdict(letter, waits=row.waits)
        if kept is None:
            withdrawn.append(row.id)
        elif kept != letter.spell:
            moved.append({"letter": row.id, "first": kept.since, "last": kept.until})
    _move(db, moved)
    for ids in chunks(withdrawn, 500):
        db.execute(delete(letters).where(letters.c.id.in_(ids)))
    return follow_up


def _move(db: Connection, moved: list[dict[str, Any]]) -> None:
    statement = (
        update(letters)
        .where(letters.c.id == bindparam("letter"))
        .values(since=bindparam("first"), until=bindparam("last"))
    )
    for part in chunks(moved):
        db.execute(statement, part)
