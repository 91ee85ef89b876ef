"""A count tried before the vote: what cannot be counted cannot open.

A contest is counted without a ballot and with invented ones, by both counts. The invented ballots
are drawn by the contest's id, so that a fault that shows once shows at every look; they hold every
mistake that voters make, and say nothing of how anybody will vote.
"""

from collections import Counter
from collections.abc import Iterator
from random import Random

from models.bylaws.counting import CountingRules
from models.contests.contest import Approval, CommitteeDecision, Contest
from models.tally.count import count
from models.tally.cross_check import check
from models.tally.rankings import OVERVOTE, SKIPPED, Ranking, Rankings, Slot
from models.tally.settings import is_ranked

BALLOTS, MOST_ALIKE = 60, 40
"""Many alike, so that the lowest are seldom tied: every branch of a tie takes its time."""


def rehearse(contest: Contest, edition: CountingRules) -> Iterator[str]:
    """In what two counts of the same ballots differ; nothing when the contest can be counted.

    Raises:
        FixTheSettings: the contest contradicts itself or the edition.
    """
    for ballots in ({}, invented(contest, edition)):
        tried = _all_present(contest, sum(ballots.values()))
        result = count(tried, ballots, edition)
        yield from check(tried, ballots, edition, result)


def _all_present(contest: Contest, many: int) -> Contest:
    """The same with a committee of so many, none of whom steps aside: quorum is another matter."""
    if isinstance(contest, CommitteeDecision | Approval):
        told = {"active": max(2, many)}
        if isinstance(contest, CommitteeDecision):
            told |= {"recused": 0}
        return contest.model_copy(update=told)
    return contest


def invented(contest: Contest, edition: CountingRules) -> Rankings:
    """Ballots as voters might fill them in, mistakes among them; always the same for a contest."""
    draw = Random(f"rehearsal of {contest.id}")  # noqa: S311 - it settles nothing
    places = sorted(set(contest.places().values()))
    ranks = len(places) if is_ranked(contest, edition) else 1
    ballots: Counter[Ranking] = Counter()
    for _ in range(BALLOTS):
        ballots[_ballot(draw, places, ranks)] += draw.randint(1, MOST_ALIKE)
    return ballots


def _ballot(draw: Random, places: list[int], ranks: int) -> Ranking:
    order = draw.sample(places, k=min(draw.randint(0, ranks), len(places)))
    ranking: list[Slot] = list(order)
    if ranking and draw.random() < 0.2:
        two = frozenset(draw.sample(places, k=min(2, len(places))))
        mistake: Slot = draw.choice([SKIPPED, OVERVOTE, two, ranking[0]])
        ranking[draw.randrange(len(ranking))] = mistake
    return tuple(ranking)
