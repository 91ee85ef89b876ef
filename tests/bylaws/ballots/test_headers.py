"""What a ballot form's headers mean, and which names are one"""

import pytest

from models.ballots.answers import Answer
from models.ballots.form_reader import FormReader
from models.ballots.layouts import TOO_HIGH, rows_are_candidates, single_choice
from models.lookalikes import alike
from models.text.folding import folded
from tests.bylaws.votes import contest

MAYOR = contest("ranked", title="Mayor", candidates=["Bea O'Dowd", "Jean-Luc Roy", "Zoe Oak"])


def faults(*headers: str) -> list[str]:
    return FormReader(headers, [MAYOR]).faults


def test_a_header_is_matched_whole_and_never_as_a_part_of_another_title() -> None:
    """BA-7"""
    assert faults("Lt. Mayor [1st]", "Lt. Mayor [2nd]")
    assert faults("Mayor of the city [1st]", "Mayor of the city [2nd]")
    assert not faults("MAYOR  [1st]", "Mayor? [2nd]")


def test_one_question_for_each_rank_is_read_as_the_grid_it_stands_for() -> None:
    """BA-4, BA-7"""
    headers = ("Mayor, first choice", "Mayor – 2nd choice", "Tercera opción para Mayor")
    answers = FormReader(headers, [MAYOR]).answers(["Zoe Oak", "Bea O’Dowd", ""])
    assert answers["race"].ranking == (2, 0)


def test_a_ranked_race_is_never_counted_from_one_question() -> None:
    """BA-7"""
    assert faults("Mayor")
    assert faults("Mayor, first choice")
    assert faults("Mayor", "Mayor, second choice", "Mayor, third choice")


def test_a_rank_above_the_number_of_choices_is_unreadable_as_in_a_file() -> None:
    """BA-7"""
    places = MAYOR.places()
    assert rows_are_candidates({"Zoe Oak": "4"}, places).ranking == (-1, -1, -1, 2)
    for cells in ({"Zoe Oak": "5"}, {"Jean-Luc Roy": "1", "Zoe Oak": "5"}):
        assert rows_are_candidates(cells, places) == Answer(unreadable=TOO_HIGH)


def test_a_question_for_a_rank_above_the_number_of_choices_asks_nothing() -> None:
    """BA-7"""
    said = Answer(ranking=(1,), too_high=True)
    ranks = ("first", "second", "third", "fourth", "fifth")
    reader = FormReader([f"Mayor, {rank} choice" for rank in ranks], [MAYOR])
    assert reader.answers(["Jean-Luc Roy", "", "", "", "Zoe Oak"])["race"] == said
    assert reader.beyond() == [
        "column E asks for a rank of “Mayor” above its number of choices"]  # fmt: skip


def test_a_rank_that_says_two_things_at_once_is_unreadable() -> None:
    """BA-4, BA-7"""
    places = MAYOR.places()
    assert rows_are_candidates({"Zoe Oak": "1 (most preferred)"}, places).ranking == (2,)
    assert rows_are_candidates({"Zoe Oak": "1 (least preferred)"}, places).unreadable


def test_a_cell_that_is_one_choice_or_several_is_unreadable() -> None:
    """BA-7"""
    topics = contest("approval", candidates=["Housing", "Housing, Transit", "Transit"]).places()
    assert single_choice("Housing, Transit", topics).unreadable
    assert single_choice("Housing;Transit", topics).ranking == (frozenset({0, 2}),)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("bea o’dowd", "Bea O'Dowd"),
        ("Bea O`Dowd\u200b", "Bea O'Dowd"),
        ("Jean\u2011Luc\xa0Roy", "Jean-Luc Roy"),
        ("Jean–Luc Roy", "Jean-Luc Roy"),
        ("“Al” Oak", '"Al" Oak'),
        ("Zoe\u0308", "Zoë"),
        ("1️⃣", "1"),
    ],
)
def test_what_only_a_keyboard_chooses_makes_no_other_name(typed: str, name: str) -> None:
    """BA-7"""
    assert folded(typed) == folded(name)


