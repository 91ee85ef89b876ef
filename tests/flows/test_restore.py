"""A restore writes nothing before all of the backup was checked, and through no link."""

import os
import shutil
import tarfile
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connectors.ledger import Ledger, new_key
from connectors.settings import Chapter, load_chapter
from flows.cli.main import app
from flows.privacy import backup, restore
from flows.scheduler.home import serving_alone
from models.errors import FixTheData, FixTheSettings, Refused
from models.tally.digests import edition_digest
from tests.connectors.backups.crafted import (
    LINKS,
    OUTSIDERS,
    TWINS,
    archive,
    claimed,
    earlier,
    flipped,
    other,
    regular,
    some_bits,
)
from tests.house.project import ROOT
from tests.models.bylaws.texts import DIGEST, put_two


def found(folder: Path) -> Chapter:
    """A chapter's folder with a ledger, and texts of each kind."""
    folder.mkdir(mode=0o700)
    shutil.copy(ROOT / "docs" / "chapter.example.toml", folder / "chapter.toml")
    for name in ("elections/spring/election.toml", "letters/voting-member/body.txt"):
        (folder / name).parent.mkdir(parents=True, mode=0o700)
        (folder / name).write_text("# here\n")
    return load_chapter(folder)


def note(chapter: Chapter, text: str | None = None) -> str | None:
    """What the ledger says, after it was made to say something."""
    with Ledger.open(chapter.ledger_url(), chapter.ledger_secret()) as ledger:
        if text:
            ledger.set_note("which", text)
        return ledger.note("which")


def listing(folder: Path) -> dict[str, bytes | str]:
    """Everything in a folder, whatever it is."""
    return {
        str(path.relative_to(folder)): str(path.readlink()) if path.is_symlink()
        else path.read_bytes() if path.is_file() else path.stat().st_mode.to_bytes(4)
        for path in folder.rglob("*")
    }  # fmt: skip


