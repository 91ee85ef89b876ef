"""Whom the chapter has endorsed, by its own record (EN-7, EN-13).

Only votes whose result is published count: a tab that others read would tell the others (EN-R8).
"""

from collections.abc import Iterator

from connectors.ledger import Ledger
from flows.nightly.published import published_of
from models.contests.contest import Contest, Question, UpOrDown
from models.tally.outcome import OutcomeKind
from models.votes.election_record import ElectionRecord
from models.year.endorsed import Endorsed


def endorsed_in(ledger: Ledger) -> tuple[Endorsed, ...]:
    """Every endorsement of a candidate, the votes in the ledger's order."""
    return tuple(
        Endorsed(name, vote.election.cycle, vote.election.closes.date())
        for vote in ledger.votes.all()
        for _, name in endorsed_by(vote)
    )


def endorsed_by(vote: ElectionRecord) -> Iterator[tuple[Contest, str]]:
    """The candidates whom a published vote endorsed, in the order of the ballot."""
    for _, contest, outcome in published_of(vote):
        if outcome.kind is OutcomeKind.ENDORSED and not isinstance(contest, Question):
            yield contest, contest.subject if isinstance(contest, UpOrDown) else outcome.choices[0]
