"""Ranking errors: what a mistaken ballot still says"""

import pytest

from models.errors import FixTheData
from models.tally.outcome import Inactive
from tests.bylaws.votes import vote


def last(votes: str, **settings: object) -> tuple[dict[str, int], Inactive]:
    """The last round's tally of candidates, and its inactive ballots."""
    one = vote(votes, settings=settings).rounds[-1]
    return {n: v for n, v in one.tally.items() if n != "No endorsement" and v}, one.inactive


def test_a_rank_given_twice_makes_that_rank_and_all_after_it_inactive() -> None:
    """BA-3"""
    assert last("5 A; 4 B|C>A") == ({"A": 5}, Inactive(overvotes=4))


def test_ranks_before_the_mistake_count() -> None:
    """BA-3"""
    tally, inactive = last("5 A; 3 B>C|A; 2 C>A")
    assert (tally, inactive.overvotes) == ({"A": 7, "B": 3}, 0)
    tally, inactive = last("4 A; 3 B>C|A>A; 2 C")
    assert (tally, inactive.overvotes) == ({"A": 4}, 3)


def test_a_candidate_ranked_twice_ends_the_ballot_at_the_second_mention() -> None:
    """BA-3"""
    assert last("5 A; 4 B>B>A") == ({"A": 5}, Inactive(repeated=4))


def test_skipped_ranks_close_up() -> None:
    """BA-3"""
    assert last("7 _>_>A; 3 B") == ({"A": 7, "B": 3}, Inactive())


def test_public_elections_skip_an_over_voted_rank() -> None:
    """BA-3"""
    tally, _ = last("5 A; 4 B|C>A", overvotes="alwaysSkipToNextRank")
    assert tally == {"A": 9}


def test_or_count_it_when_one_of_its_candidates_continues() -> None:
    """BA-3"""
    tally, inactive = last("5 A; 3 C>A|B; 2 B", overvotes="exhaustIfMultipleContinuing")
    assert (tally, inactive.overvotes) == ({"A": 8}, 0)


def test_that_rule_needs_to_know_whom_the_voter_marked() -> None:
    """BA-3"""
    with pytest.raises(FixTheData, match="several choices without their names"):
        last("5 A; 1 overvote", overvotes="exhaustIfMultipleContinuing")


def test_public_elections_end_a_ballot_at_too_many_skipped_ranks() -> None:
    """BA-3"""
    assert last("4 _>_>A; 3 B; 2 _>C>B", max_skipped=1) == ({"B": 5}, Inactive(skipped=4))


def test_empty_ranks_at_the_end_are_never_skipped_ranks() -> None:
    """BA-3"""
    assert last("7 A>_>_; 3 B", max_skipped=0) == ({"A": 7, "B": 3}, Inactive())
