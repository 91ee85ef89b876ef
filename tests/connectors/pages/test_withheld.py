"""BA-6: nobody can be found in a published number, by subtraction neither."""

import pytest

from connectors.pages import ElectionSums, RaceReport
from connectors.pages.withheld import (
    hides_ballots,
    hides_race,
    hides_ratified,
    hides_reasons,
    of_race,
)
from models.ballots.boxes import RejectionReason
from tests.connectors.pages.invented import race, ranked


@pytest.mark.parametrize(
    ("set_aside", "hidden"),
    [
        ({}, False),
        ({RejectionReason.LATE: 12}, False),
        ({RejectionReason.LATE: 12, RejectionReason.EARLY: 10}, False),
        ({RejectionReason.LATE: 3}, True),
        ({RejectionReason.LATE: 30, RejectionReason.EARLY: 9}, True),
    ],
)
def test_the_reasons_are_one_breakdown(set_aside: dict[RejectionReason, int], hidden: bool) -> None:
    sums = ElectionSums(43 + sum(set_aside.values()), 40, 3, set_aside)
    assert hides_reasons(sums, tellers=False) is hidden
    assert not hides_reasons(sums, tellers=True)


@pytest.mark.parametrize(("ballots", "hidden"), [(0, False), (1, True), (9, True), (10, False)])
def test_a_race_of_a_few_only_says_how_it_ended(ballots: int, hidden: bool) -> None:
    report = ranked("few", "Few", {(0,): ballots})
    assert hides_race(report, tellers=False) is hidden
    assert not hides_race(report, tellers=True)


def test_a_race_that_few_marked_is_hidden_however_many_left_it_blank() -> None:
    assert hides_race(ranked("few", "Few", {(0,): 3, (): 30}), tellers=False)


def test_a_committee_and_a_public_election_are_no_members_ballots() -> None:
    motion = race({"kind": "committee", "id": "m", "title": "M", "active": 7}, {(0,): 5})
    public = ranked("p", "P", {(0,): 5}, rules="public", no_endorsement="")
    assert not hides_race(motion, tellers=False)
    assert not hides_race(public, tellers=False)


@pytest.mark.parametrize(("elsewhere", "hidden"), [(0, True), (1, True), (9, True), (10, False)])
def test_the_difference_between_two_races_shows_no_small_district(
    elsewhere: int, hidden: bool
) -> None:
    """Nor that there is nobody: else what is kept back would say that there is somebody."""
    report = race(
        {"kind": "question", "id": "q6", "title": "Q6", "districts": ["10th"]},
        {(0,): 40},
        elsewhere=elsewhere,
    )
    assert hides_ballots(report, tellers=False) is hidden
    assert not hides_ballots(report, tellers=True)


@pytest.mark.parametrize(
    ("ratified", "preferred", "hidden"),
    [(20, 20, False), (9, 20, True), (20, 9, True), (20, 0, False)],
)
def test_how_many_ratified_is_kept_back_when_either_part_is_small(
    ratified: int, preferred: int, hidden: bool
) -> None:
    table = {"kind": "ratify-or-prefer", "id": "s", "title": "S", "recommendation": "Dee",
             "candidates": ["Dee", "Eve"]}  # fmt: skip
    report: RaceReport = race(table, {(3,): ratified, (0,): preferred, (1,): 15})
    assert report.result.ratified == ratified
    assert hides_ratified(report, tellers=False) is hidden


def test_what_was_never_asked_is_not_kept_back() -> None:
    """A recommendation that nobody could ratify."""
    report = ranked("r", "R", {(0,): 3, (1,): 40}, recommendation="Ana Álvarez")
    assert of_race(report, tellers=False) == []


def test_sums_that_do_not_add_up_are_no_sums() -> None:
    with pytest.raises(ArithmeticError, match="are not 12 rows received"):
        ElectionSums(received=12, counted=9, superseded=1, set_aside={RejectionReason.LATE: 1})
