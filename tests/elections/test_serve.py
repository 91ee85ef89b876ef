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
from models.elections import ElectionState
from tests.conftest import FIRST_NIGHT, Clock
from tests.elections.polls import CLOSES, REMINDERS, TZ, Poll, ranks

pytestmark = pytest.mark.slow

PATIENCE = 240
SHIFT = "shift"
GRACE = 1
CHAPTER = "rivertown-progressives"


@dataclass
class Served:
    """A chapter with an open vote, its jobs at work in processes of their own."""

    poll: Poll
    folder: Path
    api: httpx.Client

    def move_to(self, moment: datetime) -> None:
        """Move everybody's clock."""
        self.poll.clock.at = moment
        shift = (moment - datetime.now(UTC)).total_seconds()
        (self.folder / SHIFT).write_text(str(shift))

    def until(self, what: str, holds: Callable[[], bool]) -> None:
        """Wait for something to come by itself."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if holds():
                return
            time.sleep(0.5)
        pytest.fail(f"{what} did not come:\n{(self.folder / 'serve.log').read_text()[-4000:]}")

    def runs(self, flow: str, deployment: str) -> list[dict[str, Any]]:
        """The runs of a deployment that have ended well."""
        asked = {
            "flows": {"name": {"any_": [flow]}},
            "deployments": {"name": {"any_": [deployment]}},
            "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}},
        }
        answer = self.api.post("/flow_runs/filter", json=asked)
        assert answer.is_success, answer.text
        found: list[dict[str, Any]] = answer.json()
        return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served") / "chapter"
    clock = Clock()
    with Sandbox(now=clock) as sandbox:
        clock.at = FIRST_NIGHT
        poll = Poll.prepare(sandbox, clock, folder, people=24, grace_minutes=GRACE).opened()
        soon = datetime.now(TZ) + timedelta(seconds=150)
        with (folder / "chapter.toml").open("a") as settings:
            settings.write(f'\n[schedule]\nnightly = "{soon:%H:%M}"\nclock_minutes = 1\n')
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
            with httpx.Client(base_url=_api(folder, child), timeout=30) as api:
                yield Served(poll, folder, api)
        finally:
            child.send_signal(signal.SIGTERM)
            child.wait(timeout=60)
            out.close()


def _api(folder: Path, child: "subprocess.Popen[bytes]") -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        text = (folder / "serve.log").read_text()
        if "every night at" in text:
            return text.partition("this machine only: ")[2].split()[0] + "/api"
        assert child.poll() is None, text
        time.sleep(0.3)
    raise AssertionError("clerk serve did not come up")


def test_a_vote_is_reminded_closed_and_counted_by_itself(served: Served) -> None:
    """The reminder once by the schedule, the tally by its event, the night by its schedule."""
    poll = served.poll
    voter = min(poll.invited())
    poll.votes(voter, ranks("Ada Park"))
    served.move_to(REMINDERS[0])
    served.until("the reminder", lambda: bool(poll.letters("reminder 1")))
    assert set(poll.letters("reminder").values()) == {1}
    assert (voter, "reminder 1") not in poll.letters()
    assert len(poll.letters("reminder 1")) == len(poll.invited()) - 1

    served.move_to(CLOSES - timedelta(seconds=2))
    served.until("the count", lambda: poll.vote.state is ElectionState.COUNTED)
    assert poll.vote.result
    assert poll.vote.result["counted"] == 1
    assert poll.record().count("counted the vote") == 1
    assert poll.record().count("closed the vote") == 1
    served.until("a run by the event", lambda: any(map(_by_event, _tallies(served))))

    served.until(
        "the night", lambda: bool(served.runs("nightly-eligibility", f"nightly-{CHAPTER}"))
    )
    assert set(poll.letters("reminder").values()) == {1}  # after many a strike more
    _nothing_personal(served)


def _tallies(served: Served) -> list[dict[str, Any]]:
    return served.runs("election-clock", f"to-the-minute-{CHAPTER}")


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
