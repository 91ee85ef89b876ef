"""Somebody with the server's secret writes to it what they like: nothing of it is executed (ST-1).

Also what the server holds: made from `chapters.toml`, set back when altered, removed with its
chapter; and what the commands say of an installation that runs.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from connectors.sandbox.invented import LIST
from flows.state.forker import Order
from models.state.engine import PLANNED, Job, deployment
from tests.connectors.ledger.server import postgresql, programs
from tests.flows.state.installed import PATIENCE, Installed, begin, ended, place
from tests.flows.state.test_forker import as_root, done, played
from tests.flows.state.test_machines import NIGHT, for_prefect

pytestmark = [pytest.mark.slow(minutes=2)]
KEYS = ("rivertown", "hilltop")
MARK = "the-attack-was-here"


@pytest.fixture(scope="module")
def chapters() -> Iterator[Installed]:
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL's initdb and pg_ctl are not installed")
    with (
        postgresql(where) as server,
        place() as within,
        Installed(within, for_prefect(server), lambda _: "", KEYS, ("alpha",)) as installed,
    ):
        yield installed.started()


@pytest.fixture
def api(chapters: Installed) -> Iterator[httpx.Client]:
    with chapters.asked() as client:
        yield client


def attack(mark: Path) -> dict[str, Any]:
    """Every field of a row by which a worker of Prefect's would run something."""
    code = f"open({str(mark)!r}, 'w').write('x')"
    shell = f"{sys.executable} -c {json.dumps(code)}"
    return {
        "entrypoint": "tests/flows/state/evil.py:night",
        "path": str(mark.parent),
        "pull_steps": [{"prefect.deployments.steps.run_shell_script": {"script": shell}}],
        "job_variables": {"command": shell, "env": {"CLERK_CHAPTER": "/", "PYTHONPATH": "/"}},
    }