@pytest.fixture(params=["plain", "sealed"])
def chapter(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Chapter:
    """A chapter with and without a ledger key."""
    if request.param == "sealed":
        monkeypatch.setenv("CLERK_LEDGER_KEY", new_key())
    chapter = found(tmp_path / "chapter")
    note(chapter, "kept")
    return chapter


@pytest.fixture
def file(chapter: Chapter, tmp_path: Path) -> Path:
    """Its backup; what the ledger says was changed since."""
    backup.backup(chapter, file := tmp_path / "clerk.backup")
    note(chapter, "later")
    return file


def test_a_backup_says_that_it_was_checked_before_anything_else(
    chapter: Chapter, file: Path
) -> None:
    told: list[str] = []
    with pytest.raises(Refused):
        restore.restore(chapter, file, replace=False, show=lambda one: told.append(str(one)))
    assert told[0] == "Checked: 5 files, all as they were written"
    assert told[1].startswith("A backup of “Your Chapter”")


def test_texts_come_back_where_they_are_missing(chapter: Chapter, file: Path) -> None:
    shutil.rmtree(chapter.folder / "elections")
    (chapter.folder / "letters/voting-member/body.txt").write_text("newer")
    done = restore.restore(chapter, file, replace=True)
    assert done.texts == ("elections/spring/election.toml",)
    assert done.left == ("chapter.toml", "letters/voting-member/body.txt")
    assert (chapter.folder / "elections/spring/election.toml").read_text() == "# here\n"
    assert (chapter.folder / "letters/voting-member/body.txt").read_text() == "newer"
    assert note(chapter) == "kept"


def test_a_backup_of_the_version_before_is_restored(chapter: Chapter, file: Path) -> None:
    held = restore.read(chapter, file).members
    file.write_bytes(earlier(held.items(), chapter.ledger_secret()))
    shutil.rmtree(chapter.folder / "elections")
    told: list[str] = []
    restore.restore(chapter, file, replace=True, show=lambda one: told.append(str(one)))
    assert "cannot be proved whole" in told[0]
    assert note(chapter) == "kept"
    assert (chapter.folder / "elections/spring/election.toml").exists()


def test_what_is_passed_over_in_an_early_backup_is_named_and_not_written(
    chapter: Chapter, file: Path
) -> None:
    held = restore.read(chapter, file).members
    useless = {"elections/minutes.docx": b"x", "prefect.toml": b"x"}
    file.write_bytes(earlier((held | useless).items(), chapter.ledger_secret()))
    told: list[str] = []
    restore.restore(chapter, file, replace=True, show=lambda one: told.append(str(one)))
    for name in useless:
        assert f"Skipped: {name}; a backup cannot contain this file" in told
        assert not (chapter.folder / name).exists()
    assert note(chapter) == "kept"


def test_settings_of_another_program_are_left_out_of_a_backup_and_named(
    chapter: Chapter, tmp_path: Path
) -> None:
    for name in ("prefect.toml", "mise.toml", "committee.toml", "counting-bylaws.toml"):
        (chapter.folder / name).write_text("")
    left_out = backup.backup(chapter, file := tmp_path / "another.backup")
    assert sorted(left_out) == ["mise.toml", "prefect.toml"]
    assert {"committee.toml", "counting-bylaws.toml"} <= set(restore.read(chapter, file).members)


def test_the_two_bylaws_files_of_before_are_restored_and_count_as_they_did(
    chapter: Chapter, tmp_path: Path
) -> None:
    settings = chapter.folder / "chapter.toml"
    settings.write_text(settings.read_text().replace('"jp-progressives"', '"ours.toml"'))
    put_two(chapter.folder, "ours.toml")
    chapter = load_chapter(chapter.folder)
    file = tmp_path / "another.backup"
    assert list(backup.backup(chapter, file)) == []
    for name in ("ours.toml", "counting-ours.toml"):
        (chapter.folder / name).unlink()
    restore.restore(chapter, file, replace=True, show=lambda one: None)
    rules = chapter.read_bylaws().in_force(date(2026, 3, 31)).counting
    assert edition_digest(rules) == DIGEST


def test_some_hundred_flipped_bits_change_nothing(chapter: Chapter, file: Path) -> None:
    content = file.read_bytes()
    before = listing(chapter.folder)
    for bit in some_bits(content, 100, seed=1):
        file.write_bytes(flipped(content, bit))
        with pytest.raises(FixTheData):
            restore.restore(chapter, file, replace=True)
    assert listing(chapter.folder) == before


@pytest.mark.slow
def test_ten_thousand_flipped_bits_are_all_found(chapter: Chapter, file: Path) -> None:
    """Five thousand in each of the two."""
    content = file.read_bytes()
    for bit in some_bits(content, 5000, seed=2):
        file.write_bytes(flipped(content, bit))
        with pytest.raises(FixTheData):
            restore.read(chapter, file)


LEDGER = "ledger.sqlite"
CRAFTED = {
    **{f"{what}, {age}": form([(LEDGER, b"x"), (name, b"x")])
       for age, form in (("today", claimed), ("before", earlier))
       for what, name in OUTSIDERS[age].items()},
    **{f"{what}, {form.__name__}": form([(LEDGER, b"x"), *((name, b"x") for name in names)])
       for what, names in TWINS.items() for form in (claimed, earlier)},
    **{what: archive(regular(LEDGER, b"x"), entry()) for what, entry in LINKS.items()},
    "a link that a text goes through": archive(
        regular(LEDGER, b"x"), other("bylaws", tarfile.SYMTYPE, "/etc"),
        regular("bylaws/x.toml", b"x")),
    "another file": b"rubbish",
    "nothing": b"",
}  # fmt: skip


def test_a_crafted_archive_is_refused_and_nothing_is_written(chapter: Chapter, file: Path) -> None:
    before = listing(chapter.folder.parent)
    for what, content in CRAFTED.items():
        file.write_bytes(content)
        with pytest.raises(FixTheData):
            restore.restore(chapter, file, replace=True)
        assert listing(chapter.folder.parent) | {file.name: b""} == before | {file.name: b""}, what


@pytest.mark.parametrize("said", [
    {"about.json": b'{"chapter": "thea@example.org"}'},
    {"chapter.toml": b'name = "thea@example.org"'},
    {"chapter.toml": b"name = " + b"[" * 10_000},
    {"about.json": b"[" * 10_000},
    {"about.json": b"\xff"},
    {"chapter.toml": b"\xff"},
])  # fmt: skip
def test_a_crafted_word_about_itself_names_nobody_and_crashes_nothing(
    chapter: Chapter, file: Path, said: dict[str, bytes]
) -> None:
    told: list[str] = []
    for form in (claimed, earlier):
        file.write_bytes(form((said | {LEDGER: b"x"}).items()))
        with pytest.raises((FixTheData, Refused)) as refused:
            restore.restore(chapter, file, replace=True, show=lambda one: told.append(str(one)))
        assert "thea" not in str(refused.value) + "".join(told)


@pytest.mark.parametrize("way", ["elections", "letters/voting-member", "ledger"])
def test_nothing_is_written_through_a_link(
    chapter: Chapter, file: Path, tmp_path: Path, way: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    (chapter.folder / way).rename(elsewhere)
    (chapter.folder / way).symlink_to(elsewhere)
    for path in elsewhere.glob("spring/*"):
        path.unlink()
    before = listing(tmp_path)
    with pytest.raises(FixTheSettings, match="this is a link"):
        restore.restore(chapter, file, replace=True)
    assert listing(tmp_path) == before


def test_no_ledger_is_put_where_a_link_leads(chapter: Chapter, file: Path, tmp_path: Path) -> None:
    ledger = backup.ledger_file(chapter)
    ledger.rename(tmp_path / "precious")
    ledger.symlink_to(tmp_path / "precious")
    before = listing(tmp_path)
    with pytest.raises(FixTheSettings, match="this is a link"):
        restore.restore(chapter, file, replace=True)
    assert listing(tmp_path) == before


def test_a_text_that_is_a_link_stays_one(chapter: Chapter, file: Path, tmp_path: Path) -> None:
    text = chapter.folder / "elections/spring/election.toml"
    text.unlink()
    text.symlink_to(tmp_path / "nowhere.toml")
    restore.restore(chapter, file, replace=True)
    assert text.is_symlink()
    assert not (tmp_path / "nowhere.toml").exists()


def test_a_backup_whose_ledger_does_not_open_changes_nothing(chapter: Chapter, file: Path) -> None:
    held = restore.read(chapter, file).members
    file.write_bytes(claimed((held | {LEDGER: b"rubbish" * 1000}).items()))
    before = listing(chapter.folder)
    with pytest.raises(FixTheSettings):
        restore.restore(chapter, file, replace=True)
    assert listing(chapter.folder) == before


def test_a_log_beside_a_ledger_that_is_gone_is_not_written_into_the_new_one(
    chapter: Chapter, file: Path
) -> None:
    ledger = backup.ledger_file(chapter)
    ledger.with_name(f"{ledger.name}-wal").write_bytes(b"old")
    os.chmod(ledger.with_name(f"{ledger.name}-wal"), 0o600)  # noqa: PTH101 - as it lay
    ledger.unlink()
    restore.restore(chapter, file, replace=True)
    assert note(chapter) == "kept"


def test_a_backup_from_before_there_was_a_key_is_sealed_on_its_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapter = found(tmp_path / "chapter")
    note(chapter, "kept")
    backup.backup(chapter, file := tmp_path / "plain.clerk")
    monkeypatch.setenv("CLERK_LEDGER_KEY", new_key())
    keyed = load_chapter(chapter.folder)
    with Ledger.open(keyed.ledger_url()) as ledger:
        ledger.encrypt(keyed.ledger_secret())
    restore.restore(keyed, file, replace=True)
    assert note(keyed) == "kept"
    with pytest.raises(FixTheSettings, match="encrypted"):
        Ledger.open(keyed.ledger_url())


@pytest.mark.parametrize(
    ("name", "said"), [("none.clerk", "this file does not exist"), ("", "is a folder")]
)
def test_what_is_no_file_is_not_called_a_damaged_backup(
    chapter: Chapter, tmp_path: Path, name: str, said: str
) -> None:
    with pytest.raises(FixTheData, match=said):
        restore.restore(chapter, tmp_path / name, replace=True)


def test_nothing_is_restored_under_a_chapter_that_is_served(chapter: Chapter, file: Path) -> None:
    """Its clock would act on the old ledger before anybody has looked."""
    before = listing(chapter.folder / "ledger")
    with serving_alone(chapter.folder):
        said = CliRunner().invoke(
            app, ["restore", str(file), "--replace", "-c", str(chapter.folder)]
        )
    assert isinstance(said.exception, Refused)
    assert listing(chapter.folder / "ledger") == before
