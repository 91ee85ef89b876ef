"""A draft's files are changed in place: comments and what is not asked stay, edits are seen."""

import tomllib
from pathlib import Path

import pytest

from connectors import drafts
from models.errors import Refused

FILE = """# Ours.
id = "mayor"  # as it was
title = "Mayor"
candidates = ["Ada", "Bea"]

[[about]]
name = "Ada"
bio = "A nurse."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A draft with one contest."""
    (tmp_path / "contests").mkdir()
    (tmp_path / "contests" / "01-mayor.toml").write_text(FILE)
    return tmp_path


def only(folder: Path) -> drafts.DraftFile:
    (file,) = drafts.contests_of(folder, folder)
    return file


@pytest.mark.parametrize(
    "answers",
    [
        {"title": "The mayor"},
        {"statement": "She comes.", "office": "Mayor"},
        {"candidates": None, "explanation": "Two\nlines"},
        {"nominees": [{"name": "Ann"}, {"name": "Bo", "dues_paid": True}]},
        {"about": None},
        {"ballots": {"form": "x"}},
    ],
)
def test_what_is_not_named_stays(folder: Path, answers: dict[str, object]) -> None:
    drafts.change(only(folder), folder, answers)
    before = tomllib.loads(FILE)
    wanted = {key: said for key, said in {**before, **answers}.items() if said is not None}
    file = folder / "contests" / "01-mayor.toml"
    assert tomllib.loads(file.read_text()) == wanted
    assert file.stat().st_mode & 0o077 == 0


def test_comments_stay(folder: Path) -> None:
    drafts.change(only(folder), folder, {"title": "The mayor", "candidates": ["Cy"]})
    said = (folder / "contests" / "01-mayor.toml").read_text()
    assert said.startswith("# Ours.\n")
    assert "# as it was" in said


def test_a_file_that_somebody_edited_is_left_as_it_is(folder: Path) -> None:
    seen = only(folder)
    edited = FILE.replace("Bea", "Cy")
    seen.path.write_text(edited)
    with pytest.raises(Refused, match="changed since you opened it"):
        drafts.change(seen, folder, {"title": "The mayor"})
    with pytest.raises(Refused, match="changed since you opened it"):
        drafts.remove(seen, folder)
    assert seen.path.read_text() == edited
    drafts.remove(only(folder), folder)
    with pytest.raises(Refused, match="changed since you opened it"):
        drafts.remove(seen, folder)


def test_a_new_contest_comes_last_on_the_ballot(folder: Path) -> None:
    (folder / "contests" / "09-later.toml").write_text('id = "later"\n')
    assert drafts.add_contest(folder, {"id": "sheriff"}).name == "10-sheriff.toml"
    names = [file.path.name for file in drafts.contests_of(folder, folder)]
    assert names == ["01-mayor.toml", "09-later.toml", "10-sheriff.toml"]


def test_a_file_that_is_no_toml_says_so(folder: Path) -> None:
    (folder / "contests" / "01-mayor.toml").write_text("title = \n")
    found = only(folder)
    assert found.fault
    assert "this is not TOML" in found.fault.fact
    assert found.digest
