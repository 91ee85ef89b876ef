"""A list of people in a file: CSV or XLSX, as cells of a tab (DP-2)."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from connectors import list_files
from connectors.list_files import read_list
from models.errors import FixTheData
from models.intake.cells import Cell

RULE = "DP-2"
PEOPLE: list[list[Cell]] = [["Name", "Email"], ["Ann Alder", "ann@example.org"]]


def written(folder: Path, content: bytes, name: str = "list.csv") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


@pytest.mark.parametrize(
    "content",
    [
        b"Name,Email\nAnn Alder,ann@example.org\n",
        b"\xef\xbb\xbfName,Email\r\nAnn Alder,ann@example.org\r\n\r\n",
        b"Name;Email\nAnn Alder;ann@example.org",
        b"Name\tEmail\nAnn Alder\tann@example.org\t\t\n",
        b'Name,Email\n"Ann Alder","ann@example.org"\n',
    ],
)
def test_a_csv_file_in_the_ways_in_which_programs_write_it(tmp_path: Path, content: bytes) -> None:
    assert read_list(written(tmp_path, content), RULE) == PEOPLE


def test_blank_rows_keep_the_numbers_of_those_below(tmp_path: Path) -> None:
    content = b"Name,Email\n,\nAnn Alder,ann@example.org\n"
    assert read_list(written(tmp_path, content), RULE) == [PEOPLE[0], [], PEOPLE[1]]


def test_an_old_encoding_is_read(tmp_path: Path) -> None:
    content = "Name,Email\nJosé Álamo,jose@example.org\n".encode("cp1252")
    assert read_list(written(tmp_path, content), RULE)[1][0] == "José Álamo"


def test_a_line_break_within_a_cell_and_an_odd_space_are_no_rows(tmp_path: Path) -> None:
    content = 'Name,Email\n"Ann\nAlder",ann@example.org\nBo\u2028Burns,bo@example.org\n'.encode()
    assert [row[0] for row in read_list(written(tmp_path, content), RULE)] == [
        "Name", "Ann\nAlder", "Bo\u2028Burns",
    ]  # fmt: skip


def workbook(folder: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


def test_a_workbook_has_days_as_they_are_typed_and_formulas_as_their_text(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Day", "At", "Many", "Sum"],
        [date(2026, 3, 20), datetime(2026, 3, 20, 19, 5), 3, "=A1"],  # noqa: DTZ001 - a sheet has no zone
    ]
    found = read_list(workbook(tmp_path, ("One", rows)), RULE)
    assert found == [rows[0], ["2026-03-20", "2026-03-20 19:05:00", 3, "=A1"]]


def test_of_several_sheets_a_person_says_which(tmp_path: Path) -> None:
    file = workbook(tmp_path, ("One", [["x"]]), ("ann@example.org", [*map(list, PEOPLE)]))
    with pytest.raises(FixTheData, match="has 2 sheets") as refused:
        read_list(file, RULE)
    assert "ann@" not in str(refused.value)
    assert read_list(file, RULE, "ann@example.org") == PEOPLE
    with pytest.raises(FixTheData, match="has no sheet “Two”, or two; its sheets are: “One”"):
        read_list(file, RULE, "Two")


@pytest.mark.parametrize("name", ["missing.csv", "ann@example.org"])
def test_a_file_that_is_not_there_is_named_without_an_address(tmp_path: Path, name: str) -> None:
    with pytest.raises(FixTheData, match="cannot be read") as refused:
        read_list(tmp_path / name, RULE)
    assert "ann@" not in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04broken", b"%PDF-1.7", b'"open', b"Name\0", b"\x81\x8d,\x81", b"<html>"],
)
def test_what_is_no_list_is_refused_with_a_way_out(tmp_path: Path, content: bytes) -> None:
    for name in ("list.csv", "list.xlsx"):
        with pytest.raises(FixTheData, match="Next: ") as refused:
            read_list(written(tmp_path, content, name), RULE)
        assert refused.value.where.startswith("list.")


def test_too_many_rows_and_one_far_below_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = b"Email\n" + b"ann@example.org\n" + b"\n" * 1_001 + b"bo@example.org\n"
    with pytest.raises(FixTheData, match="comes after 1,001 empty rows"):
        read_list(written(tmp_path, far), RULE)
    monkeypatch.setattr(list_files, "MOST_ROWS", 3)
    assert len(read_list(written(tmp_path, b"a\n" * 3), RULE)) == 3
    with pytest.raises(FixTheData, match="more than 3 rows"):
        read_list(written(tmp_path, b"a\n" * 4), RULE)
