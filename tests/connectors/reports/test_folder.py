"""What may be published and what may not stand in different folders (BA-6)."""

import json
from pathlib import Path

import pytest

from connectors.reports import TELLERS, as_text, read_report, write_published, write_tellers
from models.errors import FixTheData, FixTheSettings

REPORT = {"clerk": {}, "results": [], "title": "Álvarez"}


def test_the_ballots_are_for_their_owner_alone(tmp_path: Path) -> None:
    """BA-6: the folder and every file in it, even where they were open before."""
    mine = tmp_path / "out" / TELLERS
    mine.mkdir(parents=True, mode=0o755)
    (mine / "ballots.blt").touch(mode=0o644)
    written = write_tellers(tmp_path / "out", {"ballots.blt": ["a\n", "b\n"]})
    assert (mine / "ballots.blt").read_text() == "a\nb\n"
    assert mine.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in written] == ["README.txt", "ballots.blt"]
    assert {file.stat().st_mode & 0o777 for file in written} == {0o600}
    assert "Do not publish" in written[0].read_text()


def test_a_report_is_read_again(tmp_path: Path) -> None:
    """By its folder or by its name."""
    (file,) = write_published(tmp_path, {"detailed_report.json": as_text(REPORT)})
    assert "Álvarez" in file.read_text(encoding="utf-8")
    assert read_report(tmp_path) == read_report(file) == REPORT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        json.dumps({"results": []}),
        "\udcff",
        "[" * 100_000,
        '{"clerk": ' * 5_000,
        "1" * 5_000,
    ],
)
def test_something_else_is_no_report(tmp_path: Path, text: str) -> None:
    """The message says which file, and what it should be."""
    file = tmp_path / "detailed_report.json"
    file.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(FixTheData, match="report"):
        read_report(tmp_path)
    with pytest.raises(FixTheData, match="no report here"):
        read_report(tmp_path / "nothing")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """The place is told."""
    (tmp_path / "out").touch()
    with pytest.raises(FixTheSettings, match=f"{tmp_path}/out: something .* is there already"):
        write_published(tmp_path / "out", {"a.txt": ""})
