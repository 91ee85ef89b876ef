"""The ballot as a form: built, checked against the contests, read in every layout (BA-4, EN-5)."""

from typing import Any

import pytest

from models.ballots.form import Item, items_of, mismatches
from models.ballots.form_reader import FormReader
from models.ballots.silent import silent
from models.contests.contest import Contest, contest_from
from models.tally.rankings import Ranking
from tests.cases.reading import EDITION

CODE = "Ballot code"


def made(**table: Any) -> Contest:
    return contest_from({"id": "race", "title": "Race"} | table, "contest.toml")


RANKED = made(kind="ranked", candidates=["Ann", "Ben", "Cy"], recommendation="Ann")
RATIFY = made(
    id="two", title="Two", kind="ratify-or-prefer", candidates=["Dee", "Eve"], recommendation="Dee"
)
QUESTION = made(id="q", title="Question 6", kind="question", districts=["10th", "14th"])
SLATE = made(id="s", title="Slate", kind="up-or-down", purpose="slate", subject="The slate")
CHAIRS = made(id="c", title="Chairs", kind="approval", candidates=["Fay, Jr.", "Gus"])
ALL = (RANKED, RATIFY, QUESTION, SLATE, CHAIRS)


def wanted() -> list[Item]:
    return list(items_of(ALL, CODE, EDITION))


def faults(items: list[Item]) -> list[str]:
    return list(mismatches(items, ALL, CODE, EDITION))


def test_every_race_offers_no_endorsement_and_three_candidates_are_ranked() -> None:
    code, ranked, ratify, question, *_ = wanted()
    assert (code.title, code.kind) == (CODE, "text")
    assert ranked.kind == "grid"
    assert ranked.rows == ("Ann", "Ben", "Cy", "No endorsement")
    assert ranked.options == ("1st", "2nd", "3rd", "4th")
    assert ratify.options == ("Ratify the recommendation", "Dee", "Eve", "No endorsement")
    assert question.help.endswith("Only voters in 10th and 14th vote on this.")


def test_a_built_form_fits() -> None:
    assert faults(wanted()) == []


def test_a_form_with_ranks_as_rows_fits_too() -> None:
    items = wanted()
    items[1] = Item("Race", "grid", items[1].rows, ("First choice", "2nd", "Rank 3"))
    assert faults(items) == []


CHOICES = ("Ann", "Ben", "Cy", "No endorsement")


def test_a_form_with_a_question_for_each_rank_fits_too() -> None:
    """BA-7: half of the guides for such votes advise it."""
    asked = [Item(f"Race, {rank} choice", "one", CHOICES) for rank in ("first", "2nd", "third")]
    live = [item for item in wanted() if item.title != "Race"] + asked
    assert faults(live) == []
    short = [*live[:-1], Item("Race, third choice", "one", CHOICES[:3])]
    assert faults(short) == ["“Race, third choice” lacks “No endorsement”"]
    high = [*live, *(Item(f"Race, {rank} choice", "one", CHOICES) for rank in ("4th", "fifth"))]
    assert faults(high) == [
        "“Race, fifth choice” offers “5th”, which is above the number of choices"
    ]
    for title in ("Race", "Third choice", "Race, your last choice"):
        assert faults([*live[:-1], Item(title, "one", CHOICES)])
    assert FormReader([item.title for item in live[:-2]], [RANKED]).faults


def test_a_misspelt_title_is_named_with_the_one_it_is_nearest_to() -> None:
    """BA-7"""
    asked = [Item(f"Race, {rank} choice", "one", CHOICES) for rank in ("first", "2nd", "thrid")]
    live = [item for item in wanted() if item.title != "Race"] + asked
    near = "the closest is “Race, 3rd choice”"
    assert faults(live) == [f"“Race, thrid choice” belongs to no contest; {near}"]
    live = [*wanted()[:3], Item("Qestion 6", "one", wanted()[3].options), *wanted()[4:]]
    said, _ = faults(live)
    assert said == "“Qestion 6” belongs to no contest; the closest is “Question 6”"
    asked = Item("Should we support question six in November?", "one", wanted()[3].options)
    said, _ = faults([*wanted()[:3], asked, *wanted()[4:]])
    assert said.endswith("belongs to no contest; the closest is “Question 6”")


