"""Something else answers in a service's place, at every request of a vote.

Nobody gets two letters, nobody none, and no result is counted without the ballots that are there.
"""

from collections import defaultdict
from contextlib import suppress
from pprint import pformat
from typing import Any

import pytest

from connectors.sandbox.faults import Kind
from models.errors import TryAgainLater
from tests.elections.scenes import SCENES, Scene
from tests.flows.strange import Case, Endpoint, a_few, endpoints, thorough, told

QUICK = 4
"""Cases a scene in the quick share."""


def made_good(scene: Scene, cases: list[Case]) -> dict[str, Any]:
    """What came out otherwise than undisturbed; nothing but `TryAgainLater` may come out."""
    wrong: dict[str, Any] = {}
    for case in cases:
        number, _, kind = case
        scene.disturb(number, kind, attempts=1)
        with suppress(TryAgainLater):  # a page after the work is done may be no trouble
            scene.strike()
        assert kind in {exchange.fault for exchange in scene.before.poll.town.sandbox.journal}
        scene.again()
        wrong |= scene.differs(told(case))
    return wrong


def of_scene(scenes: dict[str, Scene], name: str) -> list[Case]:
    """Two halves of the scenes try two halves of the kinds where both ask the same endpoint."""
    half = SCENES.index(name) % 2
    others = (scenes[one].requests for n, one in enumerate(SCENES) if n % 2 != half)
    shared = set[Endpoint]().union(*map(endpoints, others))
    return thorough(scenes[name].requests, half, shared)


def test_every_kind_has_its_turn_at_every_endpoint(scenes: dict[str, Scene]) -> None:
    tried = defaultdict[Endpoint, set[Kind]](set)
    wanted = defaultdict[Endpoint, set[Kind]](set)
    for name, scene in scenes.items():
        for _, request, kind in of_scene(scenes, name):
            tried[request.method, request.pattern].add(kind)
        for _, request, kind in thorough(scene.requests):
            wanted[request.method, request.pattern].add(kind)
    assert tried == wanted


def test_a_stranger_at_a_few_requests_is_made_good_by_the_next_strike(scene: Scene) -> None:
    wrong = made_good(scene, a_few(scene.requests, QUICK, first=2))
    assert wrong == {}, pformat(wrong, width=160)


@pytest.mark.slow
def test_a_stranger_at_every_request_is_made_good(
    scenes: dict[str, Scene], scene: Scene, request: pytest.FixtureRequest
) -> None:
    cases = of_scene(scenes, request.node.callspec.params["scene"])
    wrong = made_good(scene, cases)
    assert wrong == {}, pformat(wrong, width=160)
