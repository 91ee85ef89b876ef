"""Amendments: a vote is counted by the edition of the bylaws in force on its record date."""

import tomllib

import pytest

from models.bylaws.rules import bylaws_from
from models.tally.count import count
from tests.bylaws.votes import contest
from tests.models.bylaws.texts import ONE, amendment
from tests.models.invented import day

TWO_THIRDS = bylaws_from(tomllib.loads(ONE + amendment("2027-01-01", "2/3")), "a test")
"""From 2027 on an endorsement needs more than two thirds."""


@pytest.mark.parametrize(
    ("record_date", "outcome"),
    [("2026-12-31", "endorsed: A"), ("2027-01-01", "no consensus")],
)
def test_the_bar_is_that_of_the_edition_in_force_on_the_record_date(
    record_date: str, outcome: str
) -> None:
    """EN-4, VM-R3: 65 of 100 votes, before and after an amendment to two thirds."""
    rules = TWO_THIRDS.in_force(day(record_date)).counting
    result = count(contest("single-choice"), {(0,): 65, (1,): 35}, rules)
    assert str(result.outcome) == outcome
