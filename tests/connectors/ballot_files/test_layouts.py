"""BA-4: every layout of a form or file is read as the ballots that were cast."""

from pathlib import Path
from unicodedata import normalize

import pytest

from models.errors import FixTheData
from models.tally.rankings import OVERVOTE, SKIPPED
from tests.connectors.ballot_files.files import ANA, BEN, CAM, NAMES, NOBODY, RANKED, rankings

BEN_QUOTED = '"Ben Baker, Jr."'
CAM_QUOTED = '"Cam “Cy” Côté"'

SINGLE = {
    "kind": "single-choice",
    "id": "sheriff",
    "title": "Sheriff",
    "candidates": ["Ana Álvarez", "Ben Baker, Jr."],
}
QUESTION = {"kind": "question", "id": "q1", "title": "Question 1"}
CHAIRS = {
    "kind": "approval",
    "id": "chairs",
    "title": "Co-chairs",
    "candidates": ["Ana Álvarez", "Ben Baker, Jr.", "Cam Côté"],
}


@pytest.mark.parametrize(
    "header",
    [
        "rank1,rank2,rank3",
        "Rank 1,Rank 2,Rank 3",
        "1st choice,2nd choice,3rd choice",
        "City Council [1st],City Council [2nd],City Council [3rd]",
        "First,Second,Third",
        "rank_1,rank-2,Rank: 3",
    ],
)
def test_ranks_in_columns(tmp_path: Path, header: str) -> None:
    """BA-4: the cells name choices; a blank is a skipped rank."""
    text = f"{header}\nAna Álvarez,,{BEN_QUOTED}\n{CAM_QUOTED},No endorsement,\n,,\n"
    assert rankings(tmp_path, text) == {(ANA, SKIPPED, BEN): 1, (CAM, NOBODY): 1, (): 1}


def test_accents_may_be_written_either_way(tmp_path: Path) -> None:
    """BA-4: as one character or as a letter and its accent; both look the same."""
    table = f"rank1,rank2\nAna Álvarez,{CAM_QUOTED}\n"
    two = normalize("NFD", table)
    assert two != table
    assert rankings(tmp_path, two) == rankings(tmp_path, table) == {(ANA, CAM): 1}
    grid = f"Ana Álvarez,{BEN_QUOTED},{CAM_QUOTED},No endorsement\n1,,2,\n"
    assert rankings(tmp_path, normalize("NFD", grid)) == {(ANA, CAM): 1}


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    """BA-4: the header says which rank a column is, not its place."""
    assert rankings(tmp_path, "rank2,rank1\nAna Álvarez,No endorsement\n") == {(NOBODY, ANA): 1}


@pytest.mark.parametrize("title", ["Who should be mayor?", "Who should be mayor"])
@pytest.mark.parametrize("question", ["", "Who should be mayor?", "who should be mayor :"])
@pytest.mark.parametrize(
    "header", ["Who should be mayor", "Who should be mayor?", "Who should be mayor *"]
)
def test_marks_at_the_end_of_a_header_do_not_matter(
    tmp_path: Path, title: str, question: str, header: str
) -> None:
    """BA-4: the same rule as for the sheets."""
    contest = SINGLE | {"title": title}
    text = f"Time,{header},Your zip\n1,Ana Álvarez,2\n"
    assert rankings(tmp_path, text, contest, question=question) == {(ANA,): 1}
    grid = f"Time,{header} [1st],Your zip\n1,Ana Álvarez,2\n"
    assert rankings(tmp_path, grid, RANKED | {"title": title}, question=question) == {(ANA,): 1}
    assert rankings(tmp_path, text, contest, columns=[title]) == {(ANA,): 1}


@pytest.mark.parametrize(
    "cell",
    [
        "Ana Álvarez|No endorsement",
        '"Ana Álvarez\nNo endorsement"',
        '"Ana Álvarez, No endorsement"',
    ],
)
def test_several_names_in_a_rank_are_an_overvote_of_these(tmp_path: Path, cell: str) -> None:
    """BA-4: joined by a bar, a line break, or as checkboxes join them."""
    text = f"rank1,rank2\n{cell},{BEN_QUOTED}\n"
    assert rankings(tmp_path, text) == {(frozenset({ANA, NOBODY}), BEN): 1}


