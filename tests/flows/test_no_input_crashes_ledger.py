"""A ledger that is gone or damaged stops every command with its next step, which then works."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connectors.settings import load_chapter
from flows.cli.main import app
from flows.privacy import backup
from models.errors import FixTheSettings
from tests.flows.town import Town


def ledger(town: Town) -> Path:
    return town.folder / "ledger" / "clerk.sqlite"


@pytest.fixture
def file(town: Town, tmp_path: Path) -> Path:
    """A backup of the town after its first night."""
    town.night()
    file = tmp_path / "clerk.backup"
    backup.backup(load_chapter(town.folder), file)
    return file


LOSSES: dict[str, Callable[[Path], object]] = {
    "gone": lambda file: file.unlink(),
    "empty": lambda file: file.write_bytes(b""),
    "cut short": lambda file: file.write_bytes(file.read_bytes()[:20_000]),
    "of something else": lambda file: file.write_bytes(b"minutes " * 1_000),
}


@pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES)
def test_every_command_refuses_and_restore_mends(
    town: Town, file: Path, lose: Callable[[Path], object]
) -> None:
    with town.ledger() as held:
        told, people = held.notified(), len(held.ids())
    lose(ledger(town))
    for words in ("sync", "roll", "review", "explain x", "audit", "retention", "person show x"):
        result = CliRunner().invoke(app, [*words.split(), "-c", str(town.folder)])
        assert isinstance(result.exception, FixTheSettings), words
        assert "clerk restore" in result.exception.next_step
    restored = CliRunner().invoke(
        app, ["restore", str(file), "-c", str(town.folder), "--replace"], catch_exceptions=False
    )
    assert restored.exit_code == 0
    with town.ledger() as held:
        assert (held.notified(), len(held.ids())) == (told, people)
    assert not town.night().plan.baseline, "nobody is forgotten: it is no first night"
    assert list(ledger(town).parent.glob(".*")) == [], "nothing is left lying about"


def test_a_restored_ledger_takes_nothing_from_the_log_of_the_one_that_is_gone(
    town: Town, file: Path
) -> None:
    """SQLite would write the log of the lost file into the file that took its place."""
    with closing(sqlite3.connect(ledger(town))) as held:
        held.execute("UPDATE runs SET fingerprint = 'lost'")
        held.commit()
        ledger(town).unlink()
    assert ledger(town).with_name("clerk.sqlite-wal").stat().st_size
    result = CliRunner().invoke(app, ["restore", str(file), "-c", str(town.folder)])
    assert result.exit_code == 0, result.output
    with town.ledger() as again:
        run = again.last_run()
        assert run
        assert run.fingerprint != "lost"


def test_a_new_folder_takes_a_backup(town: Town, file: Path) -> None:
    """A new machine has no ledger, and no mark of one."""
    for left in ledger(town).parent.iterdir():
        left.unlink()
    result = CliRunner().invoke(app, ["restore", str(file), "-c", str(town.folder)])
    assert result.exit_code == 0, result.output
    assert not town.night().plan.baseline
