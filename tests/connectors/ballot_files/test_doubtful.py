"""BA-1, BA-2: what the keeper of a file wrote beside its rows decides whether they are votes."""

from pathlib import Path

import pytest

from tests.connectors.ballot_files.test_elsewhere import APPROVAL, SHERIFF, refused
from tests.connectors.ballot_files.test_headers import MAYOR
from tests.connectors.ballot_files.test_rows import GRID, both
from tests.connectors.ballot_files.test_xlsx import Rows

DEE, ELI = "Dee Dunn", "Eli Estes"
NAMES = ("Ida Ives", "Jon Jett", "Kit Kerr")


def beside(header: str, *cells: object, votes: tuple[str, ...] = (DEE, DEE, ELI)) -> Rows:
    """Two for Dee and one for Eli, and another column."""
    times = [f"5/1/2026 19:0{minute}:07" for minute in range(len(votes))]
    rows = [list(row) for row in zip(times, votes, cells, strict=True)]
    return [["Timestamp", "Sheriff", header], *rows]


@pytest.mark.parametrize(
    ("header", "bad", "good"),
    [
        ("Valid?", "no", "yes"),
        ("Eligible", "FALSE", "TRUE"),
        ("Are you a member?", "No", "Yes"),
        ("Voting member as of 4/1?", "N", "Y"),
        ("Count?", "N", "Y"),
        ("Late?", "yes", ""),
        ("Duplicate?", "dup", ""),
        ("Status", "Rejected", "Accepted"),
        ("Ballot status", "Challenged", "OK"),
        ("Duplicate", "x", ""),
        ("Superseded", "x", ""),
        ("Remove", "TRUE", "FALSE"),
        ("Is this a test?", "Yes", "No"),
        ("Notes", "VOID - voted twice", "paid by check"),
        ("Notes", "spoiled", ""),
        ("Office use", "Duplicate of row 7", ""),
        ("Checked by", "do not count", "Ann"),
    ],
)
def test_a_row_that_somebody_marked_as_no_vote_is_not_counted_in_silence(
    tmp_path: Path, header: str, bad: str, good: str
) -> None:
    rows = beside(header, bad, bad, good)
    fact = "!C2: column C says that this row does not count; the same is true of 1 more"
    assert "delete each such row" in refused(tmp_path, rows, SHERIFF, fact)
    assert both(tmp_path, rows, SHERIFF, ignore=[header]).rows == 3


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Comments", ("I reject both", "no", "void where prohibited, ha")),
        ("Valid?", ("yes", "yes", "")),
        ("Should a member pay more?", ("No", "No", "Yes")),
        ("Comments", ("test", "count me in", "Duplicates are bad")),
        ("Precinct", ("4", "4", "5")),
        ("Voted by", ("self", "proxy", "self")),
        ("Code", ("A", "A", "B")),
        ("Name", ("Ann Alder", "Ann Alder", "Bo Birch")),
    ],
)
def test_what_people_write_otherwise_is_in_no_votes_way(
    tmp_path: Path, header: str, cells: tuple[str, ...]
) -> None:
    assert both(tmp_path, beside(header, *cells), SHERIFF).rows == 3


@pytest.mark.parametrize(
    ("header", "one", "other"),
    [
        ("Ballot code", "ABCD-1234", "EFGH-5678"),
        ("Email Address", "ann@example.org", "bo@example.org"),
        ("User Email", "ann@example.org", "bo@example.org"),
        ("Response ID", "R_1", "R_2"),
        ("Ballot", "1", "2"),
    ],
)
def test_one_voter_twice_is_not_two_votes(
    tmp_path: Path, header: str, one: str, other: str
) -> None:
    """BA-1: nor is it guessed which of the two counts."""
    rows = beside(header, one, one.upper(), other)
    step = refused(
        tmp_path, rows, SHERIFF, "!C3: the same voter appears twice: row 2 has the same value"
    )
    assert "delete the earlier rows" in step
    assert both(tmp_path, [rows[0], *rows[2:]], SHERIFF).rows == 2
    assert both(tmp_path, rows, SHERIFF, ignore=[header]).rows == 3


