"""The file `chapters.toml`: read as the other files of settings are, and nobody else's to write."""

from pathlib import Path

import pytest

from connectors.settings import has_chapters, load_chapters
from models.errors import FixTheSettings

GOOD = """\
schema = 1
[[chapters]]
key = "rivertown"
name = "Rivertown Progressives"
towns = ["Rivertown", "Mill Village"]
zips = ["02130", "02131"]
register = "https://rivertown.example.org/join"
folder = "../rivertown"
user = "clerk-rivertown"
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "chapters.toml"
    file.write_text(text)
    file.chmod(0o600)
    return folder


def test_the_list_is_read(tmp_path: Path) -> None:
    assert not has_chapters(tmp_path)
    write(tmp_path, GOOD)
    assert has_chapters(tmp_path)
    (only,) = load_chapters(tmp_path).chapters
    assert (only.key, only.folder, only.user) == ("rivertown", "../rivertown", "clerk-rivertown")


def test_a_missing_list_says_where_it_goes(tmp_path: Path) -> None:
    with pytest.raises(FixTheSettings, match="there is no chapters") as fault:
        load_chapters(tmp_path)
    assert "docs/state.md" in str(fault.value.next_step)


def test_all_faults_of_the_entries_are_said_at_once(tmp_path: Path) -> None:
    broken = GOOD.replace('"02130"', "2130").replace("https", "http")
    with pytest.raises(FixTheSettings) as fault:
        load_chapters(write(tmp_path, broken))
    said = str(fault.value)
    assert "chapters.toml" in said
    assert "[chapters 1] zips, entry 1: write a text in quotes" in said
    assert "[chapters 1] register: write a whole address" in said


def test_a_list_that_others_can_write_is_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (tmp_path / "chapters.toml").chmod(0o666)
    with pytest.raises(FixTheSettings, match="write"):
        load_chapters(tmp_path)