def test_the_word_overvote_is_an_overvote_of_nobody_named(tmp_path: Path) -> None:
    """BA-4: public files say that much and no more."""
    assert rankings(tmp_path, "rank1,rank2\noverVOTE,Ana Álvarez\n") == {(OVERVOTE, ANA): 1}


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (f"Ana Álvarez,{BEN_QUOTED},{CAM_QUOTED},No endorsement", "2,1,,3"),
        (
            ",".join(f'"Council [{name}]"' for name in (*NAMES, "No endorsement")),
            "2nd,1st,,3rd",
        ),
        (f"Ana Álvarez,{BEN_QUOTED},{CAM_QUOTED},No endorsement", "2.0,1.0,,3.0"),
    ],
    ids=["numbers", "a form's grid", "a spreadsheet's floats"],
)
def test_candidates_in_columns(tmp_path: Path, header: str, row: str) -> None:
    """BA-4: the cells are ranks, by number or in words."""
    assert rankings(tmp_path, f"{header}\n{row}\n") == {(BEN, ANA, NOBODY): 1}


def test_equal_ranks_in_two_columns_are_an_overvote(tmp_path: Path) -> None:
    """BA-3, BA-4: and a choice with two ranks is ranked twice."""
    header = f"Ana Álvarez,{BEN_QUOTED},{CAM_QUOTED},No endorsement"
    found = rankings(tmp_path, f'{header}\n1,1,,\n"1, 3",,,\n')
    assert found == {(frozenset({ANA, BEN}),): 1, (ANA, SKIPPED, ANA): 1}


def test_a_form_export_of_several_questions(tmp_path: Path) -> None:
    """BA-4: a form asks about several races; the question with the contest's title is read."""
    text = (
        "Timestamp,Your code,City Council [1st],City Council [2nd],State Senate [1st]\n"
        "4/3/2026 9:00:00,AAA,Ana Álvarez,No endorsement,Zoe Zed\n"
        "4/3/2026 9:00:01,BBB,Ana Álvarez,No endorsement,\n"
        "4/3/2026 9:00:02,CCC,,,Zoe Zed\n"
    )
    assert rankings(tmp_path, text) == {(ANA, NOBODY): 2, (): 1}
    text = text.replace("City Council", "Race A").replace("State Senate", "Race B")
    assert rankings(tmp_path, text, question="Race A") == {(ANA, NOBODY): 2, (): 1}
    with pytest.raises(FixTheData, match="no column has this contest's votes"):
        rankings(tmp_path, text)


FORM = (
    "Timestamp,Race 1 [1st],Race 1 [2nd],Race 10 [1st],Question 1,Question 10,Sheriff,Vote\n"
    "x,Ana Álvarez,,Zoe Zed,Yes,No,No endorsement,?\n"
)


@pytest.mark.parametrize(
    ("contest", "expected"),
    [
        (RANKED | {"title": "Race 1"}, {(ANA,): 1}),
        (QUESTION | {"title": "Question 1"}, {(0,): 1}),
        (QUESTION | {"title": "Question 10"}, {(1,): 1}),
        (SINGLE, {(2,): 1}),
    ],
    ids=["race 1", "question 1", "question 10", "sheriff"],
)
def test_each_race_of_a_form_finds_its_own_columns(
    tmp_path: Path, contest: dict[str, object], expected: dict[object, int]
) -> None:
    """BA-4: by its title, as whole words; "Race 1" is not "Race 10"."""
    assert rankings(tmp_path, FORM, contest) == expected


def test_a_race_that_a_form_does_not_ask_about(tmp_path: Path) -> None:
    """BA-4: another question's grid is not taken for it."""
    text = "Race 1 [1st],Race 2 [1st],Race 2 [2nd]\nAna Álvarez,,\n"
    for contest in (RANKED | {"title": "Race 3"}, QUESTION):
        with pytest.raises(FixTheData, match="this contest"):
            rankings(tmp_path, text, contest)


