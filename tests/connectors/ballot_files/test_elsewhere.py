"""BA-2, BA-7: a vote that stands under another header than the contest's is not counted blank."""

from pathlib import Path
from typing import Any

import pytest

from models.errors import FixTheData
from tests.connectors.ballot_files.files import read
from tests.connectors.ballot_files.test_headers import MAYOR, QUESTION
from tests.connectors.ballot_files.test_rows import both
from tests.connectors.ballot_files.test_xlsx import Rows, workbook

SHERIFF: dict[str, Any] = {
    "kind": "single-choice",
    "id": "sheriff",
    "title": "Sheriff",
    "candidates": ["Dee Dunn", "Eli Estes"],
}
APPROVAL: dict[str, Any] = {
    "kind": "approval",
    "id": "co",
    "title": "Co-chairs",
    "candidates": ["Ida Ives", "Jon Jett", "Kit Kerr"],
    "seats": 2,
}
TIME = "5/1/2026 19:01:07"


def refused(folder: Path, rows: Rows, contest: dict[str, Any], match: str, **said: Any) -> str:
    """How a file is refused, as CSV and as a workbook; the next step."""
    with pytest.raises(FixTheData, match=match) as found:
        both(folder, rows, contest, **said)
    with pytest.raises(FixTheData, match=match):
        read(workbook(folder, Ballots=rows), contest, **said)
    return found.value.next_step


@pytest.mark.parametrize(
    "header",
    ["Sheriff (old)", "Copy of Sheriff", "Sheriff 2", "Who do you prefer", ""],
)
def test_votes_that_rows_hold_elsewhere_are_not_blank_ballots(tmp_path: Path, header: str) -> None:
    """Two voters marked Dee before the question was edited."""
    rows: Rows = [["Timestamp", "Sheriff", header]]
    rows += [[TIME, None, "Dee Dunn"], [TIME, None, "Dee Dunn"], [TIME, "Eli Estes", None]]
    step = refused(tmp_path, rows, SHERIFF, r"!C1: this column has choices, but 2 of its rows")
    assert ("[ballots] ignore" if header else "delete it") in step


@pytest.mark.parametrize(
    "header", ["Question 4 (edited)", "Question 4: audit the legislature", "Medicare for all?"]
)
def test_so_with_yes_and_no(tmp_path: Path, header: str) -> None:
    rows: Rows = [["Timestamp", "Question 4", header]]
    rows += [[TIME, None, "No"], [TIME, None, "No"], [TIME, "Yes", None]]
    refused(tmp_path, rows, QUESTION, "!C1: this column has choices")
    if "4" not in header:
        rows.append([TIME, "Yes", "No"])
        assert both(tmp_path, rows, QUESTION).rankings == {(): 2, (0,): 2}
    assert both(tmp_path, rows, QUESTION, ignore=[header]).rows == len(rows) - 1


@pytest.mark.parametrize("again", ["Mayor (new)", "Mayor 2026", "Who should run the town?"])
@pytest.mark.parametrize("by_rank", [True, False])
def test_so_with_a_grid_that_was_asked_again(tmp_path: Path, again: str, by_rank: bool) -> None:
    names, marks = ["Ann Oak", "Bo Pine", "Cy Fir", "No endorsement"], ["1", "2", None, None]
    lines = ["1st", "2nd", "3rd", "4th"] if by_rank else names
    votes = ["Ann Oak", "Bo Pine", None, None] if by_rank else marks
    none: list[object] = [None] * 4
    rows: Rows = [["Timestamp", *(f"{t} [{n}]" for t in ("Mayor", again) for n in lines)]]
    rows += [[TIME, *votes, *none], [TIME, *none, *votes], [TIME, *none, *votes]]
    refused(tmp_path, rows, MAYOR, "!F1: this column has choices")


def test_another_race_that_some_leave_blank_is_no_such_thing(tmp_path: Path) -> None:
    rows: Rows = [["Timestamp", "Sheriff", "Clerk"]]
    rows += [[TIME, "Dee Dunn", "Eli Estes"], [TIME, None, "Dee Dunn"], [TIME, "Eli Estes", None]]
    assert both(tmp_path, rows, SHERIFF).rows == 3
    rows[0][2] = "Lt. Sheriff"
    assert both(tmp_path, rows, SHERIFF).rows == 3
    rows = [["Timestamp", "Sheriff", "Why that sheriff?"], [TIME, None, "no idea"]]
    assert both(tmp_path, [*rows, [TIME, "Dee Dunn", None]], SHERIFF).rows == 2


@pytest.mark.parametrize("contest", [SHERIFF, APPROVAL])
def test_two_header_lines_are_refused_by_the_second(
    tmp_path: Path, contest: dict[str, Any]
) -> None:
    """As SurveyMonkey downloads them: the title above the first choice, a column for each."""
    names = contest["candidates"]
    rest = [None] * (len(names) - 1)
    rows: Rows = [["Respondent ID", "Start Date", contest["title"], *rest], [None, None, *names]]
    rows += [["1", TIME, names[0], *rest], ["2", TIME, *rest, names[-1]]]
    step = refused(tmp_path, rows, contest, r"!2:2: this is a second header row")
    assert "delete row 2" in step


