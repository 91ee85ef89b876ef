"""Rows of the votes' tables as values, and values as rows."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Row, select, update

from connectors.ledger.columns import pack, unpack
from connectors.ledger.vote_schema import elections, voters
from models.contests.contest import called_off, voted_on
from models.errors import FixTheData, Refused
from models.intake.people import PersonId
from models.tally.digests import json_digest
from models.votes.audit_log import AuditLogEntry
from models.votes.changes import as_it_stands, changes_of
from models.votes.election import Election, ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.frozen_roll import RollEntry
from models.votes.results import ElectionResult, OpenTie, Question, TieDecision

_QUESTION = TypeAdapter(Mapping[str, OpenTie])
_DECISIONS = TypeAdapter(tuple[TieDecision, ...])


def vote_of(row: Row[Any]) -> ElectionRecord:
    """A vote.

    Raises:
        FixTheData: the row holds what no version of this program writes.
    """
    try:
        definition = unpack(row.definition)
        return ElectionRecord(
            election=Election.model_validate({**definition, "closes": row.closes}),
            definition_digest=json_digest(voted_on(definition)),
            state=ElectionState(row.state),
            opened=row.opened,
            secret=row.secret or b"",
            roll_digest=row.roll_digest,
            decisions=_DECISIONS.validate_python(row.decisions),
            question=None if row.question is None else _QUESTION.validate_python(row.question),
            result=None if row.result is None else ElectionResult.model_validate(row.result),
            result_digest=None if row.result is None else json_digest(row.result),
        )
    except ValidationError:
        raise FixTheData(
            "what the ledger holds of this vote is not what the program wrote",
            where=row.name,
            rule="VM-R3",
            next_step="compare it with a backup: someone changed it without the program",
        ) from None


def standing(vote: ElectionRecord, lines: Iterable[AuditLogEntry]) -> ElectionRecord:
    """A vote as the lines of its record have it stand (EN-R11)."""
    changes = changes_of(vote.election, lines)
    if not changes.lines:
        return vote
    return replace(vote, election=as_it_stands(vote.election, changes), changes=changes)


def definition_of(db: Connection, name: str) -> dict[str, Any]:
    """What a vote is on, as it is stored."""
    asked = select(elections.c.definition).where(elections.c.name == name)
    found: dict[str, Any] = unpack(db.execute(asked).scalar_one())
    return found


def as_question(question: Question) -> dict[str, Any]:
    """An open question, as it is stored."""
    said: dict[str, Any] = _QUESTION.dump_python(question, mode="json")
    return said


def as_decisions(decisions: tuple[TieDecision, ...]) -> list[dict[str, Any]]:
    """Decided ties, as they are stored."""
    return [one.model_dump(mode="json") for one in decisions]


def roll_of(db: Connection, name: str) -> list[RollEntry]:
    """The frozen roll of a vote, in its own order."""
    rows = db.execute(select(voters).where(voters.c.election == name).order_by(voters.c.id))
    return [
        RollEntry(
            frozen_as=row.frozen_as,
            person=row.person,
            district=row.district,
            on_roll=row.on_roll,
            evidence=tuple((day, event) for day, event in row.evidence),
            because=tuple(row.because),
            exception=row.exception,
            aside=tuple(row.aside or ()),
            took_part=row.took_part,
        )
        for row in rows
    ]


def as_voter(name: str, voter: RollEntry) -> dict[str, Any]:
    """A line of a roll, as it is stored."""
    return {"election": name, **voter.model_dump(mode="json")}


def note_who_took_part(db: Connection, name: str, people: Collection[PersonId]) -> None:
    """Note of each line of a committee's roll whether a ballot of theirs counts (BA-6)."""
    for voter in roll_of(db, name):
        same = (voters.c.election == name) & (voters.c.frozen_as == voter.frozen_as)
        db.execute(update(voters).where(same).values(took_part=voter.person in people))


def unsaid(db: Connection, vote: ElectionRecord, races: Collection[str]) -> dict[str, Any]:
    """Races that come to no ballot: what was asked or told of their nominees goes (DP-6)."""
    if vote.opened or not races:
        return {}
    return {"definition": pack(called_off(definition_of(db, vote.name), races))}


def advance(
    db: Connection, vote: ElectionRecord, following: ElectionState, changed: Mapping[str, Any]
) -> None:
    """Take a vote one step further in its life."""
    change_vote(db, vote, {**changed, "state": vote.state.then(following).value})


def change_vote(db: Connection, vote: ElectionRecord, changed: Mapping[str, Any]) -> None:
    """Change a vote that is still in the state it was read in."""
    same = (elections.c.name == vote.name) & (elections.c.state == vote.state.value)
    if db.execute(update(elections).where(same).values(**changed)).rowcount != 1:
        raise Refused(f"the election is no longer {vote.state}", where=vote.name, rule="EN-R6")
