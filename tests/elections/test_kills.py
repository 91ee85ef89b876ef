"""kill -9 at every point of opening, reminding, closing and announcing; two processes at once.

The points are the requests and the ledger's commits of an undisturbed run. Afterwards the clock
strikes again, and all must be as if nothing had happened: the sandbox's outbox is the witness that
each voter got each letter exactly once, and every line of the record says what the undisturbed
twin's says, its numbers included. By default a few of the points are played; `make test-slow` plays
all.
"""

from collections.abc import Iterator
from pprint import pformat
from typing import Any

import pytest

from connectors.sandbox.exchange import Exchange
from models.errors import TryAgainLater
from tests.elections.nursery import Nursery
from tests.elections.scenes import SCENES, Scene
from tests.flows.nursery import KILLED

FEW = 12
"""By default every so many-th point is played."""


@pytest.fixture(params=[FEW, pytest.param(1, marks=pytest.mark.slow)], ids=["few", "all"])
def every(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as running:
        yield running


def test_the_scenes_send_what_a_vote_sends(scenes: dict[str, Scene]) -> None:
    assert [len(one.requests) > 3 and one.commits > 1 for one in scenes.values()] == [True] * len(
        SCENES
    )
    kinds = {kind for one in scenes.values() for _, kind in one.ends["letters"]}
    reminders = {"reminder 1", "reminder 2", "reminder 3"}
    news = {kind for kind in kinds if kind.startswith(("withdrawn", "cancelled"))}
    assert len(news) == 2
    assert kinds - news == {
        "invitation", *reminders, "announcement to all", "announcement question-6", "cancellation"
    }  # fmt: skip
    assert set(scenes["publication"].ends["letters"].values()) == {1}


@pytest.mark.parametrize("work", ["undone", "done"])
def test_killed_at_a_request(scene: Scene, nursery: Nursery, every: int, work: str) -> None:
    """As the request arrives, and as its answer leaves."""
    wrong: dict[str, Any] = {}
    for number, request in list(enumerate(scene.requests, 1))[every // 2 :: every]:
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
def test_killed_at_a_commit(scene: Scene, nursery: Nursery, every: int, moment: str) -> None:
    wrong: dict[str, Any] = {}
    for number in range(1, scene.commits + 1)[every // 4 :: every]:
        poll = scene.restore()
        nursery.begin(
            poll.town.folder, scene.now, die_at=number, moment=moment, publish=scene.publishes
        )
        assert nursery.end() == KILLED
        scene.again()
        wrong |= scene.differs(f"commit {number}")
    assert wrong == {}, pformat(wrong, width=160)


@pytest.mark.slow
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
