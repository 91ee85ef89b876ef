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
from typing import Any

import httpx
import pytest

from connectors.sandbox.invented import LIST, WORKBOOK, invent
from connectors.sandbox.server import Sandbox

PATIENCE = 150


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Sandbox, Path, httpx.Client]]:
    """`clerk serve` in a process of its own, with its own Prefect server, and that server's API."""
    folder = tmp_path_factory.mktemp("served")
    with Sandbox() as sandbox:
        invent(sandbox, folder, datetime.now(UTC).date())
        with (folder / "chapter.toml").open("a") as settings:
            settings.write("\n[network]\nattempts = 1\npause = 0\n")
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        environment |= {"PREFECT_RUNNER_POLL_FREQUENCY": "1", "HOME": str(folder)}
        out = (folder / "serve.log").open("wb")
        clerk = str(Path(sys.executable).with_name("clerk"))
        child = subprocess.Popen(
            [clerk, "serve", "--chapter", str(folder)], stdout=out, stderr=out, env=environment
        )
        try:
            with httpx.Client(base_url=_api(folder, child), timeout=30) as api:
                yield sandbox, folder, api
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


def _run(api: httpx.Client) -> dict[str, Any]:
    """Start the deployment once and wait for the end of its run."""
    deployment = _deployment(api)
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


def _deployment(api: httpx.Client) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = api.get("/deployments/name/nightly-eligibility/nightly")
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
    served: tuple[Sandbox, Path, httpx.Client],
) -> None:
    deployment = _deployment(served[2])
    (schedule,) = deployment["schedules"]
    assert schedule["active"]
    assert schedule["schedule"]["cron"] == "0 2 * * *"
    assert schedule["schedule"]["timezone"] == "America/New_York"
    assert deployment["global_concurrency_limit"]["limit"] == 1
    assert deployment["parameters"] == {}


def test_a_night_runs_and_prefect_keeps_counts_only(
    served: tuple[Sandbox, Path, httpx.Client],
) -> None:
    sandbox, folder, api = served
    run = _run(api)
    assert run["state_type"] == "COMPLETED", (folder / "serve.log").read_text()
    voting = sandbox.mailchimp.lists[LIST].tag("clerk: voting member")
    assert voting is not None
    assert len(voting.members) > 10
    artifacts = api.post("/artifacts/filter", json={}).json()
    assert any(
        a["key"] == "nightly-eligibility" and "Voting member" in a["data"] for a in artifacts
    )
    _nothing_personal(sandbox, folder)


def test_a_night_that_fails_says_why_and_names_nobody(
    served: tuple[Sandbox, Path, httpx.Client],
) -> None:
    sandbox, folder, api = served
    with sandbox.google.edit(WORKBOOK, "Sign-ins") as rows:
        del rows[1:]
    run = _run(api)
    assert run["state_type"] == "FAILED"
    assert "“Sign-ins” has 0 rows" in run["state"]["message"]
    assert "--approve" in run["state"]["message"]
    _nothing_personal(sandbox, folder)


def _nothing_personal(sandbox: Sandbox, folder: Path) -> None:
    """No address in anything Prefect or the process wrote."""
    files = [f for f in (folder / "prefect").rglob("*") if f.is_file()] + [folder / "serve.log"]
    assert any(f.suffix == ".db" for f in files)
    written = {file: file.read_bytes().lower() for file in files}
    for address in _personal(sandbox):
        for file, held in written.items():
            assert address not in held, f"an address stands in {file.name}"
