"""A backup takes a chapter's own files along and no others, and takes the place of none."""

import errno
import os
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connectors.settings import Chapter
from flows.cli.main import app
from flows.privacy import backup, restore
from models.errors import FixTheData, FixTheSettings, Refused
from tests.flows.test_restore import found, listing, note


@pytest.fixture
def chapter(tmp_path: Path) -> Chapter:
    """A chapter with a ledger."""
    chapter = found(tmp_path / "chapter")
    note(chapter, "kept")
    return chapter


def names(chapter: Chapter, file: Path) -> set[str]:
    return set(restore.read(chapter, file).members)


def test_a_backup_holds_what_a_chapters_folder_holds_after_a_vote(
    chapter: Chapter, tmp_path: Path
) -> None:
    for name in (
        "committee.toml", "chapters.toml", "bylaws/own.toml", "letters/voting-member/subject.txt",
        "elections/spring/contests/01-mayor.toml", "elections/spring/pages/index.es.html",
        "elections/spring/tellers/mayor.json", "elections/spring/tellers/rows.txt",
        "elections/spring/ballots.csv",
    ):  # fmt: skip
        (chapter.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (chapter.folder / name).write_text("x")
    for name in ("secrets/google.json", "prefect/prefect.db", "elections/.DS_Store", "notes.txt"):
        (chapter.folder / name).parent.mkdir(exist_ok=True)
        (chapter.folder / name).write_text("x")
    assert backup.backup(chapter, tmp_path / "file") == []
    assert names(chapter, tmp_path / "file") == {
        "about.json", "ledger.sqlite", "chapter.toml", "committee.toml", "bylaws/own.toml",
        "chapters.toml",
        "letters/voting-member/body.txt", "letters/voting-member/subject.txt",
        "elections/spring/election.toml", "elections/spring/contests/01-mayor.toml",
        "elections/spring/pages/index.es.html", "elections/spring/tellers/mayor.json",
        "elections/spring/tellers/rows.txt", "elections/spring/ballots.csv",
    }  # fmt: skip


def test_what_is_left_out_is_said(chapter: Chapter, tmp_path: Path) -> None:
    (chapter.folder / "elections/spring/run.sh").write_text("x")
    (chapter.folder / "letters/thea@example.org").mkdir()
    (chapter.folder / "letters/thea@example.org/x.py").write_text("x")
    os.mkfifo(chapter.folder / "elections/spring/pipe.txt")
    said = CliRunner().invoke(app, ["backup", str(tmp_path / "file"), "-c", str(chapter.folder)])
    assert said.exit_code == 0
    assert "cannot contain this file: elections/spring/run.sh" in said.output
    assert "cannot contain this file: elections/spring/pipe.txt" in said.output
    assert "thea" not in said.output
    assert not any(name.endswith((".sh", ".py", "pipe.txt")) for name in
                   names(chapter, tmp_path / "file"))  # fmt: skip


@pytest.mark.parametrize("way", ["bylaws", "elections/autumn", "elections/x.toml", "x.toml"])
def test_no_link_is_followed(chapter: Chapter, tmp_path: Path, way: str) -> None:
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.mkdir() if way.endswith(("s", "autumn")) else elsewhere.write_text("a secret")
    if elsewhere.is_dir():
        (elsewhere / "x.toml").write_text("a secret")
    (chapter.folder / way).symlink_to(elsewhere)
    assert backup.backup(chapter, tmp_path / "file") == [way]
    assert b"a secret" not in (tmp_path / "file").read_bytes()


def test_two_texts_that_are_one_on_another_disk_are_told(chapter: Chapter, tmp_path: Path) -> None:
    for name in ("a.txt", "A.txt"):
        (chapter.folder / "elections" / name).write_text("x")
    with pytest.raises(FixTheData, match="differs in case only"):
        backup.backup(chapter, tmp_path / "file")
    assert not (tmp_path / "file").exists()


@pytest.mark.parametrize("name", ["file", ".file.part"])
def test_a_planted_link_leads_a_backup_nowhere(chapter: Chapter, tmp_path: Path, name: str) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / name).symlink_to(tmp_path / "precious")
    try:
        backup.backup(chapter, tmp_path / "file")
    except Refused:
        assert name == "file"
    assert (tmp_path / "precious").read_text() == "precious"
    assert (tmp_path / name).is_symlink()


def test_a_folder_where_others_can_write_gets_no_backup(chapter: Chapter, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    for mode in (0o777, 0o1777, 0o770):
        (tmp_path / "shared").chmod(mode)
        with pytest.raises(FixTheSettings, match="can write here"):
            backup.backup(chapter, tmp_path / "shared" / "file")
        assert list((tmp_path / "shared").iterdir()) == []


def test_a_backup_is_private_in_a_new_folder(chapter: Chapter, tmp_path: Path) -> None:
    backup.backup(chapter, tmp_path / "new" / "file")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "file").stat().st_mode) == 0o600


@pytest.mark.parametrize("at", range(1, 4))
def test_a_full_disk_leaves_nothing(
    chapter: Chapter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """At each moment at which the backup's bytes go to the disk."""
    before = listing(tmp_path)
    sync, left = os.fsync, [at]

    def full(handle: int) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(FixTheSettings, match="the disk is full"):
            backup.backup(chapter, tmp_path / "file")
    assert listing(tmp_path) == before


def test_a_full_disk_leaves_the_old_ledger(
    chapter: Chapter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.backup(chapter, file := tmp_path / "file")
    note(chapter, "later")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(FixTheSettings, match="the disk is full"):
            restore.restore(chapter, file, replace=True)
    assert note(chapter) == "later"
