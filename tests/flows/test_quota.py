"""A quota of a minute is waited out: reads, and the writes that set, go on in the next one."""

from datetime import timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.sandbox.invented import WORKBOOK
from flows.cli.main import app
from flows.context import ChapterContext
from flows.nightly.night import SyncOptions
from flows.nightly.sync import sync
from flows.service import nightly_flow as nightly
from models.errors import TryAgainLater
from tests.conftest import Clock
from tests.flows.town import REVIEW, Town

PATIENT = "\n[network]\nread_timeout = 5\nattempts = {attempts}\npause = 1\n"


@pytest.fixture
def patient(town: Town) -> Town:
    settings(town, attempts=5)
    return town


def settings(town: Town, attempts: int) -> None:
    more = PATIENT.format(attempts=attempts)
    (town.folder / "chapter.toml").write_text(town.settings + more)


def night(town: Town, clock: Clock) -> tuple[list[str], list[float]]:
    """A night on a clock that sleeping moves: what was told, and how long was waited."""
    told: list[str] = []
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        clock.at += timedelta(seconds=seconds)

    with town.context() as context:
        context.sleep, context.waiting = sleep, told.append
        sync(context, SyncOptions(apply=True))
    return told, waited


def test_reads_go_on_in_the_next_minute(patient: Town, clock: Clock) -> None:
    patient.sandbox.google.reads_a_minute = 2
    told, waited = night(patient, clock)
    assert told[0] == "Google asks us to wait 60 seconds. Continuing at 02:01"
    assert set(waited) == {60.0}
    assert patient.tagged("clerk: voting member")


def test_the_review_tab_is_written_in_the_next_minute(patient: Town, clock: Clock) -> None:
    patient.sandbox.google.writes_a_minute = 0

    def a_minute_later(town: Town = patient) -> None:
        town.sandbox.google.writes_a_minute = None

    told: list[str] = []
    with patient.context() as context:
        context.waiting, context.sleep = told.append, lambda _: a_minute_later()
        sync(context, SyncOptions(apply=True))
    assert told == ["Google asks us to wait 60 seconds. Continuing at 02:01"]
    assert patient.rows(REVIEW)[0][0] == "Where"


def test_mailchimps_haste_is_waited_out_too(patient: Town, clock: Clock) -> None:
    patient.sandbox.faults.matching("GET", "/lists/", "429", times=2)
    told, waited = night(patient, clock)
    assert [line.partition(" ")[0] for line in told] == ["Mailchimp"] * len(waited)
    assert waited == [60.0, 60.0]


def test_patience_is_bounded_and_nothing_was_changed(patient: Town, clock: Clock) -> None:
    settings(patient, attempts=3)
    patient.sandbox.google.reads_a_minute = 0
    patient.sandbox.reset()
    with pytest.raises(TryAgainLater, match="status 429"):
        night(patient, clock)
    assert patient.writes() == []


def test_the_terminal_is_told(patient: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a pipe is not: cron would mail it."""
    told: list[str] = []

    def sleep(seconds: float) -> None:
        patient.sandbox.google.reads_a_minute = None

    def doctor() -> Any:
        patient.sandbox.google.reads_a_minute = 0
        return CliRunner().invoke(app, ["doctor", "-c", str(patient.folder)])

    monkeypatch.setattr("flows.context.time.sleep", sleep)
    assert "asks us to wait" not in doctor().output
    monkeypatch.setattr("flows.console.mention", told.append)
    doctor()
    assert [line.partition(".")[0] for line in told] == ["Google asks us to wait 60 seconds"]


def test_a_scheduled_night_has_its_log_told(
    patient: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scheduler's process has no terminal, and its log is where somebody looks."""
    patient.sandbox.google.reads_a_minute = 0

    def more(_: float) -> None:
        patient.sandbox.google.reads_a_minute = None

    def night(context: ChapterContext, tell: Any, job: Any) -> Any:
        context.sleep = more
        context.workbooks.shape(WORKBOOK)
        raise Done

    told: list[str] = []
    monkeypatch.setenv("CLERK_CHAPTER", str(patient.folder))
    monkeypatch.setattr("flows.service.nightly_flow.run_a_night", night)
    with pytest.raises(Done):
        nightly._night(clock, told.append)
    assert told == ["Google asks us to wait 60 seconds. Continuing at 02:01"]


class Done(Exception):
    """Enough was seen."""
