"""Two votes that would carry their codes in the mailing list's one field at the same time.

A letter takes the code as it stands when it goes out: with two votes at once, the letters of one
would carry the codes of the other, and the first clean-up would empty both. A field for each vote
is no way out, for Mailchimp lets an audience have thirty in all; the committee's votes have one, so
that it can decide while the members vote (SC-4).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flows.context import ChapterContext
from flows.votes.sending import is_cleared
from models.membership.reasons import Reason
from models.text.sentences import Sentence, clocked
from models.votes.election import Election, ElectionState
from models.votes.election_record import ElectionRecord

CLEANING = timedelta(hours=1)
"""How long after a close its last letters may be on their way, and the codes on the list."""


def overlapping(context: ChapterContext, election: Election) -> Iterator[Reason]:
    """The other votes that keep an election from its voters' codes (BA-1)."""
    for vote in context.ledger.votes.all():
        other, until = vote.election, _until(context, vote)
        if other.electorate != election.electorate:
            continue  # whose codes are in a field of their own
        ends = election.closes + CLEANING
        if until and other.name != election.name and other.opens < ends and election.opens < until:
            free = until.astimezone(context.chapter.tz)
            fact = Sentence(
                "the election “{name}” needs the mailing list's field for codes until {free}; open "
                "this one after that",
                name=other.name,
                free=clocked(free),
            )
            yield Reason("BA-1", fact, False)


def _until(context: ChapterContext, vote: ElectionRecord) -> datetime | None:
    """Until when a vote needs the field; None when it needs it no more, or never will."""
    closes, now = vote.election.closes, context.now()
    if vote.state is ElectionState.DRAFT:
        return closes + CLEANING if now < closes else None
    if is_cleared(context.ledger, vote.name):
        return None
    if vote.state is ElectionState.CANCELLED:  # until its codes are off the list (EN-R11)
        return now + CLEANING if vote.opened else None
    return max(closes, now) + CLEANING
