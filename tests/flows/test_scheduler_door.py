"""The scheduler's door: who has no secret reads nothing, changes nothing and starts nothing.

Rules: DP-3. Whoever could change a deployment could run programs as the clerk; so could a web page
opened on this machine, by a host name that leads to 127.0.0.1.
"""

import json
import os
import sqlite3
import stat
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from flows.scheduler.home import ACCESS
from tests.flows.served import PATIENCE, RIVERTOWN, Served, deployment_of, run_once

pytestmark = pytest.mark.slow(minutes=1)

CLOCK = f"election-clock/clock-{RIVERTOWN}"
NIGHTLY = f"nightly-eligibility/nightly-{RIVERTOWN}"
FOREIGN = "http://evil.example"
NOBODY = 65534
BAD_REQUEST, UNAUTHORIZED, FORBIDDEN = 400, 401, 403


@pytest.fixture
def rows(api: httpx.Client) -> dict[str, Any]:
    """The deployment that an attacker would change."""
    return deployment_of(api, CLOCK)


Attack = Callable[[httpx.Client, str], httpx.Response]
ATTACKS: dict[str, Attack] = {
    "read the runs": lambda asked, _: asked.post("/flow_runs/filter", json={}),
    "read the artifacts": lambda asked, _: asked.post("/artifacts/filter", json={}),
    "read the settings": lambda asked, _: asked.get("/admin/settings"),
    "read a deployment": lambda asked, row: asked.get(f"/deployments/{row}"),
    "change a deployment": lambda asked, row: asked.patch(
        f"/deployments/{row}", json={"entrypoint": "evil.py:flow"}
    ),
    "start a run": lambda asked, row: asked.post(
        f"/deployments/{row}/create_flow_run", json={"job_variables": {"env": {"A": "B"}}}
    ),
    "make an automation": lambda asked, _: asked.post("/automations/", json={"name": "evil"}),
    "tell of an event": lambda asked, _: asked.post("/events", json=[]),
    "read a table of the page": lambda asked, _: asked.post("/ui/flow_runs/history", json={}),
    "clear the database": lambda asked, _: asked.post("/admin/database/clear?confirm=true"),
}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("secret", [None, ("clerk", "guessed"), ("", "")])
def test_without_the_secret_nothing_is_answered(
    chapter: Served,
    rows: dict[str, Any],
    attack: str,
    secret: tuple[str, str] | None,
) -> None:
    with httpx.Client(base_url=chapter.server, auth=secret) as asked:
        assert ATTACKS[attack](asked, rows["id"]).status_code == UNAUTHORIZED


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", ""])
def test_a_foreign_host_is_refused_even_with_the_secret(chapter: Served, host: str) -> None:
    with chapter.asked() as asked:
        for path in ("/health", "/admin/version"):
            assert asked.get(path, headers={"Host": host}).status_code == BAD_REQUEST
    assert httpx.get(chapter.page, headers={"Host": host}).status_code == BAD_REQUEST


@pytest.mark.parametrize("origin", [FOREIGN, "null", "http://127.0.0.1:1", "https://localhost"])
def test_a_page_of_another_origin_is_refused_even_with_the_secret(
    chapter: Served,
    origin: str,
) -> None:
    with chapter.asked() as asked:
        answer = asked.get("/admin/version", headers={"Origin": origin})
        assert answer.status_code == FORBIDDEN
        preflight = asked.options(
            "/flows/", headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
        )
    assert preflight.status_code == FORBIDDEN
    for each in (answer, preflight):
        assert not [name for name in each.headers if name.startswith("access-control")]


def test_the_page_itself_is_answered(chapter: Served) -> None:
    assert "html" in httpx.get(chapter.page, follow_redirects=True).headers["content-type"]
    with chapter.asked() as asked:
        own = asked.get("/admin/version", headers={"Origin": chapter.page})
    assert own.is_success


SOCKETS = ("events/in", "events/out", "logs/out")