def test_a_second_line_that_heads_one_column_is_passed_over_and_told(tmp_path: Path) -> None:
    rows: Rows = [["Start Date", "Question 4"], [None, "Response"], [TIME, "Yes"], [TIME, "No"]]
    found = both(tmp_path, rows, QUESTION)
    assert found.rankings == {(0,): 1, (1,): 1}
    assert found.remarks[0].endswith(": 2")


def test_and_once_the_header_is_mended_as_told_they_are_read(tmp_path: Path) -> None:
    rows: Rows = [["Start Date", "Sheriff [Dee Dunn]", "Sheriff [Eli Estes]"]]
    rows[0].append("Sheriff [No endorsement]")
    rows += [[TIME, "Dee Dunn", None], [TIME, None, "Eli Estes"], [TIME, None, "Eli Estes"]]
    assert both(tmp_path, rows, SHERIFF).rankings == {(0,): 1, (1,): 2}


@pytest.mark.parametrize(
    ("yes", "no"), [("TRUE", "FALSE"), ("x", None), ("1", "0"), ("Yes", "No"), ("✓", None)]
)
def test_ticks_in_the_columns_of_choices_are_read(tmp_path: Path, yes: str, no: str | None) -> None:
    """BA-4: an approval has no ranks, and who asks for them sends people astray."""
    rows: Rows = [["Timestamp", *(f"Co-chairs [{name}]" for name in APPROVAL["candidates"])]]
    rows += [[TIME, yes, no, yes], [TIME, yes, no, no], [TIME, no, no, no]]
    assert both(tmp_path, rows, APPROVAL).rankings == {(frozenset((0, 2)),): 1, (0,): 1, (): 1}
    rows.append([TIME, "hm", no, no])
    assert "rank" not in refused(tmp_path, rows, APPROVAL, "a check mark is written in an unknown")


def test_ranks_are_no_approvals(tmp_path: Path) -> None:
    """BA-7: everybody who ranked all would have approved all."""
    rows: Rows = [["Timestamp", *(f"Co-chairs [{name}]" for name in APPROVAL["candidates"])]]
    rows += [[TIME, "1", "2", "3"], [TIME, "3", "1", "2"]]
    refused(
        tmp_path,
        rows,
        APPROVAL,
        "C2: this is a rank, but this contest only asks whether a choice is approved",
    )


@pytest.mark.parametrize("columns", [["First"], ["Q5", "Q6"]])
def test_columns_that_are_named_are_all_of_the_race(tmp_path: Path, columns: list[str]) -> None:
    """BA-7: a ranked race is never counted from one question, nor without one that has choices."""
    heads = columns if len(columns) > 1 else ["First", "Second"]
    last = "Q7" if len(columns) > 1 else "Third"
    rows: Rows = [["Timestamp", *heads, last], [TIME, "Ann Oak", "Bo Pine", None]]
    rows += [[TIME, "Cy Fir", None, "Ann Oak"]]
    refused(tmp_path, rows, MAYOR, "is only one column|D1: this column has", columns=columns)
    assert both(tmp_path, rows, MAYOR, columns=[*heads, last]).rows == 2


def test_a_list_in_one_cell_is_told_what_to_become(tmp_path: Path) -> None:
    """BA-7: `columns` of [ballots] would make an overvote of each."""
    rows: Rows = [["Start time", "Mayor"], [TIME, "Ann Oak;Bo Pine;Cy Fir;"]]
    step = refused(tmp_path, rows, MAYOR, "is ranked, but is asked as one question")
    assert "first split it into one column per name" in step
    refused(tmp_path, rows, MAYOR, "is only one column", columns=["Mayor"])


def test_names_parted_by_a_bare_comma_are_read(tmp_path: Path) -> None:
    """BA-4: as Airtable joins them."""
    rows: Rows = [["Name", "Co-chairs"], ["A", "Ida Ives,Jon Jett"], ["B", "Kit Kerr"]]
    assert both(tmp_path, rows, APPROVAL).rankings == {(frozenset((0, 1)),): 1, (2,): 1}


def test_the_columns_of_a_quiz_are_passed_over_with_a_word(tmp_path: Path) -> None:
    """BA-7: a form that was made a quiz; “Sheriff” was told to fit in two ways."""
    header = ["Timestamp", "Total score", "Sheriff", "Sheriff [Score]", "Sheriff [Feedback]"]
    marked = [[TIME, "0.00 / 0", name, "-- / 0", ""] for name in ("Dee Dunn", "Dee Dunn", "")]
    found = both(tmp_path, [header, *marked], SHERIFF)
    assert found.rankings == {(0,): 2, (): 1}
    assert "columns D and E: a quiz's own scores and feedback, not read" in found.remarks
