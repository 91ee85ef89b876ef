"""Quorum at the close of a vote of the committee (SC-4, SC-R2).

1. It is asked of each item, without those who step aside from it.
2. Where an item lacks it, the vote is held open for a day: an officer may extend it, and what
   arrived meanwhile counts then.
3. Nobody extended it: it closes as it was to close, and an item without quorum decides nothing.
"""

from datetime import datetime, timedelta

from connectors.ledger import Act, Ledger
from flows.context import ChapterContext
from flows.votes.arrived import who_took_part
from flows.votes.calendars import calendar
from models.committee.members import quorum
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.events import QuorumNotMet
from models.votes.history import with_lines

HELD = timedelta(days=1)
"""How long the committee has to extend a vote without quorum."""
CLERK = "clerk"


def held_until(ledger: Ledger, vote: ElectionRecord) -> datetime | None:
    """Until when an officer may still extend a vote that has come to its close without quorum."""
    if vote.state is not ElectionState.OPEN or not vote.election.is_the_committees:
        return None
    noted = with_lines(ledger.votes.lines(vote.name), QuorumNotMet)
    at = [line.at for line, found in noted if found.closes == vote.election.closes]
    return at[-1] + HELD if at else None


def waits_for_quorum(context: ChapterContext, vote: ElectionRecord) -> bool:
    """Whether a vote whose close has come stays open; that it lacks quorum is noted once."""
    if is_in_grace(context, vote):
        return True
    found = _held_for(context, vote)
    if found and not held_until(context.ledger, vote):
        context.ledger.votes.note(vote.name, Act(CLERK, context.now(), found))
    return found is not None


def is_in_grace(context: ChapterContext, vote: ElectionRecord) -> bool:
    """Whether rows that were sent in time may still arrive: until the count."""
    return context.now() < calendar(context.chapter, vote.election).counts


def is_held(context: ChapterContext, vote: ElectionRecord) -> bool:
    """Whether it is held for want of quorum, by the rows as they are now; nothing is written."""
    return _held_for(context, vote) is not None


def _held_for(context: ChapterContext, vote: ElectionRecord) -> QuorumNotMet | None:
    """What it lacks while the committee may extend it; None if nothing, or its day is over."""
    until = held_until(context.ledger, vote)
    if until and context.now() >= until:
        return None
    found = _lack(context, vote)
    return found if found.races else None


def _lack(context: ChapterContext, vote: ElectionRecord) -> QuorumNotMet:
    """The items for which too few have voted, those who step aside on neither side (SC-R2)."""
    rules = context.counting_of(vote.election).committee
    roll = [voter for voter in context.ledger.votes.roll(vote.name) if voter.on_roll]
    active = {voter.person for voter in roll}
    there = who_took_part(context, vote) & active
    races = []
    for contest in vote.election.contests:
        aside = {voter.person for voter in roll if contest.id in voter.aside}
        if len(there - aside) < quorum(len(active), len(aside), rules):
            races.append(contest.id)
    return QuorumNotMet(
        closes=vote.election.closes, races=tuple(races), present=len(there), active=len(active)
    )
