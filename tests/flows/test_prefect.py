"""The nightly job under a real Prefect server: it runs, and Prefect keeps nothing personal.

Rules: DP-3 (nothing personal to the orchestrator).
"""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
import pytest

from connectors.sandbox.invented import LIST, WORKBOOK
from connectors.sandbox.server import Sandbox
from tests.flows.served import HILLTOP, PATIENCE, RIVERTOWN, Served, deployment_of, run_once

pytestmark = pytest.mark.slow(minutes=1)


def _personal(sandbox: Sandbox) -> list[bytes]:
    """Every address the sandbox knows, without its domain's dots being a pattern."""
    members = sandbox.mailchimp.lists[LIST].members.values()
    typed = [str(cell) for tab in sandbox.google.workbooks[WORKBOOK].tabs for row in tab.rows
             for cell in row if "@" in str(cell)]  # fmt: skip
    return [text.strip().lower().encode() for text in {*typed, *(m.email_address for m in members)}]


def test_the_nightly_schedule_stands_in_the_chapters_zone_one_run_at_a_time(
    api: httpx.Client,
) -> None:
    deployment = deployment_of(api, f"nightly-eligibility/nightly-{RIVERTOWN}")
    (schedule,) = deployment["schedules"]
    assert schedule["active"]
    assert schedule["schedule"]["cron"] == "0 2 * * *"
    assert schedule["schedule"]["timezone"] == "America/New_York"
    assert deployment["global_concurrency_limit"]["limit"] == 1
    assert deployment["parameters"] == {}


def test_the_next_nights_are_planned_at_two_in_the_chapters_zone(api: httpx.Client) -> None:
    """A release of Prefect's planned none, and said READY all the same."""
    deployment = deployment_of(api, f"nightly-eligibility/nightly-{RIVERTOWN}")
    asked = {
        "deployments": {"id": {"any_": [deployment["id"]]}},
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
    }
    deadline = time.monotonic() + PATIENCE
    while not (planned := api.post("/flow_runs/filter", json=asked).json()):
        assert time.monotonic() < deadline
        time.sleep(0.3)
    zone = ZoneInfo("America/New_York")
    at = {datetime.fromisoformat(run["expected_start_time"]).astimezone(zone) for run in planned}
    assert {(each.hour, each.minute) for each in at} == {(2, 0)}


def test_a_night_runs_and_prefect_keeps_counts_only(chapter: Served, api: httpx.Client) -> None:
    run = run_once(api)
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
        Served(other, tmp_path, "Hilltop Neighbors", chapter) as hilltop,
    ):
        seen = len(chapter.sandbox.journal)
        assert run_once(api, HILLTOP)["state_type"] == "COMPLETED", hilltop.log.read_text()
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
    deployment = deployment_of(api, f"election-clock/to-the-minute-{chapter}")
    asked = {"flow_runs": {"deployment_id": {"any_": [deployment["id"]]}}}
    runs = api.post("/flow_runs/filter", json=asked).json()
    return [r for r in runs if (r.get("created_by") or {}).get("type") == "AUTOMATION"]


def test_a_night_that_fails_says_why_and_names_nobody(chapter: Served, api: httpx.Client) -> None:
    with chapter.sandbox.google.edit(WORKBOOK, "Sign-ins") as rows:
        del rows[1:]
    run = run_once(api)
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
