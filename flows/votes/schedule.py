"""The clock of all votes: one call does whatever any calendar wants at this moment.

It may be called by a schedule, by a run planned for the closing minute, by the closing event, by a
person, by all of them at once: what was done stands in the ledger, and is not done twice. What was
missed while the machine was off is caught up by the next call.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from flows.alerts.trouble import SYNC, TELLERS, Troubles, name_of
from flows.clock import Clock
from flows.committee.recommendations import take_over, was_counted_lately
from flows.context import ChapterContext
from flows.mail import unlettered
from flows.mail.email_names import letter_name
from flows.votes.emails import cancelled
from flows.votes.emails.ballots import Owed, invite, owed, send_owed
from flows.votes.emails.clean_up import clear, clear_announcement
from flows.votes.emails.reminders import next_reminder, note_a_clock_set_back, remind, too_late
from flows.votes.emails.tellers import REPORT, tell_officers
from flows.votes.history import SET_BACK
from flows.votes.lifecycle import calendar, freeze, sync_first
from flows.votes.publish import announce, goes_out_by_itself, is_announced, publish
from flows.votes.quorum import waits_for_quorum
from flows.votes.sending import CLERK, Reach, is_announcement_cleared, is_cleared, is_over, reach
from flows.votes.tally.count import close, tally
from models.errors import AskAPerson, ClerkError, combined
from models.intake.people import PersonId
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.notices import Invitation, VoteLetter

CLOSED, COUNTED = "closed", "counted"


@dataclass(frozen=True, slots=True)
class ElectionEvent:
    """Something that was done: which vote, and what; counts at most."""

    election: str
    what: str


def tick(
    context: ChapterContext, tell: Callable[[ElectionEvent], None] = lambda _: None, only: str = ""
) -> list[ElectionEvent]:
    """Do what is due, vote by vote.

    Args:
        tell: called with each thing as soon as it is done.
        only: the one vote to look at; "" for all.

    Raises:
        ClerkError: what stood in the way, after all else was looked after; `TryAgainLater` if
            trying again can cure some of it.
    """
    done: list[ElectionEvent] = []
    faults: list[Exception] = []

    def happened(election: str, what: str) -> None:
        done.append(ElectionEvent(election, what))
        tell(done[-1])

    def votes() -> list[ElectionRecord]:
        return [vote for vote in context.ledger.votes.all() if only in ("", vote.name)]

    # Whose time comes meanwhile opens with the next strike, after a sync of its own.
    may_open = [vote.name for vote in votes() if _opens_now(context.now, vote)]
    if may_open:
        try:
            for kind, many in sync_first(context).sent:
                happened(may_open[0], f"the sync before the opening sent “{kind}” to {many}")
        except Exception as fault:  # noqa: BLE001 - no vote opens on sheets in doubt; others go on
            faults.append(fault)
            may_open = []
    with context.ledger.alone():
        held_up = [vote.name for vote in votes() if faults and _opens_now(context.now, vote)]
        for name in held_up:
            Troubles(context, name).failed(SYNC, faults[0])
        _say_what_cannot_open(faults, held_up)
        for vote in votes():
            faults += _Vote(context, vote.name, happened).advance(may_open=vote.name in may_open)
        faults += _recommended(context, votes(), happened)
    if faults:
        raise combined(faults)
    return done


def _opens_now(now: Clock, vote: ElectionRecord) -> bool:
    election = vote.election
    return vote.state is ElectionState.DRAFT and election.opens <= now() < election.closes


def _say_what_cannot_open(faults: Iterable[Exception], votes: Sequence[str]) -> None:
    """Let a fault name the votes that it holds up: whoever reads it may not know of any."""
    for fault in faults:
        if isinstance(fault, ClerkError) and votes:
            fault.fact = f"{', '.join(votes)} cannot open: {fault.fact}"


def _recommended(
    context: ChapterContext, votes: Iterable[ElectionRecord], happened: Callable[[str, str], None]
) -> list[Exception]:
    """Take over what the committee's counted votes recommend, whoever counted them (EN-1)."""
    if not was_counted_lately(votes, context.now()):
        return []
    try:
        for draft in take_over(context):
            happened(draft, "took over the committee's recommendation")
    except Exception as fault:  # noqa: BLE001 - raised by the tick, when all else is done
        return [fault]
    return []


