"""A restore says what it brings, takes no other chapter's, and destroys no ledger."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from connectors.settings import load_chapter
from flows.cli.main import app
from flows.privacy import backup
from flows.privacy.restore import read
from models.errors import FixTheData, FixTheSettings, Refused
from tests.connectors.backups.crafted import claimed, earlier
from tests.flows.town import Town


@pytest.fixture
def file(town: Town, tmp_path: Path) -> Path:
    """A backup of the town after its first night."""
    town.night()
    file = tmp_path / "clerk.backup"
    backup.backup(load_chapter(town.folder), file)
    return file


def restore(town: Town, file: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["restore", str(file), "-c", str(town.folder), *words])


def ledger(town: Town) -> Path:
    return town.folder / "ledger" / "clerk.sqlite"


def test_each_ledger_that_is_put_aside_is_kept(town: Town, file: Path) -> None:
    for note in ("first", "second", "third"):
        with town.ledger() as held:
            held.set_note("which", note)
        said = restore(town, file, "--replace").output
        aside = max(ledger(town).parent.glob("*.before-restore*"), key=lambda f: f.stat().st_mtime)
        assert str(aside) in said
    kept = sorted(ledger(town).parent.glob("*.before-restore*"))
    with town.ledger() as held:
        assert held.note("which") is None
    notes = []
    for each in kept:
        each.replace(ledger(town))
        with town.ledger() as held:
            notes.append(held.note("which"))
    assert sorted(map(str, notes)) == ["first", "second", "third"]


def test_what_is_in_a_backup_is_said_before_anything_is_done(town: Town, file: Path) -> None:
    with town.ledger() as held:
        people, lines = len(set(held.ids().values())), len(held.votes.lines())
    said = restore(town, file)
    assert isinstance(said.exception, Refused)  # there is a ledger: nothing was done
    assert "“Rivertown Progressives”" in said.output
    assert f"{people} people, {lines} audit log entries" in said.output
    assert " UTC" in said.output
    assert people > 10


def test_another_chapters_backup_is_refused(town: Town, file: Path) -> None:
    town.rewrite('name = "Rivertown Progressives"', 'name = "Hilltop Neighbors"')
    before = ledger(town).read_bytes()
    refused = restore(town, file, "--replace")
    assert isinstance(refused.exception, Refused)
    assert "“Rivertown Progressives”" in str(refused.exception)
    assert "--renamed" in str(refused.exception)
    assert ledger(town).read_bytes() == before
    assert not list(ledger(town).parent.glob("*.before-restore*"))
    assert restore(town, file, "--replace", "--renamed").exit_code == 0


def test_a_backup_from_before_backups_said_whose_they_are_is_known_by_its_settings(
    town: Town, file: Path
) -> None:
    held = dict(read(load_chapter(town.folder), file).members)
    del held["about.json"]
    file.write_bytes(earlier(held.items()))
    said = restore(town, file, "--replace")
    assert said.exit_code == 0
    assert "“Rivertown Progressives”" in said.output
    assert "cannot be proved whole" in said.output
    town.rewrite('name = "Rivertown Progressives"', 'name = "Hilltop Neighbors"')
    assert isinstance(restore(town, file, "--replace").exception, Refused)


def test_a_backup_whose_word_about_itself_is_damaged_is_none(town: Town, file: Path) -> None:
    held = read(load_chapter(town.folder), file).members
    file.write_bytes(claimed((held | {"about.json": b"{"}).items()))
    assert isinstance(restore(town, file, "--replace").exception, FixTheData)


def test_a_restore_says_in_one_line_that_it_checked_the_backup(town: Town, file: Path) -> None:
    many = len(read(load_chapter(town.folder), file).members)
    lines = restore(town, file, "--replace").output.splitlines()
    assert lines[0] == f"Checked: {many} files, all as they were written."


def test_a_restore_says_which_texts_it_put_back_and_which_it_left(town: Town, file: Path) -> None:
    """A planted file must not hide behind “Restored.”"""
    held = dict(read(load_chapter(town.folder), file).members)
    file.write_bytes(claimed((held | {"elections/planted/contests/1.toml": b"x"}).items()))
    said = " ".join(restore(town, file, "--replace").output.split())
    assert ((
                "Restored the ledger and 1 text file that was missing: "
                "elections/planted/contests/1.toml"
            )
            in said)  # fmt: skip
    assert "Not restored, because they exist here already: " in said
    assert "chapter.toml" in said
    said = " ".join(restore(town, file, "--replace").output.split())
    assert "Restored the ledger. No text files were missing." in said


@pytest.mark.parametrize("damage", [b"rubbish", b""])
def test_a_damaged_ledger_is_put_aside_as_it_lies(town: Town, file: Path, damage: bytes) -> None:
    """It is what most restores are for."""
    with town.ledger() as held:
        before = held.ids()
    ledger(town).write_bytes(damage)
    ledger(town).with_name("clerk.sqlite-wal").write_bytes(b"half of it")
    ledger(town).with_name("clerk.sqlite-wal").chmod(0o600)
    said = restore(town, file, "--replace")
    assert said.exit_code == 0, said.exception
    with town.ledger() as held:
        assert held.ids() == before
    if damage:
        kept = ledger(town).with_name("clerk.sqlite.before-restore-1")
        assert kept.read_bytes() == damage
        assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"half of it"


def test_a_ledger_in_which_nothing_was_recorded_is_no_backup(town: Town, tmp_path: Path) -> None:
    """A mistyped `ledger` makes a new one, and backups of that would push the good ones out."""
    town.night()
    town.rewrite("ledger/clerk.sqlite", "ledger/clark.sqlite")
    with town.ledger():
        pass
    file = tmp_path / "backup"
    said = CliRunner().invoke(app, ["backup", str(file), "-c", str(town.folder)])
    assert isinstance(said.exception, FixTheSettings)
    assert (
        "if you have applied runs, `ledger` in chapter.toml names a different"
        in said.exception.next_step
    )
    assert not file.exists()


def test_a_backup_never_replaces_a_file(town: Town, tmp_path: Path) -> None:
    town.night()
    (tmp_path / "there").write_text("precious")
    with pytest.raises(Refused):
        backup.backup(load_chapter(town.folder), tmp_path / "there")
    assert (tmp_path / "there").read_text() == "precious"
