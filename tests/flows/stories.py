"""Two nights that are told once undisturbed, and then again and again with a disturbance."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from connectors.ledger.database import Database
from connectors.sandbox.exchange import Exchange
from connectors.sandbox.faults import Faults, Kind
from connectors.sandbox.invented import name_of, second_day, serial
from connectors.sandbox.server import Sandbox
from flows.nightly.night import Sync
from tests.conftest import FIRST_NIGHT, Clock, empty
from tests.flows.town import Kept, Town

PATIENCE, LITTLE = 20.0, 0.3
"""Seconds; how long a client waits for an answer, where none is slow and where one is."""
STORIES = ("first night", "busy night")


@dataclass
class Story:
    """A night: how things were before, the requests it makes, how it ends."""

    before: Kept
    clock: Clock
    now: datetime
    requests: list[Exchange]
    commits: int
    ends: dict[str, Any]

    @property
    def town(self) -> Town:
        return self.before.town

    @property
    def folder(self) -> Path:
        return self.town.folder

    @property
    def faults(self) -> Faults:
        return self.town.sandbox.faults

    def able(self, kind: Kind) -> list[tuple[int, Exchange]]:
        """The requests that can fail in this way, with their numbers."""
        return [(number, r) for number, r in enumerate(self.requests, 1) if _can(r, kind)]

    def restore(self, *, attempts: int = 1, patience: float = PATIENCE) -> None:
        """Everything as it was before the night."""
        self.before.restore()
        self.clock.at = self.now
        self.town.network(attempts=attempts, timeout=patience)

    def disturb(self, number: int, kind: Kind, *, attempts: int) -> None:
        """Everything as it was, and a fault in waiting."""
        self.restore(attempts=attempts, patience=LITTLE if kind == "slow" else PATIENCE)
        self.faults.at(number, kind, seconds=LITTLE + 0.05)

    def night(self) -> Sync:
        """The night itself."""
        return self.town.night()

    def next_night(self) -> None:
        """The one after, undisturbed."""
        self.faults.clear()
        self.faults.on_request = None
        self.town.network(attempts=1, timeout=PATIENCE)
        self.clock.go(days=1)
        self.town.night()

    def differs(self, number: int, request: Exchange | None = None) -> dict[str, Any]:
        """What came out otherwise than undisturbed, under the name of the request; {} is right."""
        ends = self.town.end_state()
        wrong = {
            what: (ends[what], right) for what, right in self.ends.items() if ends[what] != right
        }
        name = f"{request.method} {request.pattern}" if request else "commit"
        return {f"{number} {name}": wrong} if wrong else {}


def _can(request: Exchange, kind: Kind) -> bool:
    if kind == "partial-errors":
        return request.method == "POST" and request.pattern == "/3.0/lists/{list_id}"
    return request.service == "mailchimp" or not kind.startswith("empty")


def _difference(is_: Any, right: Any) -> Any:
    """What is there and should be, without what agrees."""
    if not isinstance(is_, dict) or not isinstance(right, dict):
        return is_, right
    keys = [key for key in {**is_, **right} if is_.get(key) != right.get(key)]
    return {key: (is_.get(key), right.get(key)) for key in keys}


def tell(sandbox: Sandbox, clock: Clock, home: Path) -> dict[str, Story]:
    """Tell each story once, undisturbed."""
    clock.at = FIRST_NIGHT
    empty(sandbox)
    town = Town.found(sandbox, clock, home / "chapter", people=12)
    clock.go(days=-8)  # in the week before, nothing leaves the window by itself
    with town.context():
        pass  # the ledger has its key, and so everybody the same id in every telling
    told = {"first night": _story(town, clock, home / "first")}
    clock.go(days=1)
    happen(town)
    told["busy night"] = _story(town, clock, home / "busy")
    return told


def happen(town: Town) -> None:
    """A day on which everything changes that a night could have to follow."""
    today = town.clock().date()
    second_day(town.sandbox, today)
    with town.edit("Registrations") as rows:
        rows.append([serial(today), "Nia New", "nia.new@example.org", "", "", "", "yes", "", "Yes"])
    with town.edit("Sign-ins") as rows:
        for event in ("Climate forum", "Transit workstream"):
            rows.append([serial(today), event, "nia.new@example.org", "Nia New"])
        rows.append([serial(today), "Nothing of ours", "nia.new@example.org", name_of(1)])


def _story(town: Town, clock: Clock, where: Path) -> Story:
    before, now = town.keep(where), clock.at
    town.sandbox.reset()
    with commits() as count:
        town.night()
    return Story(before, clock, now, list(town.sandbox.journal), len(count), town.end_state())


@contextmanager
def commits() -> Iterator[list[None]]:
    """Grows by one with each of the ledger's commits."""
    count: list[None] = []
    writing = Database.writing

    @contextmanager
    def counted(self: Database, **how: bool) -> Iterator[Connection]:
        count.append(None)
        with writing(self, **how) as db:
            yield db

    Database.writing = counted  # type: ignore[method-assign]  # while we count
    try:
        yield count
    finally:
        Database.writing = writing  # type: ignore[method-assign]
