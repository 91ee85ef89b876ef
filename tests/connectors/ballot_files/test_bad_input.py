"""Bad input: an error with the place, or the row set aside; never a wrong count, never its text."""

from pathlib import Path
from typing import Any

import pytest

from connectors.ballot_files import reader
from models.errors import FixTheData
from tests.connectors.ballot_files.files import ANA, BEN, NOBODY, rankings, read

FOUR = 'Ana Álvarez,"Ben Baker, Jr.",Cam “Cy” Côté,No endorsement'


def refusal(path: Path, text: str | bytes, **settings: Any) -> FixTheData:
    """The error that a file with this text meets."""
    with pytest.raises(FixTheData) as caught:
        rankings(path, text, **settings)
    assert caught.value.next_step
    assert caught.value.exit_code == 5
    return caught.value


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "\r\n\r\n"])
def test_an_empty_file(tmp_path: Path, text: str) -> None:
    """BA-4: without a header nobody can say what it is."""
    error = refusal(tmp_path, text)
    assert ("the file is empty" in error.fact, error.where) == (True, "ballots.csv")


@pytest.mark.parametrize("text", ["rank1,rank2", "rank1,rank2\n\n\n", "id,rank1\n,\n"])
def test_a_header_without_ballots(tmp_path: Path, text: str) -> None:
    """BA-2: a vote in which nobody voted is a vote of no ballots."""
    assert rankings(tmp_path, text) == {}


def test_a_missing_file(tmp_path: Path) -> None:
    """The message names the file that was looked for."""
    with pytest.raises(FixTheData, match="No such file"):
        read(tmp_path / "nothing.csv")
    with pytest.raises(FixTheData, match="Is a directory"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("rank1,rank2,Rank 2", "“rank2” appears twice: columns B and C"),
        ("rank1,rank4", "“City Council” lacks rank 2, rank 3"),
        (
            "rank1,rank1,rank3",
            "“rank1” appears twice: columns A and B; “City Council” lacks rank 2",
        ),
        ("Ana Álvarez," + FOUR, "“Ana Álvarez” appears twice: columns A and B"),
        (FOUR + ",Ana  ÁLVAREZ", "“Ana Álvarez” appears twice: columns A and E"),
        (FOUR.removesuffix(",No endorsement"), "“City Council” lacks “No endorsement”"),
        ("rank1," + FOUR, "“rank1” is a rank among choices: column A"),
        (
            "City Council [1st],City Council [Nobody]",
            "“City Council [Nobody]” is neither a choice nor a rank: column B",
        ),
        ("name,colour", "no column has this contest's votes"),
        ("vote,choice", "no column has this contest's votes"),
    ],
)
def test_a_header_that_is_not_understood(tmp_path: Path, header: str, says: str) -> None:
    """BA-4: a column twice, missing or strange; the place is the header's row."""
    error = refusal(tmp_path, f"{header}\n1,1,1,1\n")
    assert says in error.fact
    assert error.where == "ballots.csv!1:1"


def test_the_nearest_header_is_named(tmp_path: Path) -> None:
    """BA-4: a typing error in the header or in contest.toml is seen at once."""
    text = "Time,Who should be Mayor?\n1,Ana Álvarez\n"
    near = "the closest is “Who should be Mayor?” in column B"
    for settings in ({"question": "Who should be the mayor"}, {"columns": ["Who shuld be mayor"]}):
        assert near in refusal(tmp_path, text, **settings).fact


def test_a_forgotten_candidate_is_not_passed_over(tmp_path: Path) -> None:
    """BA-4: with a column of ranks left out, the other ranks would be read wrongly."""
    text = f"ballot,{FOUR},Dee Doe\n" + "".join(f"b{n},2,3,,,1\n" for n in range(50))
    error = refusal(tmp_path, text)
    assert error.where == "ballots.csv!F1"
    assert sum(rankings(tmp_path, text, ignore=["dee doe"]).values()) == 50


