"""The mailings: each a letter to many, begun before anything is sent, and settled once.

One table and one set of verbs for the letters of the nights and of the votes. Which letters there
are, and who is due one, is nothing to the ledger: it holds their names.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from connectors.ledger import outbox
from connectors.ledger.database import Database
from connectors.ledger.record import Act, append
from connectors.ledger.records import CALL, Mailing, MailingState
from connectors.ledger.schema import mailings
from models.errors import ClerkError
from models.intake.people import PersonId
from models.membership.status_periods import StatusPeriod

_OF_A_NIGHT = mailings.c.election.is_(None) & mailings.c.letter.not_like(f"{CALL}%")
_OPEN = mailings.c.state == MailingState.OPEN


class Mailings:
    """The mailings of one ledger. Hold `Ledger.alone` around what changes one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_of_nights(self) -> list[Mailing]:
        """Those of the nights that are not known to be out, oldest first."""
        return self._found(_OF_A_NIGHT & _OPEN)

    def of(self, election: str) -> list[Mailing]:
        """Those of a vote in the order they were begun, those on their way included."""
        return self._found(mailings.c.election == election)

    def gone_of_nights(self, since: date) -> list[Mailing]:
        """Those of the nights begun since a day whose campaign was accepted, or stopped."""
        went = mailings.c.state.in_(outbox.WENT) & mailings.c.campaign_id.is_not(None)
        return self._found(_OF_A_NIGHT & went & (mailings.c.day >= since))

    def pass_over(self, kinds: Collection[str]) -> None:
        """Let what waits of these kinds be told nobody."""
        with self._database.writing(of_mail=True) as db:
            outbox.pass_over(db, kinds)

    def begin(
        self, letter: str, day: date, election: str | None = None, to: Collection[PersonId] = ()
    ) -> Mailing:
        """A letter's mailing, begun where there is none yet.

        Of a vote's letter there is one, settled or not; of a night's kind the one that is open.

        Args:
            letter: its name; a night's is that of its kind.
            day: on the chapter's clock.
            to: whose waiting letters of this kind a new one carries.
        """
        with self._database.writing(of_mail=True) as db:
            same = mailings.c.letter == letter
            same &= _OF_A_NIGHT & _OPEN if election is None else mailings.c.election == election
            row = db.execute(select(mailings).where(same)).one_or_none()
            if row is None:
                mark = _night_mark(db, letter, day) if election is None else f"{election} {letter}"
                values = {"election": election, "letter": letter, "day": day, "mark": mark}
                new = insert(mailings).values(people=0, state=MailingState.OPEN, **values)
                row = db.execute(new.returning(mailings)).one()
                outbox.carry(db, row.id, letter, to)
            return _mailing(row)

    def named(self, name: str) -> Mailing | None:
        """What goes out once for ever (a call, an answer to a request); None before it is begun."""
        return next(iter(self._found(mailings.c.letter == f"{CALL}{name}")), None)

    def begin_named(self, name: str, day: date) -> Mailing:
        """The mailing of such a name: there is one, settled or not."""
        if held := self.named(name):
            return held
        letter = f"{CALL}{name}"
        values = {"letter": letter, "mark": letter, "day": day, "people": 0}
        with self._database.writing(of_mail=True) as db:
            new = insert(mailings).values(state=MailingState.OPEN, **values)
            return _mailing(db.execute(new.returning(mailings)).one())

    def carried(self, mailing: int) -> tuple[PersonId, ...]:
        """Whose waiting letters a mailing carries."""
        with self._database.reading() as db:
            return outbox.carried(db, mailing)

    def besides(self, mailing: int) -> dict[PersonId, list[StatusPeriod]]:
        """What other letters of its kind are about, by whom a mailing carries: gone, or waiting."""
        with self._database.reading() as db:
            return outbox.besides(db, mailing)

    def leave_out(self, mailing: int, people: Collection[PersonId]) -> None:
        """Take people out of an open mailing before it is sent: their letters wait again."""
        with self._database.writing(of_mail=True) as db:
            _change(db, mailing, state=MailingState.OPEN)
            outbox.leave_out(db, mailing, people)

    def withdraw(self, mailing: int, people: Collection[PersonId]) -> None:
        """Take people out of an open mailing before it is sent, as told by another letter."""
        with self._database.writing(of_mail=True) as db:
            _change(db, mailing, state=MailingState.OPEN)
            outbox.withdraw(db, mailing, people)

    def set_people(self, mailing: int, people: int) -> None:
        """Remember to how many an open mailing is about to go, before its campaign is made."""
        with self._database.writing(of_mail=True) as db:
            _change(db, mailing, people=people)

    def set_campaign(self, mailing: int, campaign_id: str) -> None:
        """Remember which campaign carries an open mailing, as soon as there is one."""
        with self._database.writing(of_mail=True) as db:
            _change(db, mailing, campaign_id=campaign_id)

    def settle(
        self,
        mailing: int,
        how: MailingState,
        at: datetime,
        people: int,
        act: Act | None = None,
    ) -> None:
        """End an open mailing, once. What a void one carried waits again.

        Args:
            people: how many it went to.
            act: a line of its vote's record, or of the chapter's, written with it.
        """
        with self._database.writing(of_mail=True) as db:
            row = _change(db, mailing, state=how, ended=at, people=people)
            if how is MailingState.VOID:
                outbox.give_back(db, mailing)
            if act:
                append(db, row.election or "", act)

    def reopen(self, mailing: int, act: Act | None = None) -> None:
        """Open a mailing again whose campaign went to nobody; what it carries goes with it.

        Of a night's kind none may be open.

        Args:
            act: as above.
        """
        gone = (mailings.c.id == mailing) & mailings.c.state.in_(outbox.WENT)
        anew = {"state": MailingState.OPEN, "campaign_id": None, "ended": None, "people": 0}
        with self._database.writing(of_mail=True) as db:
            again = update(mailings).where(gone).values(anew).returning(mailings)
            row = db.execute(again).one_or_none()
            if row is None:
                raise ClerkError(f"mailing {mailing} has not gone", where="ledger", rule="VM-R4")
            if act:
                append(db, row.election or "", act)

    def _found(self, which: Any) -> list[Mailing]:
        with self._database.reading() as db:
            rows = db.execute(select(mailings).where(which).order_by(mailings.c.id))
            return [_mailing(row) for row in rows]


def _night_mark(db: Connection, letter: str, day: date) -> str:
    """A kind may go twice on a day: the second time its mark says so."""
    same = _OF_A_NIGHT & (mailings.c.letter == letter) & (mailings.c.day == day)
    before = db.execute(select(func.count()).where(same)).scalar_one()
    return f"{letter} {day} {before + 1}"


def _change(db: Connection, mailing: int, **values: Any) -> Row[Any]:
    """Change one that is open.

    Raises:
        ClerkError: it is settled, or there is none.
    """
    open_one = update(mailings).where((mailings.c.id == mailing) & _OPEN).values(**values)
    row = db.execute(open_one.returning(mailings)).one_or_none()
    if row is None:
        raise ClerkError(f"mailing {mailing} is not open", where="ledger", rule="VM-R4")
    return row


def _mailing(row: Row[Any]) -> Mailing:
    return Mailing(
        id=row.id,
        election=row.election,
        letter=row.letter,
        day=row.day,
        mark=row.mark,
        campaign_id=row.campaign_id,
        people=row.people,
        state=MailingState(row.state),
        ended=row.ended,
    )