@pytest.mark.parametrize("socket", SOCKETS)
def test_a_websocket_wants_the_secret(chapter: Served, socket: str) -> None:
    with pytest.raises((ConnectionClosed, InvalidStatus)):
        _listen(f"{chapter.server.replace('http', 'ws', 1)}/{socket}", "guessed")


def _listen(address: str, secret: str) -> None:
    """As Prefect's own clients do."""
    with connect(address, subprotocols=[Subprotocol("prefect")], open_timeout=10) as asked:
        asked.send(json.dumps({"type": "auth", "token": secret}))
        assert json.loads(asked.recv(10))["type"] != "auth_success"
        asked.send(json.dumps({"type": "filter", "filter": {}}))
        asked.recv(10)


@pytest.mark.parametrize("socket", SOCKETS)
@pytest.mark.parametrize("header", [{"Origin": FOREIGN}, {"Host": "evil.example"}])
def test_a_websocket_is_refused_to_a_foreign_page(
    chapter: Served,
    socket: str,
    header: dict[str, str],
) -> None:
    address = f"{chapter.server.replace('http', 'ws', 1)}/{socket}"
    with pytest.raises(InvalidStatus) as refused, connect(address, additional_headers=header):
        pass
    assert refused.value.response.status_code in (BAD_REQUEST, FORBIDDEN)


def test_the_secret_lies_where_its_owner_alone_can_read_it(chapter: Served) -> None:
    file = chapter.folder / "prefect" / ACCESS
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert chapter.secret in file.read_text()
    assert chapter.secret not in chapter.log.read_text()  # under systemd that is the journal
    assert chapter.secret not in (chapter.folder / "prefect" / "server.log").read_text()


def test_another_account_reads_nothing_and_changes_nothing(
    chapter: Served,
    api: httpx.Client,
    rows: dict[str, Any],
) -> None:
    """Played by a process of another user; it knows port, process and folder."""
    if os.geteuid():
        pytest.skip("only root may become another user")
    before = api.get(f"/deployments/{rows['id']}").json()
    said = _as_another_user(lambda: _attack(chapter, rows["id"]))
    assert said.pop("another user") == NOBODY
    assert set(said.values()) <= {"refused", UNAUTHORIZED}, said
    assert len(said) > len(ATTACKS) + 4
    assert api.get(f"/deployments/{rows['id']}").json()["entrypoint"] == before["entrypoint"]


def _attack(chapter: Served, row: str) -> dict[str, Any]:
    said: dict[str, Any] = {"another user": os.geteuid()}
    for name, attack in ATTACKS.items():
        with httpx.Client(base_url=chapter.server) as asked:
            said[name] = attack(asked, row).status_code
    held = [chapter.folder / "prefect" / name for name in (ACCESS, "prefect.db", "server.log")]
    held += [chapter.folder / "chapter.toml", chapter.folder / "ledger" / "clerk.sqlite"]
    for file in (Path("/proc", str(chapter.child.pid), "environ"), *held):
        try:
            said[file.name] = f"read {len(file.read_bytes())}"
        except OSError:
            said[file.name] = "refused"
    try:
        os.kill(chapter.child.pid, 0)
        said["signal"] = "sent"
    except PermissionError:
        said["signal"] = "refused"
    return said


