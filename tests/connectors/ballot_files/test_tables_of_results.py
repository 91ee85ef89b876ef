"""BA-7: a table of results is no file of ballots, whatever its numbers and headers look like."""

from pathlib import Path

import pytest

from tests.connectors.ballot_files.test_elsewhere import SHERIFF, refused
from tests.connectors.ballot_files.test_headers import QUESTION
from tests.connectors.ballot_files.test_rows import both
from tests.connectors.ballot_files.test_xlsx import Rows

DEE, ELI = "Dee Dunn", "Eli Estes"
TICKED: list[object] = ["Sheriff [Dee Dunn]", "Sheriff [Eli Estes]", "Sheriff [No endorsement]"]


@pytest.mark.parametrize(
    ("header", "dee", "eli"),
    [
        ("Percent", "66%", "34%"),
        ("Anteil", "66,5 %", "33,5 %"),
        ("Share", "0.66", "0.34"),
        ("Result", "4 votes", "1 vote"),
        ("Tally", "IIII", "II"),
        ("So far", "4", "2"),
    ],
)
def test_each_choice_once_beside_a_quantity_is_a_summary(
    tmp_path: Path, header: str, dee: str, eli: str
) -> None:
    rows: Rows = [["Sheriff", header], [DEE, dee], [ELI, eli]]
    refused(tmp_path, rows, SHERIFF, "!B1: each vote is here at most once, next to a number")
    assert both(tmp_path, rows, SHERIFF, ignore=[header]).rows == 2
    assert both(tmp_path, [*rows, [DEE, dee]], SHERIFF).rows == 3


@pytest.mark.parametrize("header", ["Sum", "n", "Cast"])
def test_each_choice_once_in_every_ward_is_a_summary(tmp_path: Path, header: str) -> None:
    rows: Rows = [["Ward", "Question 4", header]]
    rows += [["1", "Yes", "40"], ["1", "No", "20"], ["2", "Yes", "10"], ["2", "No", "30"]]
    refused(tmp_path, rows, QUESTION, "!C1: each vote is here at most once")
    rows[4] = ["2", "Yes", "30"]
    assert both(tmp_path, rows, QUESTION).rows == 4


def test_a_column_of_weights_counts_ballots_though_a_cell_is_no_number(tmp_path: Path) -> None:
    rows: Rows = [["Sheriff", "Ballots"], [DEE, "12"], [ELI, "9"], [DEE, "x"]]
    refused(tmp_path, rows, SHERIFF, "!B1: this column counts ballots")


@pytest.mark.parametrize("second", [["10-2", "1", "2", "0"], ["10-2", "1", "3", None]])
def test_numbers_below_choices_that_nobody_ranks_are_no_ballot(
    tmp_path: Path, second: list[object]
) -> None:
    rows: Rows = [["Precinct", *TICKED], ["10-1", "2", "1", None], second]
    refused(tmp_path, rows, SHERIFF, "!3:3: the numbers under the choices are neither")


def test_whoever_ranked_a_single_choice_keeps_the_ranks(tmp_path: Path) -> None:
    rows: Rows = [["Code", *TICKED], ["a", "2", "1", None], ["b", "1", None, "0"]]
    assert both(tmp_path, rows, SHERIFF, blank=["0"]).rankings == {(1, 0): 1, (0,): 1}
    rows[2] = ["b", "1", "1", None]
    assert both(tmp_path, rows, SHERIFF).rows == 2
