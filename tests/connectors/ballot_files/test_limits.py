"""Files that are too large, broken or of another kind: named, and the memory is not filled."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from connectors.files import table_limits as limits
from models.errors import FixTheData
from tests.connectors.ballot_files.files import ANA, NAMES, read

SHEET = "xl/worksheets/sheet1.xml"
END = b"</sheetData>"
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]>"
)


def workbook(folder: Path, fill: Callable[[Any], object] = lambda sheet: None) -> Path:
    """A workbook with one ballot."""
    book = Workbook()
    book.active.append(["rank1"])
    book.active.append([NAMES[0]])
    fill(book.active)
    book.save(folder / "ballots.xlsx")
    return folder / "ballots.xlsx"


def rewritten(file: Path, part: str, change: Callable[[bytes], bytes | None]) -> Path:
    """The workbook with one part changed, or gone."""
    with ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name, content in parts.items():
            content = change(content) if name == part else content
            if content is not None:
                new.writestr(name, content)
    return file


def refusal(file: Path, **settings: Any) -> FixTheData:
    with pytest.raises(FixTheData) as said:
        read(file, **settings)
    assert said.value.next_step
    return said.value


def more(row: bytes) -> Callable[[bytes], bytes]:
    """One more row at the sheet's end."""
    return lambda sheet: sheet.replace(END, row + END)


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (SHEET, lambda s: s[: len(s) // 2]),
        (SHEET, lambda s: b""),
        (SHEET, lambda s: None),
        (SHEET, more(b'<row r="3"><c r="A3"><v>' + b"9" * 5000 + b"</v></c></row>")),
        (SHEET, more(b'<row r="x"><c r="A3"><v>1</v></c></row>')),
        (SHEET, more(b'<row r="3"><c r="A3"><v>one</v></c></row>')),
        (SHEET, more(b'<row r="3"><c r="ZZZZ3"><v>1</v></c></row>')),
        (SHEET, more(b'<row r="3"><c r="A3" t="s"><v>99</v></c></row>')),
        (SHEET, more(b'<row r="3"><c r="A3" t="d"><v>tomorrow</v></c></row>')),
        (SHEET, more(b"<a>" * 100_000)),
        ("xl/workbook.xml", lambda s: b"<a/>"),
        ("xl/_rels/workbook.xml.rels", lambda s: None),
        ("[Content_Types].xml", lambda s: None),
        ("xl/styles.xml", lambda s: b"\xff\xfe"),
    ],
)  # fmt: skip
def test_a_workbook_that_is_broken_inside(
    tmp_path: Path, part: str, change: Callable[[bytes], bytes | None]
) -> None:
    """BA-4: openpyxl has a dozen ways to fail; all of them mean this."""
    error = refusal(rewritten(workbook(tmp_path), part, change))
    assert "not a workbook that can be read" in error.fact
    assert error.where == "ballots.xlsx"


def test_dates_and_numbers_beyond_all_range_are_cells_like_others(tmp_path: Path) -> None:
    """BA-2: they name nobody; their place is told."""
    file = workbook(tmp_path, lambda sheet: sheet.append([datetime(9999, 12, 31)]))  # noqa: DTZ001
    assert "ballots.xlsx!A3: " in str(refusal(file))
    row = b'<row r="3"><c r="A3"><v>1e308</v></c></row><row r="4"><c r="A4"><v>-1</v></c></row>'
    assert "ballots.xlsx!A4: " in str(refusal(rewritten(file, SHEET, more(row))))


@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml", "xl/workbook.xml"])
def test_text_that_expands_is_refused_at_once(tmp_path: Path, part: str) -> None:
    def laughing(content: bytes) -> bytes:
        head, mark, rest = content.rpartition(b"?>")
        return head + mark + LAUGHS + rest.replace(b"</", b"&m;</", 1)

    file = rewritten(workbook(tmp_path), part, laughing)
    started = process_time()
    assert "expands" in refusal(file).fact
    assert process_time() - started < 2


def test_a_packed_bomb_is_refused_by_what_it_says_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LARGEST_WORKBOOK", 10_000_000)
    file = workbook(tmp_path)
    with ZipFile(file, "a", ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/image.png", bytes(11_000_000))
    assert file.stat().st_size < 30_000
    assert "bytes when unpacked; at most 10,000,000" in refusal(file).fact


def test_a_bomb_that_lies_about_its_size_is_broken(tmp_path: Path) -> None:
    """What is unpacked is never more than was said."""
    file = rewritten(workbook(tmp_path), SHEET, more(b"<row/>" * 200_000))
    with ZipFile(file) as packed:
        said = packed.getinfo(SHEET).file_size.to_bytes(4, "little")
    file.write_bytes(file.read_bytes().replace(said, (500).to_bytes(4, "little")))
    assert "not a workbook that can be read" in refusal(file).fact


@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml"])
def test_a_cell_of_many_megabytes(tmp_path: Path, part: str) -> None:
    def swollen(content: bytes) -> bytes:
        return content.replace(b"</", b"A" * 5_000_000 + b"</", 1)

    file = rewritten(workbook(tmp_path), part, swollen)
    assert "a cell is longer than 1,048,576 bytes" in refusal(file).fact


@pytest.mark.parametrize("column", [1, 16_384])
def test_a_stray_cell_far_below(tmp_path: Path, column: int) -> None:
    """BA-2: it would make a blank ballot of each of a million empty rows."""
    file = workbook(tmp_path, lambda sheet: sheet.cell(1_048_576, column, "x"))
    started = process_time()
    error = refusal(file)
    assert (error.where, "1,048,573 empty rows" in error.fact) == (
        "ballots.xlsx!1048576:1048576", True,
    )  # fmt: skip
    assert process_time() - started < 10  # an eighth of it where it was measured


def test_rows_that_are_only_painted_are_no_rows(tmp_path: Path) -> None:
    """BA-2: somebody coloured the whole column."""
    painted = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(3, 5_000))
    assert read(rewritten(workbook(tmp_path), SHEET, more(painted))).rankings == {(ANA,): 1}


