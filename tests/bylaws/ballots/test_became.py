"""A voter can be told what became of their ballot, and never what it said"""

import pytest

from models.ballots.boxes import RejectionReason, Voter, classify_ballots
from models.ballots.received import Code, Received
from models.votes.became import Became, Taken, became_of, one_error_away
from tests.bylaws.ballots.test_boxes import CLOSES, DAY, OPENS, WINDOW, row

CODE = "CDFH-JKMN-PRTV"
MINE = Code.parse(CODE)
ROLL = {
    MINE: Voter(number=1),
    Code.parse("2345-6789-CDFH"): Voter(number=2),
    Code.parse("WXYW-XYWX-YWXY"): Voter(number=3, on_roll=False),
}


def mine(*rows: Received, code: Code = MINE) -> list[str]:
    """What became of the rows that bear the code, in words."""
    return [str(one.box) for one in became_of([code], rows, classify_ballots(rows, ROLL, WINDOW))]


def near(*typed: str) -> list[Became]:
    """The rows that are one typing error away from the code."""
    rows = [row(number, code) for number, code in enumerate(typed, start=2)]
    return list(one_error_away([MINE], rows, classify_ballots(rows, ROLL, WINDOW), ROLL))


def test_it_was_counted_or_superseded_by_a_later_one() -> None:
    """BA-8"""
    rows = row(2, CODE), row(3, CODE, OPENS + 2 * DAY), row(4, "2345-6789-CDFH")
    assert mine(*rows) == [Taken.SUPERSEDED, Taken.COUNTED]


def test_it_was_set_aside_with_the_reason() -> None:
    """BA-8, BA-2"""
    rows = row(2, CODE, OPENS - DAY), row(3, CODE, CLOSES), row(4, CODE, None)
    assert mine(*rows) == [RejectionReason.EARLY, RejectionReason.LATE, RejectionReason.UNREADABLE]
    struck = "WXYW-XYWX-YWXY"
    assert mine(row(2, struck), code=Code.parse(struck)) == [RejectionReason.NOT_ON_ROLL]


def test_of_two_codes_of_one_person_both_are_theirs() -> None:
    """BA-8, BA-1"""
    roll = {MINE: Voter(number=7), Code.parse("old-1"): Voter(number=7)}
    rows = row(2, "old-1"), row(3, CODE)
    told = became_of(list(roll), rows, classify_ballots(rows, roll, WINDOW))
    assert [one.box for one in told] == [Taken.SUPERSEDED, Taken.COUNTED]


@pytest.mark.parametrize(
    "typed",
    ["CDFH-JKMN-PRTX", "CDFHJKMNPRT", "CDFHJKMNPRTVV", "DCFHJKMNPRTV", "0DFH-JKMN-PRTV"],
)
def test_a_code_one_typing_error_from_theirs_is_told_with_its_time(typed: str) -> None:
    """BA-8"""
    assert near(typed) == [Became(at=OPENS + DAY, box=RejectionReason.UNKNOWN_CODE)]


@pytest.mark.parametrize(
    "typed", [CODE, "FDCH-JKMN-PRTV", "CDFH-JKMN-PRXX", "2345-6789-CDFH", "CDFH", None]
)
def test_a_code_that_is_theirs_or_farther_away_is_not(typed: str | None) -> None:
    """BA-8"""
    rows = [row(2, typed)]
    assert one_error_away([MINE], rows, classify_ballots(rows, ROLL, WINDOW), ROLL) == ()


def test_a_code_that_somebody_else_holds_is_not_told_as_an_error() -> None:
    """BA-8"""
    other = Code.parse("CDFH-JKMN-PRTX")
    rows, roll = [row(2, "CDFH-JKMN-PRTX")], ROLL | {other: Voter(number=9)}
    assert one_error_away([MINE], rows, classify_ballots(rows, roll, WINDOW), roll) == ()


def test_what_it_said_is_nowhere_in_the_answer() -> None:
    """BA-8, BA-5"""
    assert set(Became.model_fields) == {"at", "box"}
