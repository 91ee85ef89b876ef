"""A disk that is full, at whichever byte: it is said, and what was there before is there still."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.privacy import backup, restore
from models.errors import FixTheSettings
from tests.flows.small_disk import small_disk
from tests.flows.test_restore import found, listing, note


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB, where one can be mounted."""
    with small_disk(tmp_path / "disk", "3m") as mounted:
        yield mounted


FULL = ("the disk is full", "the disk cannot be read or written")
"""The second when not even SQLite's own index of its log finds a place."""


def end_of(work: Callable[[], object]) -> str:
    """How it ends: done, or one of the words for a full disk."""
    try:
        work()
    except FixTheSettings as told:
        return next(words for words in FULL if words in str(told))
    return "done"


def leave(disk: Path, free: int) -> None:
    """Fill a disk so that so many bytes are free."""
    (disk / "filler").write_bytes(bytes(shutil.disk_usage(disk).free - free))


def test_a_backup_is_whole_or_is_not_there(disk: Path) -> None:
    chapter, file = found(disk / "chapter"), disk / "backup"
    note(chapter, "kept")
    before = listing(chapter.folder)
    ends = set()
    for free in range(0, 800_000, 50_000):
        leave(disk, free)
        ends.add(said := end_of(lambda: backup.backup(chapter, file)))
        assert file.exists() == (said == "done")
        if file.exists():
            restore.read(chapter, file)
            file.unlink()
        assert {path.name for path in disk.iterdir()} == {"chapter", "filler"}
        assert before.items() <= listing(chapter.folder).items()
        assert not list(chapter.folder.rglob(".*"))
        (disk / "filler").unlink()
    assert ends == {"done", *FULL}


def test_a_restore_leaves_the_old_ledger_or_the_new_one(disk: Path, tmp_path: Path) -> None:
    chapter = found(disk / "chapter")
    note(chapter, "kept")
    backup.backup(chapter, file := tmp_path / "backup")
    ends = set()
    for free in range(0, 1_200_000, 50_000):
        note(chapter, "later")
        leave(disk, free)
        ends.add(said := end_of(lambda: restore.restore(chapter, file, replace=True)))
        (disk / "filler").unlink()
        assert note(chapter) == ("kept" if said == "done" else "later")
        assert not list(chapter.folder.rglob(".*"))
        for aside in (chapter.folder / "ledger").glob("*.before-restore*"):
            aside.unlink()
    assert {"done", "the disk is full"} <= ends <= {"done", *FULL}
