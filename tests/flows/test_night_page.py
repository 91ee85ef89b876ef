"""Each night leaves a page of counts where the chapter wants it, private to its owner."""

import stat
from pathlib import Path

import pytest

from connectors.sandbox.invented import address_of, name_of
from flows.service.due_steps import run_night
from tests.conftest import Clock
from tests.flows.town import Town


def turn_on(town: Town) -> None:
    file = town.folder / "chapter.toml"
    file.write_text(f"{file.read_text()}\n[schedule]\nnight_page = true\n")


def night(town: Town) -> list[str]:
    said: list[str] = []
    with town.context() as context:
        run_night(context, said.append)
    return said


def pages(town: Town) -> list[Path]:
    return sorted(town.folder.glob("night*.html"))


def test_there_is_none_unless_it_is_wanted(town: Town) -> None:
    night(town)
    assert pages(town) == []


def test_it_is_there_in_each_language_and_its_owner_alone_reads_it(
    town: Town, clock: Clock
) -> None:
    turn_on(town)
    night(town)
    clock.go(days=1)
    night(town)
    spanish, english = pages(town)
    assert english.read_text().count('<th scope="col">') == 1 + 2
    assert "people can vote" in english.read_text()
    assert "personas tienen derecho a voto" in spanish.read_text()
    assert {stat.S_IMODE(one.stat().st_mode) for one in (english, spanish)} == {0o600}


def test_it_names_nobody(town: Town) -> None:
    turn_on(town)
    night(town)
    for page in (one.read_text().lower() for one in pages(town)):
        for number in range(20):
            assert address_of(number) not in page
            assert name_of(number).lower() not in page


def test_it_has_seven_nights_at_most_and_two_runs_of_a_day_are_one(
    town: Town, clock: Clock
) -> None:
    turn_on(town)
    for _ in range(8):
        clock.go(days=1)
        night(town)
    night(town)
    (english,) = [one for one in pages(town) if one.name == "night.html"]
    heads = english.read_text().split("<thead>")[1].split("</thead>")[0]
    assert heads.count('scope="col"') == 1 + 7


def test_a_page_that_cannot_be_written_stops_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn_on(town)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("flows.views.night_page.write_private", full)
    assert any("the night page could not be written" in line for line in night(town))
    assert town.tagged("clerk: voting member")
