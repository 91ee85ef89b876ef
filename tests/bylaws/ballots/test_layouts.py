"""The four layouts of a ballot form, and the words people write in them"""

import pytest

from models.ballots.answers import Answer
from models.ballots.layouts import (
    rank_of,
    rows_are_candidates,
    rows_are_ranks,
    single_choice,
    yes_no,
)
from models.tally.rankings import OVERVOTE, SKIPPED
from tests.bylaws.votes import contest

NAMES = ["Ana Núñez", "Ben, Jr.", 'Cleo "Cee" O’Neil']
PLACES = contest("ranked", candidates=NAMES).places()
QUESTION = contest("question").places()


def test_rows_are_candidates_and_cells_are_ranks() -> None:
    """BA-4"""
    cells = {NAMES[0]: "2nd", NAMES[1]: "", NAMES[2]: "1st", "No endorsement": "3rd"}
    assert rows_are_candidates(cells, PLACES).ranking == (2, 0, 3)


def test_rows_are_ranks_and_cells_are_candidates() -> None:
    """BA-4"""
    assert rows_are_ranks([NAMES[2], NAMES[0], ""], PLACES).ranking == (2, 0)


def test_a_single_choice() -> None:
    """BA-4"""
    assert single_choice("  ben,  JR. ", PLACES).ranking == (1,)


@pytest.mark.parametrize(
    ("cell", "place"), [("Yes", 0), ("sí", 0), ("no", 1), ("N", 1), ("TRUE", 0)]
)
def test_a_plain_yes_or_no_in_the_usual_words(cell: str, place: int) -> None:
    """BA-4"""
    assert yes_no(cell, QUESTION).ranking == (place,)


def test_a_contest_has_its_own_words_for_yes_and_no_first() -> None:
    """BA-4"""
    own = contest(
        "up-or-down", purpose="slate", subject="S", yes="No objection", no="Yes, I object"
    )
    assert yes_no("Yes, I object", own.places()).ranking == (1,)
    assert yes_no("yes", own.places()).ranking == (0,)


@pytest.mark.parametrize(
    "words",
    [
        ("1", "2", "3", "10"),
        ("1st", "2nd", "3rd", "10th"),
        ("First", "second choice", "Third preference", "tenth"),
        ("Rank 1", "choice 2", "#3", "no. 10"),
        ("1.ª", "2ª opción", "tercera", "décima"),
        ("1ra opción", "2da", "3ra opción", "10ma"),
        ("Primer lugar", "2do lugar", "tercer lugar", "10mo lugar"),
        ("1er", "2do", "3er", "10.mo"),
        ("1ero", "segunda elección", "lugar 3", "Décimo lugar"),
    ],
)
def test_a_rank_is_known_in_many_words(words: tuple[str, ...]) -> None:
    """BA-4"""
    assert [rank_of(word) for word in words] == [1, 2, 3, 10]


@pytest.mark.parametrize("word", ["", "best", "0", "-1", "1.5", "100", "1st 2nd", "erste"])
def test_a_word_that_nobody_uses_is_no_rank(word: str) -> None:
    """BA-4"""
    assert rank_of(word) is None


def test_a_ballot_with_such_a_word_is_unreadable_and_never_guessed() -> None:
    """BA-2, BA-4"""
    answer = rows_are_candidates({NAMES[0]: "best", NAMES[1]: "1st"}, PLACES)
    assert answer == Answer(unreadable="a rank is written in an unknown word")


def test_a_name_that_is_not_on_the_ballot_makes_it_unreadable() -> None:
    """BA-2, BA-4"""
    assert rows_are_ranks([NAMES[0], "Zoe"], PLACES).unreadable == "a name is not on this ballot"
    assert rows_are_candidates({"Zoe": "1"}, PLACES).unreadable


def test_an_empty_answer_is_blank() -> None:
    """BA-2"""
    assert rows_are_ranks(["", " "], PLACES) == Answer()
    assert rows_are_candidates(dict.fromkeys(NAMES, ""), PLACES) == Answer()
    assert single_choice("", PLACES) == yes_no(" ", QUESTION) == Answer()


def test_two_candidates_at_one_rank_are_an_over_vote() -> None:
    """BA-3, BA-4"""
    cells = {NAMES[0]: "1st", NAMES[1]: "1st", NAMES[2]: "3rd"}
    assert rows_are_candidates(cells, PLACES).ranking == (frozenset({0, 1}), SKIPPED, 2)


def test_one_candidate_at_two_ranks_is_ranked_twice() -> None:
    """BA-3, BA-4"""
    assert rows_are_candidates({NAMES[0]: "1st, 2nd"}, PLACES).ranking == (0, 0)


@pytest.mark.parametrize("joint", ["|", "\n", "\r\n", ", "])
def test_several_names_in_one_cell_are_an_over_vote_though_names_hold_commas(joint: str) -> None:
    """BA-3, BA-4"""
    cell = joint.join([NAMES[1], NAMES[0]])
    assert rows_are_ranks([cell], PLACES).ranking == (frozenset({0, 1}),)


def test_the_word_overvote_is_one_without_names() -> None:
    """BA-3"""
    assert rows_are_ranks(["Overvote", NAMES[0]], PLACES).ranking == (OVERVOTE, 0)


def test_the_same_name_twice_in_one_cell_is_said_once() -> None:
    """BA-4"""
    assert rows_are_ranks([f"{NAMES[0]}|{NAMES[0]}"], PLACES).ranking == (0,)