def packed(*parts: str) -> bytes:
    """A ZIP with these parts."""
    made = BytesIO()
    with ZipFile(made, "w") as file:
        for part in parts:
            file.writestr(part, "rank1\nAna\n")
    return made.getvalue()


@pytest.mark.parametrize("name", ["ballots.csv", "ballots.xlsx", "ballots.xls", "ballots"])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Excel workbook (.xls)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le"),
            "a workbook with a password",
        ),
        (
            b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "an OpenDocument spreadsheet (.ods)",
        ),
        (packed("content.xml", "mimetype"), "an OpenDocument spreadsheet (.ods)"),
        (packed("ballots.csv"), "a ZIP archive"),
        (packed("[Content_Types].xml", "xl/workbook.bin"), "a binary Excel workbook (.xlsb)"),
        (packed("Index/Document.iwa"), "an Apple Numbers document (.numbers)"),
        (packed("[Content_Types].xml", "word/document.xml"), "a Word document (.docx)"),
        (b"\x1f\x8b\x08" + bytes(60), "a packed file (.gz)"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html>", "a web page (HTML)"),
        (b"<?xml version='1.0'?><Workbook>", "an XML document"),
        (b"{\\rtf1 rank1}", "a text document (.rtf)"),
        (b"\x89PNG\r\n", "a picture"),
    ],
    ids=range(14),
)
def test_another_kind_of_spreadsheet_is_named(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    """BA-4: read as Windows-1252 text, an .xls was a vote in which nobody voted."""
    (tmp_path / name).write_bytes(content)
    assert says in refusal(tmp_path / name).fact


def test_a_workbook_is_one_whatever_its_name(tmp_path: Path) -> None:
    file = workbook(tmp_path).rename(tmp_path / "ballots.csv")
    assert read(file).rankings == {(ANA,): 1}


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ballots.csv")
    assert "not a file" in refusal(tmp_path / "ballots.csv").fact


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        (b"rank1\nAna\0,\n", "ballots.csv, line 2", "NUL byte"),
        ("rank1\nAna\n".encode("utf-16-le"), "ballots.csv, line 1", "NUL byte"),
        (b"rank1\n" + b"x" * 3_000_000, "ballots.csv, line 2", "line is longer than"),
        (b"x" * 3_000_000, "ballots.csv, line 1", "line is longer than"),
        (b'rank1\nx\n"Ana,' + b"Ben,\n" * 1_000_000, "ballots.csv, line 3", "quotation mark"),
        (b'"rank1\n' + b"Ben,\n" * 1_000_000, "ballots.csv, line 1", "quotation mark"),
        (b'id,rank1\n"1,' + b"Ben,\n" * 1_000_000, "ballots.csv, line ", "quotation mark"),
        (b",".join(b"rank%d" % n for n in range(1, 20_000)), "ballots.csv", "19,999 columns"),
        (b"," * 500_000 + b"\n", "ballots.csv", "500,001 columns"),
    ],
)
def test_a_line_or_a_cell_without_end(tmp_path: Path, text: bytes, where: str, says: str) -> None:
    file = tmp_path / "ballots.csv"
    file.write_bytes(text)
    error = refusal(file)
    assert error.where.startswith(where)
    assert says in error.fact


def test_more_rows_than_any_chapter_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 1_000)
    file = tmp_path / "ballots.csv"
    file.write_bytes(b"rank1\n" + b"x\n" * 1_001)
    assert "more than 1,000 rows" in refusal(file).fact


def test_a_file_of_nothing_but_faults(tmp_path: Path) -> None:
    """The first ones are told by place, the rest by number: a million places help nobody."""
    file = tmp_path / "ballots.csv"
    file.write_bytes(b"rank1\n" + b"".join(b"%d\n" % (n % 9_000) for n in range(20_000)))
    assert refusal(file).fact.endswith("and 19990 more")


@pytest.mark.slow
@pytest.mark.parametrize("what", ["a line of 100 MB", "a cell of 300 MB", "an open quotation mark"])
def test_a_huge_file_stays_below_half_a_gigabyte(tmp_path: Path, what: str) -> None:
    file = tmp_path / "ballots.csv"
    if what == "a cell of 300 MB":
        row = (
            b'<row r="3"><c r="A3" t="inlineStr"><is><t>'
            + b"A" * 300_000_000
            + b"</t></is></c></row>"
        )
        file = rewritten(workbook(tmp_path), SHEET, more(row))
    elif what == "a line of 100 MB":
        file.write_bytes(b"rank1\n" + b"x" * 100_000_000)
    else:
        file.write_bytes(b'rank1\n"' + b"x\n" * 50_000_000)
    (tmp_path / "contest.toml").write_text(
        'kind = "single-choice"\nid = "a"\ntitle = "A"\ncandidates = ["Ann", "Bob"]\n'
    )
    clerk = Path(sys.executable).with_name("clerk")
    command = [clerk, "count", file, "--contest", tmp_path / "contest.toml"]
    done = subprocess.run(
        command,
        capture_output=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000)),
    )
    assert done.returncode == FixTheData.exit_code, done.stderr
