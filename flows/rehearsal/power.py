"""Power is cut in the middle of a nightly run: a process of its own does it, and is killed."""

import multiprocessing
import os
import signal
from contextlib import suppress
from pathlib import Path

from connectors.net.network_allowlist import clean_environment, let_start_python
from connectors.net.starts import SAFE_PATH
from connectors.sandbox.exchange import Exchange
from connectors.sandbox.server import Sandbox
from flows.context import open_chapter
from flows.service.due_steps import run_due_steps
from models.errors import ClerkError

AT = 2
"""The change to the mailing list at which it goes out."""
_LISTS = "/3.0/lists/"
PATIENCE = 120
"""Seconds for a run that is not cut off."""


def cut_off_a_night(folder: Path, sandbox: Sandbox) -> bool:
    """Begin a nightly run in a process of its own, and kill it at a change to the mailing list.

    Returns:
        Whether it was cut off; a night with nothing to change ends before.
    """
    let_start_python()
    clean_environment(os.environ)
    os.environ[SAFE_PATH] = "1"
    # A child that is spawned shares nothing with this process, as a power cut would have it.
    child = multiprocessing.get_context("spawn").Process(target=_night, args=(str(folder),))
    changes = 0

    def watch(_: int, moment: str, exchange: Exchange) -> None:
        nonlocal changes
        changes += moment == "after" and exchange.writes and exchange.path.startswith(_LISTS)
        if changes == AT and child.pid:
            with suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGKILL)

    sandbox.faults.on_request = watch
    try:
        child.start()
        child.join(PATIENCE)
        if child.is_alive():
            child.kill()
            child.join()
    finally:
        sandbox.faults.on_request = None
    return child.exitcode == -signal.SIGKILL


def _night(folder: str) -> None:
    """A night, quietly; what stands in its way is not this page's business."""
    with open_chapter(Path(folder)) as context, suppress(ClerkError):
        context.waiting = lambda _: None
        run_due_steps(context, lambda _: None, night=True)
