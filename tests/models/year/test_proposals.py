"""Whose proposals count, and what is asked about the others (SC-7)."""

import pytest

from models.ballots.received import Code
from models.intake.locations import ReviewItem
from models.intake.people import PersonId
from models.intake.tables import Cell
from models.privacy import Email
from models.year.proposals import PriorityProposal, accepted
from tests.models.year.reading import read, told

ANN, BEN = PersonId("p1"), PersonId("p2")
CODES = {ANN: Code("CODEOFANN234"), BEN: Code("CODEOFBEN234")}
VOTING = {
    Email.parse("ann@example.org"): ANN,
    Email.parse("ann@work.example.org"): ANN,
    Email.parse("ben@example.org"): BEN,
}


def judged(*rows: list[Cell], sent: bool = True) -> tuple[list[PriorityProposal], list[ReviewItem]]:
    book = read("proposals", *rows)
    assert not book.review
    review: list[ReviewItem] = []
    found = accepted(book.proposals, VOTING, CODES.__getitem__ if sent else None, review)
    return list(found), review


def test_a_proposal_with_the_members_own_code_counts_by_any_address_of_theirs() -> None:
    found, review = judged(
        ["2027-01-02 10:00", "ann@example.org", "Rents", "code-ofann-234"],
        ["2027-01-03 10:00", "Ann@work.example.org", "Trees", "CODEOFANN234"],
    )
    assert ([one.text for one in found], review) == (["Rents", "Trees"], [])


@pytest.mark.parametrize(
    ("address", "code", "sent", "reason"),
    [
        ("ann@example.org", None, True, "has no code from an email"),
        ("ann@example.org", "CODEOFBEN234", True, "the code is not this member's"),
        ("ann@example.org", "?", True, "the code is not this member's"),
        ("ann@example.org", "CODEOFANN234", False, "no email with codes was sent yet"),
        ("eve@example.org", "CODEOFANN234", True, "not a voting member's"),
    ],
)
def test_any_other_is_a_question_that_names_the_row_and_nobody(
    address: str, code: str | None, sent: bool, reason: str
) -> None:
    found, (item,) = judged(["2027-01-02", address, "Rents", code], sent=sent)
    assert found == []
    assert (item.weight.value, item.place.cell, item.rule) == ("question", "2:2", "SC-7")
    assert reason in item.reason
    assert "@" not in f"{item.reason} {item.next_step}"


def test_the_question_is_answered_when_an_officer_has_asked_the_member() -> None:
    found, review = judged(["2027-01-02", "ben@example.org", "Trees", None, "Olive Officer"])
    assert ([one.text for one in found], review) == (["Trees"], [])
    _, review = judged(["2027-01-02", "eve@example.org", "Trees", None, "Olive Officer"])
    assert len(review) == 1, "an officer's word makes nobody a voting member"


def test_the_same_text_of_a_member_is_proposed_once_and_of_two_members_twice() -> None:
    mine: list[Cell] = ["2027-01-02", "ann@example.org", "Rents", "CODEOFANN234"]
    found, review = judged(
        mine,
        ["2027-01-03", "ann@example.org", "  rents ", "CODEOFANN234"],
        ["2027-01-04", "ben@example.org", "Rents", "CODEOFBEN234"],
    )
    assert ([one.address for one in found], review) == (
        [Email.parse("ann@example.org"), Email.parse("ben@example.org")],
        [],
    )


def test_they_stand_in_the_order_in_which_they_came() -> None:
    found, _ = judged(
        ["2027-01-03", "ann@example.org", "Later", "CODEOFANN234"],
        ["2027-01-02", "ann@example.org", "First", "CODEOFANN234"],
    )
    assert [one.text for one in found] == ["First", "Later"]


def test_a_row_that_cannot_be_a_proposal_says_why_by_its_cell() -> None:
    book = read(
        "proposals",
        ["2027-01-02", "ann at home", "Rents"],
        ["2027-01-02", "ann@example.org", None, "X"],
        ["2027-01-02", "ann@example.org", "x" * 1001],
        ["2027-01-02", "ann@example.org", "x" * 1000],
    )
    assert len(book.proposals) == 1
    assert [(weight, cell) for weight, cell, _ in told(book)] == [
        ("set aside", "B2"),
        ("set aside", "C3"),
        ("question", "C4"),
    ]
    assert "1001 characters" in told(book)[2][2]


def test_an_address_in_a_text_is_dots() -> None:
    (one,) = read(
        "proposals", ["2027-01-02", "ann@example.org", "Write to eve@example.org"]
    ).proposals
    assert "@" not in one.text
    assert "ann@" not in repr(one)
