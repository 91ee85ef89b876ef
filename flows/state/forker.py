"""One process with one thread that forks a child for each job, so that no job pays for imports.

It has everything of ours imported, no secret of the engine's, and no way to it. From the worker it
takes which job of which chapter, each a name of a closed list, and asks `chapters.toml` itself
where the chapter is. A child becomes the chapter's account, and only then reads what is the
chapter's. It ends when its time is over, or the forker's: nobody else would end it, and it holds
the ledger.
"""

import gc
import json
import os
import selectors
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import NamedTuple, NoReturn

from connectors import ledger
from flows import console
from flows.state.accounts import become, owner_of
from flows.state.ended import MOST, Ended
from flows.state.home import state_home
from flows.state.jobs import run
from models.errors import ClerkError, describe, describe_bug
from models.state.engine import Job

LONGEST = {
    Job.NIGHT: 2 * 60 * 60,
    Job.CHECK: 30 * 60,
    Job.TO_THE_MINUTE: 2 * 60 * 60,
    Job.LOOK: 60,
}
"""Seconds after which a child is ended: one that hangs keeps the chapter's next job out."""
PRELOADED = (
    "_strptime", "alembic.command", "alembic.config", "alembic.context", "alembic.op",
    "connectors.alerts.doors", "connectors.elections", "connectors.emails", "connectors.google",
    "connectors.google.client", "connectors.mailchimp.client", "connectors.pages",
    "models.membership.ways_es", "models.votes.history",
    "encodings.idna", "encodings.unicode_escape", "encodings.utf_8_sig", "filelock",
    "importlib.readers", "importlib.resources.readers", "jinja2.sandbox", "psycopg",
    "rich._emoji_codes", "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
)  # fmt: skip
"""What a job imports when it needs it; a child finds it there, and need not be able to read it."""
KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "PYTHONSAFEPATH", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
"""What a child keeps of the environment; settings of one chapter must not reach another."""


class Order(NamedTuple):
    """A job to be done; `run` is the worker's own name for it."""

    run: str
    key: str
    job: Job


class Forker:
    """The worker's end: a process of its own, told what to do and asked what came of it."""

    def __init__(self, folder: Path) -> None:
        """Fork it. Call this before anything starts a thread or reads the engine's secret."""
        ours, theirs = socket.socketpair()
        console.flush()
        self.pid = os.fork()
        if self.pid == 0:
            ours.close()
            _forking(folder, theirs)
        theirs.close()
        self._line, self._rest = ours, b""

    def order(self, order: Order) -> None:
        """Have a job done."""
        self._line.sendall(json.dumps(order).encode() + b"\n")

    def ended(self, patience: float) -> Iterator[tuple[str, Ended]]:
        """The jobs that ended, as soon as there are any, or none after some seconds.

        Raises:
            ConnectionError: the forker is gone.
        """
        self._line.settimeout(max(patience, 0.01))
        try:
            if not (came := self._line.recv(1 << 20)):
                raise ConnectionError("the process that forks the jobs has ended")
        except TimeoutError:
            return
        finally:
            self._line.settimeout(None)
        *lines, self._rest = (self._rest + came).split(b"\n")
        for line in lines:
            run_, ended = json.loads(line)
            yield run_, Ended.read(ended.encode())

    def stop(self) -> None:
        """End it, and with it every job that is still at work."""
        self._line.close()
        os.waitpid(self.pid, 0)


def preload() -> None:
    """Import what a job may need: each area of the ledger, and what else is imported when used."""
    areas = (one for one in iter_modules(ledger.__path__, "connectors.ledger.") if not one.ispkg)
    for name in (*PRELOADED, *(one.name for one in areas)):
        with suppress(ImportError):  # the driver of PostgreSQL is an extra
            import_module(name)


class _Child(NamedTuple):
    order: Order
    pid: int
    until: float
    written: bytearray


