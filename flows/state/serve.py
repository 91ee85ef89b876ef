"""`clerk state serve`: the server, its deployments, and the runs of workers that died.

One process does this for the whole installation, so nobody competes with it. A worker that is dead
is known by its heartbeats, which the server watches; its runs are given back, and the ledger's own
lock and its unfinished night see to it that nothing is done twice.
"""

import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flows import console
from flows.scheduler.home import make_ready, serving_alone
from flows.scheduler.own_server import Server, Shared
from flows.service.deployments import work_in
from flows.state.home import StateHome, state_home
from models.errors import ClerkError

if TYPE_CHECKING:
    from flows.state.engine import PrefectEngine

EVERY = 10.0
"""Seconds between two looks at workers and `chapters.toml`."""
ORPHANED = "its worker ended; another takes it up"


def serve(folder: Path, *, worker: str = "") -> None:
    """Serve until told to stop.

    Args:
        worker: the machine's name, to run a worker beside the server too.

    Raises:
        FixTheSettings: the settings are wrong, or the server does not come up or stay up.
        Refused: it runs already.
    """
    home = state_home(folder)
    home.make_secret()
    beside = _fork_worker(folder, worker) if worker else 0  # it must know no secret
    shared = Shared(home.engine.api, home.engine.listens, home.secret(), home.database())
    try:
        with serving_alone(home.folder, "`clerk state serve`"):
            make_ready(home.folder)
            work_in(home.folder)
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            with Server(home.folder, given_up=_stop, shared=shared) as server:
                try:
                    server.wait()
                    console.say(f"The engine: {home.engine.api}. Press Ctrl-C to stop.")
                    _watch(home)
                except KeyboardInterrupt:
                    return
                finally:
                    if server.failure:
                        raise server.failure
    finally:
        if beside:
            os.kill(beside, signal.SIGTERM)
            os.waitpid(beside, 0)


def _stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def _fork_worker(folder: Path, machine: str) -> int:
    """A worker in a process of its own, before this one has threads."""
    from flows.state.worker import work

    console.flush()
    if child := os.fork():
        return child
    code = 0
    try:
        work(folder, machine)
    except ClerkError as fault:
        console.print_error(fault)
        code = fault.exit_code
    finally:
        console.flush()
        os._exit(code)


def _watch(home: StateHome) -> None:
    from flows.state.answers import translated
    from flows.state.engine import engine

    with engine() as asked:
        while True:
            try:
                home = state_home(home.folder)
                with translated():
                    look(asked, home)
            except ClerkError as fault:  # it is looked at again; what is planned goes on
                console.say(str(fault), "yellow")
            time.sleep(EVERY)


def look(engine: "PrefectEngine", home: StateHome) -> None:
    """One look: the deployments as they should be, the runs of dead workers given back."""
    from flows.state.planned import bring_up

    changes = bring_up(engine, home.chapters)
    if changes.made or changes.removed:
        done = f"{changes.made} made or mended, {changes.removed} removed"
        console.say(f"Schedules: {done}. What is due is done by workers: `clerk state work`.")
    workers = engine.workers()
    for due, name in engine.under_way():
        if not workers.get(name):
            engine.give_back(due.run, due.starts, timedelta(), datetime.now(UTC), ORPHANED)
            console.say(f"{due.key}: {due.job or 'a run'} is given back", "yellow")
    for name, alive in workers.items():
        if not alive:
            engine.forget(name)
