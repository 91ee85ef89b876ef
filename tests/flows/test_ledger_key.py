"""The key of the ledger: not made yet, lost, or there already."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from connectors.ledger import new_key
from flows.cli.main import app
from models.errors import FixTheSettings
from tests.house.project import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A chapter that names a key file which is not there."""
    home = tmp_path / "chapter"
    home.mkdir(mode=0o700)
    example = (ROOT / "docs" / "chapter.example.toml").read_text("utf-8")
    (home / "chapter.toml").write_text(f'ledger_key_file = "ledger.key"\n{example}')
    return home


def clerk(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "-c", str(folder)])


def refusal(said: Result) -> FixTheSettings:
    assert isinstance(said.exception, FixTheSettings), said.output
    return said.exception


def test_a_key_that_was_not_made_yet_is_told_with_the_command_that_makes_one(folder: Path) -> None:
    said = refusal(clerk(folder, "review"))
    assert said.fact == "there is no file ledger.key"
    assert "`clerk ledger encrypt` creates one; if you had one, restore your copy" in said.next_step
    assert "`clerk ledger encrypt` creates one; if you had one, restore your copy" in said.next_step
    assert clerk(folder, "ledger", "encrypt").exit_code == 0
    assert clerk(folder, "review").exit_code == 0


def test_a_ledger_that_is_encrypted_is_so_already(folder: Path) -> None:
    clerk(folder, "ledger", "encrypt")
    said = clerk(folder, "ledger", "encrypt")
    assert said.exit_code == 0
    assert "The ledger is already encrypted." in said.output


def test_no_new_key_is_made_for_a_ledger_that_has_one(folder: Path) -> None:
    """It would lie where the copy of the right one has to go."""
    clerk(folder, "ledger", "encrypt")
    shutil.move(key := folder / "ledger.key", folder / "kept.key")
    said = refusal(clerk(folder, "ledger", "encrypt"))
    assert "copy" in said.next_step
    assert not key.exists()


def test_another_key_does_not_pass_for_encrypted_already(folder: Path) -> None:
    clerk(folder, "ledger", "encrypt")
    (folder / "ledger.key").write_text(new_key())
    assert "does not fit" in refusal(clerk(folder, "ledger", "encrypt")).fact


def test_a_new_key_stands_above_the_old_one_and_the_ledger_is_under_it(folder: Path) -> None:
    clerk(folder, "ledger", "encrypt")
    old = (file := folder / "ledger.key").read_text()
    said = clerk(folder, "ledger", "encrypt", "--new-key")
    assert "Older backups need the key that they were made with." in said.output
    assert "destroy them" not in said.output
    new, *former = file.read_text().split()
    assert former == old.split()
    file.write_text(f"{new}\n")
    assert clerk(folder, "review").exit_code == 0
    file.write_text(old)
    assert "does not fit" in refusal(clerk(folder, "review")).fact


def test_a_change_of_keys_that_was_cut_short_is_finished(folder: Path) -> None:
    clerk(folder, "ledger", "encrypt")
    old, new = (file := folder / "ledger.key").read_text(), new_key()
    file.write_text(f"{new}\n{old}")
    assert clerk(folder, "review").exit_code == 0
    assert (
        "The personal data in the ledger is encrypted." in clerk(folder, "ledger", "encrypt").output
    )
    assert "The ledger is already encrypted." in clerk(folder, "ledger", "encrypt").output
    file.write_text(new)
    assert clerk(folder, "review").exit_code == 0


def test_no_new_key_is_written_beside_one_of_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLERK_LEDGER_KEY", new_key())
    said = refusal(clerk(folder, "ledger", "encrypt", "--new-key"))
    assert "comes from the environment" in said.fact
    assert not (folder / "ledger.key").exists()
    assert clerk(folder, "ledger", "encrypt").exit_code == 0
    assert not (folder / "ledger.key").exists()
