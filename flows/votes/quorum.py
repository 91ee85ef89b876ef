"""Quorum at the close of a vote of the committee (SC-4, SC-R2).

1. It is asked of each item, without those who step aside from it.
2. Where an item lacks it, the vote is held open for a day: an officer may extend it, and what
   arrived meanwhile counts then.
3. Nobody extended it: it closes as it was to close, and an item without quorum decides nothing.
"""

from datetime import datetime, timedelta

from connectors.ledger import Act, ElectionRecord, Ledger
from flows.context import ChapterContext
from flows.votes.arrived import who_took_part
from models.committee.members import quorum
from models.votes.election import ElectionState
from models.votes.events import QuorumNotMet
from models.votes.history import last

HELD = timedelta(days=1)
"""How long the committee has to extend a vote without quorum."""
CLERK = "clerk"


def held_until(ledger: Ledger, vote: ElectionRecord) -> datetime | None:
    """Until when an officer may still extend a vote that has come to its close without quorum."""
    if vote.state is not ElectionState.OPEN or not vote.election.is_the_committees:
        return None
    found, closes = last(ledger.votes.lines(vote.name), QuorumNotMet), vote.election.closes
    return closes + HELD if found and found.closes == closes else None


def is_held(context: ChapterContext, vote: ElectionRecord) -> bool:
    """Whether a vote whose close has come stays open for want of quorum; it is noted once."""
    closes = vote.election.closes
    if not vote.election.is_the_committees or context.now() >= closes + HELD:
        return False
    if held_until(context.ledger, vote):
        return True
    found = _lack(context, vote)
    if found.races:
        context.ledger.votes.note(vote.name, Act(CLERK, context.now(), found))
    return bool(found.races)


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
