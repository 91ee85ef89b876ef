"""A scheduled backup that fails, is late or is gone: told once, and once that it is over."""

from datetime import timedelta
from pathlib import Path

import pytest

from flows.tabs.status import content_of
from models.mail.alerts import AlertKind
from tests.flows.test_alerts import news
from tests.flows.test_scheduled_backups import MADE, doctor, names, night, schedule, strike
from tests.flows.test_scheduled_backups import shelf as shelf
from tests.flows.town import Town


def open_alerts(town: Town) -> list[AlertKind]:
    with town.context() as context:
        kinds = [one.alert.kind for one in context.ledger.alerts.still_so()]
    return [one for one in kinds if one.value.startswith("backup")]


def test_a_failing_one_is_told_once_and_once_that_it_is_over(town: Town, shelf: Path) -> None:
    night(town)
    news(town)
    shelf.rename(away := shelf.with_name("away"))
    said = night(town)
    assert said[0].startswith("the backup failed: chapter.toml [backup] folder: the folder for")
    (letter,) = news(town)
    assert "A scheduled backup failed: it could not be made" in letter.text
    assert not shelf.exists()  # a folder of this name on another disk would hide that
    assert doctor(town).startswith("✗ the backup has failed since ")
    assert AlertKind.BACKUP_FAILED in open_alerts(town)
    with town.context() as context:
        rows = [row[1] for row in content_of(context).rows]
    assert [row for row in rows if row.startswith("A scheduled backup failed")]
    assert strike(town, days=1 / 288)[1:] == []  # it is told once
    away.rename(shelf)
    assert strike(town, days=1 / 288)[0].startswith(MADE)
    (letter,) = news(town)
    assert "OVER" in letter.text
    assert open_alerts(town) == []


def test_after_some_tries_it_is_tried_more_seldom(town: Town, shelf: Path) -> None:
    night(town)
    shelf.rename(shelf.with_name("away"))
    said = [night(town), *(strike(town, days=1 / 288) for _ in range(4))]
    tried = [any(line.startswith("the backup failed") for line in lines) for lines in said]
    assert tried == [True, True, True, False, False]
    assert strike(town, days=0.25)[0].startswith("the backup failed")


def test_one_that_is_gone_is_told_and_made_again_by_the_night(town: Town, shelf: Path) -> None:
    night(town)
    news(town)
    (name,) = names(shelf)
    (shelf / name).unlink()
    assert strike(town, days=1 / 288) == ["emailed the officers: 1 thing to check"]
    (letter,) = news(town)
    assert "The latest scheduled backup is no longer in its folder." in letter.text
    assert doctor(town) == "✗ The latest scheduled backup is no longer in its folder."
    assert strike(town, days=1 / 288) == []
    said = night(town, days=1 / 288)
    assert said[0].startswith(MADE)
    assert open_alerts(town) == []


def test_a_disk_that_is_not_connected_is_no_news_before_the_next_is_due(
    town: Town, shelf: Path
) -> None:
    night(town)
    shelf.rename(shelf.with_name("away"))
    assert strike(town, days=0.5) == []
    assert open_alerts(town) == []


@pytest.mark.parametrize(("every", "on_time"), [("day", 1), ("week", 7)])
def test_a_late_one_is_made_by_a_strike(
    town: Town, tmp_path: Path, every: str, on_time: int
) -> None:
    (shelf := tmp_path / "shelf").mkdir()
    schedule(town, shelf, every)
    night(town)
    town.clock.at += timedelta(days=on_time)  # type: ignore[attr-defined]  # a clock moved by hand
    strike(town)
    assert len(names(shelf)) == 1
    strike(town, days=1)
    assert len(names(shelf)) == 2


@pytest.mark.parametrize(("every", "on_time"), [("day", 1), ("week", 7)])
def test_a_late_one_that_cannot_be_made_is_missing(
    town: Town, tmp_path: Path, every: str, on_time: int
) -> None:
    (shelf := tmp_path / "shelf").mkdir()
    schedule(town, shelf, every)
    night(town)
    shelf.rename(shelf.with_name("away"))
    strike(town, days=on_time)
    assert AlertKind.BACKUP_MISSING not in open_alerts(town)
    strike(town, days=1)
    assert AlertKind.BACKUP_MISSING in open_alerts(town)
    days = "2 days" if every == "day" else "8 days"
    with town.context() as context:
        texts = [row[1] for row in content_of(context).rows]
    assert [one for one in texts if f"The latest scheduled backup is {days} old." in one]


def test_a_schedule_that_never_made_one_is_missing_after_its_time(
    town: Town, tmp_path: Path
) -> None:
    night(town)
    schedule(town, tmp_path / "nowhere")
    strike(town)
    strike(town, days=1)
    assert open_alerts(town) == []
    strike(town, days=1)
    assert open_alerts(town) == [AlertKind.BACKUP_FAILED, AlertKind.BACKUP_MISSING]


def test_taken_out_of_the_settings_it_is_over(town: Town, shelf: Path) -> None:
    night(town)
    shelf.rename(shelf.with_name("away"))
    night(town)
    assert open_alerts(town)
    file = town.folder / "chapter.toml"
    file.write_text(file.read_text().partition("\n[backup]")[0])
    strike(town)
    assert open_alerts(town) == []
    assert doctor(town).startswith("none on a schedule")
