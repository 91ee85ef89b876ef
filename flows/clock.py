"""The clock of all votes: one call does whatever any calendar wants at this moment.

It may be called by a schedule, by a run planned for the closing minute, by the closing event, by a
person, by all of them at once: what was done stands in the ledger, and is not done twice. What was
missed while the machine was off is caught up by the next call.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from connectors.ledger import Vote
from flows.ballot_letters import invite, owed, send_owed
from flows.desk import Desk
from flows.election import calendar, freeze, sync_first
from flows.publish import announce, is_announced, publish
from flows.reminders import next_reminder, remind
from flows.tally import close, tally
from flows.tellers_letter import LOOK, REPORT, tell_officers
from flows.vote_letters import (
    ANNOUNCEMENT_CLEAN_UP,
    CLEAN_UP,
    CLERK,
    INVITATION,
    Reach,
    clear,
    clear_announcement,
    reach,
)
from models.elections import ElectionState
from models.errors import AskAPerson, ClerkError

CLOSED, COUNTED = "closed", "counted"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that was done: which vote, and what; counts at most."""

    election: str
    what: str


def tick(desk: Desk, tell: Callable[[Happening], None] = lambda _: None) -> list[Happening]:
    """Do what is due, vote by vote.

    Args:
        tell: called with each thing as soon as it is done.

    Raises:
        ClerkError: what stood in the way of one vote, after all others were looked after.
    """
    done: list[Happening] = []
    faults: list[ClerkError] = []

    def happened(election: str, what: str) -> None:
        done.append(Happening(election, what))
        tell(done[-1])

    may_open = True
    if any(_opens_now(desk, vote) for vote in desk.ledger.votes.all()):
        try:
            sync_first(desk)
        except ClerkError as fault:  # no vote opens on sheets in doubt; the others go on
            faults.append(fault)
            may_open = False
    with desk.ledger.alone():
        for vote in desk.ledger.votes.all():
            try:
                _Vote(desk, vote.election.name, happened).advance(may_open=may_open)
            except ClerkError as fault:
                faults.append(fault)
    if faults:
        raise faults[0]
    return done


def next_moments(desk: Desk, within: timedelta) -> list[tuple[str, datetime]]:
    """The moments still to come at which a vote wants something, for runs planned to the minute."""
    now = desk.now()
    found = []
    for vote in desk.ledger.votes.all():
        wanted = [at for _, at in calendar(desk, vote.election).moments()]
        if vote.state is ElectionState.OPEN and (reminder := next_reminder(desk, vote)):
            wanted.append(reminder[1])
        if vote.state in (ElectionState.DRAFT, ElectionState.OPEN, ElectionState.CLOSED):
            found += [(vote.election.name, at) for at in wanted if now < at <= now + within]
    return sorted(set(found), key=lambda moment: moment[1])


def _opens_now(desk: Desk, vote: Vote) -> bool:
    return vote.state is ElectionState.DRAFT and desk.now() >= vote.election.opens


class _Vote:
    """One vote on its way, step by step; every step looks at the ledger anew."""

    def __init__(self, desk: Desk, name: str, happened: Callable[[str, str], None]) -> None:
        self._desk, self._name, self._happened = desk, name, happened
        self._reached: Reach | None = None

    @property
    def vote(self) -> Vote:
        found = self._desk.ledger.votes.get(self._name)
        assert found is not None  # noqa: S101 - it was listed
        return found

    @property
    def reached(self) -> Reach:
        """Whom letters reach; read when the first letter wants it."""
        if self._reached is None:
            self._reached = reach(self._desk)
        return self._reached

    def advance(self, *, may_open: bool) -> None:
        """All that is due now, in the order of a vote's life."""
        desk = self._desk
        if may_open and _opens_now(desk, self.vote):
            freeze(desk, self.vote)
            self._happened(self._name, "opened")
        if self.vote.state is ElectionState.OPEN:
            self._while_open()
        if self.vote.state is ElectionState.OPEN and desk.now() >= self.vote.election.closes:
            close(desk, self.vote)
            self._happened(self._name, CLOSED)
        if self.vote.state is ElectionState.CLOSED:
            self._after_the_close()
        if self.vote.state is ElectionState.COUNTED and self.vote.election.publish == "at once":
            publish(desk, self.vote, CLERK)
            self._happened(self._name, "published")
        if self.vote.state is ElectionState.PUBLISHED:
            self._announce()
        if self.vote.state not in (ElectionState.DRAFT, ElectionState.OPEN):
            self._clear()
        if LOOK in (self.vote.result or {}) and not self._sent(REPORT):
            tell_officers(desk, self.vote)  # last: if it cannot go, nothing else waits for it
            self._happened(self._name, f"sent the {REPORT} to the officers")

    def _while_open(self) -> None:
        """Letters go out while there is time to vote, and not after (EN-R7)."""
        desk, vote = self._desk, self.vote
        if desk.now() >= vote.election.closes:
            return
        if not self._sent(INVITATION):
            many = invite(desk, vote, self.reached)
            self._happened(self._name, f"invited {many}")
        for one in owed(desk, vote):
            many = send_owed(desk, vote, one, self.reached)
            self._happened(self._name, f"sent {one.kind} to {many}")
        due = next_reminder(desk, vote)
        if due and desk.now() >= due[1]:
            many = remind(desk, vote, due[0], self.reached)
            self._happened(self._name, f"sent reminder {due[0]} to {many}")

    def _after_the_close(self) -> None:
        desk, vote = self._desk, self.vote
        if vote.question is None and desk.now() >= calendar(desk, vote.election).counts:
            try:
                tally(desk, vote)
            except AskAPerson:
                self._happened(self._name, "stopped at a tie: clerk election status")
                return
            self._happened(self._name, COUNTED)

    def _announce(self) -> None:
        if not is_announced(self._desk, self.vote):
            announce(self._desk, self.vote, self.reached)
            self._happened(self._name, "announced")
        if not self._sent(ANNOUNCEMENT_CLEAN_UP):
            clear_announcement(self._desk, self.vote)

    def _clear(self) -> None:
        if not self._sent(CLEAN_UP):
            clear(self._desk, self.vote, self.reached)

    def _sent(self, kind: str) -> bool:
        held = self._desk.ledger.votes.mailings(self._name).get(kind)
        return held is not None and held.sent is not None
