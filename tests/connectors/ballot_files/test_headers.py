"""BA-7: a header is matched whole; what fits in no way, or in two, is refused with the way out."""

from pathlib import Path
from typing import Any

import pytest

from models.errors import FixTheData
from tests.connectors.ballot_files.files import rankings, read

MAYOR: dict[str, Any] = {
    "kind": "ranked",
    "id": "mayor",
    "title": "Mayor",
    "candidates": ["Ann Oak", "Bo Pine", "Cy Fir"],
}
SHERIFF = MAYOR | {"kind": "single-choice", "id": "sheriff", "title": "Sheriff"}
QUESTION = {"kind": "question", "id": "q4", "title": "Question 4"}
PUBLIC = MAYOR | {"rules": "public", "no_endorsement": ""}
TOPICS = {
    "kind": "approval", "id": "topics", "title": "Topics",
    "candidates": ["Housing", "Housing, Transit", "Transit", "Parks; trees"],
}  # fmt: skip
CELLS = ',"Ann Oak","Bo Pine",'
READ = {(0, 1): 1}


def table(*headers: str, row: str = CELLS) -> str:
    return ",".join(['"Timestamp"', *(f'"{one}"' for one in headers)]) + f"\n5/1/2026 9:00{row}\n"


def refused(path: Path, text: str, contest: dict[str, Any], **settings: Any) -> FixTheData:
    with pytest.raises(FixTheData) as caught:
        rankings(path, text, contest, **settings)
    assert caught.value.rule == "BA-7"
    return caught.value


@pytest.mark.parametrize(
    "headers",
    [
        ("Mayor, first choice", "Mayor, second choice", "Mayor, third choice"),
        ("Mayor - 1st choice", "Mayor – 2nd choice", "MAYOR — 3rd choice?"),
        ("Mayor: choice 1", "Mayor: choice 2", "Mayor: choice 3"),
        ("Mayor (1st choice)", "Mayor (2nd choice)", "Mayor (3rd choice)"),
        ("Mayor. Preference 1", "Mayor. Preference 2", "Mayor. Preference 3"),
        ("Mayor - most preferred", "Mayor - 2nd", "Mayor - 3rd"),
        ("First choice for Mayor", "Second choice for Mayor", "Third choice for Mayor"),
        ("Your 1st choice for Mayor", "Your 2nd choice for Mayor", "Your 3rd choice for Mayor"),
        ("1st choice: Mayor", "2nd choice: Mayor", "3rd choice: Mayor"),
        ("Mayor, primera opción", "Mayor, segunda opción", "Mayor, tercera opción"),
        ("Mayor: 1ra opción", "Mayor: 2da opción", "Mayor: 3ra opción"),
        ("Mayor [1st]", "Mayor [2nd]", "Mayor [3rd]"),
        ("Mayor [Preference 1]", "Mayor [Preference 2]", "Mayor [Preference 3]"),
        ("Mayor [1️⃣]", "Mayor [2️⃣]", "Mayor [3️⃣]"),
        ("Mayor\xa0[1st]", "Mayor\u200b [2nd]", "Mayor [3rd\ufeff]"),
        ("1st choice", "2nd choice", "3rd choice"),
        ("Primera opción", "Segunda opción", "Tercera opción"),
        ("mayor [1]", "mayor [2]", "mayor [3]"),
        ("Mayor [1 - first choice]", "Mayor [2 - second choice]", "Mayor [3 (third choice)]"),
    ],
)  # fmt: skip
def test_a_question_for_each_rank_is_a_layout(tmp_path: Path, headers: tuple[str, ...]) -> None:
    assert rankings(tmp_path, table(*headers), MAYOR) == READ
    assert rankings(tmp_path, table(*headers, "Lt. Mayor [1st]"), MAYOR) == READ


