"""Chromium without a window, asked through its DevTools protocol."""

import contextlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.sync.connection import Connection

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",  # build machines are root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)
STARTS_WITHIN = 30
ANSWERS_WITHIN = 30


def needed() -> str:
    """Where Chromium is; skips the test without it, but on a build machine fails instead."""
    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    if program is None and os.environ.get("CI"):
        raise FileNotFoundError("Chromium is not installed, and a build machine has to have it")
    return program or pytest.skip("Chromium is not installed: the pages are not looked at")


@contextlib.contextmanager
def tab(profile: Path) -> Iterator["Tab"]:
    """A new tab of a new browser with a new profile."""
    command = [needed(), *FLAGS, f"--user-data-dir={profile}", "about:blank"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            address = _address(profile, process)
            # No pings: on a busy machine the answer to one is late, and the line would be cut.
            with connect(address, max_size=None, proxy=None, ping_interval=None) as line:
                one = Tab(line)
                yield one
                one.close()
        finally:
            process.terminate()


def _address(profile: Path, process: subprocess.Popen[bytes]) -> str:
    """Chromium writes its port and path to a file as soon as it listens."""
    said = profile / "DevToolsActivePort"
    deadline = time.monotonic() + STARTS_WITHIN
    while not (said.exists() and "\n" in said.read_text()):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("Chromium did not start")
        time.sleep(0.05)
    port, path = said.read_text().split("\n")[:2]
    return f"ws://127.0.0.1:{port}{path}"


class Tab:
    """`complaints` gathers what the console says, `loads` every address the page asks for."""

    def __init__(self, line: Connection) -> None:
        self._line, self._number, self._session = line, 0, ""
        self.complaints: list[str] = []
        self.loads: list[str] = []
        self._loaded = False
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """One command and its answer; what else is said meanwhile is noted."""
        self._number += 1
        session = {"sessionId": self._session} if self._session else {}
        self._line.send(
            json.dumps({"id": self._number, "method": method, "params": params} | session)
        )
        while (message := self._hear()).get("id") != self._number:
            pass
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']['message']}")
        answer: dict[str, Any] = message["result"]
        return answer

    def open(self, page: Path | str) -> None:
        """Open a file or an address and wait until it is there."""
        self.complaints, self.loads = [], []
        url = page if isinstance(page, str) else page.as_uri()
        self.wait_for(lambda: self.ask("Page.navigate", url=url))

    def wait_for(self, act: Callable[[], object]) -> None:
        """Do what makes the tab go to another page, and wait until that is there."""
        self._loaded = False
        act()
        while not self._loaded:
            self._hear()

    def press(self, key: str) -> None:
        """Press a key."""
        code = {"Tab": 9, "Enter": 13, " ": 32}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                     windowsVirtualKeyCode=code, **text)  # fmt: skip

    def close(self) -> None:
        """End the browser and its children, which would go on writing to the profile."""
        with contextlib.suppress(ConnectionClosed):
            self.ask("Browser.close")

    def evaluate(self, script: str) -> Any:
        """The value of a JavaScript expression in the page, a promise's result included."""
        said = self.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in said:
            raise RuntimeError(f"the script failed: {said['exceptionDetails']['text']}")
        return said["result"].get("value")

    def _hear(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self._line.recv(ANSWERS_WITHIN))
        params = message.get("params", {})
        match message.get("method"):
            case "Page.loadEventFired":
                self._loaded = True
            case "Network.requestWillBeSent":
                self.loads.append(params["request"]["url"])
            case "Runtime.consoleAPICalled":
                self.complaints.append(str([arg.get("value") for arg in params["args"]]))
            case "Runtime.exceptionThrown":
                self.complaints.append(params["exceptionDetails"]["text"])
            case "Log.entryAdded":
                self.complaints.append(params["entry"]["text"])
        return message
