"""The whole ledger folder was deleted: no command takes the chapter for a new one (VM-R4)."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from connectors.ledger import Ledger
from connectors.settings import load_chapter
from flows.cli.main import app
from models.errors import FixTheSettings
from tests.house.project import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A chapter whose ledger was begun, backed up, and lost with its folder."""
    home = tmp_path / "chapter"
    home.mkdir(mode=0o700)
    shutil.copy(ROOT / "docs" / "chapter.example.toml", home / "chapter.toml")
    clerk(home, "review")
    with Ledger.open(load_chapter(home).ledger_url()) as ledger:
        ledger.set_note("what was", "recorded")
    clerk(home, "backup", str(tmp_path / "clerk.backup"))
    shutil.rmtree(home / "ledger")
    return home


def clerk(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "-c", str(folder)])


@pytest.mark.parametrize("command", ["roll", "review", "election status spring"])
def test_a_lost_ledger_folder_is_no_new_chapter(folder: Path, command: str) -> None:
    said = clerk(folder, *command.split())
    assert isinstance(said.exception, FixTheSettings)
    assert "the ledger is gone" in str(said.exception)
    assert not (folder / "ledger").exists()


def test_encrypting_makes_no_ledger_either(folder: Path) -> None:
    toml = folder / "chapter.toml"
    toml.write_text(f'ledger_key_file = "ledger.key"\n{toml.read_text()}')
    assert "the ledger is gone" in str(clerk(folder, "ledger", "encrypt").exception)
    assert not (folder / "ledger").exists()


def test_a_restore_brings_it_back(folder: Path) -> None:
    said = clerk(folder, "restore", str(folder.parent / "clerk.backup"))
    assert said.exit_code == 0, said.output
    assert clerk(folder, "review").exit_code == 0


def test_deleting_the_mark_begins_anew_on_purpose(folder: Path) -> None:
    (folder / ".ledger-begun").unlink()
    assert clerk(folder, "review").exit_code == 0
    with Ledger.open(load_chapter(folder).ledger_url()) as ledger:
        assert ledger.is_new()
