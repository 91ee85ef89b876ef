"""Child processes that run a night and may be killed in the midst of it.

One helper process imports everything once and forks a child a night: a fork takes milliseconds, a
new interpreter two seconds. Orders and news go through its pipes, a line of JSON each.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy.engine import Connection

from connectors.ledger.database import Database
from flows.alerts import telling as alerts
from flows.alerts.nights import finished
from flows.context import open_chapter
from flows.nightly.night import SyncOptions
from flows.nightly.sync import finish_night, sync
from models.errors import ClerkError

KILLED = -signal.SIGKILL
PATIENCE = 150
"""Seconds, on a machine with much else to do."""


class Nursery:
    """The helper process, seen from a test."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.flows.nursery"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        self._child = 0
        self._born = threading.Event()

    def begin(self, folder: Path, now: datetime, **orders: Any) -> None:
        """Start a night; `die_at` and `moment` let it die at one of the ledger's commits."""
        self._born.clear()
        self._child = self._ask({"folder": str(folder), "now": now.isoformat(), **orders})["child"]
        self._born.set()

    def kill(self) -> None:
        """Send SIGKILL to the child, from whichever thread."""
        self._born.wait(PATIENCE)
        os.kill(self._child, signal.SIGKILL)

    def end(self) -> int:
        """Wait for the night's end: its exit code, or minus the signal that ended it."""
        return int(self._ask({"wait": self._child})["code"])

    def close(self) -> None:
        """Send the helper home."""
        self._process.stdin and self._process.stdin.close()
        self._process.wait(timeout=PATIENCE)
        self._process.stdout and self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, order: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(order), file=self._process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def main() -> None:
    """The helper: fork on each order, and tell what became of the children."""
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            _, status = os.waitpid(order["wait"], 0)
            answer = {"code": os.waitstatus_to_exitcode(status)}
        else:
            child = os.fork()
            if not child:
                try:
                    os._exit(_night(order))
                finally:
                    traceback.print_exc()
                    os._exit(1)
            answer = {"child": child}
        print(json.dumps(answer), flush=True)


def _night(order: dict[str, Any]) -> int:
    """One night, applied; our own errors become their exit codes."""
    now = datetime.fromisoformat(order["now"])
    if "die_at" in order:
        _die_at(order["die_at"], order["moment"])
    try:
        with open_chapter(Path(order["folder"]), lambda: now) as context:
            if order.get("finish"):
                if night := finish_night(context):
                    alerts.tell(context, *finished(context.ledger, night))
            else:
                sync(context, SyncOptions(apply=True, approve=order.get("approve", "")))
    except ClerkError as error:
        return error.exit_code
    return 0


def _die_at(number: int, moment: str) -> None:
    """Die just before or just after the ledger's n-th commit."""
    count = 0
    writing: Callable[..., Any] = Database.writing

    @contextmanager
    def deadly(self: Database, **how: bool) -> Iterator[Connection]:
        nonlocal count
        count += 1
        with writing(self, **how) as db:
            yield db
            if count == number and moment == "before":
                os.kill(os.getpid(), signal.SIGKILL)
        if count == number and moment == "after":
            os.kill(os.getpid(), signal.SIGKILL)

    Database.writing = deadly  # type: ignore[method-assign]  # of a child that is about to die


if __name__ == "__main__":
    main()
