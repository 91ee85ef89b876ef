"""Whom the chapter has endorsed before, by its own record (EN-7).

Only votes whose result is published count: a tab that others read would tell the others (EN-R8).
"""

from collections.abc import Iterator

from connectors.ledger import ElectionRecord, Ledger
from models.contests.contest import Question, UpOrDown
from models.tally.outcome import OutcomeKind
from models.votes.election import ElectionState
from models.year.process import Endorsed


def endorsed_in(ledger: Ledger) -> tuple[Endorsed, ...]:
    """Every endorsement of a candidate, the votes in the ledger's order."""
    return tuple(one for vote in ledger.votes.all() for one in _of(vote))


def _of(vote: ElectionRecord) -> Iterator[Endorsed]:
    if vote.state is not ElectionState.PUBLISHED or vote.result is None:
        return
    for contest in vote.election.contests:
        outcome = vote.result.outcomes.get(contest.id)
        if outcome is None or outcome.kind is not OutcomeKind.ENDORSED:
            continue
        if contest.id in vote.changes.overruled or isinstance(contest, Question):
            continue
        names = (contest.subject,) if isinstance(contest, UpOrDown) else outcome.choices
        for name in names:
            yield Endorsed(name, vote.election.cycle, vote.election.closes.date())
