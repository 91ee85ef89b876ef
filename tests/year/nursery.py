"""Child processes in which an act of the year is done, and that are killed in the midst of it."""

import subprocess
import sys
import threading
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.context import open_chapter
from flows.nightly.night import SyncOptions
from flows.nightly.sync import sync
from flows.votes.emails import to_all_members
from flows.votes.publish import publish
from flows.votes.schedule import tick
from models.errors import ClerkError
from tests.conftest import Clock
from tests.flows import nursery
from tests.flows.nursery import KILLED
from tests.flows.town import Town
from tests.year.chapter import OFFICER

WAYS = ("before a commit", "after a commit", "before a request", "after a request")


class Nursery(nursery.Nursery):
    """The helper process of this module."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        command = [sys.executable, "-m", "tests.year.nursery"]
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        self._child = 0
        self._born = threading.Event()


class Killer:
    """Begins each act in a process that dies, each time elsewhere.

    An act that ends before its moment comes was done whole, and is done again.
    """

    def __init__(self, nursery: Nursery, clock: Clock) -> None:
        self._nursery, self._clock, self._acts = nursery, clock, 0
        self.killed = Counter[tuple[str, str]]()
        """How many acts, by what they are, and in which way."""

    def __call__(self, act: str, town: Town) -> None:
        way, number = WAYS[self._acts % 4], 1 + self._acts * 5 % 13
        if act.startswith("publish"):  # which asks no service, and commits once
            way, number = WAYS[self._acts % 2], 1
        self._acts += 1
        kind, moment = way.split()[2], way.split()[0]
        orders = {"die_at": number, "moment": moment} if kind == "commit" else {}
        faults = town.sandbox.faults
        faults.clear()
        if kind == "request":
            if moment == "before":
                faults.at(number, "reset")
            faults.on_request = lambda seen, when, _: (
                self._nursery.kill() if (seen, when) == (number, moment) else None
            )
        self._nursery.begin(town.folder, self._clock.at, act=act, **orders)
        if self._nursery.end() == KILLED:
            self.killed[act.split()[0], way] += 1
        faults.clear()
        faults.on_request = None


def _act(order: dict[str, Any]) -> int:
    """One act; our own errors become their exit codes."""
    now = datetime.fromisoformat(order["now"])
    if "die_at" in order:
        nursery._die_at(order["die_at"], order["moment"])
    what, _, name = order["act"].partition(" ")
    try:
        with open_chapter(Path(order["folder"]), lambda: now) as context:
            match what:
                case "night":
                    sync(context, SyncOptions(apply=True))
                case "strike":
                    tick(context)
                case "call":
                    call = to_all_members.look(context, name)  # type: ignore[arg-type]  # as told
                    to_all_members.send(context, call.fingerprint, OFFICER, name)  # type: ignore[arg-type]
                case "publish":
                    vote = context.ledger.votes.get(name)
                    assert vote
                    publish(context, vote, OFFICER)
    except ClerkError as error:
        return error.exit_code
    return 0


if __name__ == "__main__":
    nursery._night = _act
    nursery.main()
