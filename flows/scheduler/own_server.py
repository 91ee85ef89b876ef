"""The Prefect server that `clerk serve` and the demo bring along: locked, watched, and ours alone.

It listens on loopback, on a socket that this process keeps, so that no other account can take the
port and be told the secret. The secret is new at each start, handed on by the environment, which
other accounts cannot read, and lies in a file that its owner alone can read, for `clerk scheduler`.
A server that dies is started again at once; one that dies again and again ends the process.
"""

import json
import logging
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, NamedTuple, Self

from connectors.files.private_files import write_private
from connectors.net.network_allowlist import allow, let_start_python
from flows import console
from flows.scheduler.home import ACCESS, serving_alone
from flows.scheduler.quiet_logs import QuietFormatter
from flows.scheduler.server import HOST, OPENER, prefect_exit
from models.errors import FixTheSettings, Refused

PATIENCE = 120
"""Seconds a fresh Prefect server may take to come up; it makes its database first."""
TIMES, WITHIN = 3, 600.0
"""How often a server may die within so many seconds and be started again."""
KEPT_LOG = 2_000_000
"""Bytes of `server.log` until it becomes `server.log.1`; three old ones are kept."""
KEPT_RUNS = 14 * 24 * 60 * 60
"""Seconds Prefect keeps an ended run; the clock alone makes 288 a day, of 32 kB each."""


class Access(NamedTuple):
    """What opens the scheduler's page and API."""

    page: str
    secret: str


class Shared(NamedTuple):
    """What stays the same of a server that several machines use."""

    api: str
    """By which they reach it; TLS is in front of it where that is another machine."""
    port: int
    secret: str
    database: str
    """Its URL; "" for a file."""


