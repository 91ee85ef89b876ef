"""A ballot's path, and ballots moving between choices."""

from dataclasses import replace

import pytest

from models.bylaws.tally_rules import Base, ContestChoices, CountRules, Overvotes, Threshold
from models.errors import FixTheData
from models.tally.ballot_piles import (
    EXHAUSTED_END,
    OVERVOTE_END,
    REPEAT_END,
    SKIP_END,
    Piles,
    path_of,
)
from models.tally.outcome import Inactive
from models.tally.rankings import OVERVOTE, SKIPPED, Ranking, canonical

RULES = CountRules(Threshold(1, 2), Base.CONTINUING, exhaust_on_repeat=True, max_skipped=1)
AB = frozenset({0, 1})


@pytest.mark.parametrize(
    ("ranking", "path"),
    [
        ((), ()),
        ((SKIPPED, SKIPPED), ()),
        ((2, 0), (2, 0)),
        ((2, SKIPPED, 0), (2, 0)),
        ((2, SKIPPED, SKIPPED, 0), (2, SKIP_END)),
        ((2, SKIPPED, SKIPPED), (2,)),
        ((2, SKIPPED, 0, SKIPPED, 1), (2, 0, 1)),  # each gap is asked by itself
        ((2, 0, 2, 1), (2, 0, REPEAT_END)),
        ((2, AB, 0), (2, OVERVOTE_END)),
        ((2, OVERVOTE, 0), (2, OVERVOTE_END)),
        ((0, SKIPPED, SKIPPED, AB), (0, SKIP_END)),  # skipped is asked before repeated
        ((0, AB), (0, REPEAT_END)),  # and repeated before over-voted
    ],
)
def test_an_error_ends_the_path_with_its_cause(ranking: Ranking, path: Ranking) -> None:
    assert path_of(ranking, RULES) == path


def test_an_over_vote_that_is_skipped_still_says_its_choices_were_ranked() -> None:
    rules = replace(RULES, overvotes=Overvotes.SKIP)
    assert path_of((AB, 2, 0), rules) == (2, REPEAT_END)
    assert path_of((OVERVOTE, 2, OVERVOTE, 0), rules) == (2, REPEAT_END)


def test_a_ballot_of_skipped_over_votes_alone_is_exhausted_and_not_blank() -> None:
    rules = replace(RULES, overvotes=Overvotes.SKIP)
    assert path_of((AB,), rules) == (EXHAUSTED_END,)
    assert Piles.of({(AB,): 3}, ContestChoices(("A", "B")), rules).inactive == Inactive(exhausted=3)


def test_ranks_beyond_the_last_are_not_read() -> None:
    assert path_of((0, 1, 2), replace(RULES, max_ranks=2)) == (0, 1)


def test_an_over_vote_counts_when_one_of_its_choices_is_left() -> None:
    rules = replace(RULES, overvotes=Overvotes.EXHAUST_IF_SEVERAL_CONTINUE)
    start = Piles.of({(2, AB): 3, (0,): 4, (1,): 5}, ContestChoices(("A", "B", "C")), rules)
    after_c, _ = start.without((2,))
    assert after_c.inactive == Inactive(overvotes=3)
    after_a, _ = start.without((0,))
    after_both, moves = after_a.without((2,))
    assert (after_both.tally, moves[2][1]) == ({1: 8}, 3)


@pytest.mark.parametrize("ranking", [(2,), (0, -7), (frozenset({0, 2}),)])
def test_a_place_that_is_no_choice_is_never_taken_for_an_exhausted_ballot(
    ranking: Ranking,
) -> None:
    with pytest.raises(FixTheData, match="not a choice in this contest"):
        Piles.of({ranking: 1}, ContestChoices(("A", "B")), RULES)


def test_an_excluded_choice_never_has_a_ballot() -> None:
    start = Piles.of(
        {(0, 1): 3, (0,): 2}, ContestChoices(("A", "B"), excluded=frozenset({0})), RULES
    )
    assert (start.tally, start.inactive) == ({1: 3}, Inactive(exhausted=2))


def test_the_same_elimination_is_computed_once() -> None:
    start = Piles.of({(0, 1): 3, (1,): 2}, ContestChoices(("A", "B")), RULES)
    assert start.without((0,))[0] is start.without((0,))[0]


def test_what_comes_after_leaves_what_was_before_as_it_was() -> None:
    start = Piles.of({(0, 1): 3, (1, 0): 2, (2, 0): 1}, ContestChoices(("A", "B", "C")), RULES)
    start.without((2,))
    start.without((0,))
    assert start.tally == {0: 3, 1: 2, 2: 1}
    assert start.without((2,))[0].tally == {0: 4, 1: 2}


@pytest.mark.parametrize(
    ("ranking", "short"),
    [
        ((0, SKIPPED), (0,)),
        ((SKIPPED,), ()),
        ((frozenset({1}), frozenset[int]()), (1,)),
        ((SKIPPED, AB), (SKIPPED, AB)),
    ],
)
def test_a_ranking_has_one_shortest_spelling(ranking: Ranking, short: Ranking) -> None:
    assert canonical(ranking) == short
