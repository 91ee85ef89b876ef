"""Votes in the ledger: every change with its line of the record, in one transaction.

What the line says is made here, of the change itself: the two cannot tell different things.
"""

import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from connectors.ledger import record as records
from connectors.ledger.columns import pack
from connectors.ledger.database import Database
from connectors.ledger.record import Act, append
from connectors.ledger.vote_rows import (
    advance,
    as_decisions,
    as_question,
    as_voter,
    change_vote,
    definition_of,
    note_who_took_part,
    roll_of,
    standing,
    unsaid,
    vote_of,
)
from connectors.ledger.vote_schema import elections, voters
from models.ballots.drift import FormQuestion
from models.contests.contest import on_the_ballot, voted_on
from models.errors import Refused
from models.intake.people import PersonId
from models.tally.digests import json_digest
from models.votes import events
from models.votes.audit_log import AuditLogEntry
from models.votes.codes import secret_digest
from models.votes.election import Election, ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.frozen_roll import RollEntry, digest_of
from models.votes.reminded import reminded
from models.votes.results import ElectionResult, Question, TieDecision


class Votes:
    """The votes of one ledger. Hold `Ledger.alone` around what changes one.

    Every verb that takes a vote a step further, or changes what may still be changed, raises
    `Refused` when the vote is not in the state that it was read in: another job was faster.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[ElectionRecord]:
        """Every vote that was approved or opened, by name."""
        with self._database.reading() as db:
            rows = db.execute(select(elections).order_by(elections.c.name)).all()
            return [standing(vote_of(row), records.lines(db, row.name)) for row in rows]

    def get(self, name: str) -> ElectionRecord | None:
        """One vote, or None while it is nothing but a folder."""
        with self._database.reading() as db:
            row = db.execute(select(elections).where(elections.c.name == name)).one_or_none()
            return standing(vote_of(row), records.lines(db, name)) if row else None

    # Its life

    def approve(
        self,
        election: Election,
        rules: str,
        who: str,
        at: datetime,
        asked: tuple[FormQuestion, ...] = (),
        noted: tuple[str, ...] = (),
    ) -> None:
        """Fix what is voted on; from now on it opens by itself when its time comes.

        Args:
            rules: the digest of the counting rules.
            asked: what the ballot form asks.
            noted: what the bylaws strive for, and is not there.
        """
        name, definition = election.name, election.model_dump(mode="json")
        approved = events.Approved(
            opens=election.opens,
            closes=election.closes,
            record_date=election.record_date,
            contests=tuple(contest.id for contest in election.contests),
            rules=rules,
            definition=json_digest(voted_on(definition)),
            asked=asked,
            noted=noted,
        )
        with self._writing(name, Act(who, at, approved)) as db:
            db.execute(
                insert(elections).values(
                    name=name,
                    state=ElectionState.DRAFT.value,
                    record_date=election.record_date,
                    closes=election.closes,
                    definition=pack(definition),
                    secret=secrets.token_bytes(32),
                    roll_digest="",
                    decisions=[],
                )
            )

    def withdraw(self, name: str, who: str, at: datetime) -> None:
        """Forget an approval; the folder is a draft again."""
        draft = elections.c.state == ElectionState.DRAFT.value
        with self._writing(name, Act(who, at, events.ApprovalWithdrawn())) as db:
            gone = elections.delete().where(elections.c.name == name, draft)
            if db.execute(gone).rowcount != 1:
                raise Refused("only a vote that has not opened can be withdrawn", rule="EN-R6")

    def freeze(
        self,
        vote: ElectionRecord,
        roll: Iterable[RollEntry],
        early: int,
        who: str,
        at: datetime,
        asked: tuple[FormQuestion, ...] = (),
    ) -> None:
        """Open a vote: its roll, fixed for good (VM-R3); what was asked of nominees goes (DP-6).

        Args:
            early: how many answers there are already.
            asked: what the ballot form asks.
        """
        roll, name = list(roll), vote.name
        digest = digest_of(roll)
        opened = events.Opened(
            voters=len(roll),
            record_date=vote.election.record_date,
            early=early,
            roll=digest,
            secret=secret_digest(vote.secret),
            asked=asked,
        )
        with self._writing(name, Act(who, at, opened)) as db:
            definition = pack(on_the_ballot(definition_of(db, name)))
            changed = {"opened": at, "roll_digest": digest, "definition": definition}
            advance(db, vote, ElectionState.OPEN, changed)
            db.execute(insert(voters), [as_voter(name, voter) for voter in roll])

    def extend(
        self, vote: ElectionRecord, extended: events.Extended, who: str, at: datetime
    ) -> None:
        """Move the close later (EN-R6)."""
        with self._writing(vote.name, Act(who, at, extended)) as db:
            change_vote(db, vote, {"closes": extended.closes})

    def cancel(
        self, vote: ElectionRecord, cancelled: events.VoteCancelled, who: str, at: datetime
    ) -> None:
        """End a vote that has not closed, without a count (EN-R11)."""
        races = [contest.id for contest in vote.approved.contests]
        with self._writing(vote.name, Act(who, at, cancelled)) as db:
            advance(db, vote, ElectionState.CANCELLED, unsaid(db, vote, races))

    def change(
        self, vote: ElectionRecord, changed: events.ChangeOfRaces, who: str, at: datetime
    ) -> None:
        """Cancel a race, or withdraw a candidate; the definition stays as approved (EN-R11)."""
        races = [changed.race] if isinstance(changed, events.RaceCancelled) else []
        with self._writing(vote.name, Act(who, at, changed)) as db:
            change_vote(db, vote, {"state": vote.state.value, **unsaid(db, vote, races)})

    def overrule(
        self, vote: ElectionRecord, voided: events.RaceOverruled, who: str, at: datetime
    ) -> None:
        """Note that the committee voided a counted race; its result stays (EN-R11)."""
        with self._writing(vote.name, Act(who, at, voided)) as db:
            change_vote(db, vote, {"state": vote.state.value})

    def close(self, vote: ElectionRecord, who: str, at: datetime) -> None:
        """End the voting."""
        with self._database.writing(aside=True) as db:
            advance(db, vote, ElectionState.CLOSED, {})
            went = reminded(records.lines(db, vote.name))
            closed = events.Closed(closes=vote.election.closes, reminders=went)
            append(db, vote.name, Act(who, at, closed))

    def record_tie(self, vote: ElectionRecord, question: Question, who: str, at: datetime) -> None:
        """Write down the question that a count stopped at (EN-R5)."""
        stopped = events.StoppedAtTie(races=tuple(question))
        with self._writing(vote.name, Act(who, at, stopped)) as db:
            change_vote(db, vote, {"question": as_question(question)})

    def decide_tie(
        self, vote: ElectionRecord, decision: TieDecision, who: str, at: datetime
    ) -> None:
        """Settle a race's tie; what else was asked is asked again by the next count (EN-R5)."""
        decided = events.TieDecided(
            race=decision.contest, picked=decision.picked, how=decision.how, tied=decision.tied
        )
        with self._writing(vote.name, Act(who, at, decided)) as db:
            settled = as_decisions((*vote.decisions, decision))
            change_vote(db, vote, {"decisions": settled, "question": None})

    def record_result(
        self,
        vote: ElectionRecord,
        result: ElectionResult,
        pages: str,
        tellers: str,
        who: str,
        at: datetime,
        took_part: Collection[PersonId] | None = None,
    ) -> None:
        """Keep what a count gave (BA-2).

        Args:
            pages, tellers: the digests of the files that it left.
            took_part: of a vote of the committee, those whose ballot counts (BA-6).
        """
        kept = result.model_dump(mode="json")
        counted = events.Counted(
            received=result.received,
            counted=result.counted,
            superseded=result.superseded,
            set_aside=result.set_aside,
            outcomes=result.outcomes,
            result=json_digest(kept),
            pages=pages,
            tellers=tellers,
        )
        with self._database.writing(aside=True) as db:
            advance(db, vote, ElectionState.COUNTED, {"result": kept, "question": None})
            append(db, vote.name, Act(who, at, counted))
            if took_part is not None:
                note_who_took_part(db, vote.name, took_part)
            for race, void in result.voids.items():
                append(db, vote.name, Act(who, at, events.RaceVoided(race=race, why=void.why)))

    def publish(self, vote: ElectionRecord, who: str, at: datetime) -> None:
        """Note that its pages are public."""
        with self._writing(vote.name, Act(who, at, events.Published())) as db:
            advance(db, vote, ElectionState.PUBLISHED, {})

    # The frozen roll

    def roll(self, name: str) -> list[RollEntry]:
        """The frozen roll of a vote, exceptions included."""
        with self._database.reading() as db:
            return roll_of(db, name)

    def correct_roll(
        self,
        name: str,
        lines: Sequence[RollEntry],
        correction: type[events.Correction],
        reason: str,
        who: str,
        at: datetime,
    ) -> None:
        """Add or strike a voter by a dated, named, reasoned exception (VM-R3): all their lines."""
        with self._database.writing(aside=True) as db:
            for line in lines:
                same = (voters.c.election == name) & (voters.c.frozen_as == line.frozen_as)
                changed = update(voters).where(same)
                now = as_voter(name, line)
                known = db.execute(
                    changed.values({key: now[key] for key in ("on_roll", "exception", "aside")})
                ).rowcount
                if not known:
                    db.execute(insert(voters).values(**as_voter(name, line)))
            roll = roll_of(db, name)
            digest = digest_of(roll)
            db.execute(update(elections).where(elections.c.name == name).values(roll_digest=digest))
            place = [one.frozen_as for one in roll].index(lines[0].frozen_as) + 1
            done = correction(reason=reason, roll=digest, line=place)
            if isinstance(done, events.VoterAdded) and lines[0].aside:
                done = done.model_copy(update={"aside": lines[0].aside})
            append(db, name, Act(who, at, done))

    # The record

    def note(self, name: str, act: Act) -> None:
        """Write down an act that changes nothing else; "" is the chapter's own affair."""
        with self._writing(name, act):
            pass

    def lines(self, name: str | None = None) -> list[AuditLogEntry]:
        """The record, oldest first: of one vote, or whole."""
        with self._database.reading() as db:
            return records.lines(db, name)

    @contextmanager
    def _writing(self, name: str, act: Act) -> Iterator[Connection]:
        """A change and its line of the record: both are kept, or neither."""
        with self._database.writing(aside=True) as db:
            yield db
            append(db, name, act)
