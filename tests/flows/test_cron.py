"""The crontab and the timers of the docs: the very lines, in the environment that they get."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from connectors.ledger import Ledger
from connectors.settings import load_chapter
from flows.service import due_steps
from flows.service.due_steps import run_due_steps
from models.errors import TryAgainLater
from tests.flows.evening import kept as kept
from tests.flows.evening import settled as settled
from tests.flows.town import Town
from tests.house.kept import DOCS
from tests.house.project import text

CLERK = Path(sys.executable).with_name("clerk")
CRONTAB = re.findall(r"```\n(CLERK_CHAPTER=.*?)```", text(DOCS / "running.md"), re.DOTALL)
FIELD = r"[\d*/,-]+"


def crontab() -> tuple[dict[str, str], dict[str, str]]:
    """The variables that it sets, and each command with its times."""
    (table,) = CRONTAB
    lines = table.splitlines()
    held = dict(line.split("=", 1) for line in lines if re.match(r"\w+=", line))
    jobs = dict(
        re.fullmatch(rf"({FIELD}(?: {FIELD}){{4}}) +(.+)", line).groups()[::-1]  # type: ignore[union-attr]  # else the page is wrong
        for line in lines
        if not re.match(r"\w+=", line)
    )
    return held, jobs


def as_cron(command: str, town: Town) -> subprocess.CompletedProcess[str]:
    """Run a line as cron does: an almost empty environment, a plain shell, and the home folder."""
    held, _ = crontab()
    home = town.folder.parent
    given = {"HOME": str(home), "LOGNAME": "clerk", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
    given |= {name: here(value, town) for name, value in held.items()}
    line = here(command, town)
    words = ["/usr/bin/env", "-i", *(f"{name}={value}" for name, value in given.items())]
    return subprocess.run([*words, "/bin/sh", "-c", line], cwd=home, capture_output=True,
                          text=True, check=False, timeout=120)  # fmt: skip


def here(line: str, town: Town) -> str:
    """The docs' places as they are here."""
    moved = line.replace("/srv/chapters/rivertown", str(town.folder))
    moved = moved.replace("%h/chapter", str(town.folder))
    moved = re.sub(r"(/opt/chapter-clerk/\.venv/bin|%h/\.local/bin)/clerk", str(CLERK), moved)
    assert "/opt/" not in moved
    assert "%h" not in moved
    return moved


def nights(town: Town) -> int:
    with Ledger.open(load_chapter(town.folder).ledger_url()) as ledger:
        return len(ledger.runs())


@pytest.mark.slow
def test_each_line_of_the_crontab_works_as_cron_runs_it(settled: Town) -> None:
    _, jobs = crontab()
    before = nights(settled)
    tick, night = (as_cron(job, settled) for job in jobs)
    assert (tick.returncode, tick.stderr) == (0, "")
    assert tick.stdout == "Nothing is due. No election is running.\n"
    assert (night.returncode, night.stderr) == (0, "")
    assert re.search(r"\d+ changes, \d+ to review\n", night.stdout)
    assert nights(settled) == before + 1


def test_what_goes_wrong_reaches_the_mail_of_cron(settled: Town) -> None:
    settled.sandbox.faults.matching("GET", "", "500", times=999)
    _, jobs = crontab()
    failed = as_cron(f"{[*jobs][1]} >/dev/null", settled)
    assert failed.returncode == TryAgainLater.exit_code
    assert failed.stdout == ""
    assert "Next: " in failed.stderr
    assert "@" not in failed.stderr


def test_the_night_is_at_a_minute_and_an_hour_of_its_own() -> None:
    """No tick begins in that minute, and the hour comes once on every day of the year."""
    _, jobs = crontab()
    times = {command.rpartition("clerk ")[2]: when.split() for command, when in jobs.items()}
    minute, hour, *days = times["tick --night"]
    assert times["tick"] == ["*/5", "*", "*", "*", "*"]
    assert int(minute) % 5
    assert int(hour) not in (0, 1, 2, 3)
    assert days == ["*", "*", "*"]