class Server:
    """A Prefect server of our own on loopback, unless the environment names another.

    Args:
        folder: the chapter's, or the installation's.
        given_up: called when the server has died too often; `failure` says why.
        shared: for one that several machines use; then it is always our own.

    Raises:
        FixTheSettings: its port is taken.
    """

    def __init__(
        self,
        folder: Path,
        given_up: Callable[[], None] = lambda: None,
        shared: Shared | None = None,
    ) -> None:
        self.url = "" if shared else os.environ.get("PREFECT_API_URL", "")
        self.ours = not self.url
        self.failure: FixTheSettings | None = None
        self.access: Access | None = None
        self._home, self._given_up = folder / "prefect", given_up
        self._stopping, self._deaths, self._turn = False, list[float](), threading.Lock()
        let_start_python()  # the server and the jobs, each behind a net of its own
        if self.ours:
            self._listener = _listening(shared.port if shared else 0)
            self._set_up(self._listener.getsockname()[1], shared)
            self._log = _log_of(self._home / "server.log")
            self._child = self._start()
            self._watcher = threading.Thread(target=self._watch, daemon=True)
            self._watcher.start()
        allow([prefect_exit(self.url)])

    def _set_up(self, port: int, shared: Shared | None) -> None:
        page = f"http://{HOST}:{port}"
        self.url = f"{page}/api"
        public = shared.api if shared else self.url
        secret = shared.secret if shared else f"clerk:{secrets.token_urlsafe(32)}"
        self.access = Access(page, secret)
        self._set = {
            "PREFECT_API_URL": self.url,
            "PREFECT_API_AUTH_STRING": self.access.secret,
            "PREFECT_SERVER_API_AUTH_STRING": self.access.secret,
            "PREFECT_SERVER_UI_API_URL": public,
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": public.removesuffix("/api"),
        }
        if shared and shared.database:
            self._set["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = shared.database
        os.environ.update(self._set)
        os.environ.setdefault("PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED", "events,flow_runs")
        os.environ.setdefault("PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD", str(KEPT_RUNS))
        write_private(self._home / ACCESS, json.dumps(self.access._asdict()).encode())

    def _start(self) -> "subprocess.Popen[bytes]":
        listening = self._listener.fileno()
        return subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "flows.scheduler.server", str(listening)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            pass_fds=[listening], start_new_session=True,
        )  # fmt: skip

    def _watch(self) -> None:
        """Keep its log short, and start it again when it dies."""
        while True:
            with self._child as child:  # which closes its pipes, and waits for its end
                for line in child.stdout or ():
                    self._log.info(line.decode("utf-8", "replace").rstrip())
            with self._turn:
                if self._stopping:
                    return
                now = time.monotonic()
                self._deaths = [*(at for at in self._deaths if now - at < WITHIN), now]
                if len(self._deaths) > TIMES:
                    break
                console.say(f"The Prefect server ended (code {child.returncode}); it is started "
                            "again.", "yellow")  # fmt: skip
                try:
                    self._child = self._start()
                except OSError as exc:
                    self._give_up(f"the Prefect server cannot be started again: {exc.strerror}")
                    return
        self._give_up(f"the Prefect server has ended {len(self._deaths)} times "
                      f"within {WITHIN / 60:.0f} minutes")  # fmt: skip

    def _give_up(self, why: str) -> None:
        self.failure = self._fault(why)
        self._given_up()

    def _fault(self, what: str) -> FixTheSettings:
        if self.ours:
            log = self._home / "server.log"
            return FixTheSettings(what, where=str(log), next_step="read the end of that file")
        return FixTheSettings(what, where="PREFECT_API_URL", next_step="start that server first")

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            FixTheSettings: it does not come up.
        """
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not self.failure:
            if answers(self.url):
                return
            time.sleep(0.2)
        raise self.failure or self._fault("the Prefect server does not answer")

    def stop(self) -> None:
        """Stop it, if it is ours."""
        if self.ours:
            with _undisturbed():
                self._stop()

    def _stop(self) -> None:
        with self._turn:
            self._stopping = True
        self._child.terminate()
        try:
            self._child.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._child.kill()
        self._watcher.join()
        self._listener.close()
        for handler in self._log.handlers:
            handler.close()
        (self._home / ACCESS).unlink(missing_ok=True)
        for name in self._set:
            os.environ.pop(name, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Finish what has begun: an impatient second stop would leave the server behind."""
    stops = (signal.SIGTERM, signal.SIGINT)
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.signal(each, signal.SIG_IGN) for each in stops}
    signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as exc:
        raise FixTheSettings(
            f"port {port} of this computer cannot be listened at: {exc.strerror}",
            where="chapters.toml [engine]",
            next_step="stop whatever listens there, or choose another port",
        ) from None


def answers(url: str) -> bool:
    """Whether the server behind an API address is up."""
    try:
        with OPENER.open(f"{url}/health", timeout=2):
            return True
    except (OSError, HTTPException, ValueError):
        return False


def access_to(folder: Path) -> Access:
    """What opens the page of the `clerk serve` that runs for a chapter.

    Raises:
        FixTheSettings: none runs that brought its own server.
    """
    try:
        with serving_alone(folder):
            pass  # nobody else holds it: what lies there is of one that was killed
    except Refused:
        try:
            found: dict[str, Any] = json.loads((folder / "prefect" / ACCESS).read_text("utf-8"))
            return Access(**found)
        except (OSError, ValueError, TypeError):
            pass  # it serves another server, or has only begun
    raise FixTheSettings(
        "no scheduler of this chapter's own is running",
        where=str(folder / "prefect"),
        next_step="start it with `clerk serve`; a server of your own (PREFECT_API_URL) has its "
        "own password",
    )


def _log_of(file: Path) -> logging.Logger:
    """Where what the server says goes: addresses blotted out, old lines dropped."""
    handler = RotatingFileHandler(file, maxBytes=KEPT_LOG, backupCount=3, encoding="utf-8")
    handler.setFormatter(QuietFormatter("%(message)s"))
    log = logging.Logger("the Prefect server")
    log.addHandler(handler)
    return log