def test_a_contest_gives_its_own_words_for_ranks_a_meaning() -> None:
    """BA-7: as the columns of a grid, its rows, and in what it says."""
    words = {"Top choice": 1, "Next best": 2, "Then": 3, "Last of all": 4}
    own = made(kind="ranked", candidates=["Ann", "Ben", "Cy"], ranks=words)
    grid, turned = (Item("Race", "grid", *both) for both in
                    ((tuple(words), CHOICES), (CHOICES, tuple(words))))  # fmt: skip
    code = Item(CODE, "text")
    assert list(mismatches([code, grid], [own], CODE, EDITION)) == []
    assert list(mismatches([code, turned], [own], CODE, EDITION)) == []
    assert list(mismatches([code, grid], [RANKED], CODE, EDITION))
    cells = {f"Race [{name}]": word for name, word in zip(CHOICES, words, strict=True)}
    answers = FormReader(list(cells), [own]).answers(list(cells.values()))
    assert answers["race"].ranking == (0, 1, 2, 3)
    cells = {f"Race [{word}]": name for name, word in zip(CHOICES, words, strict=True)}
    answers = FormReader(list(cells), [own]).answers(list(cells.values()))
    assert answers["race"].ranking == (0, 1, 2, 3)


def test_a_contest_without_own_words_has_the_digest_it_had() -> None:
    """EN-R6: what was approved before is found again."""
    assert '"ranks"' not in RANKED.model_dump_json()
    assert (
        '"ranks"'
        in made(kind="ranked", candidates=["A", "B", "C"], ranks={"x": 1}).model_dump_json()
    )


def test_a_question_for_each_rank_says_what_it_asks_too() -> None:
    """EN-R14: a form made by hand is held to the same words, whatever its layout."""
    ratify = made(kind="ratify-or-prefer", candidates=["Ann", "Ben", "Cy"], recommendation="Ann")
    asked = [Item(f"Race, {rank} choice", "one", CHOICES) for rank in ("first", "second")]
    grid = Item("Race", "grid", ("1st", "2nd"), CHOICES)
    assert list(silent(asked, [ratify])) == list(silent([grid], [ratify]))


