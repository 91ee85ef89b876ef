"""What the committee makes of the proposals, and what contradicts itself (SC-7)."""

import pytest

from models.intake.locations import ReviewItem
from models.intake.tables import Cell
from models.year.moderation import Moderation, moderate
from tests.models.year.reading import read, told

PROPOSED = {1: "Rents", 2: "Rent control", 3: "Trees", 4: "Buses"}


def moderated(*rows: list[Cell]) -> tuple[Moderation, list[str]]:
    book = read("priorities", *rows)
    assert not book.review
    review: list[ReviewItem] = []
    made = moderate(book.moderated, PROPOSED, review)
    assert all(one.rule == "SC-7" and one.next_step for one in review)
    return made, [f"{one.place.cell} {one.reason}" for one in review]


def test_a_number_of_an_earlier_call_says_nothing_of_this_one() -> None:
    review: list[ReviewItem] = []
    book = read("priorities", [1, "keep"], [2, "drop"], [3, "keep"])
    made = moderate(book.moderated, {3: "Trees", 4: "Buses"}, review, earlier=2)
    assert [one.number for one in made.kept] == [3]
    assert (made.dropped, made.waiting) == ((), (4,))
    assert [one.reason for one in review] == [
        "proposal 1 is of an earlier call for proposals; the row is not used",
        "proposal 2 is of an earlier call for proposals; the row is not used",
    ]


def test_kept_merged_dropped_and_not_moderated_yet() -> None:
    made, review = moderated(
        [1, "keep", None, "Rents that people can pay"], ["#2", "Merge", 1], [3.0, "drop"]
    )
    assert review == []
    assert [(one.number, one.text, one.merged) for one in made.kept] == [
        (1, "Rents that people can pay", (2,))
    ]
    assert (made.dropped, made.waiting) == ((3,), (4,))


def test_the_order_of_the_rows_makes_no_difference() -> None:
    made, review = moderated([4, "keep"], [2, "merge", 1], [1, "keep"], [3, "keep"])
    assert ([one.number for one in made.kept], review) == ([1, 3, 4], [])
    assert made.kept[0].text == "Rents", "the member's own words where the committee has none"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[9, "keep"]], "2:2 there is no proposal 9"),
        ([[1, "merge", 1]], "2:2 proposal 1 is merged with itself"),
        ([[1, "merge", 9]], "2:2 it is merged with proposal 9, which does not exist"),
        ([[1, "merge", 2]], "2:2 it is merged with proposal 2, which is not moderated"),
        ([[1, "merge", 2], [2, "drop"]], "2:2 it is merged with proposal 2, which is dropped"),
        (
            [[1, "merge", 2], [2, "merge", 3], [3, "keep"]],
            "2:2 it is merged with proposal 2, which is itself merged",
        ),
        ([[1, "keep"], [1, "drop"]], "3:3 proposal 1 has two rows that disagree"),
    ],
)
def test_what_contradicts_itself_is_a_question(rows: list[list[Cell]], reason: str) -> None:
    made, review = moderated(*rows)
    assert review == [f"{reason}; the row is not used"]
    assert 1 in made.waiting, "it is not moderated until that is answered"


def test_two_that_are_merged_with_each_other_are_both_asked_about() -> None:
    made, review = moderated([1, "merge", 2], [2, "merge", 1])
    assert len(review) == 2
    assert made.kept == ()


def test_the_same_row_twice_is_one() -> None:
    made, review = moderated([1, "keep"], ["1", "Keep"])
    assert ([one.number for one in made.kept], review) == ([1], [])


@pytest.mark.parametrize(
    ("row", "cell", "reason"),
    [
        ([None, "keep"], "A2", "the number of the proposal is missing"),
        (["first", "keep"], "A2", "not the number of a proposal"),
        ([1.5, "keep"], "A2", "not the number of a proposal"),
        ([1, "perhaps"], "B2", "not a decision"),
        ([1, "merge"], "C2", "that this one becomes a part of is missing"),
        ([1, "keep", 2], "C2", "the decision is keep, and another proposal is named"),
        ([1, "keep", None, "x" * 1001], "D2", "1001 characters"),
    ],
)
def test_a_row_that_cannot_be_used_says_why_by_its_cell(
    row: list[Cell], cell: str, reason: str
) -> None:
    book = read("priorities", row)
    assert not book.moderated
    (found,) = told(book)
    assert found[1] == cell
    assert reason in found[2]


def test_numbers_that_were_filled_down_without_a_decision_are_no_rows() -> None:
    book = read("priorities", [1, "keep"], [2], [3])
    assert [one.number for one in book.moderated] == [1]
    assert [weight for weight, _, _ in told(book)] == ["note"]
