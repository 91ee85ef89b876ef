"""A real Prefect server and a real `clerk serve`, with the clock moved.

Rules: EN-10 (reminders), VM-R3 (the roll), DP-3 (nothing personal to the orchestrator).
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from connectors.sandbox.server import Sandbox
from flows.scheduler.own_server import Access, access_to
from models.votes.election import ElectionState
from tests.conftest import FIRST_NIGHT, Clock
from tests.elections.polls import CLOSES, REMINDERS, TZ, Poll, ranks

pytestmark = pytest.mark.slow(minutes=9)

PATIENCE = 240
SHIFT = "shift"
GRACE = 1
BUSY = 503
CHAPTER, CLOCK = "rivertown-progressives", "election-clock"


WAYS = ("both", "the event alone", "the planned run alone")
"""How a closed vote comes to its count."""


@dataclass
class Served:
    """A chapter with an open vote, its jobs at work in processes of their own."""

    poll: Poll
    folder: Path
    api: httpx.Client

    def ask(self, method: str, path: str, **body: Any) -> Any:
        """Ask Prefect; when its database is busy (SQLite lets one writer in), again."""
        deadline = time.monotonic() + PATIENCE
        while (answer := self.api.request(method, path, **body)).status_code == BUSY:
            assert time.monotonic() < deadline
            time.sleep(0.5)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def move_to(self, moment: datetime) -> None:
        """Move everybody's clock."""
        self.poll.clock.at = moment
        shift = (moment - datetime.now(UTC)).total_seconds()
        (self.folder / SHIFT).write_text(str(shift))

    def strike_at(self, moment: datetime) -> None:
        """Move everybody's clock so that the clock of votes strikes next at this moment."""
        while not 20 <= (now := datetime.now(UTC)).second < 50:
            time.sleep(0.5)  # the strike before is over then, and the next not on its way
        strike = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
        self.move_to(moment - (strike - now))

    def until(self, what: str, holds: Callable[[], bool]) -> None:
        """Wait for something to come by itself."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if holds():
                return
            time.sleep(0.5)
        pytest.fail(f"{what} did not come:\n{(self.folder / 'serve.log').read_text()[-4000:]}")

    def runs(self, flow: str, deployment: str, state: str = "COMPLETED") -> list[dict[str, Any]]:
        """The runs of a deployment in a state, those that have ended well if none is named."""
        asked = {
            "flows": {"name": {"any_": [flow]}},
            "deployments": {"name": {"any_": [f"{deployment}-{CHAPTER}"]}},
            "flow_runs": {"state": {"type": {"any_": [state]}}},
        }
        found: list[dict[str, Any]] = self.ask("POST", "/flow_runs/filter", json=asked)
        return found

    def planned(self) -> list[dict[str, Any]]:
        """The runs to the minute that wait for their time."""
        return [r for r in self.runs(CLOCK, "to-the-minute", "SCHEDULED") if not _by_event(r)]

    def ended(self) -> list[dict[str, Any]]:
        """The runs to the minute that have ended well."""
        return self.runs(CLOCK, "to-the-minute")

    def stop_the_clock(self) -> None:
        """No strike comes by the schedule any more."""
        found = self.ask("GET", f"/deployments/name/{CLOCK}/clock-{CHAPTER}")
        self.ask("PATCH", f"/deployments/{found['id']}", json={"paused": True})
        for run in self.runs(CLOCK, "clock", "SCHEDULED"):
            self._cancel(run)

    def cancel_planned(self) -> None:
        """What was planned to the minute is given up."""
        for run in self.planned():
            self._cancel(run)

    def _cancel(self, run: dict[str, Any]) -> None:
        state = {"state": {"type": "CANCELLED"}, "force": True}
        self.ask("POST", f"/flow_runs/{run['id']}/set_state", json=state)

    def forget_the_event(self) -> None:
        """The closing event starts nothing."""
        for each in self.ask("POST", "/automations/filter", json={}):
            self.ask("PATCH", f"/automations/{each['id']}", json={"enabled": False})


@pytest.fixture
def served(tmp_path: Path, way: str) -> Iterator[Served]:
    folder = tmp_path / "chapter"
    clock = Clock()
    with Sandbox(now=clock) as sandbox:
        clock.at = FIRST_NIGHT
        poll = Poll.prepare(sandbox, clock, folder, people=24, grace_minutes=GRACE).opened()
        # Where one strike alone must close the vote, no night may hold the ledger then.
        after = timedelta(seconds=150) if way == WAYS[0] else timedelta(hours=12)
        soon = datetime.now(TZ) + after
        with (folder / "chapter.toml").open("a") as settings:
            settings.write(f'\n[schedule]\nnightly = "{soon:%H:%M}"\ncheck_every_minutes = 1\n')
        (folder / SHIFT).write_text("0")
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        environment |= {
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",
            "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
            "PREFECT_SERVER_SERVICES_SCHEDULER_DEPLOYMENT_BATCH_SIZE": "100",
            "HOME": str(folder),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        out = (folder / "serve.log").open("wb")
        command = [sys.executable, "-m", "tests.elections.serving", str(folder)]
        child = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
        try:
            page, secret = _access(folder, child)
            user, _, password = secret.partition(":")
            who = (user, password)
            with httpx.Client(base_url=f"{page}/api", timeout=30, auth=who) as api:
                yield Served(poll, folder, api)
        finally:
            child.send_signal(signal.SIGTERM)
            child.wait(timeout=60)
            out.close()


def _access(folder: Path, child: "subprocess.Popen[bytes]") -> Access:
    deadline = time.monotonic() + PATIENCE
    while "), elections checked every" not in (said := (folder / "serve.log").read_text()):
        assert time.monotonic() < deadline
        assert child.poll() is None, said
        time.sleep(0.3)
    return access_to(folder)


@pytest.mark.parametrize("way", WAYS)
def test_a_vote_is_reminded_closed_and_counted_by_itself(served: Served, way: str) -> None:
    """The reminder once by the schedule; the tally by its event, by its plan, by both at once."""
    poll = served.poll
    voter = min(poll.invited())
    poll.votes(voter, ranks("Ada Park"))
    served.move_to(REMINDERS[0])
    served.until("the reminder", lambda: bool(poll.letters("reminder 1")))
    assert set(poll.letters("reminder").values()) == {1}
    assert (voter, "reminder 1") not in poll.letters()
    assert len(poll.letters("reminder 1")) == len(poll.invited()) - 1

    if way == WAYS[0]:
        served.strike_at(CLOSES - timedelta(seconds=45))
    elif way == WAYS[1]:
        served.strike_at(CLOSES + timedelta(seconds=1))
        served.until("the close", lambda: poll.vote.state is not ElectionState.OPEN)
        served.stop_the_clock()
        served.until("the plan to count", lambda: bool(served.planned()))
        served.cancel_planned()
    else:
        served.forget_the_event()
        served.strike_at(CLOSES - timedelta(seconds=45))
        served.until("the plan to close", lambda: bool(served.planned()))
        served.stop_the_clock()
    served.until("the count", lambda: poll.vote.state is ElectionState.COUNTED)
    assert poll.vote.result
    assert poll.vote.result.counted == 1
    assert poll.record().count("counted the votes") == 1
    assert poll.record().count("closed voting") == 1
    if way != WAYS[2]:
        served.until("a run by the event", lambda: any(map(_by_event, served.ended())))
    if way != WAYS[1]:
        served.until("a planned run", lambda: not all(map(_by_event, served.ended())))
    if way == WAYS[0]:
        served.until("the night", lambda: bool(served.runs("nightly-eligibility", "nightly")))
        assert set(poll.letters("reminder").values()) == {1}  # after many a strike more
    else:
        assert {_by_event(run) for run in served.ended()} == {way == WAYS[1]}
    _nothing_personal(served)


def _by_event(run: dict[str, Any]) -> bool:
    return (run.get("created_by") or {}).get("type") == "AUTOMATION"


def _nothing_personal(served: Served) -> None:
    """No address and no code in anything that Prefect or the process wrote (DP-3)."""
    files = [f for f in (served.folder / "prefect").rglob("*") if f.is_file()]
    assert any(f.suffix == ".db" for f in files)
    invited = served.poll.invited()
    for file in (*files, served.folder / "serve.log"):
        held = file.read_bytes()
        for secret in (
            *invited,
            *invited.values(),
            *(c.replace("-", "") for c in invited.values()),
        ):
            assert secret.encode() not in held, f"in {file.name}"
