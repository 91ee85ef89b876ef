"""BA-7: what no voter sent is no ballot, on every sheet that is read, and it is told."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.ballot_files import BallotFile
from models.errors import FixTheData
from models.intake.unsent import has_time, is_sum
from tests.connectors.ballot_files.files import read
from tests.connectors.ballot_files.test_headers import MAYOR, PUBLIC, QUESTION
from tests.connectors.ballot_files.test_xlsx import Rows, workbook

GRID = ["Mayor [Ann Oak]", "Mayor [Bo Pine]", "Mayor [Cy Fir]"]
BALLOTS = [["1", "2", ""], ["1", "", ""], ["", "1", "2"], ["", "", ""]]
RANKINGS = {(0, 1): 1, (0,): 1, (1, 2): 1, (): 1}
TIMES = [
    "5/1/2026 19:00:07", "2026/05/01 7:01:07 PM AST", "2026-05-01T10:00:00Z", "46143.8",
]  # fmt: skip


def both(folder: Path, rows: Rows, contest: dict[str, Any] = PUBLIC, **said: Any) -> BallotFile:
    """The rows as CSV and as a workbook: the same ballots, the same words."""
    lines = (",".join(f'"{"" if cell is None else cell}"' for cell in row) for row in rows)
    (folder / "ballots.csv").write_text("\n".join(lines) + "\n")
    by_line = read(folder / "ballots.csv", contest, **said)
    by_cell = read(workbook(folder, Ballots=rows), contest, **said)
    assert (by_line.rankings, by_line.rows) == (by_cell.rankings, by_cell.rows)
    assert by_line.remarks == by_cell.remarks
    return by_line


def timed(*below: list[object]) -> Rows:
    """Four ballots with their times and a helper column, and what stands below them."""
    helper = [["ok"], ["#N/A"], ["FALSE"], [None]]
    rows = [[t, *b, *h] for t, b, h in zip(TIMES, BALLOTS, helper, strict=True)]
    return [["Timestamp", *GRID, "Checked"], *rows, *below]


@pytest.mark.parametrize(
    "below",
    [
        ["How many", "2", "2", "1", None],
        [None, "2", "2", "1", None],
        ["4", "2", "2", "1", None],
        ["Total", "2", "2", "1", "4"],
        [None, None, None, None, "#REF!"],
        [None, None, None, None, "FALSE"],
        [None, None, None, None, "pending"],
    ],
)
def test_a_row_without_a_time_among_rows_that_have_one_is_no_ballot(
    tmp_path: Path, below: list[object]
) -> None:
    """Each cell says how often its column is filled, or nothing is marked."""
    found = both(tmp_path, timed([], below, below))
    assert (found.rankings, found.rows) == (RANKINGS, 4)
    assert any(remark.startswith("2 rows are not ballots (BA-7)") for remark in found.remarks)
    assert any(remark.endswith(": 7, 8") for remark in found.remarks)


def test_where_no_row_has_a_time_nobody_asks_for_one(tmp_path: Path) -> None:
    """Some take the times out before they hand the answers on."""
    rows: Rows = [["Timestamp", *GRID], *([None, *ballot] for ballot in BALLOTS[:3])]
    found = both(tmp_path, rows)
    assert (found.rankings, found.remarks) == ({(0, 1): 1, (0,): 1, (1, 2): 1}, ())


def test_the_column_of_times_can_be_named_or_left(tmp_path: Path) -> None:
    rows: Rows = [["Sent", *GRID], [TIMES[0], "1", "2", None], ["by hand", "1", None, None]]
    assert both(tmp_path, rows).rows == 2
    with pytest.raises(
        FixTheData, match="!3:3: this row marks something, but has no readable time"
    ):
        both(tmp_path, rows, time_column="sent")
    rows[0][0] = "Timestamp"
    with pytest.raises(
        FixTheData, match="!3:3: this row marks something, but has no readable time"
    ):
        both(tmp_path, rows)
    assert both(tmp_path, rows, time_column="").rows == 2


@pytest.mark.parametrize("word", ["Total", "TOTALS:", "How many", "Count of votes", "Suma"])
@pytest.mark.parametrize("where", ["first", "last"])
def test_a_line_of_sums_is_no_ballot_in_a_file_without_times(
    tmp_path: Path, word: str, where: str
) -> None:
    """Cells that could be no ballot, and the word beside them, say what they are."""
    rows: Rows = [["Paper", *GRID], *([f"p{n}", *b] for n, b in enumerate(BALLOTS[:3]))]
    rows.append([word, "22", "2", "1"])
    if where == "last":
        rows = [[*row[1:], row[0]] for row in rows]
    found = both(tmp_path, rows)
    assert found.rows == 3
    assert found.remarks[-1].endswith(": 5")


@pytest.mark.parametrize("marks", [[None, "1", None], ["2", "2", "1"]])
def test_a_voter_whose_name_is_a_word_for_sums_loses_no_ballot(
    tmp_path: Path, marks: list[str | None]
) -> None:
    """Somebody is called Sum: what could be either is refused, and whoever knows says it."""
    rows: Rows = [["Last name", *GRID], *([f"p{n}", *b] for n, b in enumerate(BALLOTS[:3]))]
    rows.append(["Sum", *marks])
    for reading in (both, lambda folder, rows: read(workbook(folder, Ballots=rows), PUBLIC)):
        with pytest.raises(FixTheData, match="!5:5: this might be a sum") as said:
            reading(tmp_path, rows)
        assert "[ballots] ignore" in said.value.next_step
    assert both(tmp_path, rows, ignore=["last name"]).rows == 4


def test_beside_names_of_choices_a_word_for_sums_is_a_name(tmp_path: Path) -> None:
    rows: Rows = [["Last name", "rank1", "rank2"], ["Lee", "Ann Oak", "Bo Pine"]]
    rows += [["Sum", "Bo Pine", None], ["Total", "2", "1"]]
    assert both(tmp_path, rows).rankings == {(0, 1): 1, (1,): 1}


@pytest.mark.parametrize("value", ["FALSE", "#REF!", "#N/A", " "])
def test_a_helper_column_that_is_filled_down_makes_no_blank_ballots(
    tmp_path: Path, value: str
) -> None:
    """Without times, too: an unticked box, an error and white space hold nothing."""
    rows: Rows = [[*GRID, "Checked"], *([*ballot, value] for ballot in BALLOTS)]
    found = both(tmp_path, rows)
    assert found.rows == 3
    assert bool(found.remarks) is bool(value.strip())


def test_a_line_of_sums_without_a_word_is_refused_by_the_number_it_lacks(tmp_path: Path) -> None:
    """Every other row has one of its own."""
    rows: Rows = [["Paper", *GRID], *([f"p{n}", *b] for n, b in enumerate(BALLOTS))]
    rows.append([None, "2", "2", "1"])
    with pytest.raises(FixTheData, match=r"ballots\.csv!6:6: this might be a sum: column A"):
        both(tmp_path, rows)
    assert both(tmp_path, rows, ignore=["paper"]).rows == 5


@pytest.mark.parametrize("header", ["Count", "votes", "Number of ballots", "How many?"])
def test_rows_that_stand_for_several_ballots_are_refused(tmp_path: Path, header: str) -> None:
    """Twelve ballots would be counted as one."""
    rows: Rows = [[header, "rank1", "rank2"], ["12", "Ann Oak", "Bo Pine"], ["3", "Bo Pine", None]]
    with pytest.raises(FixTheData, match=r"ballots\.csv!A1: this column counts ballots"):
        both(tmp_path, rows)
    assert both(tmp_path, rows, ignore=[header]).rows == 2


def test_blank_ballots_beside_other_columns_are_told(tmp_path: Path) -> None:
    """A code alone is a blank ballot, and so is a number that was filled down: somebody looks."""
    rows: Rows = [["Number", *GRID], *([str(n), *b] for n, b in enumerate(BALLOTS))]
    found = both(tmp_path, rows)
    assert (found.rankings, found.rows) == (RANKINGS, 4)
    assert found.remarks == ("1 row marks nothing here and counts as a blank ballot",)


def test_empty_rows_of_a_file_of_votes_alone_are_told(tmp_path: Path) -> None:
    """Each is a blank ballot there, also the ones that a spreadsheet leaves at the end."""
    file = tmp_path / "ballots.csv"
    file.write_text("rank1,rank2\nAnn Oak,Bo Pine\nBo Pine,\n,\n,\n")
    found = read(file, PUBLIC)
    assert (found.rankings[()], found.rows) == (2, 4)
    assert found.remarks == ("2 rows mark nothing here and count as blank ballots",)


def test_an_unticked_box_in_a_column_of_votes_is_what_it_says(tmp_path: Path) -> None:
    """BA-2: a No is no empty row."""
    rows: Rows = [["Name", "Question 4"], ["a", "TRUE"], ["b", "FALSE"], [None, "FALSE"]]
    assert both(tmp_path, rows, QUESTION).rankings == {(0,): 1, (1,): 2}


def test_the_other_sheets_are_named(tmp_path: Path) -> None:
    """A form that is linked anew leaves two sheets of answers; notes may stand first."""
    answers: Rows = [["Timestamp", *GRID], [datetime(2026, 5, 1, 19), 1, 2, None]]  # noqa: DTZ001
    notes: Rows = [["nothing here"], ["x"]]
    book = {"Form Responses 1": answers, "Form Responses 2": answers, "Notes": notes}
    found = read(workbook(tmp_path, **book), PUBLIC)
    assert found.rankings == {(0, 1): 1}
    (said,) = found.remarks
    assert "the sheet “Form Responses 1” is read; “Form Responses 2” also has ballots" in said
    assert read(workbook(tmp_path, **book), PUBLIC, sheet="Form Responses 2").remarks == ()
    first = workbook(tmp_path, Notes=notes, **{"Form Responses 1": answers})
    with pytest.raises(
        FixTheData, match="the sheet “Notes” was read, but “Form Responses 1”"
    ) as said_:
        read(first, PUBLIC)
    assert "[ballots] sheet" in said_.value.next_step
    with pytest.raises(FixTheData, match="no column has"):
        read(workbook(tmp_path, Notes=notes, More=notes), MAYOR)


@pytest.mark.parametrize(
    "text",
    [*TIMES, "2026-05-01", "5/1/26 19:45", "May 1, 2026", "Fri, May 1, 2026", "9:05",
     "01.05.2026 9:05", "46143"],
)  # fmt: skip
def test_a_time_is_known_in_many_styles(text: str) -> None:
    assert has_time(text)


@pytest.mark.parametrize(
    "text", ["", "44", "12", "4.5", "How many", "Total 5/1/2026", "x", "#REF!", "999999", "10000"]
)
def test_a_sum_or_a_word_is_no_time(text: str) -> None:
    assert not has_time(text)


@pytest.mark.parametrize("text", ["Totally agree", "Count me in", "Anna Total", "total war", "5"])
def test_a_comment_is_no_sum(text: str) -> None:
    assert not is_sum(text)


SHERIFF = {
    "kind": "single-choice", "id": "sheriff", "title": "Sheriff", "candidates": ["Ann", "Bob"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "abstains"),
    [
        ("Abstain", True),
        ("(blank)", True),
        ("–", True),
        ("Ann - Green", False),
        ("None but Al", False),
    ],
)
def test_blank_is_advised_for_a_whole_word_alone(cell: str, abstains: bool, tmp_path: Path) -> None:
    """Who followed it for a name with a dash would throw those votes away."""
    file = tmp_path / "ballots.csv"
    file.write_text(f"Timestamp,Sheriff\n2026-05-01 10:00,Ann\n2026-05-01 10:01,{cell}\n")
    with pytest.raises(FixTheData) as told:
        read(file, SHERIFF)
    assert ("[ballots.aliases]" not in told.value.next_step) is abstains
