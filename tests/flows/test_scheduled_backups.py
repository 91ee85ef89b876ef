"""Backups on a schedule: made after a night, tried, told of when they fail, and few enough.

Nights come by `clerk tick --night` here, strikes by `clerk tick`.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.settings import load_chapter
from flows.cli.main import app
from flows.doctor.run import at_hand
from flows.privacy import restore_trial, scheduled
from flows.privacy.kept_backups import KeptBackups
from flows.privacy.restore import read
from flows.service.due_steps import run_due_steps
from models.errors import ClerkError, FixTheData, FixTheSettings, TryAgainLater
from tests.flows.test_alerts import emptied
from tests.flows.town import Town

MADE = "made a backup and restored it for a test: "


@pytest.fixture
def shelf(town: Town, tmp_path: Path) -> Path:
    """The folder that the chapter names; a backup a day, three are kept."""
    folder = tmp_path / "shelf"
    folder.mkdir(mode=0o700)
    schedule(town, folder)
    return folder


def schedule(town: Town, folder: Path, every: str = "day", keep: int = 3) -> None:
    with (town.folder / "chapter.toml").open("a") as file:
        file.write(f'\n[backup]\nfolder = "{folder}"\nevery = "{every}"\nkeep = {keep}\n')


def strike(town: Town, *, night: bool = False, days: float = 0) -> list[str]:
    """A scheduled check; what it said of backups and to the officers."""
    town.clock.at += timedelta(days=days)  # type: ignore[attr-defined]  # a clock moved by hand
    said: list[str] = []
    with town.context() as context:
        try:
            run_due_steps(context, said.append, night=night)
        except ClerkError as fault:
            said.append(type(fault).__name__)
    return [line for line in said if "backup" in line or "officers" in line]


def night(town: Town, *, days: float = 1) -> list[str]:
    return strike(town, night=True, days=days)


def names(shelf: Path) -> list[str]:
    return sorted(one.name for one in shelf.iterdir())


def doctor(town: Town) -> str:
    """What doctor says of the backups; marked where something is to fix."""
    with town.context() as context:
        (check,) = (one for one in at_hand(context) if one.what == "backups")
    return ("" if check.fine else "✗ ") + check.found


@contextmanager
def broken(place: Any, name: str, fault: Exception) -> Iterator[None]:
    def fails(*_: object, **__: object) -> None:
        raise fault

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, name, fails)
        yield


def test_a_night_makes_one_and_tries_it(town: Town, shelf: Path) -> None:
    (said,) = night(town, days=0)
    assert said.startswith(MADE)
    (name,) = names(shelf)
    assert name == "rivertown-progressives-2026-03-31-060000.clerk"
    assert stat.S_IMODE((shelf / name).stat().st_mode) == 0o600
    held = read(load_chapter(town.folder), shelf / name)
    assert held.proved
    assert {"ledger.sqlite", "chapter.toml"} <= held.members.keys()
    with town.ledger() as ledger:
        people = len(set(ledger.ids().values()))
    assert said == f"{MADE}{people} people, 0 audit log entries"
    at = "Tue, Mar 31, 2026, 2:00\xa0AM"
    assert doctor(town) == f"the latest was made {at}, and its restore was tried {at}; 1 is kept"


def test_nothing_of_the_trial_is_left(town: Town, shelf: Path) -> None:
    night(town, days=0)
    assert names(shelf)
    assert not [one for one in (town.folder / "ledger").iterdir() if one.is_dir()]


def test_without_the_setting_nothing_is_made(town: Town) -> None:
    assert night(town) == []
    assert doctor(town).startswith("none on a schedule")
    assert list(town.folder.rglob("*.clerk")) == []


@pytest.mark.parametrize(
    ("every", "days", "again"), [("day", 0, 0), ("day", 1, 1), ("week", 6, 0), ("week", 7, 1)]
)
def test_the_next_one_comes_with_its_day(
    town: Town, tmp_path: Path, every: str, days: int, again: int
) -> None:
    (shelf := tmp_path / "shelf").mkdir()
    schedule(town, shelf, every)
    night(town)
    night(town, days=days)
    assert len(names(shelf)) == 1 + again


def test_a_night_an_hour_early_makes_it_all_the_same(town: Town, shelf: Path) -> None:
    """The days of the calendar count, not 24 hours: a night is a little earlier or later."""
    night(town)
    night(town, days=23 / 24)
    assert len(names(shelf)) == 2


def test_one_made_by_a_clock_that_was_ahead_does_not_stop_the_others(
    town: Town, shelf: Path
) -> None:
    night(town, days=365)
    night(town, days=-364)
    assert len(names(shelf)) == 2
    night(town)
    night(town)
    assert len(names(shelf)) == 3
    assert not [name for name in names(shelf) if "-2027-" in name]


def test_a_refused_night_leaves_one_too(town: Town, shelf: Path) -> None:
    night(town)
    with emptied(town):
        said = night(town)
    assert [line for line in said if line.startswith(MADE)]
    assert len(names(shelf)) == 2


def test_so_many_are_kept_and_nothing_of_others_is_touched(town: Town, shelf: Path) -> None:
    (shelf / "rivertown-progressives-2020-01-01-060000.clerk").write_text("not of this ledger")
    for _ in range(3):
        night(town)
    assert len(names(shelf)) == 1 + 3
    first = names(shelf)[1]
    (said,) = night(town)
    assert said.endswith("; removed 1 older")
    assert len(names(shelf)) == 1 + 3
    assert first not in names(shelf)
    assert names(shelf)[0] == "rivertown-progressives-2020-01-01-060000.clerk"


def test_none_is_removed_before_a_newer_one_was_tried(town: Town, shelf: Path) -> None:
    for _ in range(3):
        night(town)
    kept = names(shelf)
    bad = FixTheData("the audit log does not hold")
    with broken(scheduled, "try_restore", bad):
        for _ in range(2):
            night(town)
    assert set(kept) < set(names(shelf))
    assert len(names(shelf)) == 5
    night(town)
    assert len(names(shelf)) == 3 + 2  # three that were tried, and between them those that were not
    assert names(shelf)[0] == kept[1]
    for _ in range(2):
        night(town)
    assert len(names(shelf)) == 3
    with town.context() as context:
        assert context.chapter.backup
        assert all(one.tried for one in KeptBackups(context, context.chapter.backup).files)


def test_one_that_was_not_tried_is_tried_before_another_is_made(town: Town, shelf: Path) -> None:
    with broken(scheduled, "try_restore", TryAgainLater("the ledger is busy")):
        night(town)
    assert len(names(shelf)) == 1
    (said,) = strike(town, days=1 / 288)
    assert said.startswith(MADE)
    assert len(names(shelf)) == 1
    assert strike(town, days=1 / 288) == []


def test_the_trial_finds_a_damaged_file(town: Town, shelf: Path) -> None:
    with broken(scheduled, "try_restore", TryAgainLater("the ledger is busy")):
        night(town)
    (name,) = names(shelf)
    content = bytearray((shelf / name).read_bytes())
    content[-1] ^= 1
    (shelf / name).write_bytes(content)
    (said, told) = strike(town, days=1 / 288)
    assert said.startswith("the backup failed: ")
    assert "damaged" in said
    assert told == "emailed the officers: 1 thing to check"


def test_the_trial_finds_a_ledger_that_is_not_what_the_backup_says(town: Town, shelf: Path) -> None:
    night(town)
    (name,) = names(shelf)
    chapter = load_chapter(town.folder)
    (whole,) = [restore_trial.try_restore(chapter, shelf / name, town.clock)]
    wrong = whole.model_copy(update={"people": (whole.people or 0) + 1})
    with (
        broken(restore_trial, "audit", FixTheData("the audit log was changed")),
        pytest.raises(FixTheData, match="was changed"),
    ):
        restore_trial.try_restore(chapter, shelf / name, town.clock)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restore_trial, "restore", _claims(wrong))
        with pytest.raises(FixTheData, match="does not hold what the backup says"):
            restore_trial.try_restore(chapter, shelf / name, town.clock)


def _claims(about: object) -> Any:
    honest = restore_trial.restore

    def restore(*given: Any, show: Any, **more: Any) -> object:
        return honest(*given, show=lambda _: show(about), **more)

    return restore


def test_no_backup_of_a_ledger_with_nothing_in_it(town: Town, shelf: Path) -> None:
    """A mistyped `ledger` makes a new one; its nights remove no backup of the other."""
    for _ in range(3):
        night(town)
    kept = names(shelf)
    assert strike(town) == []
    town.rewrite("ledger/clerk.sqlite", "ledger/clark.sqlite")
    (town.folder / ".ledger-begun").unlink()
    with town.context() as context:
        assert context.ledger.is_untouched()
        scheduled.at_a_strike(context, lambda _: None)
        assert context.ledger.is_untouched()
    for _ in range(4):
        night(town)
    assert set(kept) < set(names(shelf))


def test_a_backup_under_a_key_is_tried_under_it(town: Town, shelf: Path) -> None:
    night(town)
    town.rewrite("zone = ", 'ledger_key_file = "secrets/ledger.key"\nzone = ')
    done = CliRunner().invoke(app, ["ledger", "encrypt", "-c", str(town.folder)])
    assert done.exit_code == 0, done.output
    assert night(town)[0].startswith(MADE)
    assert (shelf / names(shelf)[-1]).read_bytes().startswith(b"clerk backup 2, sealed\n")


def test_the_command_without_a_file_makes_one_now(town: Town, shelf: Path) -> None:
    night(town)
    said = CliRunner().invoke(app, ["backup", "-c", str(town.folder)])
    assert said.exit_code == 0, said.exception
    assert said.output.startswith("Made a backup and restored it for a test: ")
    assert len(names(shelf)) == 2


def test_the_command_without_a_file_and_a_schedule_says_what_to_type(town: Town) -> None:
    said = CliRunner().invoke(app, ["backup", "-c", str(town.folder)])
    assert isinstance(said.exception, FixTheSettings)
    assert "clerk backup FILE" in said.exception.next_step


def test_a_kill_while_it_is_written_leaves_a_known_file_that_is_made_again(
    town: Town, shelf: Path
) -> None:
    class Killed(BaseException):
        pass

    night(town)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scheduled, "backup", _killed(Killed))
        with pytest.raises(Killed):
            night(town)
    said = strike(town, days=1)  # one that is late, and whose newest has no file
    assert said[0].startswith(MADE)
    assert len(names(shelf)) == 2


def _killed(kind: type[BaseException]) -> Any:
    def dies(*_: object) -> None:
        raise kind

    return dies


def test_what_ends_and_what_begins_in_one_check_is_one_message(town: Town, shelf: Path) -> None:
    night(town)
    outbox = town.sandbox.mailchimp.test_outbox
    with emptied(town):
        night(town)
        assert [one.subject for one in outbox] == ["Rivertown Progressives: 1 thing to check"]
        outbox.clear()
    shelf.rename(shelf.with_name("gone"))
    night(town)
    (letter,) = outbox
    assert letter.subject == "Rivertown Progressives: 1 thing to check, 1 over"
    assert "OVER" in letter.text
    assert "backup" in letter.text


def test_those_that_are_gone_do_not_count_as_kept(town: Town, shelf: Path) -> None:
    for _ in range(3):
        night(town)
    oldest, *newer = names(shelf)
    for gone in newer:
        (shelf / gone).unlink()
    night(town)
    assert oldest in names(shelf)
    assert "2 are kept" in doctor(town)


def test_what_is_on_another_disk_is_removed_when_that_is_back(town: Town, shelf: Path) -> None:
    night(town)
    (first,) = names(shelf)
    disk = shelf.with_name("disk")
    shelf.rename(disk)
    shelf.mkdir(mode=0o700)  # the mount point, with nothing mounted
    for _ in range(4):
        night(town)
    for made in shelf.iterdir():
        made.rename(disk / made.name)
    shelf.rmdir()
    disk.rename(shelf)
    night(town)
    assert first not in names(shelf)


def test_one_that_cannot_be_removed_keeps_no_other(town: Town, shelf: Path) -> None:
    for _ in range(3):
        night(town)
    stuck, next_, _ = names(shelf)
    (shelf / stuck).unlink()
    (shelf / stuck).mkdir()
    assert night(town)[-1].startswith("made a backup and restored it for a test")
    assert "failed" not in doctor(town)
    night(town)
    assert next_ not in names(shelf)


def test_a_disk_that_fails_is_told_and_stops_nothing(town: Town, shelf: Path) -> None:
    night(town)
    town.rewrite(str(shelf), f"{shelf}{'x' * 300}")  # answers with an error, as a dying disk does
    said = night(town)
    assert any("the folder for backups is not there" in line for line in said)
    assert "the folder for backups is not there" in doctor(town)
    strike(town)


def test_what_a_killed_trial_left_is_removed_after_a_day(town: Town, shelf: Path) -> None:
    left = town.folder / "ledger" / ".copy-killed"
    left.mkdir(parents=True)
    (left / "clerk.sqlite").write_text("a whole ledger")
    night(town)
    assert left.exists()
    os.utime(left, (0, 0))
    night(town)
    assert not left.exists()