def _forking(folder: Path, line: socket.socket) -> NoReturn:
    """The forker's own life; it ends with the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the worker says when to stop, by closing
    try:
        preload()
        gc.collect()
        gc.freeze()  # what all children share is not written to by their collector
        _Forking(folder, line).go_on()
    finally:
        os._exit(0)


class _Forking:
    def __init__(self, folder: Path, line: socket.socket) -> None:
        self._folder, self._line, self._rest = folder, line, b""
        self._children: dict[int, _Child] = {}
        self._life, self._life_of_mine = os.pipe()
        self._ready = selectors.DefaultSelector()
        self._ready.register(line, selectors.EVENT_READ)

    def go_on(self) -> None:
        """Until the worker is gone."""
        while True:
            for key, _ in self._ready.select(timeout=1.0):
                if key.fileobj is not self._line:
                    self._hear(key.fd)
                elif not self._take():
                    for child in self._children.values():
                        os.kill(child.pid, signal.SIGKILL)
                    return
            for pipe, child in [*self._children.items()]:
                if time.monotonic() > child.until:
                    os.kill(child.pid, signal.SIGKILL)
                    self._end(pipe, Ended(code=1, said="it took too long, and was ended"))

    def _take(self) -> bool:
        if not (came := self._line.recv(1 << 16)):
            return False
        *lines, self._rest = (self._rest + came).split(b"\n")
        for each in lines:
            run_, key, job = json.loads(each)
            self._start(Order(run_, key, Job(job)))
        return True

    def _start(self, order: Order) -> None:
        reading, writing = os.pipe()
        console.flush()
        pid = os.fork()
        if pid == 0:
            _job(self._folder, order, writing, self._life)
        os.close(writing)
        until = time.monotonic() + LONGEST[order.job]
        self._children[reading] = _Child(order, pid, until, bytearray())
        self._ready.register(reading, selectors.EVENT_READ)

    def _hear(self, pipe: int) -> None:
        child = self._children[pipe]
        if (came := os.read(pipe, 1 << 16)) and len(child.written) <= MOST:
            child.written.extend(came)
        elif not came:
            self._end(pipe)

    def _end(self, pipe: int, ended: Ended | None = None) -> None:
        child = self._children.pop(pipe)
        self._ready.unregister(pipe)
        os.close(pipe)
        _, status = os.waitpid(child.pid, 0)
        if os.WIFSIGNALED(status) and ended is None:
            ended = Ended(code=1, said=f"it was killed (signal {os.WTERMSIG(status)})")
        said = (ended or Ended.read(bytes(child.written))).model_dump_json()
        self._line.sendall(json.dumps([child.order.run, said]).encode() + b"\n")


def _job(folder: Path, order: Order, writing: int, life: int) -> NoReturn:
    """A child's whole life."""
    try:
        try:
            ended = _as_its_owner(folder, order, {writing, life}, life)
        except Exception as bug:  # noqa: BLE001 - its words could name a person
            ended = Ended(code=1, said=describe_bug(bug))
        os.write(writing, ended.model_dump_json().encode()[:MOST])
        console.flush()
    finally:
        os._exit(0)


def _as_its_owner(folder: Path, order: Order, kept: set[int], life: int) -> Ended:
    os.setsid()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_DFL)
    _close_all_but(kept)
    try:
        home = state_home(folder)
        chapter = home.served(order.key)
        own = home.folder_of(chapter)
        account = owner_of(own, chapter)
        become(account)
    except (ClerkError, OSError) as fault:
        code = fault.exit_code if isinstance(fault, ClerkError) else 1
        return Ended(code=code, said=describe(fault))
    threading.Thread(target=_end_with_the_forker, args=(life,), daemon=True).start()
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update(environment, HOME=str(own), CLERK_CHAPTER=str(own))
    os.chdir(own)
    return run(order.job, order.key, own, shared=len(chapter.machines) > 1)


def _close_all_but(kept: set[int]) -> None:
    """No descriptor of the worker's or of another child's reaches a job; input is empty."""
    below = 3
    kept |= {sys.stdout.fileno(), sys.stderr.fileno()} - {0, 1, 2}
    for each in (*sorted(kept), os.sysconf("SC_OPEN_MAX")):
        os.closerange(below, each)
        below = each + 1
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)


def _end_with_the_forker(life: int) -> None:
    os.read(life, 1)
    os.kill(os.getpid(), signal.SIGKILL)
