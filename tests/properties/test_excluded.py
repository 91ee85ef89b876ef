"""Who withdrew is passed over, by every count, as if the name were on no ballot (EN-R11).

Three counts: with the name excluded, naively with the name excluded, and of ballots from which the
name was taken, in a contest that never had it. Few ballots and up to twelve candidates: ties are
what goes wrong.
"""

from collections import Counter
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.bylaws import tally_rules as rules
from models.contests.contest import Contest, contest_from
from models.tally.count import count
from models.tally.cross_check import check
from models.tally.outcome import Decision, Result
from models.tally.rankings import OVERVOTE, Ranking
from tests.cases.reading import EDITION
from tests.properties.elections import Ballots, ballots

MOST = 12


def race(candidates: int, excluded: frozenset[int], **more: Any) -> Contest:
    """A race of so many, of whom some withdrew."""
    names = [f"Candidate {number:02}" for number in range(1, candidates + 1)]
    gone = [names[place] for place in sorted(excluded)]
    table = {"id": "race", "title": "A race", "candidates": names, "excluded": gone}
    return contest_from({"kind": "ranked", **table, **more}, "race")


def without(contest: Contest) -> tuple[Contest, dict[int, int]]:
    """The same contest as if they had never stood; each old place with the new one."""
    gone = contest.race.excluded
    stay = [place for place in range(len(contest.choices)) if place not in gone]
    names = [contest.choices[place] for place in stay if place != contest.race.stop_line]
    other = contest.model_copy(update={"candidates": tuple(names), "excluded": ()})
    return other, {old: new for new, old in enumerate(stay)}


def taken_off(cast: Ballots, places: dict[int, int]) -> Ballots:
    """The ballots without the names; who marked nobody else marked the race all the same."""
    found: Ballots = Counter()
    for ranking, votes in cast.items():
        left: Ranking = tuple(places[c] for c in ranking if isinstance(c, int) and c in places)
        found[left if left or not ranking else (OVERVOTE,)] += votes
    return found


def told(result: Result) -> list[tuple[Any, ...]]:
    return [
        (dict(one.tally), one.base, one.threshold, one.elected, one.eliminated)
        for one in result.rounds
    ]


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Contest, Ballots]:
    """Two candidates at least are left; ballots without a mistake."""
    many = draw(st.integers(3, MOST))
    gone = draw(st.integers(1, min(3, many - 2)))
    chance = Random(draw(st.integers(0, 10**6)))  # noqa: S311 - it settles nothing
    contest = race(many, frozenset(chance.sample(range(many), gone)))
    cast: Ballots = Counter()
    for _ in range(draw(st.integers(0, 14))):
        marked = chance.sample(range(many + 1), chance.randint(0, min(5, many)))
        cast[tuple(marked)] += chance.randint(1, 3)
    return contest, cast


@settings(deadline=None, max_examples=120)
@given(drawn())
def test_a_ballot_goes_on_as_if_the_name_were_not_on_it(election: tuple[Contest, Ballots]) -> None:
    contest, cast = election
    with patch.object(rules, "MOST_POSITIONS", 60):
        result = count(contest, cast, EDITION)
        assert check(contest, cast, EDITION, result) == ()
        other, places = without(contest)
        if len(other.choices) > EDITION.ranked.fewest_candidates.value:  # else it is not ranked
            same = count(other, taken_off(cast, places), EDITION)
            assert told(result) == told(same)
            assert result.outcome == same.outcome
    assert not set(result.excluded) & set(result.rounds[0].tally)
    assert result.sums.blank == cast[()]


@settings(deadline=None, max_examples=60)
@given(drawn())
def test_recorded_decisions_lead_through_every_tie(election: tuple[Contest, Ballots]) -> None:
    """Both counts agree at each of them, whoever is taken."""
    contest, cast = election
    decisions: list[Decision] = []
    with patch.object(rules, "MOST_POSITIONS", 20):
        while asked := (result := count(contest, cast, EDITION, decisions=decisions)).question:
            assert check(contest, cast, EDITION, result, decisions) == ()
            assert not set(asked.tied) & set(result.excluded)
            decisions.append(Decision(frozenset(asked.tied), min(asked.tied), "the first by name"))
    assert check(contest, cast, EDITION, result, decisions) == ()


@pytest.mark.parametrize("mistakes", [True, False])
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_by_approval_both_counts_agree_and_seat_nobody_who_withdrew(
    mistakes: bool, data: st.DataObject
) -> None:
    """SC-3"""
    many = data.draw(st.integers(3, 6))
    gone = frozenset(data.draw(st.permutations(range(many)))[: data.draw(st.integers(0, many - 2))])
    contest = race(many, gone, kind="approval", seats=data.draw(st.integers(1, 3)))
    cast = data.draw(ballots(many, errors=mistakes, longest=1))
    cast = Counter({ranking[:1]: votes for ranking, votes in cast.items()})
    result = count(contest, cast, EDITION)
    assert check(contest, cast, EDITION, result) == ()
    assert not set(result.outcome.choices) & set(result.excluded)
    (one,) = result.rounds
    assert one.base == result.sums.counted
    assert one.inactive.undervotes == result.sums.blank


def test_a_ballot_with_the_withdrawn_alone_stays_in_the_base() -> None:
    """EN-R1: 60 of 100 that marked the race are not more than 60%; of 90 they would be."""
    contest = race(4, frozenset({0}))
    result = count(contest, Counter({(0,): 10, (1,): 60, (2,): 30}), EDITION)
    assert str(result.outcome) == "no consensus"
    first = result.rounds[0]
    assert (first.base, first.inactive.exhausted, result.sums.blank) == (100, 10, 0)


def test_by_approval_it_stays_in_the_base_too() -> None:
    """SC-3: 12 of 20 are no two thirds; of 18 they would be."""
    contest = race(3, frozenset({0}), kind="approval", seats=2)
    cast: Ballots = Counter({(0,): 2, (1,): 12, (frozenset({0, 2}),): 6})
    result = count(contest, cast, EDITION)
    assert str(result.outcome) == "no consensus"
    first = result.rounds[0]
    assert (first.base, dict(first.tally)) == (20, {"Candidate 02": 12, "Candidate 03": 6})
    assert first.inactive.exhausted == 2
    assert check(contest, cast, EDITION, result) == ()
