"""An installation of three invented chapters, its server and workers as processes of their own.

As root each chapter's folder belongs to an account of its own; otherwise all to whoever runs this.
Two workers are two machines: each has a folder with its own `chapters.toml` and its own secret.
"""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import httpx

from connectors.sandbox.invented import invent
from connectors.sandbox.server import Sandbox
from tests.flows.town import Town

KEYS = ("rivertown", "hilltop", "seaside")
ACCOUNTS = tuple(one for one in pwd.getpwall() if one.pw_uid and one.pw_gid)
"""As root each chapter's folder is one of theirs: any that are not root's will do."""
PATIENCE = 150
CHAPTER = """
[[chapters]]
key = "{key}"
name = "{name}"
towns = ["{name}"]
register = "https://{key}.example.org/join"
folder = "{folder}"
"""
ENGINE = """\
schema = 1
[engine]
api = "http://127.0.0.1:{port}/api"
machines = [{machines}]
ask_every_seconds = 0.5
database_file = "{database}"
{more}
"""
PEOPLE = 12
SECRET = "clerk:for-the-tests"


@contextmanager
def place() -> Iterator[Path]:
    """A folder that every account can enter."""
    folder = Path(tempfile.mkdtemp(prefix="clerk-state-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def give_to(folder: Path, uid: int) -> None:
    """Let a folder be an account's, as root; the folder is closed to others."""
    if os.getuid() == 0:
        for each in (folder, *folder.rglob("*")):
            os.chown(each, uid, uid)
    folder.chmod(0o700)


def take_back(folder: Path) -> None:
    """Let a folder be ours again, to look into it."""
    give_to(folder, os.getuid())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        found: int = taken.getsockname()[1]
        return found


def founded(sandbox: Sandbox, folder: Path, key: str, ledger: str) -> Town:
    """An invented chapter by the machine's own clock."""
    invent(sandbox, folder, datetime.now(UTC).date(), PEOPLE)
    file = folder / "chapter.toml"
    settings = file.read_text().replace("Rivertown Progressives", key.capitalize())
    if ledger:
        settings = re.sub("(?m)^ledger = .*$", f'ledger = "{ledger}"', settings)
    file.write_text(f"{settings}\n[network]\nattempts = 1\npause = 0\n")
    return Town(sandbox, lambda: datetime.now(UTC), folder)


class Installed:
    """The chapters on their sandboxes, and the programs that run them."""

    def __init__(
        self, within: Path, database: str, ledgers: Callable[[str], str],
        keys: tuple[str, ...] = KEYS, machines: tuple[str, ...] = ("alpha", "beta"), more: str = "",
        before: Callable[[str, Town], None] = lambda *_: None,
    ) -> None:  # fmt: skip
        self.within, self.keys, self.machines = within, keys, machines
        self.port, self._open = free_port(), ExitStack()
        self.sandboxes = {key: self._open.enter_context(Sandbox()) for key in keys}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.towns: dict[str, Town] = {}
        for number, key in enumerate(keys):
            folder = within / "chapters" / key
            self.towns[key] = founded(self.sandboxes[key], folder, key, ledgers(key))
            before(key, self.towns[key])
            give_to(folder, ACCOUNTS[number % len(ACCOUNTS)].pw_uid)
        for home in ("server", *machines):
            self._write_home(within / home, database, more)

    def _write_home(self, home: Path, database: str, more: str) -> None:
        home.mkdir()
        (home / "secrets").mkdir(mode=0o700)
        if database:
            self._secret(home / "secrets" / "database", database)
        self._secret(home / "secrets" / "engine", SECRET)
        names = ", ".join(f'"{name}"' for name in self.machines if len(self.machines) > 1)
        text = ENGINE.format(
            port=self.port, machines=names, more=more,
            database="secrets/database" if database else "",
        ) + "".join(
            CHAPTER.format(key=key, name=key.capitalize(), folder=f"../chapters/{key}")
            for key in self.keys
        )  # fmt: skip
        (home / "chapters.toml").write_text(text)

    def _secret(self, file: Path, text: str) -> None:
        file.write_text(text)
        file.chmod(0o600)

    def start(self, name: str, *words: str, **environment: str) -> None:
        """Start `clerk state …` in the folder of the server or of a machine."""
        given = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "CLERK_"))}
        given |= {
            "PREFECT_SERVER_SERVICES_FOREMAN_LOOP_SECONDS": "1",
            "PREFECT_SERVER_SERVICES_FOREMAN_INACTIVITY_HEARTBEAT_MULTIPLE": "5",
            "HOME": str(self.within),
        } | environment
        clerk = str(Path(sys.executable).with_name("clerk"))
        with self.log(name).open("ab") as out:
            self.running[name] = subprocess.Popen(
                [clerk, "state", *words, "--state", str(self.within / name)],
                stdout=out, stderr=out, env=given, cwd=self.within, start_new_session=True,
            )  # fmt: skip

    def log(self, name: str) -> Path:
        return self.within / f"{name}.log"

    def said(self, name: str) -> str:
        return self.log(name).read_text()

    def started(self) -> Self:
        """The server, up; then a worker on each machine."""
        self.start("server", "serve")
        self.until(lambda: "Schedules:" in self.said("server"), "server")
        for name in self.machines:
            self.start(name, "work", "--name", name)
            self.until(lambda name=name: ". Press" in self.said(name), name)  # type: ignore[misc]
        return self

    def until(self, holds: Callable[[], bool], name: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, self.all_said()
            child = self.running.get(name)
            assert child is None or child.poll() is None, self.all_said()
            time.sleep(0.1)

    def all_said(self) -> str:
        return "\n".join(f"== {log.name}\n{log.read_text()}" for log in self.within.glob("*.log"))

    def asked(self) -> httpx.Client:
        """The server's API, for whoever knows the secret."""
        return httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}/api",
            timeout=30,
            auth=("clerk", "for-the-tests"),
        )

    def kill(self, name: str) -> None:
        """As when a machine loses its power: the worker and all its children at once."""
        os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running.pop(name).wait()

    def stop(self) -> None:
        for child in [*self.running.values()][::-1]:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(timeout=60)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def begin(api: httpx.Client, name: str, **options: Any) -> UUID:
    """Start a deployment once."""
    found = api.get(f"/deployments/name/{name}").raise_for_status().json()
    asked = api.post(f"/deployments/{found['id']}/create_flow_run", json=options)
    return UUID(asked.raise_for_status().json()["id"])


def ended(api: httpx.Client, run: UUID, patience: float = PATIENCE) -> dict[str, Any]:
    """A run, when it has ended."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        now: dict[str, Any] = api.get(f"/flow_runs/{run}").raise_for_status().json()
        if now["state_type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}:
            return now
        time.sleep(0.2)
    raise AssertionError(f"the run did not end: {now['state']}")