class _Vote:
    """Move one election forward, step by step. Each step reads the ledger again."""

    def __init__(
        self, context: ChapterContext, name: str, happened: Callable[[str, str], None]
    ) -> None:
        self._context, self._name, self._happened = context, name, happened
        self._reached: Reach | None = None
        self._troubles = Troubles(context, name)
        self._faults: list[Exception] = []

    @property
    def vote(self) -> ElectionRecord:
        found = self._context.ledger.votes.get(self._name)
        assert found is not None  # noqa: S101 - it was listed
        return found

    @property
    def reached(self) -> Reach:
        """Return who can be emailed. Reads the mailing list on first use."""
        if self._reached is None:
            self._reached = reach(self._context)
        return self._reached

    def advance(self, *, may_open: bool) -> list[Exception]:
        """All that is due now, in the order of a vote's life.

        Returns:
            What stood in the way of a step, a bug of ours included; the others are taken all the
            same.
        """
        self._try(partial(self._advance, may_open=may_open))
        return self._faults

    def _advance(self, *, may_open: bool) -> None:
        if may_open and _opens_now(self._context.now, self.vote):
            self._try(self._open)
        if self.vote.state is ElectionState.OPEN:
            self._try(self._while_open)
        if (
            self.vote.state is ElectionState.OPEN
            and self._context.now() >= self.vote.election.closes
        ):
            self._try(self._close)
        if not cancelled.is_done(self._context.ledger, self.vote):
            self._try(self._after_a_cancellation)
        if self.vote.opened and self.vote.state is not ElectionState.OPEN:
            self._try(self._clear)  # before the count: whatever stops that, no code stays
        if self.vote.state is ElectionState.CLOSED:
            self._try(self._after_the_close)
        result = self.vote.result
        rests = self._troubles.rests(TELLERS)
        if result and result.look_at is not None and not self._is_over(REPORT) and not rests:
            self._try(self._tell_officers)  # before anybody else reads it
        if self.vote.state is ElectionState.COUNTED and goes_out_by_itself(self.vote):
            self._try(self._publish)
        if self.vote.state is ElectionState.PUBLISHED:
            self._try(self._announce)
        if not self._faults:  # an opening that waits for the sync is not tried
            waits = self.vote.state is ElectionState.DRAFT
            self._troubles.none_left(SYNC if waits else "", TELLERS if rests else "")

    def _try(self, step: Callable[[], None]) -> None:
        name = name_of(step)
        try:
            step()
        except Exception as fault:  # noqa: BLE001 - raised by the tick, when all else is done
            self._faults.append(fault)
            self._troubles.failed(name, fault)
        else:
            self._troubles.over(name)

    def _open(self) -> None:
        self._troubles.over(SYNC)
        try:
            freeze(self._context, self.vote)
        except ClerkError as fault:
            _say_what_cannot_open([fault], [self._name])
            raise
        self._happened(self._name, "opened")

    def _while_open(self) -> None:
        """Letters go out while there is time to vote, and not after (EN-R7); each for itself."""
        context, vote = self._context, self.vote
        if context.now() >= vote.election.closes:
            return
        if not self._is_over(Invitation()):
            self._try(self._invite)
        for one in owed(context.ledger, vote):
            self._try(partial(self._send_owed, one))
        if note_a_clock_set_back(context, vote):
            self._happened(self._name, SET_BACK)
        due = next_reminder(context, vote)
        if due and context.now() >= due[1]:
            self._try(partial(self._remind, due[0]))

    def _invite(self) -> None:
        many = invite(self._context, self.vote, self.reached)
        self._happened(self._name, f"invited {many}")

    def _send_owed(self, one: Owed) -> None:
        many = send_owed(self._context, self.vote, one, self.reached)
        told = f"sent {letter_name(self.vote, one.letter)} to {many}"
        self._happened(self._name, told + self._left_to_call(one.people))

    def _remind(self, number: int) -> None:
        many = remind(self._context, self.vote, number, self.reached)
        lost = too_late(self._context, self.vote)
        said = f"sent reminder {number} to {many}"
        self._happened(self._name, f"{said}; {lost}" if lost else said)

    def _close(self) -> None:
        if self.vote.election.is_the_committees and waits_for_quorum(self._context, self.vote):
            return
        close(self._context, self.vote)
        self._happened(self._name, CLOSED)

    def _after_a_cancellation(self) -> None:
        """Its letters stop, and it is said; each for itself (EN-R11)."""
        self._try(self._drop_unsent_letters)
        if not cancelled.is_told(self._context.ledger, self.vote):
            self._try(self._tell_of_the_cancellation)
        if not cancelled.is_page_public(self._context.ledger, self.vote):
            self._try(self._publish_the_cancellation)

    def _drop_unsent_letters(self) -> None:
        cancelled.drop_unsent(self._context, self.vote)

    def _publish_the_cancellation(self) -> None:
        cancelled.publish_page(self._context, self.vote)

    def _tell_of_the_cancellation(self) -> None:
        many = cancelled.tell(self._context, self.vote, self.reached)
        on_roll = [v.person for v in self._context.ledger.votes.roll(self._name) if v.on_roll]
        told = f"told {many} that it is canceled"
        self._happened(self._name, told + self._left_to_call(on_roll))

    def _left_to_call(self, people: Iterable[PersonId]) -> str:
        """How many of them no letter reaches, so that an officer is to call (DP-4)."""
        roll = self._context.ledger.votes.roll(self._name)
        told = self.reached.mailboxes.keys() - unlettered.of(self._context.ledger, self._name, roll)
        many = len(set(people) - told)
        return f"; cannot email {many}: clerk election calls {self._name}" if many else ""

    def _clear(self) -> None:
        if not is_cleared(self._context.ledger, self._name):
            clear(self._context, self.vote)

    def _after_the_close(self) -> None:
        context, vote = self._context, self.vote
        if (
            vote.question is None
            and context.now() >= calendar(context.chapter, vote.election).counts
        ):
            try:
                tally(context, vote)
            except AskAPerson:
                self._happened(self._name, "stopped at a tie: clerk election status")
                return
            self._happened(self._name, COUNTED)
            if self.vote.result and (none := self.vote.result.counts_none):
                self._happened(self._name, f"none of the {none} ballots received counts")

    def _publish(self) -> None:
        publish(self._context, self.vote, CLERK, by_itself=True)
        self._happened(self._name, "published")

    def _announce(self) -> None:
        if not is_announced(self._context.ledger, self.vote):
            announce(self._context, self.vote, self.reached)
            self._happened(self._name, "announced")
        if not is_announcement_cleared(self._context.ledger, self._name):
            clear_announcement(self._context, self.vote)

    def _tell_officers(self) -> None:
        tell_officers(self._context, self.vote)
        self._happened(self._name, f"sent the {REPORT} to the officers")

    def _is_over(self, letter: VoteLetter) -> bool:
        return is_over(self._context.ledger, self._name, letter)