@pytest.mark.parametrize(
    ("place", "item", "fault"),
    [
        (0, None, "nothing asks “Ballot code”"),
        (1, None, "nothing asks “Race”"),
        (1, Item("Race", "one", ("Ann", "Ben", "Cy", "No endorsement")), "should be a grid of"),
        (1, Item("Race", "grid", ("1st",), ("Ann", "Ben", "Cy")), "lacks “No endorsement”"),
        (1, Item("Race", "grid", ("1st", "best"), ("Ann", "Ben", "Cy", "No endorsement")),
         "not all ranks"),
        (1, Item("Race", "grid", ("1st", "2nd", "3rd", "4th", "5th", "6th"),
                 ("Ann", "Ben", "Cy", "No endorsement")),
         "offers “5th”, “6th”, which is above the number of choices"),
        (2, Item("Two", "one", ("Ratify the recommendation", "Dee", "Eve", "Other",
                                "No endorsement")), "offers “Other”, which is not a choice"),
        (3, Item("Question 6", "one", ("Yes", "No")), "lacks “No position”"),
        (4, Item("Your name", "text"), "belongs to no contest"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(place: int, item: Item | None, fault: str) -> None:
    items = wanted()
    items[place : place + 1] = [item] if item else []
    assert any(fault in found for found in faults(items)), faults(items)


def test_a_question_asked_twice_is_named() -> None:
    assert faults([*wanted(), wanted()[2]]) == ["“Two” is asked twice"]


def read(cells: dict[str, str]) -> dict[str, Ranking]:
    reader = FormReader(list(cells), ALL)
    return {name: answer.ranking for name, answer in reader.answers(list(cells.values())).items()}


def test_rows_that_are_candidates() -> None:
    cells = {"Race [Ann]": "2nd", "Race [Ben]": "1st", "Race [Cy]": "", "Race [No endorsement]": ""}
    assert read(cells)["race"] == (1, 0)


def test_rows_that_are_ranks_in_any_order() -> None:
    cells = {"Race [2nd]": "Ann", "Race [1st]": "ben", "Race [3rd]": ""}
    assert read(cells)["race"] == (1, 0)


def test_one_choice_a_yes_and_several() -> None:
    cells = {"two": "Eve", "Question 6 ": "yes", "Slate": "No", "Chairs": "Fay, Jr., Gus"}
    assert read(cells) == {"two": (1,), "q": (0,), "s": (1,), "c": (frozenset({0, 1}),)}


def test_headers_of_nobody_are_not_read() -> None:
    reader = FormReader(["Your name", "Slate"], [SLATE, QUESTION])
    assert reader.unknown == ["Your name"]
    assert reader.faults == ["nothing asks “Question 6”: no column has this contest's votes"]
    assert reader.answers(["Ann Alder", "Yes"]).keys() == {"s"}


def test_short_rows_are_blank_at_the_end() -> None:
    assert FormReader(["Slate", "Two"], ALL).answers(["Yes"])["two"].ranking == ()


def test_what_nobody_offers_is_unreadable_and_never_guessed() -> None:
    assert FormReader(["Two"], ALL).answers(["Zed"])["two"].unreadable


GRID = ("Race [Ann]", "Race [Ben]", "Race [Cy]", "Race [No endorsement]")


@pytest.mark.parametrize(
    ("headers", "faults"),
    [
        (GRID, []),
        (("Race [2nd]", "Race [1st]"), []),
        ((*GRID, "race [ANN] "), ["“Race [Ann]” appears twice: columns A and E"]),
        (("Race [1st]", "Race [2nd]", "Race [First choice]"),
         ["“Race [1st]” appears twice: columns A and C"]),
        (("Race", "Race"),
         ["“Race” appears twice: columns A and B",
          "“Race” is ranked, but is asked as one question: columns A and B"]),
        ((*GRID, "Race"), ["“Race” can be read in two ways: column E, or columns A, B, C and D"]),
        (GRID[:2] + GRID[3:], ["“Race” lacks “Cy”"]),
        ((*GRID[:2], "Race [Cyy]", GRID[3]),
         ["“Race [Cyy]” is neither a choice nor a rank: column C", "“Race” lacks “Cy”"]),
        (("Race [1st]", "Race [3rd]"), ["“Race” lacks rank 2"]),
        (("Your name",), ["nothing asks “Race”: no column has this contest's votes"]),
    ],
)  # fmt: skip
def test_headers_that_would_change_votes_are_all_named(
    headers: tuple[str, ...], faults: list[str]
) -> None:
    """BA-4: a column twice, a row that is gone or renamed."""
    assert FormReader(headers, [RANKED]).faults == faults


def test_a_grid_that_also_ratifies_needs_that_row() -> None:
    ratify = made(kind="ratify-or-prefer", candidates=["Ann", "Ben", "Cy"], recommendation="Ann")
    assert FormReader(GRID, [ratify]).faults == ["“Race” lacks “Ratify the recommendation”"]


def test_a_withdrawn_candidate_may_leave_the_form() -> None:
    left = made(kind="ranked", candidates=["Ann", "Ben", "Cy"], excluded=["Cy"])
    assert FormReader((*GRID[:2], GRID[3]), [left]).faults == []


def test_an_answer_to_a_removed_question_leaves_no_blank() -> None:
    """BA-2: a question that is removed and asked anew would turn its votes into blanks."""
    answers = FormReader(["Slate", "Two"], [SLATE, RATIFY]).answers(["Yes", ""], gone=True)
    assert answers["s"].ranking == (0,)
    assert "no longer on the form" in answers["two"].unreadable
