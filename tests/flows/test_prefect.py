"""The nightly job under a real Prefect server: it runs, and Prefect keeps nothing personal.

Rules: DP-3 (nothing personal to the orchestrator).
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import httpx
import pytest

from connectors.sandbox.invented import LIST, WORKBOOK, invent
from connectors.sandbox.server import Sandbox

PATIENCE = 150
RIVERTOWN, HILLTOP = "rivertown-progressives", "hilltop-neighbors"


class Served:
    """`clerk serve` in a process of its own: the chapter, what it reaches, and Prefect's API."""

    def __init__(self, sandbox: Sandbox, folder: Path, name: str = "", server: str = "") -> None:
        self.sandbox, self.folder, self.log = sandbox, folder, folder / "serve.log"
        invent(sandbox, folder, datetime.now(UTC).date())
        file = folder / "chapter.toml"
        settings = file.read_text() + "\n[network]\nattempts = 1\npause = 0\n"
        if name:
            settings = settings.replace("Rivertown Progressives", name)
        file.write_text(settings)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        environment |= {"PREFECT_RUNNER_POLL_FREQUENCY": "1", "HOME": str(folder)}
        if server:
            environment["PREFECT_API_URL"] = server
        clerk = str(Path(sys.executable).with_name("clerk"))
        with self.log.open("wb") as out:
            self.child = subprocess.Popen(
                [clerk, "serve", "--chapter", str(folder)], stdout=out, stderr=out, env=environment
            )

    def __enter__(self) -> Self:
        deadline = time.monotonic() + PATIENCE
        while "every night at" not in (said := self.log.read_text()):
            assert time.monotonic() < deadline
            assert self.child.poll() is None, said
            time.sleep(0.3)
        self.owns_server = "this machine only" in said
        self.server = said.partition("this machine only: ")[2].partition("\n")[0] + "/api"
        return self

    def __exit__(self, *exc: object) -> None:
        self.child.send_signal(signal.SIGTERM)
        self.child.wait(timeout=60)


@pytest.fixture(scope="module")
def chapter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A chapter with a Prefect server of its own."""
    with Sandbox() as sandbox, Served(sandbox, tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="module")
def api(chapter: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=chapter.server, timeout=30) as api:
        yield api


def _run(api: httpx.Client, chapter: str = RIVERTOWN) -> dict[str, Any]:
    """Start the deployment once and wait for the end of its run."""
    deployment = _deployment(api, f"nightly-eligibility/nightly-{chapter}")
    deadline = time.monotonic() + PATIENCE
    asked = api.post(f"/deployments/{deployment['id']}/create_flow_run", json={})
    while asked.status_code == httpx.codes.SERVICE_UNAVAILABLE and time.monotonic() < deadline:
        time.sleep(1)  # its database is busy: SQLite lets one writer in
        asked = api.post(f"/deployments/{deployment['id']}/create_flow_run", json={})
    assert asked.is_success, asked.text
    run = asked.json()
    while time.monotonic() < deadline:
        now: dict[str, Any] = api.get(f"/flow_runs/{run['id']}").json()
        if now.get("state_type") in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}:
            return now
        time.sleep(0.5)
    raise AssertionError("the run did not end")


def _deployment(api: httpx.Client, name: str) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = api.get(f"/deployments/name/{name}")
        if answer.status_code == httpx.codes.OK:
            found: dict[str, Any] = answer.json()
            return found
        time.sleep(0.3)
    raise AssertionError("the deployment did not appear")


def _personal(sandbox: Sandbox) -> list[bytes]:
    """Every address the sandbox knows, without its domain's dots being a pattern."""
    members = sandbox.mailchimp.lists[LIST].members.values()
    typed = [str(cell) for tab in sandbox.google.workbooks[WORKBOOK].tabs for row in tab.rows
             for cell in row if "@" in str(cell)]  # fmt: skip
    return [text.strip().lower().encode() for text in {*typed, *(m.email_address for m in members)}]


def test_the_nightly_schedule_stands_in_the_chapters_zone_one_run_at_a_time(
    api: httpx.Client,
) -> None:
    deployment = _deployment(api, f"nightly-eligibility/nightly-{RIVERTOWN}")
    (schedule,) = deployment["schedules"]
    assert schedule["active"]
    assert schedule["schedule"]["cron"] == "0 2 * * *"
    assert schedule["schedule"]["timezone"] == "America/New_York"
    assert deployment["global_concurrency_limit"]["limit"] == 1
    assert deployment["parameters"] == {}


def test_a_night_runs_and_prefect_keeps_counts_only(chapter: Served, api: httpx.Client) -> None:
    run = _run(api)
    assert run["state_type"] == "COMPLETED", chapter.log.read_text()
    voting = chapter.sandbox.mailchimp.lists[LIST].tag("clerk: voting member")
    assert voting is not None
    assert len(voting.members) > 10
    artifacts = api.post("/artifacts/filter", json={}).json()
    assert any(
        a["key"] == f"nightly-{RIVERTOWN}" and "Voting member" in a["data"] for a in artifacts
    )
    _nothing_personal(chapter)


def test_two_chapters_on_one_server_start_only_their_own_jobs(
    chapter: Served, api: httpx.Client, tmp_path: Path
) -> None:
    """ST-1: each deployment bears its chapter's name, and each closing event its chapter's."""
    with (
        Sandbox() as other,
        Served(other, tmp_path, "Hilltop Neighbors", chapter.server) as hilltop,
    ):
        seen = len(chapter.sandbox.journal)
        assert _run(api, HILLTOP)["state_type"] == "COMPLETED", hilltop.log.read_text()
        assert other.journal
        assert len(chapter.sandbox.journal) == seen
        event = {
            "id": str(uuid4()),
            "occurred": datetime.now(UTC).isoformat(),
            "event": "clerk.election.closed",
            "resource": {"prefect.resource.id": f"clerk.{HILLTOP}.election.spring"},
        }
        api.post("/events", json=[event]).raise_for_status()
        deadline = time.monotonic() + PATIENCE
        while not _started_by_event(api, HILLTOP):
            assert time.monotonic() < deadline
            time.sleep(0.3)
        assert not _started_by_event(api, RIVERTOWN)
        _nothing_personal(hilltop)


def _started_by_event(api: httpx.Client, chapter: str) -> list[dict[str, Any]]:
    deployment = _deployment(api, f"election-clock/to-the-minute-{chapter}")
    asked = {"flow_runs": {"deployment_id": {"any_": [deployment["id"]]}}}
    runs = api.post("/flow_runs/filter", json=asked).json()
    return [r for r in runs if (r.get("created_by") or {}).get("type") == "AUTOMATION"]


def test_a_night_that_fails_says_why_and_names_nobody(chapter: Served, api: httpx.Client) -> None:
    with chapter.sandbox.google.edit(WORKBOOK, "Sign-ins") as rows:
        del rows[1:]
    run = _run(api)
    assert run["state_type"] == "FAILED"
    assert "“Sign-ins” has 0 rows" in run["state"]["message"]
    assert "--approve" in run["state"]["message"]
    _nothing_personal(chapter)


def _nothing_personal(served: Served) -> None:
    """No address in anything Prefect or the process wrote."""
    files = [f for f in (served.folder / "prefect").rglob("*") if f.is_file()] + [served.log]
    assert any(f.suffix == ".db" for f in files) or not served.owns_server
    written = {file: file.read_bytes().lower() for file in files}
    for address in _personal(served.sandbox):
        for file, held in written.items():
            assert address not in held, f"an address stands in {file.name}"
