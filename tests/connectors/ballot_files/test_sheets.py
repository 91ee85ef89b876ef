"""BA-7: which sheet of a workbook is read, and what advice leads to."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.errors import ClerkError
from tests.connectors.ballot_files.files import read
from tests.connectors.ballot_files.test_elsewhere import APPROVAL, SHERIFF, TIME, refused
from tests.connectors.ballot_files.test_headers import MAYOR
from tests.connectors.ballot_files.test_rows import both
from tests.connectors.ballot_files.test_xlsx import Rows, workbook

VOTES: Rows = [["Timestamp", "Sheriff"], [TIME, "Dee Dunn"], [TIME, "Dee Dunn"]]


@pytest.mark.parametrize("first", [["Sheriff", "Votes %"], ["Sheriff", "Party"]])
def test_a_sheet_without_times_is_not_read_before_one_with_times(
    tmp_path: Path, first: list[object]
) -> None:
    """A summary or a list of candidates stood first."""
    summary: Rows = [first, ["Dee Dunn", "D"], ["Eli Estes", "D"]]
    file = workbook(tmp_path, Summary=summary, Answers=VOTES)
    with pytest.raises(ClerkError, match=r"“Summary” was read.*“Answers” would fit") as said:
        read(file, SHERIFF)
    assert "[ballots] sheet" in said.value.next_step
    assert read(file, SHERIFF, sheet="Answers").rows == 2
    assert read(file, SHERIFF, sheet="Summary").rows == 2


def test_a_hidden_sheet_is_not_read_where_one_is_shown(tmp_path: Path) -> None:
    file = workbook(tmp_path, Old=[*VOTES, [TIME, "Eli Estes"]], Answers=VOTES)
    book = load_workbook(file)
    book["Old"].sheet_state = "hidden"
    book.active = 1
    book.save(file)
    found = read(file, SHERIFF)
    assert found.rows == 2
    assert "“Answers” is read; “Old” also has ballots" in found.remarks[0]


def test_a_time_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClerkError, match=r"the time_column .* is not there"):
        both(tmp_path, VOTES, SHERIFF, time_column="Nope")
    assert both(tmp_path, VOTES, SHERIFF, time_column="").rows == 2


@pytest.mark.parametrize("asked", ["Mayor (3 = best)", "Mayor (score)", "Rate the candidates"])
def test_scores_are_no_ranks(tmp_path: Path, asked: str) -> None:
    """The best would be the last; nor is such a question proposed."""
    names = [*MAYOR["candidates"], "No endorsement"]
    rows: Rows = [[f"{asked} [{name}]" for name in names], ["3", "2", "1", None]]
    refused(tmp_path, rows, MAYOR, "the question asks for scores", question=asked)
    own = MAYOR | {"ranks": {"3": 1, "2": 2, "1": 3}}
    assert both(tmp_path, rows, own, question=asked).rankings == {(0, 1, 2): 1}
    assert f'question = "{asked}"' not in refused(
        tmp_path, rows, MAYOR, "nothing asks|lacks|is nei"
    )


@pytest.mark.parametrize(
    ("contest", "cell", "word"),
    [(APPROVAL, "Abstain", "Abstain"), (MAYOR, "0", "0")],
)
def test_what_means_nothing_is_told_of_blank(
    tmp_path: Path, contest: dict[str, Any], cell: str, word: str
) -> None:
    names = [*contest["candidates"], *(["No endorsement"] if contest is MAYOR else [])]
    rows: Rows = [[f"{contest['title']} [{name}]" for name in names]]
    rows.append(["1", cell, *[None] * (len(names) - 2)])
    assert "[ballots] blank" in refused(
        tmp_path, rows, contest, "!B2: a (rank|check mark) is written"
    )
    assert both(tmp_path, rows, contest, blank=[word]).rankings == {(0,): 1}


def test_write_ins_are_named_only_where_names_may_be_written_in(tmp_path: Path) -> None:
    rows: Rows = [["Sheriff"], ["Zed Zorn"], ["Dee Dunn"]]
    assert "undeclared" not in refused(tmp_path, rows, SHERIFF, "a name is not on this ballot")
    public = SHERIFF | {"rules": "public", "no_endorsement": ""}
    assert "undeclared" in refused(tmp_path, rows, public, "a name is not on this ballot")


def test_a_file_without_a_header_is_told_so(tmp_path: Path) -> None:
    step = refused(tmp_path, [["Dee Dunn"], ["Dee Dunn"], ["Eli Estes"]], SHERIFF, "lacks")
    assert step.startswith("if the file has no header, write one above the votes")
