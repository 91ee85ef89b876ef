"""The bar, in whole numbers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.bylaws.tally_rules import Threshold

parts = st.tuples(st.integers(1, 20), st.integers(1, 20)).filter(lambda p: p[0] <= p[1])


@pytest.mark.parametrize(
    ("votes", "base", "more_than", "enough"),
    [
        (60, 100, True, False),
        (61, 100, True, True),
        (60, 100, False, True),
        (59, 100, False, False),
        (3, 5, True, False),
        (0, 0, True, False),
        (0, 0, False, False),
        (6 * 10**30, 10**31, True, False),
        (6 * 10**30 + 1, 10**31, True, True),
    ],
)
def test_enough_is_told_exactly(votes: int, base: int, more_than: bool, enough: bool) -> None:
    assert Threshold(3, 5, more_than).reached(votes, base) is enough


@given(parts, st.integers(0, 1000), st.booleans())
def test_the_fewest_votes_are_enough_and_one_less_is_not(
    part: tuple[int, int], base: int, more_than: bool
) -> None:
    bar = Threshold(*part, more_than)
    fewest = bar.fewest(base)
    assert bar.reached(fewest, base)
    assert not bar.reached(fewest - 1, base)


@given(parts, st.integers(0, 1000), st.integers(0, 1000), st.booleans())
def test_it_is_the_comparison_of_fractions(
    part: tuple[int, int], votes: int, base: int, more_than: bool
) -> None:
    wanted = Fraction(*part) * base
    enough = votes > wanted if more_than else votes >= wanted and votes > 0
    assert Threshold(*part, more_than).reached(votes, base) is enough


def test_a_bar_reads_as_words() -> None:
    bars = [Threshold(3, 5), Threshold(3, 5, more_than=False), Threshold(2, 3, more_than=False)]
    assert list(map(str, bars)) == ["more than 60%", "at least 60%", "at least 2/3"]