def held(api: httpx.Client, name: str) -> dict[str, Any]:
    """A deployment, which is gone for a moment while it is set back."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := api.get(f"/deployments/name/{name}")).is_success:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    found: dict[str, Any] = answer.json()
    return found


def nothing_was_run(chapters: Installed) -> None:
    assert not [*chapters.within.rglob(MARK)]


def test_an_altered_deployment_runs_the_chapters_own_job_and_is_set_back(
    chapters: Installed, api: httpx.Client
) -> None:
    evil = attack(chapters.within / MARK)
    old = held(api, NIGHT.format("hilltop"))
    api.patch(f"/deployments/{old['id']}", json=evil).raise_for_status()
    given = {"job_variables": evil["job_variables"], "parameters": {"wait": "x", "folder": "/"}}
    run = ended(api, begin(api, NIGHT.format("hilltop"), **given))
    assert run["state_type"] == "COMPLETED", chapters.all_said()
    voting = chapters.sandboxes["hilltop"].mailchimp.lists[LIST].tag("clerk: voting member")
    assert voting is not None
    assert not chapters.sandboxes["rivertown"].requests(writes_only=True)
    deadline = time.monotonic() + PATIENCE
    while held(api, NIGHT.format("hilltop"))["entrypoint"]:
        assert time.monotonic() < deadline
        time.sleep(0.5)
    assert not held(api, NIGHT.format("hilltop"))["pull_steps"]
    nothing_was_run(chapters)


@pytest.mark.parametrize("name", ["nightly-rivertown", "evil-hilltop", "look-hilltop"])
def test_a_deployment_of_another_name_in_a_chapters_queue_is_not_run(
    chapters: Installed, api: httpx.Client, name: str
) -> None:
    seen = {key: len(box.journal) for key, box in chapters.sandboxes.items()}
    flow = api.post("/flows/", json={"name": f"evil-{name}"}).json()["id"]
    row = {"name": name, "flow_id": flow, "work_pool_name": "clerk", "work_queue_name": "hilltop"}
    made = api.post("/deployments/", json=row | attack(chapters.within / MARK))
    started = api.post(
        f"/deployments/{made.raise_for_status().json()['id']}/create_flow_run", json={}
    )
    run = ended(api, UUID(started.raise_for_status().json()["id"]))
    assert run["state_type"] == "CANCELLED"
    assert "no job of the program" in run["state"]["message"]
    nothing_was_run(chapters)
    begun = [key for key, box in chapters.sandboxes.items() if len(box.journal) > seen[key]]
    assert "rivertown" not in begun


def test_what_is_as_it_should_be_is_left_alone_and_a_chapter_that_leaves_is_gone(
    chapters: Installed, api: httpx.Client
) -> None:
    def names() -> dict[str, str]:
        rows = api.post("/deployments/filter", json={}).json()
        return {row["name"]: row["id"] for row in rows}

    before, deadline = names(), time.monotonic() + PATIENCE
    while any(name.startswith(("evil", "look")) for name in before):  # what was not ours goes too
        assert time.monotonic() < deadline
        time.sleep(0.5)
        before = names()
    assert {name for name in before if name.endswith("-rivertown")} == {
        deployment(job, "rivertown") for job in PLANNED
    }
    file = chapters.within / "server" / "chapters.toml"
    whole = file.read_text()
    file.write_text(whole.rsplit("[[chapters]]", 1)[0])
    chapters.until(lambda: not any(name.endswith("-hilltop") for name in names()), "server")
    after = names()
    assert {name: before[name] for name in after} == after
    ended(api, begin(api, NIGHT.format("rivertown")))  # by a worker that still lists both
    file.write_text(whole)
    chapters.until(lambda: names().keys() == before.keys(), "server")


def test_the_commands_say_how_it_is(chapters: Installed, api: httpx.Client) -> None:
    def asked(*words: str) -> subprocess.CompletedProcess[str]:
        clerk = str(Path(sys.executable).with_name("clerk"))
        home = str(chapters.within / "alpha")
        return subprocess.run(
            [clerk, "state", *words, "--state", home], capture_output=True, text=True, check=False
        )

    ended(api, begin(api, NIGHT.format("rivertown")))
    status = json.loads(asked("status", "--json").stdout)
    (line,) = [one for one in status["chapters"] if one["key"] == "rivertown"]
    assert line["last"]["state"] == "Completed"
    assert line["last"]["worker"].startswith("alpha.")
    assert line["next"]
    assert len(status["workers"]) == 1
    doctor = asked("doctor", "--name", "alpha")
    assert "the server at 127.0.0.1 asks for a password" in doctor.stdout
    assert "✓ workers: 1 at work, on alpha" in doctor.stdout
    assert "✓ last night of rivertown: fine" in doctor.stdout
    for said in (asked("status").stdout, doctor.stdout, chapters.all_said()):
        assert "example.org" not in said


def test_nothing_of_a_member_reaches_the_server(chapters: Installed, api: httpx.Client) -> None:
    """DP-3: what it keeps of runs and pages is counts."""
    kept = "".join(
        api.post(path, json={"limit": 200}).text
        for path in ("/flow_runs/filter", "/artifacts/filter", "/deployments/filter")
    ).lower()
    assert "voting member" in kept
    for box in chapters.sandboxes.values():
        for member in box.mailchimp.lists[LIST].members.values():
            assert member.email_address.lower() not in kept


def reach(within: Path, api: str, pids: Sequence[int]) -> list[str]:
    """All that a process gets at: files, folders, other processes, the server's API."""
    found: list[str] = []

    def tried(what: str, act: Callable[[], object]) -> None:
        with suppress(OSError, httpx.HTTPError):
            act()
            found.append(what)

    for folder, _, names in os.walk(within):
        tried(f"write {folder}", (Path(folder) / "x").touch)
        for name in names:
            tried(str((Path(folder) / name).relative_to(within)), (Path(folder) / name).read_bytes)
    for pid in pids:
        for name in ("environ", "mem", "maps"):
            file = f"/proc/{pid}/{name}"
            tried(file, lambda file=file: os.close(os.open(file, os.O_RDONLY)))  # type: ignore[misc]
        tried(f"descriptors of {pid}", partial(os.listdir, f"/proc/{pid}/fd"))
        tried(f"end {pid}", partial(os.kill, pid, 0))
    with httpx.Client(timeout=30) as client:
        for secret in (None, ("clerk", "guessed")):
            tried(
                f"ask with {secret}",
                lambda secret=secret: client.post(  # type: ignore[misc]  # bound now
                    f"{api}/flow_runs/filter", json={}, auth=secret
                ).raise_for_status(),
            )
    return found


@as_root
def test_a_job_of_one_chapter_reaches_nothing_of_another(
    chapters: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its child, as the chapter's own account: others' files, the engine's processes, its API."""
    pids = [pid for name in chapters.running for pid in _tree(chapters.running[name].pid)]
    api = f"http://127.0.0.1:{chapters.port}/api"
    played(monkeypatch, lambda _: json.dumps(reach(chapters.within, api, pids)))
    reached = set(json.loads(done(chapters, Order("1", "rivertown", Job.CHECK))["1"].said))
    own = {one for one in reached if "chapters/rivertown" in one}
    public = {f"{home}/chapters.toml" for home in ("server", "alpha")}
    logs = {log.name for log in chapters.within.glob("*.log")}
    assert own
    assert "secrets/engine" in reach(chapters.within / "server", api, pids)  # root finds it
    assert reached - own - public - logs == set()


def _tree(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _tree(int(child)))]
