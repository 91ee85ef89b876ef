"""Child processes in which the clock strikes, and that may be killed in the midst of it."""

import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.context import open_chapter
from flows.votes.publish import publish
from flows.votes.schedule import tick
from models.errors import ClerkError
from tests.elections.polls import NAME, OFFICER
from tests.flows import nursery


class Nursery(nursery.Nursery):
    """The helper process of this module."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        command = [sys.executable, "-m", "tests.elections.nursery"]
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        self._child = 0
        self._born = threading.Event()


def _strike(order: dict[str, Any]) -> int:
    """The clock strikes once; our own errors become their exit codes."""
    now = datetime.fromisoformat(order["now"])
    if "die_at" in order:
        nursery._die_at(order["die_at"], order["moment"])
    try:
        with open_chapter(Path(order["folder"]), lambda: now) as context:
            if order.get("publish"):
                vote = context.ledger.votes.get(NAME)
                assert vote
                with context.ledger.alone():
                    publish(context, vote, OFFICER)
            tick(context)
    except ClerkError as error:
        return error.exit_code
    return 0


if __name__ == "__main__":
    nursery._night = _strike
    nursery.main()