@contextmanager
def at_work(turns: int) -> Iterator[list[float]]:
    """Another job has the ledger, and is done after so many waits."""
    waits: list[float] = []
    true_job = due_steps.sync

    def job(*given: object) -> object:
        if len(waits) < turns:
            raise due_steps.Busy("the ledger is busy with another job")
        return true_job(*given)  # type: ignore[arg-type]  # as it was called

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(due_steps, "sync", job)
        yield waits


@pytest.mark.parametrize(("turns", "fails"), [(0, False), (4, False), (5, True)])
def test_a_night_waits_for_a_job_that_is_at_work(town: Town, turns: int, fails: bool) -> None:
    """Beside a check that began in the same minute it was lost until the next day."""
    said: list[str] = []
    with town.context() as context, at_work(turns) as waits:
        context.sleep = waits.append
        if fails:
            with pytest.raises(TryAgainLater):
                run_due_steps(context, said.append, night=True)
        else:
            run_due_steps(context, said.append, night=True)
    assert waits == list(due_steps.TURNS)[:turns]
    assert any("changes" in line for line in said) is not fails


USER_UNITS = dict(
    re.findall(
        r"`~/\.config/systemd/user/([\w.-]+)`[^\n]*\n\n```ini\n(.*?)```",
        text(DOCS / "running.md"),
        re.DOTALL,
    )
)


def test_the_page_has_the_timers_of_a_laptop() -> None:
    assert sorted(USER_UNITS) == [
        "clerk-night.service", "clerk-night.timer", "clerk-tick.service", "clerk-tick.timer",
    ]  # fmt: skip
    for name in ("clerk-night.timer", "clerk-tick.timer"):
        assert "\nPersistent=true\n" in USER_UNITS[name]


@pytest.mark.parametrize("name", USER_UNITS)
def test_systemd_finds_nothing_wrong_with_them(tmp_path: Path, name: str) -> None:
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("systemd is not installed")
    for unit, content in USER_UNITS.items():
        true = str(shutil.which("true"))
        (tmp_path / unit).write_text(content.replace("%h/.local/bin/clerk", true))
    given = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    said = subprocess.run([analyze, "--user", "verify", tmp_path / name], env=given,
                          capture_output=True, text=True, check=False)  # fmt: skip
    lines = (said.stdout + said.stderr).splitlines()
    assert [line for line in lines if "clerk" in line] == []


@pytest.mark.parametrize("when", [line for unit in USER_UNITS.values()
                                  for line in re.findall("OnCalendar=(.+)", unit)])  # fmt: skip
def test_systemd_reads_their_times(when: str) -> None:
    if not (analyze := shutil.which("systemd-analyze")):
        pytest.skip("systemd is not installed")
    said = subprocess.run([analyze, "calendar", when], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", ["clerk-tick.service", "clerk-night.service"])
def test_each_service_of_a_laptop_works_as_systemd_runs_it(settled: Town, name: str) -> None:
    unit = USER_UNITS[name]
    held = dict(one.split("=", 1) for one in re.findall(r"(?m)^Environment=(.+)$", unit))
    (command,) = re.findall(r"(?m)^ExecStart=(.+)$", unit)
    given = {"HOME": str(settled.folder.parent), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
    given |= {variable: here(value, settled) for variable, value in held.items()}
    done = subprocess.run(here(command, settled).split(), env=given, cwd="/", capture_output=True,
                          text=True, check=False, timeout=120)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_a_night_is_tried_again_only_if_that_helps() -> None:
    """Restart=on-failure alone would ask a person's question every five minutes, for ever."""
    unit = USER_UNITS["clerk-night.service"]
    (never,) = re.findall(r"(?m)^RestartPreventExitStatus=(.+)$", unit)
    assert "Restart=on-failure" in unit
    assert {int(code) for code in never.split()} == set(range(1, TryAgainLater.exit_code))