@pytest.mark.parametrize(
    ("header", "voter"),
    [("Email Address", "c@example.org"), ("Username", "c@example.org"), ("Ballot code", "CCCC")],
)
def test_one_voter_often_is_not_many_votes(tmp_path: Path, header: str, voter: str) -> None:
    """BA-1: three of five rows are one person's, who would win."""
    rows = beside(header, "a@example.org", voter, voter, voter, votes=(DEE, ELI, ELI, ELI))
    refused(
        tmp_path,
        rows,
        SHERIFF,
        "!C4: the same voter appears twice: row 3 .*; the same is true of 1 more",
    )


@pytest.mark.parametrize(
    ("header", "left", "done"),
    [
        ("Progress", "40", "100"),
        ("Status", "Partial", "Complete"),
        ("Response Status", "Started but not completed", "Completed"),
        ("Completed", "No", "Yes"),
        ("Estado", "Parcial", "Completada"),
        ("State of it", "whatever", "finished"),
    ],
)
def test_an_answer_that_was_never_finished_is_refused(
    tmp_path: Path, header: str, left: str, done: str
) -> None:
    """BA-2: whatever word the survey has for it."""
    rows = beside(header, done, left, done)
    step = refused(
        tmp_path, rows, SHERIFF, "!3:3: this is a test, or a response that was never finished"
    )
    assert "delete each such row" in step
    assert both(tmp_path, rows, SHERIFF, ignore=[header]).rows == 3
    assert both(tmp_path, beside(header, done, done, done), SHERIFF).rows == 3
    assert both(tmp_path, beside(header, "", "", ""), SHERIFF).rows == 3


@pytest.mark.parametrize(
    ("header", "cells"),
    [("Round", ("1", "1", "2")), ("Contest", ("Sheriff", "Sheriff", "Mayor"))],
)
def test_several_votes_in_one_file_are_not_one(
    tmp_path: Path, header: str, cells: tuple[str, ...]
) -> None:
    fact = "!C2: column C says that the rows belong to several elections or rounds"
    refused(tmp_path, beside(header, *cells), SHERIFF, fact)
    assert both(tmp_path, beside(header, cells[0], cells[0], cells[0]), SHERIFF).rows == 3


@pytest.mark.parametrize("header", ["Voting strength", "Delegate votes", "Shares held", "Weight"])
def test_a_delegate_of_twelve_is_not_one_vote(tmp_path: Path, header: str) -> None:
    fact = "1: this column counts ballots, but each row is read as one ballot"
    refused(tmp_path, beside(header, "12", "3", "3"), SHERIFF, fact)
    ranked: Rows = [[header, *GRID, "Mayor [No endorsement]"], ["1", "1", "2", "3", ""]]
    refused(tmp_path, [*ranked, ["3", "2", "1", "", ""]], MAYOR, fact)


def test_scores_that_are_read_as_ranks_are_told(tmp_path: Path) -> None:
    """BA-3: two choices of one rank make it and all after it inactive."""
    head: list[object] = [*GRID, "Mayor [No endorsement]"]
    (said,) = both(tmp_path, [head, ["4", "4", "1", "1"]], MAYOR).remarks
    assert said.startswith(
        "1 of 1 ballots give the same rank to several choices; if these are scores"
    )
    assert not both(tmp_path, [head, ["1", "2", "3", ""]], MAYOR).remarks
    assert not both(tmp_path, [list(NAMES), ["x", "x", ""]], APPROVAL).remarks


@pytest.mark.parametrize("header", ["Sheriff (final answer)", "Sheriff, after the debate", ""])
def test_a_second_answer_to_the_same_question_is_not_passed_over(
    tmp_path: Path, header: str
) -> None:
    """BA-7: who changed their mind there was counted for the other."""
    fact = "!C1: this column has choices, and some of them differ from the column that is read"
    refused(tmp_path, beside(header, ELI, DEE, ""), SHERIFF, fact)
    assert both(tmp_path, beside("Sheriff again", DEE, DEE, ELI), SHERIFF).rows == 3
    assert both(tmp_path, beside("Deputy", ELI, DEE, ELI), SHERIFF).rows == 3


def test_tally_marks_are_no_blank_ballot(tmp_path: Path) -> None:
    """BA-2: a bar parts names."""
    refused(
        tmp_path,
        [list(NAMES), ["|||", "||", "|"]],
        APPROVAL,
        "a check mark is written in an unknown",
    )