@pytest.mark.parametrize(
    ("contest", "headers", "setting"),
    [
        (MAYOR, ("Mayor", "Mayor, second choice", "Mayor, third choice"), "columns"),
        (MAYOR, ("Mayor", "Second choice", "Third choice"), "columns"),
        (MAYOR, ("Mayor, first choice", "Second choice", "Third choice"), "columns"),
        (MAYOR, ("Mayor, first choice", "Mayor, your next one", "Mayor, your last"), "columns"),
        (MAYOR, ("Mayor - 1st choice", "Mayor - 2nd choice", "Mayor [1st]"), "columns"),
        (MAYOR, ("Mayor, 1st choice", "Mayor, 1st choice", "Mayor, 2nd choice"), "ignore"),
        (MAYOR, ("Mayor",), "columns"),
        (MAYOR, ("vote",), "columns"),
        (MAYOR, ("Your vote", "Comments"), "question"),
        (MAYOR, ("Lt. Mayor [1st]", "Lt. Mayor [2nd]"), "question"),
        (MAYOR, ("Mayor of the city [1st]", "Mayor of the city [2nd]"), "question"),
        (MAYOR, ("Vice Mayor, first choice", "Vice Mayor, second choice"), "question"),
        (MAYOR, ("Mayor: re-elect Ann Oak?",), "question"),
        (SHERIFF, ("Your vote", "Sheriff (old)"), "question"),
        (SHERIFF, ("Deputy Sheriff",), "question"),
        (QUESTION, ("Question 4: audit the council", "Question 40"), "question"),
        (QUESTION, ("1", "Question 5"), "question"),
        (QUESTION, ("Vote", "Choice"), "question"),
    ],
)  # fmt: skip
def test_what_fits_in_no_way_or_in_two_is_refused(
    tmp_path: Path, contest: dict[str, Any], headers: tuple[str, ...], setting: str
) -> None:
    assert setting in refused(tmp_path, table(*headers), contest).next_step


@pytest.mark.parametrize("title", ["Notes", "Timestamp", "-html-", '{"a": 1}', "Your vote", "Name"])
@pytest.mark.parametrize("contest", [MAYOR, SHERIFF, QUESTION, TOPICS])
def test_a_file_of_one_column_of_anything_is_no_election(
    tmp_path: Path, title: str, contest: dict[str, Any]
) -> None:
    """It was one of no ballots, with exit code 0."""
    refused(tmp_path, f"{title}\n", contest)
    refused(tmp_path, f"{title}\nAnn Oak\n", contest)


@pytest.mark.parametrize(
    ("headers", "settings", "says"),
    [
        (("Mayor - 1st", "Mayor - 2nd"), {"question": "Mayor - 1st"}, "ranked"),
        (("Mayor - 1st", "Mayor - 2nd"), {"columns": ["Mayor - 1st"]}, "also of"),
        (("Mayor [2nd]", "Mayor [1st]"), {"columns": ["Mayor [2nd]", "Mayor [1st]"]}, "order"),
        (("a", "b"), {"columns": ["a", "A"]}, "twice"),
    ],
)  # fmt: skip
def test_advice_that_is_followed_by_half_is_refused(
    tmp_path: Path, headers: tuple[str, ...], settings: dict[str, Any], says: str
) -> None:
    assert says in refused(tmp_path, table(*headers), MAYOR, **settings).fact


@pytest.mark.parametrize("header", ["Your third choice then", "Pick 3 of them", "x"])
def test_a_column_of_choices_under_another_title_is_not_passed_over(
    tmp_path: Path, header: str
) -> None:
    """Whoever renamed one question would lose the last ranks of everybody."""
    text = table("Mayor, 1st", "Mayor, 2nd", header, row=",Ann Oak,Bo Pine,Cy Fir")
    assert refused(tmp_path, text, MAYOR).where == "ballots.csv!D1"
    assert rankings(tmp_path, text, MAYOR, ignore=[header]) == READ


@pytest.mark.parametrize(
    "settings",
    [
        {"columns": ["Mayor", "Mayor, second choice", "Mayor, third choice"]},
        {"first_column": 2},
    ],
)
def test_the_columns_can_be_named(tmp_path: Path, settings: dict[str, Any]) -> None:
    text = table("Mayor", "Mayor, second choice", "Mayor, third choice")
    assert rankings(tmp_path, text, MAYOR, **settings) == READ


def test_a_row_of_a_grid_may_have_brackets_quotes_and_dashes(tmp_path: Path) -> None:
    names = ["Robert [Bob] Reed", "Bea O'Dowd", 'Jean-Luc "JL" Roy']
    typed = ["Robert [Bob] Reed", "Bea O’Dowd", "Jean\u2011Luc “JL” Roy"]
    contest = PUBLIC | {"candidates": names}
    by_name = table(*(f"Mayor [{name}]" for name in typed), row=",2,1,").replace('"JL"', "“JL”")
    assert rankings(tmp_path, by_name, contest) == {(1, 0): 1}
    by_rank = table("Mayor [1st]", "Mayor [2nd]", row=f",{typed[1]},{typed[2]}")
    assert rankings(tmp_path, by_rank, contest) == {(1, 2): 1}


