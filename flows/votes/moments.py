"""The moments still to come at which a vote wants something of the clock."""

from datetime import datetime, timedelta

from flows.context import ChapterContext
from flows.votes.emails.reminders import next_reminder
from flows.votes.lifecycle import calendar
from flows.votes.quorum import HELD, held_until
from models.votes.election import ElectionState


def next_moments(context: ChapterContext, within: timedelta) -> list[tuple[str, datetime]]:
    """The moments still to come at which a vote wants something, for runs planned to the minute."""
    now = context.now()
    found = []
    for vote in context.ledger.votes.all():
        wanted = [at for _, at in calendar(context.chapter, vote.election).moments()]
        if vote.election.is_the_committees:
            held = held_until(context.ledger, vote)
            wanted.append(held or vote.election.closes + HELD)
        if vote.state is ElectionState.OPEN and (reminder := next_reminder(context, vote)):
            wanted.append(reminder[1])
        if vote.state in (ElectionState.DRAFT, ElectionState.OPEN, ElectionState.CLOSED):
            found += [(vote.election.name, at) for at in wanted if now < at <= now + within]
    return sorted(set(found), key=lambda moment: moment[1])
