"""BA-2, BA-7: what only looks like ballots is refused, and a ballot without a time is not lost."""

from pathlib import Path
from typing import Any

import pytest

from tests.connectors.ballot_files.files import read
from tests.connectors.ballot_files.test_elsewhere import APPROVAL, SHERIFF, TIME, refused
from tests.connectors.ballot_files.test_headers import MAYOR, QUESTION
from tests.connectors.ballot_files.test_rows import BALLOTS, GRID, both
from tests.connectors.ballot_files.test_xlsx import Rows, workbook

FOUR = [*GRID, "Mayor [No endorsement]"]


@pytest.mark.parametrize(
    "time", ["########", "paper ballot", "May 2", "20260501", "1746140467000", None]
)
def test_a_ballot_whose_time_cannot_be_read_is_not_passed_over(
    tmp_path: Path, time: str | None
) -> None:
    """BA-2: three with their times and seven without elected whom the three wanted."""
    rows: Rows = [["Timestamp", "Sheriff"], [TIME, "Dee Dunn"], [time, "Eli Estes"]]
    rows.append([time, "Eli Estes"])
    step = refused(
        tmp_path, rows, SHERIFF, "!3:3: this row marks .* rows have one; the same is true of 1"
    )
    assert 'time_column = ""' in step
    assert both(tmp_path, rows, SHERIFF, time_column="").rankings == {(0,): 1, (1,): 2}
    rows[2:] = [[time, None]]
    assert both(tmp_path, rows, SHERIFF).rows == 1


@pytest.mark.parametrize("time", ["1 May 2026 at 19.03", "1-May-26", "2 de mayo de 2026"])
def test_more_styles_of_a_day_are_known(tmp_path: Path, time: str) -> None:
    rows: Rows = [["Timestamp", "Sheriff"], [TIME, "Dee Dunn"], [time, "Eli Estes"]]
    assert both(tmp_path, rows, SHERIFF).rows == 2


def test_an_answer_without_its_day_of_submission_was_not_sent(tmp_path: Path) -> None:
    """BA-2: LimeSurvey keeps the pages of whoever left in the middle."""
    rows: Rows = [["id", "Date submitted", "Mayor [Rank 1]", "Mayor [Rank 2]"]]
    rows += [["1", "2026-05-01 10:00:00", "Ann Oak", "Bo Pine"], ["2", None, "Ann Oak", None]]
    refused(tmp_path, rows, MAYOR, "!3:3: this row marks something, but has no readable time")


@pytest.mark.parametrize(
    ("header", "cell"), [("Status", "Survey Preview"), ("Finished", "False"), ("Finished", "0")]
)
def test_tests_and_unfinished_answers_are_refused(tmp_path: Path, header: str, cell: str) -> None:
    """BA-2: as Qualtrics marks them."""
    good = "True" if header == "Finished" else "IP Address"
    rows: Rows = [[header, "Sheriff"], [good, "Dee Dunn"], [cell, "Eli Estes"]]
    refused(tmp_path, rows, SHERIFF, "!3:3: this is a test, or a response that was never finished")
    assert both(tmp_path, rows, SHERIFF, ignore=[header]).rows == 2


@pytest.mark.parametrize("header", ["Tally", "#", "Freq", "Ballots cast", "Count of Question 1"])
@pytest.mark.parametrize("numbers", [("40", "20"), ("3", "1")])
def test_a_summary_is_not_a_ballot_a_line(
    tmp_path: Path, header: str, numbers: tuple[str, str]
) -> None:
    """BA-7: forty to twenty would be one to one."""
    rows: Rows = [["Sheriff", header], ["Dee Dunn", numbers[0]], ["Eli Estes", numbers[1]]]
    counts = "each vote is here at most once, next to a number|this column counts ballots"
    refused(tmp_path, rows, SHERIFF, f"!B1: (?:{counts})")
    assert both(tmp_path, rows, SHERIFF, ignore=[header]).rows == 2


@pytest.mark.parametrize("header", ["Ballot ID", "Precinct", "Number", "Zip"])
def test_numbers_about_voters_are_no_counts(tmp_path: Path, header: str) -> None:
    rows: Rows = [["Sheriff", header], ["Dee Dunn", "40"], ["Eli Estes", "21"]]
    assert both(tmp_path, rows, SHERIFF).rows == 2
    rows = [[*FOUR, "Precinct"], ["1", "2", None, None, "1"], ["1", None, None, None, "3"]]
    assert both(tmp_path, rows, MAYOR).rows == 2