def test_names_that_only_look_alike_are_told_with_the_character_between_them() -> None:
    """BA-7"""
    accent, letter = alike(["Zoë Oak", "Zoe Oak", "Ann Roy", "\u0410nn Roy", "Cy Fir"])
    assert "LATIN SMALL LETTER E WITH DIAERESIS" in accent
    assert "CYRILLIC SMALL LETTER A" in letter
    assert list(alike(["Ann Oak", "Ann Oaks", "Anna Oak"])) == []


MISSPELT = [
    "Mayor, thrid choice",
    "Mayr, third choice",
    "Third choise",
    "third choice for Myaor",
    "My third pick",
    "Mayoral race, third choice",
    "Mayr [3rd]",
]


@pytest.mark.parametrize("third", MISSPELT)
def test_a_misspelt_rank_is_named_before_anybody_fills_it(third: str) -> None:
    """BA-7: every third choice would be lost, and the vote was opened."""
    (fault,) = faults("Mayor, first choice", "Mayor, second choice", third)
    assert f"“{third}” in column C might be rank 3 of “Mayor”" in fault
    assert "the closest is “Mayor, third choice”" in fault


def test_another_race_is_no_misspelt_rank_and_a_rank_that_is_there_is_none() -> None:
    """BA-7"""
    two = ("Ward 6, first choice", "Ward 6, second choice")
    ward = contest("ranked", title="Ward 6", candidates=["Ann", "Bo", "Cy"])
    for other in ("Ward 7, third choice", "County, third choice", "Your first choice of a day"):
        assert not FormReader([*two, other], [ward]).faults
    (fault,) = FormReader(["Ward 6 [1.ª opción]", "2.ª opción Ward 6", "X"], [ward]).faults
    assert "can be read in two ways" in fault
    (fault,) = FormReader([*two, "Ward 6, thrid choice"], [ward]).faults
    assert "“Ward 6, third choice”" in fault
    spanish = ("Primera opción para Ward 6", "Segunda opción para Ward 6")
    (fault,) = FormReader([*spanish, "Tecrera opción para Ward 6"], [ward]).faults
    assert "the closest is “Tercera opción para Ward 6”" in fault


def test_a_quizs_own_columns_are_passed_over_with_a_word() -> None:
    """BA-7: `Title [Score]` stands beside `Title`; a choice may bear that name."""
    sheriff = contest("single-choice", title="Sheriff", candidates=["Dee Dunn", "Eli Estes"])
    headers = ["Sheriff", "Sheriff [Score]", "Sheriff [Feedback]"]
    reader = FormReader(headers, [sheriff])
    assert not reader.faults
    assert reader.passed_over == ("columns B and C: a quiz's own scores and feedback, not read",)
    assert not reader.forgotten([["", "1 / 1", "Dee Dunn"]])
    grid = [f"Mayor [{name}]{more}" for name in MAYOR.choices for more in ("", " [Score]")]
    assert not FormReader(grid, [MAYOR]).faults
    score = contest("ranked", title="Mayor", candidates=["Score", "Bo", "Cy"])
    assert FormReader(["Mayor", "Mayor [Score]"], [score]).faults
    assert FormReader(["Mayor [Score]"], [MAYOR]).faults  # nothing stands beside it


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Mayor", "Whom do you want as mayor? (first choice)"),
        ("Sheriff", "Whom should our chapter endorse for Sherif of Suffolk County in 2026?"),
        ("Question 6", "Should we support question six on the ballot in November?"),
        ("City Council, District 6", "Who should stand for district 6 on the council?"),
    ],
)
def test_the_nearest_question_is_named_though_it_is_a_whole_sentence(
    title: str, asked: str
) -> None:
    """BA-7"""
    race = contest("question", title=title, scope="city")
    (fault,) = FormReader(["How did you hear of this question?", asked], [race]).faults
    assert f"the closest is “{asked}” in column B" in fault
    (fault,) = FormReader(["How did you hear of this question?"], [race]).faults
    assert "closest" not in fault


def test_a_row_of_a_grid_that_stands_under_a_misspelt_title_is_named() -> None:
    """BA-7"""
    headers = [f"{'Mayr' if name == 'Zoe Oak' else 'Mayor'} [{name}]" for name in MAYOR.choices]
    (fault,) = FormReader(headers, [MAYOR]).faults
    assert fault == "“Mayor” lacks “Zoe Oak”; the closest is “Mayr [Zoe Oak]” in column C"