def test_a_single_choice(tmp_path: Path) -> None:
    """BA-4: one column, headed by the contest's title; other columns are not looked at."""
    text = f"Timestamp,Sheriff\nx,Ana Álvarez\ny,{BEN_QUOTED}\nz,\nw,no  ENDORSEMENT\n"
    assert rankings(tmp_path, text, SINGLE) == {(0,): 1, (1,): 1, (): 1, (2,): 1}


@pytest.mark.parametrize(
    ("word", "place"), [("Yes", 0), ("sí", 0), ("n", 1), ("No position", 2), ("TRUE", 0)]
)
def test_yes_and_no(tmp_path: Path, word: str, place: int) -> None:
    """BA-4: a plain yes or no in the usual words."""
    assert rankings(tmp_path, f"vote\n{word}\n", QUESTION) == {(place,): 1}


def test_approvals_in_one_cell(tmp_path: Path) -> None:
    """SC-3: as a form's checkboxes write them, a comma in a name and all."""
    text = 'Co-chairs\n"Ana Álvarez, Ben Baker, Jr."\nCam Côté\n""\n'
    assert rankings(tmp_path, text, CHAIRS) == {(frozenset({0, 1}),): 1, (2,): 1, (): 1}


def test_ratify_or_prefer(tmp_path: Path) -> None:
    """EN-6: to ratify is an answer of its own, after all choices."""
    contest = {
        "kind": "ratify-or-prefer",
        "id": "d6",
        "title": "District 6",
        "candidates": ["Ana", "Ben"],
        "recommendation": "Ana",
    }
    text = "vote\nRatify the recommendation\nBen\n"
    assert rankings(tmp_path, text, contest) == {(3,): 1, (1,): 1}


PUBLIC = {
    "kind": "ranked",
    "id": "mayor",
    "title": "Mayor",
    "rules": "public",
    "candidates": ["Ann", "Bob"],
    "no_endorsement": "",
    "undeclared_write_ins": "UWI",
}


def test_a_public_cast_vote_record(tmp_path: Path) -> None:
    """BA-4: headers that say nothing, and the words of public files."""
    text = (
        "Cast Vote Record,Precinct,Mayor,Unnamed: 3,Unnamed: 4\n"
        "1,W-1,Ann,undervote,Bob\n"
        "2,W-1,UWI,overvote,skipped\n"
        "3,W-2,475,Ann/Bob,undervote\n"
    )
    found = rankings(
        tmp_path,
        text,
        PUBLIC,
        first_column=3,
        aliases={"475": "Bob"},
        overvote_delimiter="/",
    )
    assert found == {(0, SKIPPED, 1): 1, (2, OVERVOTE): 1, (1, frozenset({0, 1})): 1}


def test_columns_by_name(tmp_path: Path) -> None:
    """BA-4: in the order of the ranks, wherever they stand."""
    text = "b,x,a\nAnn,,Bob\n"
    assert rankings(tmp_path, text, PUBLIC, columns=["a", "b"]) == {(1, 0): 1}


def test_a_blank_may_be_a_write_in(tmp_path: Path) -> None:
    """RCTab's setting for machines that leave a write-in's cell empty."""
    text = "rank1,rank2\nAnn,\n,Bob\n"
    assert rankings(tmp_path, text, PUBLIC, blank_is_write_in=True) == {(0, 2): 1, (2, 1): 1}


def test_rows_above_the_header(tmp_path: Path) -> None:
    """BA-4: a title above the table is passed over where the settings say so."""
    text = "Ballots of May 3\n\nrank1,rank2\nAna Álvarez,\n"
    assert rankings(tmp_path, text, header_row=3) == {(ANA,): 1}


def test_a_row_of_nothing(tmp_path: Path) -> None:
    """BA-2: an empty row beside filled columns is no ballot; a blank vote beside a code is one."""
    assert rankings(tmp_path, "id,rank1\n1,\n,\n\n2,Ana Álvarez\n") == {(): 1, (ANA,): 1}
    assert rankings(tmp_path, 'id,rank1\n"1",\n,\n\n2,Ana Álvarez\n') == {(): 1, (ANA,): 1}
    assert rankings(tmp_path, "rank1,rank2\n,\n\nAna Álvarez,\n") == {(): 1, (ANA,): 1}
