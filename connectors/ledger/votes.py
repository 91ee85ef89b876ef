"""Votes in the ledger: every change with its line of the record, in one transaction."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from connectors.ledger.columns import pack, unpack
from connectors.ledger.database import Database
from connectors.ledger.vote_schema import elections, record, voters
from models.chain import START, Line
from models.contests import on_the_ballot
from models.elections import Election, ElectionState
from models.errors import Refused
from models.frozen_roll import RollVoter, digest_of
from models.outgoing import naming_nobody
from models.tally.digests import json_digest

DEFINITION, ROLL, RESULT = "definition digest", "roll", "result digest"
"""Facts of the record's lines: what of a vote the ledger must still hold."""
ROLL_LINE = "line of the roll"
"""Whom an exception is about, in the roll's own order from 1; nobody, once the roll is gone."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did, for the record; no voter in it."""

    who: str
    what: str
    at: datetime
    facts: Mapping[str, str | int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # The record is sealed line by line: what stands in it cannot be taken out again (DP-6).
        for where, text in (("by", self.who), *self.facts.items()):
            naming_nobody(str(text), where)


@dataclass(frozen=True, slots=True)
class Vote:
    """An election as the ledger has it: what was fixed, and how far it has come."""

    election: Election
    """As approved; its close as last extended."""
    definition_digest: str
    """Of the definition as it is stored, without what is asked before the vote alone."""
    state: ElectionState
    opened: datetime | None
    secret: bytes = field(repr=False)
    roll_digest: str
    decisions: tuple[dict[str, Any], ...]
    question: dict[str, Any] | None
    result: dict[str, Any] | None


class Votes:
    """The votes of one ledger. Hold `Ledger.alone` around what changes one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Vote]:
        """Every vote that was approved or opened, by name."""
        with self._database.reading() as db:
            return [_vote(row) for row in db.execute(select(elections).order_by(elections.c.name))]

    def get(self, name: str) -> Vote | None:
        """One vote, or None while it is nothing but a folder."""
        with self._database.reading() as db:
            row = db.execute(select(elections).where(elections.c.name == name)).one_or_none()
            return _vote(row) if row else None

    def approve(self, election: Election, act: Act) -> None:
        """Fix what is voted on; from now on it opens by itself when its time comes."""
        definition = election.model_dump(mode="json")
        digests = {DEFINITION: json_digest(on_the_ballot(definition))}
        with self._database.writing() as db:
            db.execute(
                insert(elections).values(
                    name=election.name,
                    state=ElectionState.DRAFT.value,
                    record_date=election.record_date,
                    closes=election.closes,
                    definition=pack(definition),
                    secret=secrets.token_bytes(32),
                    roll_digest="",
                    decisions=[],
                )
            )
            append(db, election.name, act, digests)

    def withdraw(self, name: str, act: Act) -> None:
        """Forget an approval; the folder is a draft again."""
        with self._database.writing() as db:
            gone = elections.delete().where(elections.c.name == name, _in(ElectionState.DRAFT))
            if db.execute(gone).rowcount != 1:
                raise Refused("only a vote that has not opened can be withdrawn", rule="EN-R6")
            append(db, name, act)

    def freeze(self, vote: Vote, roll: Iterable[RollVoter], act: Act) -> None:
        """Open a vote: its roll, fixed for good (VM-R3); what was asked of nominees goes (DP-6)."""
        roll, name = list(roll), vote.election.name
        digest = digest_of(roll)
        with self._database.writing() as db:
            _advance(
                db,
                name,
                vote.state,
                ElectionState.OPEN,
                opened=act.at,
                roll_digest=digest,
                definition=pack(on_the_ballot(_definition(db, name))),
            )
            db.execute(insert(voters), [_voter_row(name, voter) for voter in roll])
            append(db, name, act, {ROLL: digest})

    def advance(self, vote: Vote, following: ElectionState, act: Act, **values: Any) -> None:
        """Take a vote one step further in its life.

        Raises:
            Refused: another job was faster, or the step is none.
        """
        digests = {RESULT: json_digest(values["result"])} if "result" in values else {}
        with self._database.writing() as db:
            _advance(db, vote.election.name, vote.state, following, **values)
            append(db, vote.election.name, act, digests)

    def change(self, name: str, act: Act, **values: Any) -> None:
        """Change what may still be changed, or only write down an act."""
        with self._database.writing() as db:
            if values:
                db.execute(update(elections).where(elections.c.name == name).values(**values))
            append(db, name, act)

    # The frozen roll

    def roll(self, name: str) -> list[RollVoter]:
        """The frozen roll of a vote, exceptions included."""
        with self._database.reading() as db:
            return _roll(db, name)

    def correct_roll(self, name: str, lines: Sequence[RollVoter], act: Act) -> None:
        """Add or strike a voter by a dated, named, reasoned exception (VM-R3): all their lines."""
        with self._database.writing() as db:
            for line in lines:
                same = (voters.c.election == name) & (voters.c.frozen_as == line.frozen_as)
                changed = update(voters).where(same)
                known = db.execute(
                    changed.values(on_roll=line.on_roll, exception=line.exception)
                ).rowcount
                if not known:
                    db.execute(insert(voters).values(**_voter_row(name, line)))
            roll = _roll(db, name)
            digest = digest_of(roll)
            db.execute(update(elections).where(elections.c.name == name).values(roll_digest=digest))
            number = [one.frozen_as for one in roll].index(lines[0].frozen_as) + 1
            append(db, name, act, {ROLL: digest, ROLL_LINE: number})

    # The record

    def lines(self, name: str | None = None) -> list[Line]:
        """The record, oldest first: of one vote, or whole."""
        asked = select(record).order_by(record.c.number)
        if name is not None:
            asked = asked.where(record.c.election == name)
        with self._database.reading() as db:
            return [Line.model_validate(dict(row._mapping)) for row in db.execute(asked)]


def append(
    db: Connection, name: str, act: Act, facts: Mapping[str, str | int] = MappingProxyType({})
) -> None:
    """Write the next line of the record; a name of "" is the chapter's own affair."""
    last = db.execute(
        select(record.c.number, record.c.seal).order_by(record.c.number.desc()).limit(1)
    ).one_or_none()
    line = Line(
        number=last.number + 1 if last else 1,
        at=act.at,
        election=name,
        who=act.who,
        what=act.what,
        facts={**act.facts, **facts},
        before=last.seal if last else START,
    ).sealed()
    db.execute(insert(record).values(**dict(line)))


def _advance(
    db: Connection, name: str, state: ElectionState, following: ElectionState, **values: Any
) -> None:
    step = update(elections).where(elections.c.name == name, _in(state))
    if db.execute(step.values(state=state.then(following).value, **values)).rowcount != 1:
        raise Refused(f"the vote is no longer {state}", where=name, rule="EN-R6")


def _in(state: ElectionState) -> Any:
    return elections.c.state == state.value


def _roll(db: Connection, name: str) -> list[RollVoter]:
    rows = db.execute(select(voters).where(voters.c.election == name).order_by(voters.c.id))
    return [
        RollVoter(
            frozen_as=row.frozen_as,
            person=row.person,
            district=row.district,
            on_roll=row.on_roll,
            evidence=tuple((day, event) for day, event in row.evidence),
            because=tuple(row.because),
            exception=row.exception,
        )
        for row in rows
    ]


def _voter_row(name: str, voter: RollVoter) -> dict[str, Any]:
    return {"election": name, **voter.model_dump(mode="json")}


def _definition(db: Connection, name: str) -> dict[str, Any]:
    asked = select(elections.c.definition).where(elections.c.name == name)
    found: dict[str, Any] = unpack(db.execute(asked).scalar_one())
    return found


def _vote(row: Row[Any]) -> Vote:
    definition = unpack(row.definition)
    return Vote(
        election=Election.model_validate({**definition, "closes": row.closes}),
        definition_digest=json_digest(on_the_ballot(definition)),
        state=ElectionState(row.state),
        opened=row.opened,
        secret=row.secret or b"",
        roll_digest=row.roll_digest,
        decisions=tuple(row.decisions),
        question=row.question,
        result=row.result,
    )
