"""The Prefect server that `clerk serve` brings along is behind the net, and works there.

Rules: DP-3. A thread in the server's own process tries to get out; so does an automation's webhook
in all but the waiting: both are sockets of that process.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows.scheduler import home as prefect_home
from flows.scheduler import own_server
from tests.privacy.test_exits import Host

pytestmark = pytest.mark.slow

INSIDE = """
import sys, threading, time, socket, os
from flows.scheduler.server import main

def tries():
    while "prefect.server.api.server" not in sys.modules:
        time.sleep(0.05)
    try:
        socket.create_connection(("127.0.0.1", int(os.environ["TRY_PORT"])), timeout=2).close()
        ended = "connected"
    except Exception as exc:
        ended = type(exc).__name__
    with open(os.environ["TRY_FILE"] + ".new", "w") as out:
        out.write(ended)
    os.rename(out.name, os.environ["TRY_FILE"])

threading.Thread(target=tries, daemon=True).start()
main(int(sys.argv[1]))
"""
"""The server as `python -m flows.scheduler.server` runs it, with a thread of its own."""


@pytest.fixture
def unlisted() -> Iterator[Host]:
    host = Host()
    yield host
    host.close()


def test_it_works_and_reaches_nobody(
    tmp_path: Path, unlisted: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    (script := tmp_path / "inside.py").write_text(INSIDE)
    start = subprocess.Popen

    def with_a_thread(command: list[str], **options: Any) -> Any:
        return start([command[0], str(script), command[-1]], **options)

    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "TRY_PORT": str(unlisted.port), "TRY_FILE": str(tmp_path / "ended"), "HOME": str(tmp_path),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    environment = dict(os.environ)
    prefect_home.make_ready(tmp_path)
    monkeypatch.setattr(own_server.subprocess, "Popen", with_a_thread)
    try:
        with own_server.Server(tmp_path) as server:
            server.wait()
            assert server.access
            with httpx.Client(
                base_url=server.url, timeout=30, auth=tuple(server.access.secret.split(":"))
            ) as api:
                made = api.post("/flows/", json={"name": "counts-only"})
                assert made.is_success, made.text
                assert api.get(f"/flows/{made.json()['id']}").json()["name"] == "counts-only"
            deadline = time.monotonic() + 30
            while not (tmp_path / "ended").exists() and time.monotonic() < deadline:
                time.sleep(0.1)
            assert (tmp_path / "ended").read_text() == "Refused"
    finally:
        os.environ.clear()
        os.environ.update(environment)
    assert unlisted.visits[0] == 0
    assert (
        "is not on the list of allowed hosts"
        not in (tmp_path / "prefect" / "server.log").read_text()
    )