def test_a_question_before_its_rows_as_qualtrics_writes_it(tmp_path: Path) -> None:
    """Three lines stand above the answers; the third is never a ballot."""
    ask = "Rank the candidates for Mayor."
    text = (
        "StartDate,Q1_1,Q1_2,Q1_3\n"
        f"Start Date,{ask} - Ann Oak,{ask} - Bo Pine,{ask} - Cy Fir\n"
        '"{""ImportId"":""startDate""}",' + ",".join(['"{""ImportId"":""QID1_1""}"'] * 3) + "\n"
        "2026-05-01 10:00:00,1,2,3\n2026-05-01 10:01:00,2,1,\n2026-05-01 10:02:00,1,,2\n"
    )
    by_title = {"header_row": 2, "question": ask}
    by_name = {"columns": ["Q1_1", "Q1_2", "Q1_3"], "layout": "candidates in columns"}
    expected = {(0, 1, 2): 1, (1, 0): 1, (0, 2): 1}
    assert rankings(tmp_path, text, PUBLIC, **by_title) == expected
    assert f'question = "{ask}"' in refused(tmp_path, text, PUBLIC, header_row=2).next_step
    assert "header_row = 2" in refused(tmp_path, text, PUBLIC).next_step
    refused(tmp_path, text, PUBLIC, **by_name)


@pytest.mark.parametrize("above", ["Results of the vote\n\n", "sep=,\n", "\n\n\n"])
def test_a_title_above_the_header_is_told_from_it(tmp_path: Path, above: str) -> None:
    """The message names the row, and the setting."""
    text = above + table("Mayor [1st]", "Mayor [2nd]")
    row = above.count("\n") + 1
    if above.strip():
        said = refused(tmp_path, text, PUBLIC).next_step
        assert said.startswith(f"the header is in row {row}: set contest.toml [ballots] header_row")
    assert rankings(tmp_path, text, PUBLIC, header_row=row) == READ


def test_a_title_in_a_cell_heads_nothing(tmp_path: Path) -> None:
    """A row for each answer: the message pointed at a row of data as the header."""
    rows = "v1,Sheriff,Dee Dunn\nv1,Mayor,Ann Oak\nv2,Sheriff,Eli Estes\n"
    found = refused(tmp_path, "Voter,Contest,Vote\n" + rows, SHERIFF)
    assert "header_row" not in found.next_step
    assert found.next_step.startswith("write one row per ballot")
    assert "column B names it in its cells" in found.fact
    below = refused(tmp_path, "Our vote,,\nVoter,Contest,Sheriff\n" + rows, SHERIFF)
    assert below.next_step.startswith("the header is in row 2")
    empty = refused(tmp_path, "Our vote,,\nVoter,Contest,Sheriff\n", SHERIFF)
    assert empty.next_step.startswith("the header is in row 2")


@pytest.mark.parametrize(
    ("cell", "settings", "read"),
    [
        ("Housing;Transit", {}, frozenset({0, 2})),
        ("Housing;Transit;", {}, frozenset({0, 2})),
        ("Housing;", {}, 0),
        ("Transit;Housing, Transit", {}, frozenset({1, 2})),
        ("Housing, Transit;Parks; trees", {}, frozenset({1, 3})),
        ("Parks; trees", {}, 3),
        ("Housing, Transit", {"overvote_delimiter": ";"}, 1),
        ("Housing|Transit", {}, frozenset({0, 2})),
        ("Housing, Transit, Transit", {}, None),
        ("Housing, Transit", {}, None),
        ("Transit, Housing, Transit", {}, None),
        ("Housing, Transit", {"overvote_delimiter": ","}, None),
    ],
)
def test_choices_that_hold_commas_are_told_apart_or_named(
    tmp_path: Path, cell: str, settings: dict[str, Any], read: object
) -> None:
    """A form's sheet parts ticks by a comma, its download by a semicolon."""
    text = f'Topics\n"{cell}"\n'
    if read is None:
        with pytest.raises(FixTheData, match=r"ballots\.csv!A2: a cell can be read as one") as said:
            rankings(tmp_path, text, TOPICS, **settings)
        assert "overvote_delimiter" in said.value.next_step
        assert "differs" not in said.value.fact
    else:
        assert rankings(tmp_path, text, TOPICS, **settings) == {(read,): 1}


@pytest.mark.parametrize(
    ("typed", "character"),
    [
        ("Bo Píne", "LATIN SMALL LETTER I WITH ACUTE"),
        ("B\u043e Pine", "CYRILLIC SMALL LETTER O"),
        ("Bo P1ne", "DIGIT ONE"),
        ("Bo.Pine", "FULL STOP"),
    ],
)
def test_a_name_that_only_looks_like_one_is_shown_by_its_character(
    tmp_path: Path, typed: str, character: str
) -> None:
    """Nobody sees why it is refused otherwise."""
    text = table("Mayor [1st]", "Mayor [2nd]", row=f",Ann Oak,{typed}")
    with pytest.raises(FixTheData, match="from “Bo Pine” it differs by") as said:
        rankings(tmp_path, text, PUBLIC)
    assert character in said.value.fact
    heads = ("Mayor [Ann Oak]", f"Mayor [{typed}]", "Mayor [Cy Fir]")
    assert character in refused(tmp_path, table(*heads), PUBLIC).fact


