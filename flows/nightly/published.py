"""How the races of the published votes ended: all that tabs, lines and lists may tell (EN-R8).

From the count to the publication a result is for the officers' page of that vote alone. The
committee's own votes are published to the committee, by themselves.
"""

from collections.abc import Iterator
from datetime import date, tzinfo
from typing import NamedTuple

from connectors.ledger import Ledger
from models.contests.contest import Contest, UpOrDown
from models.tally.outcome import Outcome
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord


class Ended(NamedTuple):
    """A race of a published vote, and how it ended."""

    vote: ElectionRecord
    contest: Contest
    outcome: Outcome

    def closed(self, zone: tzinfo) -> date:
        """The day on which the vote closed."""
        return self.vote.election.closes.astimezone(zone).date()

    def is_on(self, purpose: str) -> bool:
        """Whether the members voted up or down on this: a slate, or priorities."""
        return isinstance(self.contest, UpOrDown) and self.contest.purpose == purpose


def published_outcomes(ledger: Ledger) -> Iterator[Ended]:
    """Every race whose result is published and stands, the votes in the ledger's order."""
    for vote in ledger.votes.all():
        yield from published_of(vote)


def counted_unpublished(ledger: Ledger, year: int, zone: tzinfo) -> set[str]:
    """What the members voted on up or down in a year, as long as the result waits: purposes.

    How it ended stays with that vote's own page.
    """
    return {
        contest.purpose
        for vote in ledger.votes.all()
        if vote.state is ElectionState.COUNTED
        and vote.election.closes.astimezone(zone).year == year
        for contest in vote.election.contests
        if isinstance(contest, UpOrDown) and contest.id not in vote.changes.overruled
    }


def published_of(vote: ElectionRecord) -> Iterator[Ended]:
    """The races of one vote in the order of the ballot; none before its result is published.

    A race that the committee voided, or that could not be counted, has none (EN-R11).
    """
    if vote.state is not ElectionState.PUBLISHED or vote.result is None:
        return
    for contest in vote.election.contests:
        race = vote.result.races.get(contest.id)
        if race and not race.void and contest.id not in vote.changes.overruled:
            yield Ended(vote, contest, race.outcome)
