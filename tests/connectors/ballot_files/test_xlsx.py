"""A workbook gives the same ballots as the CSV it would be saved as."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from models.errors import FixTheData
from tests.connectors.ballot_files.files import ANA, BEN, NAMES, NOBODY, read

Rows = list[list[object]]


def workbook(folder: Path, **sheets: Rows) -> Path:
    """A workbook with these sheets."""
    book = Workbook()
    book.remove(book["Sheet"])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = folder / "ballots.xlsx"
    book.save(file)
    return file


def test_ranks_in_columns(tmp_path: Path) -> None:
    """BA-4: empty rows at the end are no ballots, those between are blank ones."""
    rows: Rows = [["rank1", "rank2"], [NAMES[0], "No endorsement"], [None, None], [NAMES[1]], [""]]
    found = read(workbook(tmp_path, Ballots=rows))
    assert found.rankings == {(ANA, NOBODY): 1, (): 1, (BEN,): 1}


def test_ranks_as_numbers(tmp_path: Path) -> None:
    """BA-4: a spreadsheet's whole number is a rank, whatever its type."""
    rows: Rows = [["ballot", *NAMES, "No endorsement"], [17, 2, 1.0, None, None], [None] * 5]
    assert read(workbook(tmp_path, Ballots=rows)).rankings == {(BEN, ANA): 1}


def test_the_sheet_is_named_or_the_first(tmp_path: Path) -> None:
    """BA-4: a workbook holds more than ballots."""
    file = workbook(tmp_path, First=[["rank1"], [NAMES[1]]], Votes=[["rank1"], [NAMES[0]]])
    assert read(file).rankings == {(BEN,): 1}
    assert read(file, sheet="Votes").rankings == {(ANA,): 1}
    with pytest.raises(FixTheData, match="no sheet with the name"):
        read(file, sheet="Ballots")


HEAD, VOTE = ["Timestamp", "City Council [1st]", "City Council [2nd]"], ["5/1/2026", NAMES[0], ""]


@pytest.mark.parametrize("above", [[], [["Answers of May"], [], ["as of 5/2"]]])
def test_sheets_with_ballots_that_are_not_read_are_named(tmp_path: Path, above: Rows) -> None:
    """BA-2: beside the count, and instead of a count of nothing."""
    more: Rows = [*above, HEAD, VOTE]
    read_first = workbook(tmp_path, Form=[HEAD, VOTE], Notes=[["x"], ["y"]], More=more, Bare=[HEAD])
    (said,) = read(read_first).remarks
    assert said.startswith("the sheet “Form” is read; “More” also has ballots, which are not read")
    for first in ([HEAD], [["Notes"], ["none"]], []):
        with pytest.raises(FixTheData, match="“More”") as caught:
            read(workbook(tmp_path, Form=first, More=more))
        assert "[ballots] sheet" in caught.value.next_step


def test_a_formula_is_no_vote(tmp_path: Path) -> None:
    """BA-4: what it would show is not in the file for certain."""
    file = workbook(tmp_path, Votes=[["rank1"], [NAMES[0]], ["=A2"]])
    with pytest.raises(FixTheData, match=r"ballots\.xlsx!A3: this is a formula"):
        read(file)


@pytest.mark.parametrize("content", [b"", b"rank1\nAna\n", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    """BA-4: whatever its name says."""
    file = tmp_path / "ballots.xlsx"
    file.write_bytes(content)
    with pytest.raises(FixTheData, match="not a workbook that can be read"):
        read(file)


def test_an_empty_sheet(tmp_path: Path) -> None:
    """BA-2: no ballots are no result."""
    with pytest.raises(FixTheData, match="the file is empty"):
        read(workbook(tmp_path, Votes=[]))