def test_candidates_who_only_look_alike_are_told_beside_the_count(tmp_path: Path) -> None:
    """A ballot for the one is easily marked, or mended, for the other."""
    contest = PUBLIC | {"candidates": ["Zoë Oak", "Zoe Oak", "Cy Fir"]}
    file = tmp_path / "ballots.csv"
    file.write_text("Mayor [1st],Mayor [2nd]\nZoë Oak,Cy Fir\n")
    (said,) = read(file, contest).remarks
    assert said.startswith(
        "“Zoë Oak” and “Zoe Oak” differ by no more than “ë” LATIN SMALL LETTER E"
    )


@pytest.mark.parametrize("word", ["Abstain", "I abstain", "ABSTENTION", "Me abstengo", "N/A"])
def test_whoever_abstains_is_told_about_blank(tmp_path: Path, word: str) -> None:
    text = table("Sheriff", row=f",{word}")
    with pytest.raises(FixTheData, match="an abstention or a blank vote") as said:
        rankings(tmp_path, text, SHERIFF)
    assert "[ballots] blank" in said.value.next_step
    assert rankings(tmp_path, text, SHERIFF, blank=[word]) == {(): 1}
    heads = ("Mayor [Ann Oak]", "Mayor [Bo Pine]", "Mayor [Cy Fir]")
    by_choice = table(*heads, row=f",{word},{word},{word}")
    with pytest.raises(FixTheData, match="an abstention or a blank vote"):
        rankings(tmp_path, by_choice, PUBLIC)
    assert rankings(tmp_path, by_choice, PUBLIC, blank=[word]) == {(): 1}


@pytest.mark.parametrize(
    ("labels", "own"),
    [
        (("Preference 1", "Preference 2", "Preference 3"), {}),
        (("1 (most preferred)", "2", "3 (least preferred)"), {}),
        (("Most preferred", "2nd", "3rd"), {}),
        (("1️⃣", "2️⃣", "3️⃣"), {}),
        (("Rank #1", "Rank #2", "Rank #3"), {}),
        (("1 - first choice", "2 – second choice", "3: third"), {}),
        (("1 = best", "2", "3 = worst"), {}),
        (("1 (first choice)", "2 (second choice)", "3 (last choice)"), {}),
        (("Top choice", "Next", "Least"), {"Top choice": 1, "next": 2, "LEAST": 3}),
    ],
)
def test_a_rank_has_many_words_and_a_contest_its_own(
    tmp_path: Path, labels: tuple[str, ...], own: dict[str, int]
) -> None:
    contest = PUBLIC | {"ranks": own}
    first, second, _ = labels
    cells = ("Mayor [Ann Oak]", "Mayor [Bo Pine]", "Mayor [Cy Fir]")
    assert rankings(tmp_path, table(*cells, row=f",{second},{first},"), contest) == {(1, 0): 1}


@pytest.mark.parametrize(
    "cell",
    [
        "Top choice",
        "1 (least preferred)",
        "3 (most preferred)",
        "2 (third)",
        "1-2",
        "1 = worst",
        "4",
        "12",
        "99",
    ],
)
def test_a_rank_that_is_unclear_or_too_high_is_refused_with_its_place(
    tmp_path: Path, cell: str
) -> None:
    text = table("Mayor [Ann Oak]", "Mayor [Bo Pine]", "Mayor [Cy Fir]", row=f",1,{cell},")
    with pytest.raises(FixTheData, match=r"ballots\.csv!C2: ") as said:
        rankings(tmp_path, text, PUBLIC)
    assert cell not in said.value.fact


@pytest.mark.parametrize(
    ("contest", "votes", "row"),
    [(QUESTION, ["Question 4"], ",Yes,great"), (MAYOR, ["1st", "2nd"], ",Ann Oak,,great")],
)
@pytest.mark.parametrize("beside", ["[comments]", "[Other]"])
def test_named_columns_count_beside_a_grid_row_that_is_none_of_the_contest(
    tmp_path: Path, contest: dict[str, Any], votes: list[str], row: str, beside: str
) -> None:
    """BA-7: the advice led to a crash."""
    text = table(*votes, f"{contest['title']} {beside}", row=row)
    assert rankings(tmp_path, text, contest, columns=votes) == {(0,): 1}


def test_what_cures_two_ways_is_said(tmp_path: Path) -> None:
    text = table("Question 4", "Question 4 [why]", row=",Yes,so")
    step = refused(tmp_path, text, QUESTION).next_step
    assert "[ballots] ignore" in step
    assert "rank" not in step
    assert rankings(tmp_path, text, QUESTION, ignore=["Question 4 [why]"]) == {(0,): 1}
