"""What happens next with a vote, and when; what should have happened, since when it is overdue."""

from datetime import datetime

from flows.context import ChapterContext
from flows.mail.email_names import letter_name
from flows.votes.emails import cancelled
from flows.votes.emails.ballots import owed
from flows.votes.emails.reminders import next_reminder
from flows.votes.lifecycle import Said, calendar, on_the_clock
from flows.votes.publish import goes_out_by_itself, is_announced
from flows.votes.quorum import held_until
from flows.votes.sending import is_cleared, is_over
from flows.votes.who_answers import still_asks
from models.votes.election import Calendar, ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.notices import Invitation


def is_finished(context: ChapterContext, vote: ElectionRecord) -> bool:
    """Whether nothing is left to do for a vote, by the clock or by a person."""
    match vote.state:
        case ElectionState.PUBLISHED:
            return is_announced(context.ledger, vote)
        case ElectionState.CANCELLED:
            codes = vote.opened is not None and not is_cleared(context.ledger, vote.name)
            return (
                cancelled.is_done(context.ledger, vote)
                and not codes
                and not still_asks(context, vote)
            )
        case _:
            return False


def what_next(context: ChapterContext, vote: ElectionRecord, said: Said = on_the_clock) -> str:
    """What happens next, and when; what should have happened by now, since when it is overdue.

    Args:
        said: how a moment is written.
    """
    plan, name = calendar(context.chapter, vote.election), vote.election.name
    match vote.state:
        case ElectionState.DRAFT if context.now() >= plan.closes:
            return (
                "nothing: its closing time has passed, and it never opened; to hold it, run "
                f"`clerk election withdraw {name}`, move its dates, and approve it again"
            )
        case ElectionState.DRAFT:
            return _at(context, said, "opens", plan.opens)
        case ElectionState.OPEN if context.now() < plan.closes:
            return _while_open(context, vote, plan, said)
        case ElectionState.OPEN:
            return _past_the_close(context, vote, plan, said)
        case ElectionState.CLOSED if vote.question:
            return f"a person decides: clerk election decide {name} …"
        case ElectionState.CLOSED:
            return _at(context, said, "is counted", plan.counts)
        case ElectionState.COUNTED if goes_out_by_itself(vote):
            return _at(context, said, "is published", plan.counts)
        case ElectionState.COUNTED:
            return f"{_none(vote)}an officer publishes it: clerk election publish {name} --by …"
        case ElectionState.PUBLISHED:
            if is_announced(context.ledger, vote):
                return "nothing; the result is published and announced"
            return "the announcement; the program sends it at the next scheduled check"
        case ElectionState.CANCELLED:
            return _after_a_cancellation(context, vote)


def _past_the_close(
    context: ChapterContext, vote: ElectionRecord, plan: Calendar, said: Said
) -> str:
    if held := held_until(context.ledger, vote):
        return (
            f"quorum is not met: extend it with `clerk election extend {vote.name} …`, or it ends "
            f"without a decision {said(context.chapter, held)}"
        )
    return _at(context, said, "closes", plan.closes)


def _none(vote: ElectionRecord) -> str:
    none = vote.result.counts_none if vote.result else 0
    return f"none of the {none} ballots received counts: find out why; " if none else ""


def _after_a_cancellation(context: ChapterContext, vote: ElectionRecord) -> str:
    """What is left to do about a cancelled vote (EN-R11)."""
    if not cancelled.is_done(context.ledger, vote):
        return "its voters get an email at the next scheduled check"
    if vote.opened and not is_cleared(context.ledger, vote.name):
        return "its codes are removed from the mailing list when its last emails are sent"
    left = "stop its form from accepting responses" if still_asks(context, vote) else "nothing"
    return f"{left}; it is canceled, and a new election can open"


def _while_open(context: ChapterContext, vote: ElectionRecord, plan: Calendar, said: Said) -> str:
    if vote.opened and not is_over(context.ledger, vote.name, Invitation()):
        return _at(context, said, "the invitation", vote.opened)
    if waiting := owed(context.ledger, vote):
        first = waiting[0]
        return _at(context, said, letter_name(vote, first.letter), first.since)
    due = next_reminder(context, vote)
    if due and due[1] < plan.closes:
        return _at(context, said, f"reminder {due[0]}", due[1])
    return _at(context, said, "closes", plan.closes)


def _at(context: ChapterContext, said: Said, what: str, due: datetime) -> str:
    """When a step comes; a moment that has passed is never called the next."""
    if context.now() < due:
        return f"{what} {said(context.chapter, due)}"
    since = f"{what}: overdue since {said(context.chapter, due)}"
    return f"{since}; the next scheduled check does it, or run `clerk tick`"
