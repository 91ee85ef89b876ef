"""Dues to Progressive Mass and living in Jamaica Plain: encouraged, and not required."""

import pytest

from models.intake.columns import COLUMNS
from models.intake.tables import Table, table_from
from tests.models.invented import JPP, entry, gathered, registered, volunteered

ANN = "ann@example.org"


def answers(question: str, answer: str) -> Table:
    """A membership form that asks more than the program reads."""
    grid = [["Name", "Email address", question], ["Ann Alder", ANN, answer]]
    return table_from("Registrations", grid, COLUMNS["registrations"], "America/New_York")


@pytest.mark.parametrize("dues", ["Yes", "No", "", "next month, promised"])
def test_a_vote_does_not_depend_on_dues(dues: str) -> None:
    """VM-3"""
    facts = gathered(
        answers("Dues paid", dues),
        today="2025-12-01",
        volunteers=[volunteered("2025-10-18", "Phone bank", ANN)],
    )
    assert entry(facts, ANN).standing.can_vote


@pytest.mark.parametrize("district", ["10th Suffolk", "Somerville", ""])
def test_a_vote_does_not_depend_on_where_one_lives(district: str) -> None:
    """VM-3"""
    facts = gathered(
        today="2025-12-01",
        registrations=[registered("Ann Alder", ANN, district=district)],
        volunteers=[volunteered("2025-10-18", "Phone bank", ANN)],
    )
    assert entry(facts, ANN).standing.can_vote


@pytest.mark.parametrize("voter", ["Yes", "No", ""])
def test_a_vote_does_not_depend_on_being_a_registered_voter(voter: str) -> None:
    """VM-3"""
    facts = gathered(
        answers("Registered voter", voter),
        today="2025-12-01",
        volunteers=[volunteered("2025-10-18", "Phone bank", ANN)],
    )
    assert entry(facts, ANN).standing.can_vote


@pytest.mark.parametrize("dues", ["Yes", "No"])
def test_paying_dues_alone_gives_no_vote(dues: str) -> None:
    """VM-3"""
    facts = gathered(answers("Dues paid", dues), today="2025-12-01")
    assert not entry(facts, ANN).standing.can_vote


def test_no_rule_of_membership_speaks_of_dues_or_residency() -> None:
    """VM-3"""
    for edition in JPP.editions:
        asked = [each.condition for each in edition.membership.conditions()]
        assert asked == ["events", "volunteered"]


@pytest.mark.parametrize("question", ["Dues paid", "Registered voter", "Employer"])
def test_a_column_of_the_registrations_that_no_rule_uses_is_not_read(question: str) -> None:
    """DP-5"""
    table = answers(question, "quixotic")
    assert table.fields == ("name", "address")
    assert table.rows == [["Ann Alder", ANN]]
    assert "quixotic" not in repr((table.notes, gathered(table, today="2025-12-01")))
