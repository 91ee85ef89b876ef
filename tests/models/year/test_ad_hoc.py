"""The ad hoc committee: both sides, whom nobody knows, and until when (SC-8)."""

from datetime import date

import pytest

from models.intake.tables import Cell
from models.year.ad_hoc import AdHocMember, Standing, reasons
from tests.models.year.reading import read, told

ANN: list[Cell] = ["Ann Alder", None, "committee"]
BEN: list[Cell] = ["Ben Birch", "ben@example.org", "Voting members"]


def missing(*rows: list[Cell], stands: Standing = "holds") -> list[str]:
    book = read("ad_hoc", *rows)
    assert not book.review

    def belongs(one: AdHocMember) -> Standing:
        return stands if one.name.startswith("Ben") else "holds"

    return [one.fact for one in reasons(book.ad_hoc, belongs) if not one.holds]


def test_both_sides_are_needed() -> None:
    assert missing() == ["nobody is named for the ad hoc committee yet"]
    assert missing(ANN) == ["the ad hoc committee has nobody from the voting members"]
    assert missing(BEN) == ["the ad hoc committee has nobody from the committee"]
    assert missing(ANN, BEN) == []


@pytest.mark.parametrize(
    ("stands", "fact"),
    [
        ("fails", "Ben Birch sits for the voting members, and is not one"),
        ("unclear", "Ben Birch is a name that several people have; add the address"),
    ],
)
def test_who_sits_for_a_side_belongs_to_it(stands: Standing, fact: str) -> None:
    assert missing(ANN, BEN, stands=stands) == [fact]


def test_it_is_done_with_a_vote_when_a_row_says_so_on_or_after_its_day() -> None:
    book = read("ad_hoc", ANN, [*BEN, None, "2027-01-09"])
    assert book.ad_hoc.closed == date(2027, 1, 9)
    assert book.ad_hoc.is_done_with(date(2027, 1, 9))
    assert not book.ad_hoc.is_done_with(date(2027, 1, 10)), "that was an earlier one"
    assert not read("ad_hoc", ANN).ad_hoc.is_done_with(date(2020, 1, 1))


def test_the_rows_of_an_earlier_one_do_not_make_up_the_next() -> None:
    """SC-8: only a vote after every day of closing leaves it open."""
    closed = [None, "2026-04-01"]
    assert missing([*ANN, *closed], [*BEN, *closed]) == [
        "nobody is named for the ad hoc committee yet"
    ]
    old: list[Cell] = [*ANN, "2026-02-01"]
    assert missing(old, [*BEN, *closed]) == ["nobody is named for the ad hoc committee yet"]
    new: list[Cell] = ["Cy Cole", None, "committee", "2027-01-05"]
    assert missing(new, [*BEN, *closed]) == [
        "the ad hoc committee has nobody from the voting members"
    ]
    assert missing(new, ANN, [*BEN, *closed])[1].startswith(
        "Ann Alder: an earlier ad hoc committee closed on April 1, 2026; delete the row"
    )


@pytest.mark.parametrize(
    ("row", "cell", "reason"),
    [
        ([None, None, "committee", "2027-01-02"], "A2", "the member's name is missing"),
        (["Ann", None, None], "C2", "the side is missing"),
        (["Ann", None, "officers"], "C2", "neither side"),
        ([*ANN, "2027-01-11"], "D2", "has not come yet"),
        ([*ANN, None, "2027-01-11"], "E2", "has not come yet"),
    ],
)
def test_a_row_that_cannot_be_used_says_why_by_its_cell(
    row: list[Cell], cell: str, reason: str
) -> None:
    book = read("ad_hoc", row)
    assert not book.ad_hoc.members
    (found,) = told(book)
    assert found[1] == cell
    assert reason in found[2]
