"""BA-2: what was written in the line for another answer is not counted as blank in silence."""

from pathlib import Path

import pytest

from tests.connectors.ballot_files.test_doubtful import DEE, beside
from tests.connectors.ballot_files.test_elsewhere import SHERIFF, refused
from tests.connectors.ballot_files.test_rows import both
from tests.connectors.ballot_files.test_xlsx import Rows

HEADERS = ["Other (please specify)", "Sheriff - other (please specify)", "Write-in", "Otro"]


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("name", ["Zed Zorn", "E. Estes", "Eli Estes (incumbent)"])
def test_votes_written_in_are_refused(tmp_path: Path, header: str, name: str) -> None:
    rows = beside(header, "", name, name, votes=(DEE, "", ""))
    fact = "!C1: this column is for other answers, and is filled in 2 rows that are blank"
    step = refused(tmp_path, rows, SHERIFF, fact)
    assert f'ignore = ["{header}"]' in step
    assert both(tmp_path, rows, SHERIFF, ignore=[header]).rankings == {(0,): 1, (): 2}


def test_so_where_the_columns_are_named(tmp_path: Path) -> None:
    rows = beside("Sheriff [Other]", "", "Zed", "Zed", votes=(DEE, "", ""))
    refused(tmp_path, rows, SHERIFF, "!C1: this column is for other answers", columns=["Sheriff"])


@pytest.mark.parametrize("header", ["Sheriff (comments)", "Anything else?"])
def test_what_may_be_an_answer_is_told(tmp_path: Path, header: str) -> None:
    rows = beside(header, "", "Neither, please", "No!", votes=(DEE, "", ""))
    said = "column C is filled in 2 rows that mark nothing here"
    assert both(tmp_path, rows, SHERIFF).remarks[0].startswith(said)


def test_the_other_line_of_another_question_is_none_of_this_one(tmp_path: Path) -> None:
    rows: Rows = [["Sheriff", "Council", "Other (please specify)"]]
    rows += [[DEE, "Kim", None], [None, None, "Lee"], [DEE, None, "Lee"]]
    remarks = both(tmp_path, rows, SHERIFF).remarks
    assert not [one for one in remarks if "is filled in" in one]
    rows = beside("Other (please specify)", "", "so fine", "", votes=(DEE, DEE, ""))
    assert both(tmp_path, rows, SHERIFF).rows == 3