def test_a_column_of_something_else_is_passed_over(tmp_path: Path) -> None:
    """BA-4: ids, times and precincts are no ranks."""
    text = f"ballot,{FOUR},comment\n" + "".join(f"{n},2,1,,,fine\n" for n in range(50))
    assert rankings(tmp_path, text) == {(BEN, ANA): 50}


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("rank1,rank2\nAna Álvarez,\n\n,Dee Doe\n", "ballots.csv!B4", "not on this ballot"),
        ("id,rank1\n1,Ana Álvarez\n2,Dee Doe\n", "ballots.csv!B3", "not on this ballot"),
        ('id,rank1\n1,Ana Álvarez\n"2",Dee Doe\n', "ballots.csv!B3", "not on this ballot"),
        (f"{FOUR}\n1,2,,\n1,,umpteenth,\n", "ballots.csv!C3", "an unknown word"),
        (f"{FOUR}\n1,0,,\n", "ballots.csv!B2", "an unknown word"),
        ("rank1,rank2\nAna Álvarez,,No endorsement\n", "ballots.csv!2:2", "more cells than"),
        ("rank1\nBen Baker, Jr.\n", "ballots.csv!2:2", "more cells than"),
        ("rank1\n" + "a" * 5_000 + "\n", "ballots.csv!A2", "5000 characters"),
        ("rank1\n" + "a" * 1_000_000 + "\n", "ballots.csv, line 2", "a cell is too long"),
        (f"{FOUR}\n" + "1" * 1_000_000 + "\n", "ballots.csv, line 2", "a cell is too long"),
        ('rank1\n"' + "a" * 1_000_000 + '"\n', "ballots.csv, line 2", "a cell is too long"),
        ('rank1,rank2\n"Ana" Álvarez,\n', "ballots.csv, line 2", "quotation mark"),
        ('rank1,rank2\n"Ana Álvarez,\n,No endorsement\n', "ballots.csv, line 2", "quotation mark"),
        ('rank1\nAna Álvarez\nA "\nB "\n', "ballots.csv!A3", "not on this ballot"),
        ('id,rank1\n1,"Ana" Álvarez\n', "ballots.csv, line 2", "quotation mark"),
        ("rank1\x00\nAna\n".encode("utf-16"), "ballots.csv", "UTF-16"),
        (b"rank1\n\x81\n", "ballots.csv", "not text in UTF-8 or Windows-1252"),
    ],
)
def test_a_cell_that_is_not_understood(
    tmp_path: Path, text: str | bytes, place: str, says: str
) -> None:
    """BA-2, BA-4: a name not on the ballot, a rank nobody uses, a broken or endless cell."""
    said = str(refusal(tmp_path, text))
    assert f"{place}: " in said
    assert says in said
    assert "Dee" not in said, "a cell's text may be somebody's name (DP-3)"
    assert len(said) < 600


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """BA-2: the first ones by place, all by number."""
    text = "rank1\nDee\n" + "Ana Álvarez\n" + "Dee\nEve\n" * 20
    said = refusal(tmp_path, text).fact
    assert said.splitlines()[1].startswith("ballots.csv!A4")
    assert len(said.splitlines()) == reader.MOST_PLACES + 1
    assert said.endswith("and 31 more")


def test_rows_can_be_set_aside(tmp_path: Path) -> None:
    """BA-2: they stay in the sums, each with its place and reason."""
    file = tmp_path / "ballots.csv"
    file.write_text("rank1,rank2\nAna Álvarez,\nDee Doe,\nDee Doe,\nNo endorsement,,,x\n,\n")
    found = read(file, unreadable="set aside")
    assert found.rankings == {(ANA,): 1, (): 1}
    assert (found.rows, found.unreadable) == (5, 3)
    assert [fault.place for fault in found.set_aside] == [
        "ballots.csv!A3",
        "ballots.csv!A4",
        "ballots.csv!5:5",
    ]


def test_latin_1_is_read_and_said(tmp_path: Path) -> None:
    """BA-4: a spreadsheet's old encoding; the remark says that it was guessed."""
    file = tmp_path / "ballots.csv"
    file.write_bytes("rank1,rank2\r\nAna Álvarez,No endorsement\r\n".encode("latin-1"))
    found = read(file)
    assert found.rankings == {(ANA, NOBODY): 1}
    assert found.remarks == ("it is read as Windows-1252 text",)
    with pytest.raises(FixTheData, match="not text in utf-8"):
        read(file, encoding="utf-8")


def test_an_alias_for_nobody(tmp_path: Path) -> None:
    """BA-4: the settings may not invent a choice."""
    error = refusal(tmp_path, "rank1\nAna Álvarez\n", aliases={"475": "Dee Doe"})
    assert error.where == "contest.toml [ballots.aliases]"


def test_a_named_column_that_is_not_there(tmp_path: Path) -> None:
    """BA-4: all the columns a contest names must be there."""
    assert "is missing" in refusal(tmp_path, "a,b\n,\n", columns=["a", "c"]).fact
    assert "is listed twice: columns A and B" in refusal(tmp_path, "a,A\n,\n", columns=["a"]).fact
