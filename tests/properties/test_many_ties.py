"""Ties of many: both counts go equally far into the branches, and ask beyond (EN-R5).

No branch of a tie is counted further than a limit that both counts share; a recorded decision
always leads on.
"""

from collections import Counter
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.bylaws import tally_rules as rules
from models.contests.contest import Contest, contest_from
from models.tally.count import count
from models.tally.cross_check import check
from models.tally.outcome import Decision, Result
from models.tally.ties import TOO_MANY
from tests.cases.reading import EDITION
from tests.properties.elections import Ballots, elections


def race(candidates: int) -> Contest:
    """A ranked race of so many, and "no endorsement"."""
    names = [f"Candidate {number:02}" for number in range(1, candidates + 1)]
    table = {"id": "race", "title": "A race", "kind": "ranked", "candidates": names}
    return contest_from(table, "race")


def decided(contest: Contest, ballots: Ballots) -> tuple[Result, list[Decision]]:
    """The result, and the decisions it took to come there: always the last of the tied goes."""
    decisions: list[Decision] = []
    while True:
        result = count(contest, ballots, EDITION, decisions=decisions)
        assert check(contest, ballots, EDITION, result, decisions) == ()
        if (asked := result.question) is None:
            return result, decisions
        assert len(decisions) < len(contest.race.choices)
        decisions.append(Decision(frozenset(asked.tied), max(asked.tied), "the last by name goes"))


@pytest.mark.parametrize("candidates", [10, 15, 40])
def test_one_ballot_each_is_a_question_and_no_bug(candidates: int) -> None:
    """Ten such candidates once ended in "two counts disagree"."""
    contest = race(candidates)
    ballots: Ballots = Counter({(place,): 1 for place in range(candidates)})
    result = count(contest, ballots, EDITION)
    assert result.question
    assert (result.question.explanation, dict(result.question.branches)) == (TOO_MANY, {})
    assert check(contest, ballots, EDITION, result) == ()


def test_decisions_lead_through_more_ties_than_are_counted() -> None:
    with patch.object(rules, "MOST_POSITIONS", 30):
        ended, decisions = decided(race(8), Counter({(place,): 1 for place in range(8)}))
    assert str(ended.outcome) == "no consensus"
    assert len(decisions) > 1


@pytest.mark.parametrize("seed", range(6))
def test_fifteen_candidates_and_fifteen_ballots(seed: int) -> None:
    contest, chance = race(15), Random(seed)  # noqa: S311 - the same each time
    ballots: Ballots = Counter()
    for _ in range(15):
        ballots[tuple(chance.sample(range(15), chance.randint(1, 15)))] += 1
    assert check(contest, ballots, EDITION, count(contest, ballots, EDITION)) == ()


def test_thirty_candidates_whom_nobody_marks_are_counted_out() -> None:
    """All of them are alike: one branch stands for each tie."""
    result, decisions = decided(race(30), Counter({(0,): 55, (1,): 45}))
    assert (str(result.outcome), decisions) == ("no consensus", [])


@pytest.mark.parametrize("most", [0, 1, 2, 3, 5, 8, 13, 40])
@settings(deadline=None, max_examples=30)
@given(election=elections())
def test_both_counts_stop_at_the_same_limit(most: int, election: tuple[Contest, Ballots]) -> None:
    with patch.object(rules, "MOST_POSITIONS", most):
        contest, ballots = election
        result = count(contest, ballots, EDITION)
        assert check(contest, ballots, EDITION, result) == ()


@settings(deadline=None, max_examples=60)
@given(st.integers(6, 12), st.randoms(use_true_random=False), st.integers(1, 14))
def test_up_to_twelve_candidates_and_few_ballots(n: int, chance: Random, voters: int) -> None:
    ballots: Ballots = Counter()
    for _ in range(voters):
        ballots[tuple(chance.sample(range(n), chance.randint(0, 4)))] += chance.randint(1, 2)
    with patch.object(rules, "MOST_POSITIONS", chance.choice([3, 30, 100])):
        contest = race(n)
        assert check(contest, ballots, EDITION, count(contest, ballots, EDITION)) == ()
