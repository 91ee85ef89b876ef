"""A ledger is copied whole while jobs are at work, and settled in its file before it goes."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from connectors.ledger import Ledger, copies
from models.errors import FixTheSettings, TryAgainLater


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A ledger with a note."""
    file = tmp_path / "ledger" / "clerk.sqlite"
    with Ledger.open(f"sqlite:///{file}") as ledger:
        ledger.set_note("which", "first")
    return file


def note(file: Path) -> str | None:
    with Ledger.open(f"sqlite:///{file}") as ledger:
        return ledger.note("which")


def test_a_copy_holds_what_was_committed_and_is_gone_after_its_use(file: Path) -> None:
    with Ledger.open(f"sqlite:///{file}") as ledger:
        ledger.set_note("which", "second")  # it lies in the log
        with copies.copied(file) as copy:
            assert note(copy) == "second"
        assert not copy.parent.exists()


def test_what_lies_in_the_log_is_brought_into_the_file(file: Path, tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{file}") as ledger:
        ledger.set_note("which", "second")
        (alone := tmp_path / "alone.sqlite").write_bytes(file.read_bytes())
        alone.chmod(0o600)
        assert note(alone) == "first"
        copies.settle(file)
        alone.write_bytes(file.read_bytes())
        assert note(alone) == "second"


def test_a_ledger_that_is_being_read_is_not_settled(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    with closing(connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM meta").fetchall()
        with Ledger.open(f"sqlite:///{file}") as ledger:
            ledger.set_note("which", "second")
        monkeypatch.setattr(sqlite3, "connect", lambda file: connect(file, timeout=0))
        with pytest.raises(TryAgainLater):
            copies.settle(file)


def test_what_is_no_database_is_left_as_it_lies(file: Path) -> None:
    file.write_bytes(b"rubbish" * 1000)
    copies.settle(file)
    assert file.read_bytes() == b"rubbish" * 1000
    with pytest.raises(FixTheSettings, match="not a database"), copies.copied(file):
        pass


@pytest.mark.parametrize("work", [copies.settle, lambda file: copies.copied(file).__enter__()],
                         ids=["settle", "copy"])  # fmt: skip
def test_a_full_disk_is_told(file: Path, monkeypatch: pytest.MonkeyPatch, work: Any) -> None:
    class Full(sqlite3.Connection):
        def _full(self, *_: object) -> None:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

        execute = backup = _full

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda file: connect(file, factory=Full))
    with pytest.raises(FixTheSettings, match="the disk is full"):
        work(file)
