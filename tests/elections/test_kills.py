"""kill -9 at every point of opening, reminding, closing and announcing; two processes at once.

The points are the requests and the ledger's commits of an undisturbed run. Afterwards the clock
strikes again, and all must be as if nothing had happened: the sandbox's outbox is the witness that
each voter got each letter exactly once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from pprint import pformat
from typing import Any

import pytest

from connectors.ledger.database import Database
from connectors.sandbox.exchange import Exchange
from connectors.sandbox.server import Sandbox
from models.errors import Refused, TryAgainLater
from tests.conftest import FIRST_NIGHT, Clock, empty
from tests.elections.nursery import Nursery
from tests.elections.polls import COUNTS, OPENS, REMINDERS, Kept, Poll, ranks
from tests.flows.nursery import KILLED

pytestmark = pytest.mark.slow

LATER = timedelta(minutes=5)
SCENES = ("opening", "second reminder", "close and count", "publication")


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


@pytest.fixture(scope="module")
def scenes(
    services: tuple[Sandbox, Clock], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Scene]:
    """Each scene, played once without a disturbance."""
    sandbox, clock = services
    clock.at = FIRST_NIGHT
    empty(sandbox)
    folder = tmp_path_factory.mktemp("polls")
    poll = Poll.prepare(sandbox, clock, folder / "chapter", people=14).approved()
    marks = ranks("Ada Park") | {"Question 6": "Yes"}
    found = {"opening": _play(poll, folder / "opening", OPENS)}
    poll.votes(min(poll.invited()), marks)
    poll.at(REMINDERS[0])
    found["second reminder"] = _play(poll, folder / "reminder", REMINDERS[1])
    poll.votes(max(poll.invited()), marks)
    poll.at(REMINDERS[2])
    found["close and count"] = _play(poll, folder / "close", COUNTS)
    found["publication"] = _play(poll, folder / "publish", COUNTS + LATER, publishes=True)
    return found


def _play(poll: Poll, keep: Path, now: datetime, *, publishes: bool = False) -> Scene:
    before = poll.keep(keep)
    poll.town.sandbox.reset()
    commits = 0
    writing: Callable[[Database], Any] = Database.writing

    def counted(self: Database) -> Any:
        nonlocal commits
        commits += 1
        return writing(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "writing", counted)
        if publishes:
            poll.clock.at = now
            poll.published()
        else:
            poll.at(now)
    requests = list(poll.town.sandbox.journal)
    return Scene(before, now, requests, commits, poll.ends(), publishes)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as running:
        yield running


@pytest.fixture(params=SCENES)
def scene(scenes: dict[str, Scene], request: pytest.FixtureRequest) -> Scene:
    found: Scene = scenes[request.param]
    return found


def test_the_scenes_send_what_a_vote_sends(scenes: dict[str, Scene]) -> None:
    assert [len(one.requests) > 3 and one.commits > 1 for one in scenes.values()] == [True] * 4
    kinds = {kind for one in scenes.values() for _, kind in one.ends["letters"]}
    reminders = {"reminder 1", "reminder 2", "reminder 3"}
    assert kinds == {"invitation", *reminders, "announcement to all", "announcement question-6"}
    assert set(scenes["publication"].ends["letters"].values()) == {1}


@pytest.mark.parametrize("work", ["undone", "done"])
def test_killed_at_a_request(scene: Scene, nursery: Nursery, work: str) -> None:
    """As the request arrives, and as its answer leaves."""
    wrong: dict[str, Any] = {}
    for number, request in enumerate(scene.requests, 1):
        poll = scene.restore()
        faults = poll.town.sandbox.faults
        if work == "undone":
            faults.at(number, "reset")
        faults.on_request = _killing(nursery, number, "before" if work == "undone" else "after")
        nursery.begin(poll.town.folder, scene.now, publish=scene.publishes)
        assert nursery.end() == KILLED
        scene.again()
        wrong |= scene.differs(f"{number} {request.method} {request.path}")
    assert wrong == {}, pformat(wrong, width=160)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_a_commit(scene: Scene, nursery: Nursery, moment: str) -> None:
    wrong: dict[str, Any] = {}
    for number in range(1, scene.commits + 1):
        poll = scene.restore()
        nursery.begin(
            poll.town.folder, scene.now, die_at=number, moment=moment, publish=scene.publishes
        )
        assert nursery.end() == KILLED
        scene.again()
        wrong |= scene.differs(f"commit {number}")
    assert wrong == {}, pformat(wrong, width=160)


def test_two_processes_at_once_do_it_once(scenes: dict[str, Scene]) -> None:
    """One is at work when the other comes, and the other goes away again."""
    for name in SCENES[:3]:
        scene = scenes[name]
        poll = scene.restore()
        with Nursery() as one, Nursery() as other:
            one.begin(poll.town.folder, scene.now)
            other.begin(poll.town.folder, scene.now)
            codes = {one.end(), other.end()}
        assert codes <= {0, TryAgainLater.exit_code}
        assert 0 in codes
        scene.again()
        assert scene.differs(name) == {}


def _killing(nursery: Nursery, number: int, moment: str) -> Any:
    def hook(seen: int, when: str, _: Exchange) -> None:
        if (seen, when) == (number, moment):
            nursery.kill()

    return hook
