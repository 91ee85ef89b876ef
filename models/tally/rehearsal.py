"""A count tried before the vote: what cannot be counted cannot open.

A contest is counted without a ballot and with invented ones, by both counts. The invented ballots
are drawn by the contest's id, so that a fault that shows once shows at every look; they hold every
mistake that voters make, and say nothing of how anybody will vote.
"""

from collections import Counter
from collections.abc import Iterator
from random import Random

from models.bylaws.counting import CountingRules
from models.contests.contest import Contest
from models.tally.count import count
from models.tally.cross_check import check
from models.tally.rankings import OVERVOTE, SKIPPED, Ranking, Rankings, Slot
from models.tally.settings import MemberVote, is_ranked

BALLOTS, MOST_ALIKE = 60, 40
"""Many alike, so that the lowest are seldom tied: every branch of a tie takes its time."""


def rehearse(contest: MemberVote, edition: CountingRules) -> Iterator[str]:
    """In what two counts of the same ballots differ; nothing when the contest can be counted.

    Raises:
        FixTheSettings: the contest contradicts itself or the edition.
    """
    for ballots in ({}, invented(contest, edition)):
        result = count(contest, ballots, edition)
        yield from check(contest, ballots, edition, result)


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
