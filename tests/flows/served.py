"""`clerk serve` as a process of its own, with a Prefect server, started in a hostile folder."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import httpx

from connectors.sandbox.invented import invent
from connectors.sandbox.server import Sandbox
from flows.scheduler.own_server import access_to

PATIENCE = 150
RIVERTOWN, HILLTOP = "rivertown-progressives", "hilltop-neighbors"


class Served:
    """`clerk serve` in a process of its own: the chapter, what it reaches, and Prefect's API."""

    def __init__(
        self,
        sandbox: Sandbox,
        folder: Path,
        name: str = "",
        beside: "Served | None" = None,
        more: str = "",
    ) -> None:
        self.sandbox, self.folder, self.log = sandbox, folder, folder / "serve.log"
        self.marks = folder.with_name(f"{folder.name}-marks")
        invent(sandbox, folder, datetime.now(UTC).date())
        file = folder / "chapter.toml"
        settings = file.read_text() + "\n[network]\nattempts = 1\npause = 0\n" + more
        if name:
            settings = settings.replace("Rivertown Progressives", name)
        file.write_text(settings)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        environment |= {
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_LOOP_SECONDS": "5",
            "HOME": str(folder),
        }
        if beside:
            environment["PREFECT_API_URL"] = beside.server
            environment["PREFECT_API_AUTH_STRING"] = beside.secret
        clerk = str(Path(sys.executable).with_name("clerk"))
        with self.log.open("wb") as out:
            self.child = subprocess.Popen(
                [clerk, "serve", "--chapter", str(folder)],
                stdout=out, stderr=out, env=environment, cwd=self._hostile_folder(),
            )  # fmt: skip

    def _hostile_folder(self) -> Path:
        """Where it is started: whatever is read there says so in `marks`."""
        hostile = self.folder.with_name(f"{self.folder.name}-hostile")
        hostile.mkdir()
        for module in ("prefect", "flows", "multiprocessing", "uvicorn", "sitecustomize"):
            (hostile / f"{module}.py").write_text(
                f"open({str(self.marks)!r}, 'a').write('{module} ')"
            )
        self._bait(hostile)
        self._bait(self.folder)
        self._bait(self.folder / "prefect")
        return hostile

    def _bait(self, folder: Path) -> None:
        """Settings that Prefect would read there; with any of them its server does not come up."""
        folder.mkdir(mode=0o700, exist_ok=True)
        setting, nowhere = "PREFECT_SERVER_DATABASE_CONNECTION_URL", "sqlite:///none/at.all"
        (folder / ".env").write_text(f"{setting}={nowhere}")
        (folder / "prefect.toml").write_text(f'[server.database]\nconnection_url = "{nowhere}"')
        (folder / "pyproject.toml").write_text(
            f'[tool.prefect.server.database]\nconnection_url = "{nowhere}"'
        )
        (folder / "profiles.toml").write_text(
            f'active = "bait"\n[profiles.bait]\n{setting} = "{nowhere}"'
        )

    def __enter__(self) -> Self:
        deadline = time.monotonic() + PATIENCE
        while "), elections checked every" not in (said := self.log.read_text()):
            assert time.monotonic() < deadline
            assert self.child.poll() is None, said
            time.sleep(0.3)
        self.owns_server = "Prefect's page, on this computer only" in said
        if self.owns_server:
            self.page, self.secret = access_to(self.folder)
            self.server = f"{self.page}/api"
        return self

    def asked(self) -> httpx.Client:
        """Its API, for whoever knows the secret."""
        user, _, password = self.secret.partition(":")
        return httpx.Client(base_url=self.server, timeout=30, auth=(user, password))

    def __exit__(self, *exc: object) -> None:
        self.child.send_signal(signal.SIGTERM)
        self.child.wait(timeout=60)


def run_once(
    api: httpx.Client,
    chapter: str = RIVERTOWN,
    deployment: str = "nightly-eligibility/nightly-{}",
    **options: Any,
) -> dict[str, Any]:
    """Start a deployment once and wait for the end of its run."""
    found = deployment_of(api, deployment.format(chapter))
    deadline = time.monotonic() + PATIENCE
    started = f"/deployments/{found['id']}/create_flow_run"
    asked = api.post(started, json=options)
    while asked.status_code == httpx.codes.SERVICE_UNAVAILABLE and time.monotonic() < deadline:
        time.sleep(1)  # its database is busy: SQLite lets one writer in
        asked = api.post(started, json=options)
    assert asked.is_success, asked.text
    run = asked.json()
    while time.monotonic() < deadline:
        now: dict[str, Any] = api.get(f"/flow_runs/{run['id']}").json()
        if now.get("state_type") in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}:
            return now
        time.sleep(0.5)
    raise AssertionError("the run did not end")


def deployment_of(api: httpx.Client, name: str) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = api.get(f"/deployments/name/{name}")
        if answer.status_code == httpx.codes.OK:
            found: dict[str, Any] = answer.json()
            return found
        time.sleep(0.3)
    raise AssertionError("the deployment did not appear")
