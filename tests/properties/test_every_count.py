"""What holds for every contest of every kind."""

from collections import Counter
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from models.contests.contest import Contest
from models.tally.count import count
from models.tally.cross_check import check
from models.tally.digests import ballots_digest
from models.tally.rankings import SKIPPED, canonical
from tests.cases.reading import EDITION
from tests.properties.elections import Ballots, elections

unhurried = settings(deadline=None, max_examples=120)


@unhurried
@given(elections(), st.integers(0, 3))
def test_every_ballot_stands_somewhere_in_every_round(
    election: tuple[Contest, Ballots], unreadable: int
) -> None:
    """BA-2"""
    contest, ballots = election
    result = count(contest, ballots, EDITION, unreadable=unreadable)
    assert result.sums.ballots == ballots.total() + unreadable
    for one in result.rounds:
        assert one.active + one.inactive.total == ballots.total()
        assert one.inactive.undervotes == result.sums.blank


@unhurried
@given(elections())
def test_transfers_lead_from_each_tally_to_the_next(election: tuple[Contest, Ballots]) -> None:
    """BA-2"""
    contest, ballots = election
    rounds = count(contest, ballots, EDITION).rounds
    for one, after in pairwise(rounds):
        gained = Counter[str]()
        for gone, moved in one.transfers.items():
            assert sum(moved.values()) == one.tally[gone]
            gained.update(moved)
        for choice, votes in after.tally.items():
            assert votes == one.tally[choice] + gained.pop(choice, 0)
        assert gained.total() == after.inactive.total - one.inactive.total


@settings(deadline=None, max_examples=300)
@given(elections())
def test_the_twin_agrees(election: tuple[Contest, Ballots]) -> None:
    """EN-*, SC-*"""
    contest, ballots = election
    result = count(contest, ballots, EDITION)
    assert check(contest, ballots, EDITION, result) == ()


@unhurried
@given(elections(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_does_not_matter(
    election: tuple[Contest, Ballots], shuffled: Random
) -> None:
    """BA-1"""
    contest, ballots = election
    lines = list(ballots.items())
    shuffled.shuffle(lines)
    once, again = (count(contest, b, EDITION) for b in (ballots, dict(lines)))
    assert once == again
    assert ballots_digest(ballots) == ballots_digest(dict(lines))


@unhurried
@given(elections())
def test_empty_ranks_at_the_end_do_not_matter(election: tuple[Contest, Ballots]) -> None:
    """BA-3"""
    contest, ballots = election
    shorter: Ballots = Counter()
    for ranking, votes in ballots.items():
        shorter[canonical(ranking)] += votes
    longer = Counter({(*ranking, SKIPPED): votes for ranking, votes in shorter.items()})
    assert count(contest, shorter, EDITION) == count(contest, longer, EDITION)
    assert ballots_digest(shorter) == ballots_digest(longer)


@unhurried
@given(elections(), st.integers(2, 5))
def test_the_same_shares_end_alike(election: tuple[Contest, Ballots], times: int) -> None:
    """EN-R1"""
    contest, ballots = election
    more = Counter({ranking: votes * times for ranking, votes in ballots.items()})
    once = count(contest, ballots, EDITION)
    again = count(contest, more, EDITION)
    assert once.outcome == again.outcome
    assert [r.eliminated for r in once.rounds] == [r.eliminated for r in again.rounds]
