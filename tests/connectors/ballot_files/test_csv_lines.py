"""However a table is written, it holds the same ballots."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from connectors.ballot_files import BallotSettings
from connectors.ballot_files.csv_file import CsvFile
from connectors.ballot_files.header import columns_of
from connectors.ballot_files.rows import Cells, TableFile
from models.contests.contest import contest_from
from models.errors import FixTheData
from models.tally.rankings import SKIPPED, Ranking, canonical
from tests.connectors.ballot_files.files import ANA, BEN, CAM, NAMES, RANKED, rankings

CELLS = ["", *NAMES, "No endorsement"]
rows = st.lists(st.lists(st.sampled_from(CELLS), min_size=3, max_size=3), min_size=1, max_size=30)


def expected(table: list[list[str]]) -> Counter[Ranking]:
    """The rankings that the table means, by the plainest reading."""
    places = {name: place for place, name in enumerate(CELLS[1:])} | {"": SKIPPED}
    return Counter(canonical(tuple(places[cell] for cell in row)) for row in table)


@given(
    table=rows,
    newline=st.sampled_from(["\n", "\r\n"]),
    all_quoted=st.booleans(),
    delimiter=st.sampled_from(",;\t"),
    mark=st.booleans(),
    before=st.sampled_from(["", "7", "x y", 'a "b", c', "two\nlines"]),
    last_newline=st.booleans(),
)
def test_every_way_to_write_a_table_is_the_same_ballots(
    tmp_path_factory: pytest.TempPathFactory,
    table: list[list[str]],
    newline: str,
    all_quoted: bool,
    delimiter: str,
    mark: bool,
    before: str,
    last_newline: bool,
) -> None:
    """BA-4: line ends, quotation marks, delimiters, a byte-order mark, columns before."""
    out = StringIO()
    writer = csv.writer(
        out,
        lineterminator=newline,
        quoting=csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL,
        delimiter=delimiter,
    )
    first = ["id"] if before else []
    writer.writerow([*first, "rank1", "rank2", "rank3"])
    writer.writerows([*([before] if before else []), *row] for row in table)
    text = out.getvalue() if last_newline else out.getvalue().removesuffix(newline)
    found = rankings(tmp_path_factory.mktemp("csv"), ("\ufeff" if mark else "") + text)
    assert found == expected(table)


def test_a_quoted_line_break_goes_on_in_the_next_line(tmp_path: Path) -> None:
    """BA-4: a record is not a line; each half alone would be another ballot."""
    over = '"Ana Álvarez\nBen Baker, Jr.",Cam “Cy” Côté\n'
    found = rankings(tmp_path, f"rank1,rank2\n{over}Ana Álvarez,\n{over}")
    assert found == {(frozenset({ANA, BEN}), CAM): 2, (ANA,): 1}


def test_a_line_may_end_as_on_old_macs(tmp_path: Path) -> None:
    """BA-4: Excel still offers such a file."""
    assert rankings(tmp_path, "rank1,rank2\rAna Álvarez,\r,\r") == {(ANA,): 1, (): 1}


def test_a_header_over_two_lines(tmp_path: Path) -> None:
    """BA-4: a form's question may have a line break."""
    text = '"City Council\nRank them [1st]","City Council\nRank them [2nd]"\nAna Álvarez,\n'
    assert rankings(tmp_path, text, question="City Council Rank them") == {(ANA,): 1}


def test_the_faulty_row_is_found_behind_a_line_break(tmp_path: Path) -> None:
    """Rows are numbered as a spreadsheet shows them, not by the file's lines."""
    over = '"Ana Álvarez\nBen Baker, Jr."'
    with pytest.raises(Exception, match=r"ballots\.csv!A3"):
        rankings(tmp_path, f"rank1,rank2\n{over},\nDee Doe,\n")


@given(text=st.text(alphabet='ab,"\r\n ', max_size=60))
def test_equal_lines_are_grouped_as_their_records_would_be(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    """Whatever stands below the header, the short way finds what the long way finds."""
    path = tmp_path_factory.mktemp("csv") / "ballots.csv"
    path.write_bytes(("rank1,rank2\n" + 3 * "a,b\n" + text).encode())
    contest, settings = contest_from(RANKED, "contest.toml"), BallotSettings()
    try:
        file = CsvFile(path, settings, "utf-8")
        columns = columns_of(file, path.name, contest, settings, None)
    except FixTheData:
        reject()  # refused before anything is grouped
    assert _totals(file.grouped(columns)) == _totals(TableFile.grouped(file, columns))


def _totals(grouped: Iterator[tuple[Cells, int]]) -> Counter[Cells] | str:
    found: Counter[Cells] = Counter()
    try:
        for cells, votes in grouped:
            found[cells] += votes
    except FixTheData as refused:
        return refused.fact
    return found