@pytest.mark.parametrize("last", [["Yes count", "1"], ["Total yes", "1"], ["Winner", "Yes"],
                                  ["Mode", "No"]])  # fmt: skip
def test_a_line_of_results_is_perhaps_no_ballot(tmp_path: Path, last: list[object]) -> None:
    rows: Rows = [["Code", "Question 4"], ["a", "Yes"], ["b", "No"], last]
    refused(tmp_path, rows, QUESTION, "!4:4: this might be a sum")


@pytest.mark.parametrize("word", ["First choices", "Median", "Maximum"])
def test_so_beside_ranks(tmp_path: Path, word: str) -> None:
    rows: Rows = [["Code", *GRID], *([f"p{n}", *b] for n, b in enumerate(BALLOTS[:3]))]
    rows.append([word, "2", "1", "1"])
    refused(
        tmp_path,
        rows,
        MAYOR | {"no_endorsement": "", "rules": "public"},
        "!5:5: this might be a sum",
    )


def test_a_last_row_that_counts_the_columns_is_perhaps_no_ballot(tmp_path: Path) -> None:
    """BA-7: in a file of votes alone no word heads it."""
    rows: Rows = [
        FOUR,
        *([["1", None, "2", None]] * 3),
        [None, "1", None, "2"],
        ["3", "1", "3", "1"],
    ]
    step = refused(tmp_path, rows, MAYOR, "!6:6: this might be a sum: each cell is the number")
    assert "move it up" in step
    assert both(tmp_path, [rows[0], rows[-1], *rows[1:-1]], MAYOR).rows == 5


def test_a_bare_number_among_words_is_no_vote(tmp_path: Path) -> None:
    """BA-2: it was counted as a Yes."""
    rows: Rows = [["Code", "Question 4"], ["a", "Yes"], ["b", "No"], ["c", "1"]]
    refused(tmp_path, rows, QUESTION, "!B4: this is a number among words")
    assert both(tmp_path, rows, QUESTION, aliases={"1": "Yes"}).rankings == {(0,): 2, (1,): 1}
    rows = [["Code", "Question 4"], ["a", "1"], ["b", "0"], ["c", None]]
    assert both(tmp_path, rows, QUESTION).rankings == {(0,): 1, (1,): 1, (): 1}


def test_a_row_for_each_rank_is_no_ballot(tmp_path: Path) -> None:
    """BA-7: two voters would have three ballots."""
    rows: Rows = [["Voter", "Sheriff", "Rank"], ["v1", "Dee Dunn", "1"], ["v1", "Eli Estes", "2"]]
    refused(
        tmp_path,
        rows,
        SHERIFF,
        "!C1: this file has one row per rank, but each row is read as one ballot",
    )


@pytest.mark.parametrize("contest", [SHERIFF, APPROVAL])
def test_a_file_of_which_nothing_can_be_read_is_never_set_aside(
    tmp_path: Path, contest: dict[str, Any]
) -> None:
    """BA-2: it was counted as if nobody had voted."""
    rows: Rows = [["Timestamp", contest["title"]], [TIME, "Dunn"], [TIME, "Estes"]]
    step = refused(tmp_path, rows, contest, "a name is not on this ballot", unreadable="set aside")
    assert "set aside" not in step
    assert "set aside" not in refused(tmp_path, rows, contest, "a name is not on this ballot")
    rows.append([TIME, contest["candidates"][0]])
    assert both(tmp_path, rows, contest, unreadable="set aside").unreadable == 2


def test_a_file_without_ballots_is_told(tmp_path: Path) -> None:
    rows: Rows = [["Timestamp", "Sheriff"]]
    said = ("there is no ballot below the header",)
    assert both(tmp_path, rows, SHERIFF).remarks == said
    assert read(workbook(tmp_path, Ballots=rows), SHERIFF).remarks == said


def test_a_formula_below_the_votes_of_a_workbook_is_a_sum(tmp_path: Path) -> None:
    """BA-7: it has no time, and is passed over and told."""
    rows: Rows = [["Timestamp", "Sheriff"], [TIME, "Dee Dunn"], [None, "=COUNTA(B2:B2)"]]
    found = read(workbook(tmp_path, Ballots=rows), SHERIFF)
    assert found.rankings == {(0,): 1}
    assert found.remarks[0].endswith(": 3")
