"""Strikes of the clock that are played once undisturbed, and then again and again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.ledger.database import Database
from connectors.sandbox.exchange import Exchange
from connectors.sandbox.faults import Kind
from connectors.sandbox.server import Sandbox
from flows.votes.cancelling import cancel_race, cancel_vote, withdraw_candidate
from models.errors import Refused
from tests.conftest import FIRST_NIGHT, Clock, empty
from tests.elections.polls import COUNTS, NAME, OFFICER, OPENS, REMINDERS, Kept, Poll, ranks

LATER = timedelta(minutes=5)
PATIENCE, LITTLE = 20.0, 0.3
"""Seconds; how long a client waits for an answer, where none is slow and where one is."""
SCENES = (
    "opening",
    "second reminder",
    "close and count",
    "publication",
    "changed races",
    "cancellation",
)


@dataclass
class Scene:
    """One strike of the clock: how things were before, what it asks, how it ends."""

    before: Kept
    now: datetime
    requests: list[Exchange]
    commits: int
    ends: dict[str, Any]
    publishes: bool = False

    def restore(self) -> Poll:
        """Everything as it was before, at the minute of the strike."""
        poll = self.before.restore()
        poll.clock.at = self.now
        return poll

    def again(self) -> Poll:
        """The clock strikes again, as the schedule lets it."""
        poll = self.before.poll
        poll.town.sandbox.faults.clear()
        poll.town.sandbox.faults.on_request = None
        poll.town.network(attempts=1, timeout=PATIENCE)
        if self.publishes:
            try:
                poll.clock.at = self.now + LATER
                poll.published()
            except Refused:
                poll.strike()  # it was published before the kill
        else:
            poll.at(self.now + LATER)
        return poll

    def differs(self, where: str) -> dict[str, Any]:
        """What is not as after the undisturbed run."""
        ends = self.before.poll.ends()
        return {
            f"{where}: {part}": (ends[part], good)
            for part, good in self.ends.items()
            if ends[part] != good
        }

    def able(self, kind: Kind) -> list[tuple[int, Exchange]]:
        """The requests that can fail in this way, with their numbers."""
        return [(number, r) for number, r in enumerate(self.requests, 1) if _can(r, kind)]

    def disturb(self, number: int, kind: Kind, *, attempts: int) -> None:
        """Everything as it was before, and a fault in waiting."""
        poll = self.restore()
        poll.town.network(attempts=attempts, timeout=LITTLE if kind == "slow" else PATIENCE)
        poll.town.sandbox.faults.at(number, kind, seconds=LITTLE + 0.05)

    def strike(self) -> None:
        """The strike itself."""
        poll = self.before.poll
        if self.publishes:
            poll.published()
        else:
            poll.strike()


def _can(request: Exchange, kind: Kind) -> bool:
    if kind == "partial-errors":
        return request.method == "POST" and request.pattern == "/3.0/lists/{list_id}"
    return request.service == "mailchimp" or not kind.startswith("empty")


def played(sandbox: Sandbox, clock: Clock, folder: Path) -> dict[str, Scene]:
    """Each scene, played once without a disturbance."""
    clock.at = FIRST_NIGHT
    empty(sandbox)
    poll = Poll.prepare(sandbox, clock, folder / "chapter", people=14).approved()
    marks = ranks("Ada Park") | {"Question 6": "Yes"}
    found = {"opening": _play(poll, folder / "opening", OPENS)}
    poll.votes(min(poll.invited()), marks)
    poll.at(REMINDERS[0])
    found["second reminder"] = _play(poll, folder / "reminder", REMINDERS[1])
    fork = poll.keep(folder / "fork")
    found["changed races"] = _play(_changed(poll), folder / "changed", REMINDERS[1] + LATER)
    found["cancellation"] = _play(_cancelled(fork), folder / "cancelled", REMINDERS[1] + LATER)
    fork.restore()
    poll.votes(max(poll.invited()), marks)
    poll.at(REMINDERS[2])
    found["close and count"] = _play(poll, folder / "close", COUNTS)
    found["publication"] = _play(poll, folder / "publish", COUNTS + LATER, publishes=True)
    return found


def _changed(poll: Poll) -> Poll:
    """After a candidate withdrew and a question was cancelled, which nobody has been told."""
    with poll.context() as context:
        withdraw_candidate(context, NAME, "mayor", "Cy Rivers", OFFICER, "He moved away.")
        cancel_race(context, NAME, "question-6", OFFICER, "A court struck it.")
    return poll


def _cancelled(fork: Kept) -> Poll:
    """After the whole vote was cancelled, which nobody has been told."""
    poll = fork.restore()
    with poll.context() as context:
        cancel_vote(context, NAME, OFFICER, "The wrong form was sent.")
    return poll


def _play(poll: Poll, keep: Path, now: datetime, *, publishes: bool = False) -> Scene:
    before = poll.keep(keep)
    poll.town.sandbox.reset()
    commits = 0
    writing: Callable[[Database], Any] = Database.writing

    def counted(self: Database, **how: Any) -> Any:
        nonlocal commits
        commits += 1
        return writing(self, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "writing", counted)
        if publishes:
            poll.clock.at = now
            poll.published()
        else:
            poll.at(now)
    requests = list(poll.town.sandbox.journal)
    return Scene(before, now, requests, commits, poll.ends(), publishes)
