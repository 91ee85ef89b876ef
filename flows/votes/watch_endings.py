"""What a strike finds of a vote's reminders and of its end: what is overdue, or waits for somebody.

What a calendar wants is done by the strike before this; what is still to be done a while later
stands still.
"""

from collections.abc import Callable
from datetime import timedelta

from flows.alerts.places import place_of
from flows.context import ChapterContext
from flows.votes.emails.reminders import next_reminder, reminders_in_all
from flows.votes.lifecycle import calendar
from flows.votes.publish import goes_out_by_itself
from flows.votes.quorum import held_until
from models.mail.alerts import Alert, AlertKind
from models.votes.election import REMINDERS, ElectionState
from models.votes.election_record import ElectionRecord

LATE = timedelta(hours=1)
"""A reminder may be so late, as while a service is down, before somebody is told."""
STUCK = timedelta(minutes=15)
"""And a close, a count, or a page that goes out by itself."""


def reminders(
    context: ChapterContext, vote: ElectionRecord, _: Callable[[str], None]
) -> list[Alert]:
    """That a reminder of an open vote is overdue, or can go no more (EN-10)."""
    if context.now() >= vote.election.closes or vote.election.is_the_committees:
        return []
    lost = REMINDERS - reminders_in_all(context, vote)
    due = next_reminder(context, vote)
    late = due is not None and context.now() - due[1] >= LATE
    if not lost and not late:
        return []
    counts = {"lost": lost} if lost else {}
    return [Alert(kind=AlertKind.REMINDER_MISSED, place=place_of(vote.name), counts=counts)]


def is_ending(context: ChapterContext, vote: ElectionRecord) -> bool:
    """Whether voting has ended, and the result is not out."""
    past = vote.state is ElectionState.OPEN and context.now() >= vote.election.closes
    return past or vote.state in (ElectionState.CLOSED, ElectionState.COUNTED)


def endings(context: ChapterContext, vote: ElectionRecord, _: Callable[[str], None]) -> list[Alert]:
    """That a vote is not counted, waits for a decision, or to be published (EN-R5, EN-13)."""
    kind = _waits_for(context, vote)
    return [Alert(kind=kind, place=place_of(vote.name))] if kind else []


def _waits_for(context: ChapterContext, vote: ElectionRecord) -> AlertKind | None:
    if held_until(context.ledger, vote):
        return AlertKind.NO_QUORUM
    late = context.now() - calendar(context.chapter, vote.election).counts
    if vote.state is ElectionState.COUNTED:
        stuck = late >= STUCK or not goes_out_by_itself(vote)
        return AlertKind.RESULT_WAITS if stuck else None
    if vote.question is not None:
        return AlertKind.DECISION_WAITS
    return AlertKind.NOT_COUNTED if late >= STUCK else None
