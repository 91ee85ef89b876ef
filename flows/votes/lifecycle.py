"""A vote before it closes: approve it, open it on its frozen roll, move its close.

Approving fixes what is voted on; the opening comes by itself at its time. It begins with a night's
sync, so that the roll rests on what the sheets say now, and on nothing that a guard would refuse.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from connectors.ledger import Ledger
from connectors.settings import Chapter
from flows.alerts import telling
from flows.alerts.nights import done
from flows.committee.roll import committee_roll
from flows.context import ChapterContext
from flows.nightly.night import Sync, SyncOptions
from flows.nightly.people import facts_on_record
from flows.nightly.sync import sync
from flows.votes.against_tabs import striven_for
from flows.votes.approvals import gather
from flows.votes.arrived import with_codes_of
from flows.votes.calendars import calendar as calendar
from flows.votes.check import asked_now, check, early_answers
from flows.votes.officers_words import UNNAMED, given
from flows.votes.overlaps import overlapping
from flows.votes.quorum import is_held
from flows.votes.sending import CLERK
from models.errors import Refused
from models.tally.digests import edition_digest, json_digest
from models.text import formats
from models.text.formats import amount
from models.votes.election import Election, ElectionState, failing
from models.votes.election_record import ElectionRecord
from models.votes.events import Approved, Extended, Opened
from models.votes.frozen_roll import RollEntry, frozen
from models.votes.history import last
from models.votes.windows import extended

SECOND = timedelta(seconds=1)


def approve(context: ChapterContext, name: str, by: str) -> Election:
    """An officer's word that the vote may open; everything but the close is fixed from now on.

    Raises:
        Refused: something that a rule asks for is missing; all of it is named.
        AskAPerson: the chapter asks for another officer's approval too.
    """
    election = context.election(name)
    if missing := failing(check(context, election)):
        raise Refused(
            "; ".join(missing),
            where=f"elections/{name}",
            next_step=f"fix what is listed; `clerk election check {name}` shows all of it",
        )
    with context.ledger.alone():
        if held := context.ledger.votes.get(name):
            cancelled = held.state is ElectionState.CANCELLED
            raise Refused(
                f"the election is {'canceled' if cancelled else 'already approved'}",
                where=name,
                rule="EN-R11" if cancelled else "EN-R6",
                next_step="copy its folder under another name, and approve that one"
                if cancelled
                else look_at(name),
            )
        if context.election(name) != election:
            changed = "the draft was changed while it was checked, so it was not approved"
            raise Refused(changed, where=name, next_step="look at the draft, then approve it")
        rules = edition_digest(context.counting_of(election))
        # Two officers approve one and the same: what is voted on, and by which rules it is counted.
        what = json_digest([election.model_dump(mode="json"), rules])
        gather(context, name, by, "open", what)
        asked, noted = asked_now(context, election.ballots), striven_for(context, election)
        context.ledger.votes.approve(election, rules, by, context.now(), asked, noted)
    return election


def freeze(context: ChapterContext, vote: ElectionRecord) -> None:
    """Fix the roll of the record date, by the sheets as just recorded (VM-R3)."""
    election = vote.election
    missing = failing(check(context, election, approved=True))
    if rules_changed(context, election):
        missing.append("the counting rules changed after the approval (EN-R6)")
    if missing:
        raise Refused(
            "; ".join(missing),
            where=f"elections/{election.name}",
            next_step=f"fix what is listed; or run `clerk election withdraw {election.name} --by "
            "…`, change the folder, and approve it again",
        )
    roll = _roll_of(context, election)
    early, asked = early_answers(context, election), asked_now(context, election.ballots)
    if early and (many := with_codes_of(context, vote, roll)):
        raise Refused(
            f"{amount(many, 'ballot')} with codes of this election are there already, so it was "
            "open before: the ledger was restored from before its opening, and would count none",
            where=f"elections/{election.name}",
            rule="BA-1",
            next_step="restore a backup from after the opening; if there is none, tell the members "
            f"and cancel it with `clerk election cancel {election.name} --by …`, and hold it again "
            "under another name",
        )
    context.ledger.votes.freeze(vote, roll, early, CLERK, context.now(), asked)


def _roll_of(context: ChapterContext, election: Election) -> tuple[RollEntry, ...]:
    """Who may vote: the committee's active members, or the voting members (SC-4, VM-R3)."""
    if election.is_the_committees:
        return committee_roll(context, election)
    known = facts_on_record(context).roll(election.record_date)
    if roll := frozen(known, election.districts):
        return roll
    raise Refused(
        f"no one was a voting member on {formats.day(election.record_date)}",
        where=election.name,
        rule="VM-1",
        next_step=f"`clerk roll --on {election.record_date}` shows everyone's voting status "
        "on that day",
    )


