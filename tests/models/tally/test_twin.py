"""The twin notices a wrong count."""

from dataclasses import replace
from typing import Any

import pytest

from models.bylaws.tally_rules import Comparison
from models.tally.count import count
from models.tally.cross_check import check
from models.tally.outcome import Inactive, Outcome, OutcomeKind, Result
from tests.bylaws.votes import ballots, contest, vote
from tests.cases.reading import EDITION

VOTES = "40 A; 35 B>A; 25 C>No endorsement"
RIGHT = vote(VOTES)
RACE = contest("ranked")


def told(result: Result) -> tuple[str, ...]:
    """What the twin says of a result."""
    return check(RACE, ballots(RACE, VOTES), EDITION, result)


def test_it_agrees_with_a_right_count() -> None:
    assert told(RIGHT) == ()


@pytest.mark.parametrize("name", ["nobody", "an open tie of A, B"])
def test_it_agrees_whatever_a_candidate_is_called(name: str) -> None:
    race = contest("ranked", candidates=[name, "B", "C"])
    cast = {(0,): 9, (1,): 1}
    result = count(race, cast, EDITION)
    assert result.outcome == Outcome(OutcomeKind.ENDORSED, (name,))
    assert check(race, cast, EDITION, result) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tally": {"A": 41, "B": 35, "C": 24, "No endorsement": 0}}, "round 1, tally"),
        ({"threshold": 60}, "round 1, threshold: 60, the second count has 61"),
        ({"eliminated": ("B",)}, "round 1, eliminated"),
        ({"elected": ("A",)}, "round 1, elected"),
        ({"inactive": Inactive(exhausted=1)}, "round 1, exhausted: 1, the second count has 0"),
    ],
)
def test_it_notices_a_wrong_round(change: dict[str, Any], said: str) -> None:
    first, *others = RIGHT.rounds
    wrong = replace(RIGHT, rounds=(replace(first, **change), *others))
    assert any(words.startswith(said) for words in told(wrong))


@pytest.mark.parametrize(
    "wrong",
    [
        Outcome(OutcomeKind.ENDORSED, ("B",)),
        Outcome(OutcomeKind.NO_CONSENSUS),
        Outcome(OutcomeKind.OPEN_TIE, ("A", "B")),
    ],
)
def test_it_notices_a_wrong_outcome(wrong: Outcome) -> None:
    assert [words.split(":")[0] for words in told(replace(RIGHT, outcome=wrong))] == ["outcome"]


def test_it_notices_a_missing_round() -> None:
    assert told(replace(RIGHT, rounds=RIGHT.rounds[:-1])) == ("2 rounds, the second count has 3",)


def test_it_notices_other_ballots() -> None:
    assert check(RACE, ballots(RACE, "41 A; 34 B>A; 25 C"), EDITION, RIGHT) != ()


def test_it_notices_wrong_seats_and_wrong_decisions() -> None:
    seats = contest("approval", seats=2)
    right = vote("6 A|B; 2 A|C; 1 B", "approval", seats=2)
    wrong = replace(right, rounds=(replace(right.rounds[0], elected=("A", "C")),))
    cast = ballots(seats, "6 A|B; 2 A|C; 1 B")
    assert check(seats, cast, EDITION, right) == ()
    assert check(seats, cast, EDITION, wrong) == ("the seats differ",)
    item = contest("committee", active=9)
    result = vote("6 Yes; 3 No", "committee", active=9)
    refused = replace(result, outcome=Outcome(OutcomeKind.NOT_ADOPTED))
    assert check(item, ballots(item, "6 Yes; 3 No"), EDITION, result) == ()
    assert check(item, ballots(item, "6 Yes; 3 No"), EDITION, refused) != ()


@pytest.mark.parametrize(
    ("comparison", "end"), [(Comparison.MORE, "not adopted"), (Comparison.LEAST, "adopted")]
)
def test_it_takes_half_of_a_recall_as_the_edition_does(comparison: Comparison, end: str) -> None:
    """SC-R4"""
    rules = EDITION.committee
    recall = rules.recall_comparison.model_copy(update={"value": comparison})
    committee = rules.model_copy(update={"recall_comparison": recall})
    edition = EDITION.model_copy(update={"committee": committee})
    race = contest("committee", needs="recall", active=11, recused=1)
    half = ballots(race, "5 Yes; 5 No")
    result = count(race, half, edition)
    assert str(result.outcome) == end
    assert check(race, half, edition, result) == ()