def _as_another_user(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Done by a child that has become `nobody`, without starting a program it could not read."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(writing, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        said: dict[str, Any] = json.loads(told.read() or b"{}")
    os.waitpid(child, 0)
    return said


def test_what_a_deployments_row_names_is_not_run(
    chapter: Served,
    api: httpx.Client,
    rows: dict[str, Any],
    tmp_path: Path,
) -> None:
    """Even whoever has the secret, or the scheduler's database, says when a job runs, not what."""
    mark = tmp_path / "run"
    evil = tmp_path / "evil.py"
    evil.write_text(f"open({str(mark)!r}, 'w')\nfrom prefect import flow\n@flow\ndef evil(): ...\n")
    script = {"prefect.deployments.steps.run_shell_script": {"script": f"touch {mark}"}}
    named = {
        "entrypoint": f"{evil}:evil",
        "path": str(tmp_path),
        "pull_steps": [script],
        "job_variables": {"env": {"PYTHONPATH": str(tmp_path), "PREFECT_API_URL": "http://[::1]/"},
                          "command": f"touch {mark}"},
    }  # fmt: skip
    answer = api.patch(f"/deployments/{rows['id']}", json=named)
    assert answer.is_success, answer.text
    with sqlite3.connect(chapter.folder / "prefect" / "prefect.db", timeout=60) as held:
        held.execute(
            "UPDATE deployment SET entrypoint = ?, path = ?, pull_steps = ? WHERE id = ?",
            (named["entrypoint"], named["path"], json.dumps([script]), rows["id"]),
        )
    changed = deployment_of(api, CLOCK)
    assert (changed["entrypoint"], changed["pull_steps"]) == (named["entrypoint"], [script])
    run = run_once(api, deployment=CLOCK, job_variables=named["job_variables"])
    assert run["state_type"] == "COMPLETED", chapter.log.read_text()[-3000:]
    assert not mark.exists()


def test_an_automation_of_the_servers_own_calls_nobody(
    chapter: Served,
    api: httpx.Client,
    rows: dict[str, Any],
    tmp_path: Path,
) -> None:
    """What an automation starts, with variables of its own, is one of our flows all the same."""
    mark = tmp_path / "run"
    event = f"evil.{uuid4().hex}"
    made = api.post("/automations/", json={
        "name": event,
        "trigger": {"type": "event", "expect": [event], "posture": "Reactive", "threshold": 1,
                    "within": 0},
        "actions": [{"type": "run-deployment", "source": "selected", "deployment_id": rows["id"],
                     "job_variables": {"command": f"touch {mark}"}}],
    })  # fmt: skip
    assert made.is_success, made.text
    deadline = time.monotonic() + PATIENCE
    asked = {"deployments": {"id": {"any_": [rows["id"]]}}, "sort": "START_TIME_DESC"}
    try:
        while not any(
            (run.get("created_by") or {}).get("type") == "AUTOMATION"
            and run["state_type"] == "COMPLETED"
            for run in api.post("/flow_runs/filter", json=asked).json()
        ):
            assert time.monotonic() < deadline, chapter.log.read_text()[-3000:]
            # Again and again: the server may hear of the automation later than of the event.
            told = {
                "id": str(uuid4()),
                "occurred": datetime.now(UTC).isoformat(),
                "event": event,
                "resource": {"prefect.resource.id": "evil"},
            }
            api.post("/events", json=[told]).raise_for_status()
            time.sleep(2)
    finally:
        api.delete(f"/automations/{made.json()['id']}")
    assert not mark.exists()


def test_nothing_of_the_folder_it_was_started_in_was_read(chapter: Served) -> None:
    assert not chapter.marks.exists()


def test_old_runs_are_pruned_and_young_ones_kept(chapter: Served, api: httpx.Client) -> None:
    """A server that lives for years: a run is 32 kB, and the clock alone makes 288 a day."""
    settings = api.get("/admin/settings").json()["server"]["services"]["db_vacuum"]
    assert set(settings["enabled"]) == {"events", "flow_runs"}
    assert settings["retention_period"] == "P14D"
    old, young = (run_once(api, deployment="election-clock/clock-{}")["id"] for _ in range(2))
    with sqlite3.connect(chapter.folder / "prefect" / "prefect.db", timeout=60) as held:
        aged = "UPDATE flow_run SET end_time = '2020-01-01 00:00:00+00:00' WHERE id = ?"
        assert held.execute(aged, (old,)).rowcount == 1
    deadline = time.monotonic() + PATIENCE
    while api.get(f"/flow_runs/{old}").status_code != httpx.codes.NOT_FOUND:
        assert time.monotonic() < deadline
        time.sleep(0.5)
    assert api.get(f"/flow_runs/{young}").is_success