def rules_changed(context: ChapterContext, election: Election) -> bool:
    """Whether this vote would be counted by other rules than those of its approval (EN-R6)."""
    approval = last(context.ledger.votes.lines(election.name), Approved)
    recorded = approval.rules if approval else None
    return recorded not in (None, edition_digest(context.counting_of(election)))


def early_at_opening(ledger: Ledger, name: str) -> int:
    """How many answers were there when the vote opened; they count nowhere (BA-2)."""
    opening = last(ledger.votes.lines(name), Opened)
    return opening.early if opening else 0


def sync_first(context: ChapterContext) -> Sync:
    """The night's job before an opening; it refuses what is unsafe, and ends what officers knew."""
    night = sync(context, SyncOptions(apply=True))
    telling.tell(context, *done(night))
    return night


def extend(
    context: ChapterContext, name: str, closes: datetime, by: str, reason: str, reason_es: str = ""
) -> ElectionRecord:
    """Move the close later, recorded and announced (EN-R6).

    Raises:
        FixTheData: nobody decides it, or nobody says why.
        Refused: as `extension`.
    """
    reason, by = given(reason), given(by, "--by", UNNAMED)
    with context.ledger.alone():
        vote, event = extension(context, name, closes, reason, reason_es)
        context.ledger.votes.extend(vote, event, by, context.now())
    return opened(context, name)


def extension(
    context: ChapterContext, name: str, closes: datetime, reason: str, reason_es: str = ""
) -> tuple[ElectionRecord, Extended]:
    """What a later close would be; nothing is written.

    Raises:
        Refused: the vote is not open, or the close is not later, or another vote is in its way.
    """
    vote = opened(context, name)
    before, now = vote.election.closes, context.now()
    late = now >= before and vote.election.is_the_committees and closes > now
    if late and is_held(context, vote):
        now = before - SECOND  # it waits for quorum: its close is not over yet (SC-4)
    later = extended(before, closes, now)
    if in_the_way := failing(
        overlapping(context, vote.election.model_copy(update={"closes": later}))
    ):
        raise Refused("; ".join(in_the_way), where=name, next_step="choose an earlier closing time")
    before = vote.election.closes
    return vote, Extended(before=before, closes=later, reason=reason, reason_es=reason_es)


def opened(context: ChapterContext, name: str) -> ElectionRecord:
    """The vote, which must be open.

    Raises:
        Refused: it is not.
    """
    vote = vote_of(context, name)
    if vote.state is not ElectionState.OPEN:
        said = f"the election is {state_label(vote)}, not open"
        raise Refused(said, where=name, rule="EN-R6", next_step=look_at(name))
    return vote


def vote_of(context: ChapterContext, name: str) -> ElectionRecord:
    """A vote that was approved.

    Raises:
        Refused: it is a folder only, or nothing.
    """
    vote = context.ledger.votes.get(name)
    if vote is None:
        context.election(name)  # says what elections there are
        raise Refused(
            "this election has not been approved yet: it waits for an officer's approval",
            where=f"elections/{name}",
            next_step=f"`clerk election check {name}`, then `clerk election open {name} --by …`",
        )
    return vote


def standing(vote: ElectionRecord) -> str:
    """How far a vote has come, in a word; what is in the ledger is no draft any more."""
    return "approved" if vote.state is ElectionState.DRAFT else vote.state.value


def state_label(vote: ElectionRecord) -> str:
    """Return the same as people read it; the stored state keeps its name."""
    return standing(vote).replace("cancelled", "canceled")


Said = Callable[[Chapter, datetime], str]
"""How a moment is written."""


def on_the_clock(chapter: Chapter, moment: datetime) -> str:
    """A moment on the chapter's clock, as the terminal says it."""
    return formats.clocked(moment.astimezone(chapter.tz))


def for_scripts(chapter: Chapter, moment: datetime) -> str:
    """The same as `--json` has it."""
    return f"{moment.astimezone(chapter.tz):%a %Y-%m-%d %H:%M}"


def look_at(name: str) -> str:
    """The next step of whoever came at the wrong time."""
    return f"`clerk election status {name}` shows what happens next, and when"
