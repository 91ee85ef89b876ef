"""Something else answers in a service's place, at every request of a vote.

Nobody gets two letters, nobody none, and no result is counted without the ballots that are there.
"""

from contextlib import suppress
from pprint import pformat
from typing import Any

import pytest

from connectors.sandbox.faults import STRANGERS
from models.errors import TryAgainLater
from tests.elections.scenes import SCENES, Scene
from tests.flows.strange import Case, a_few, thorough, told

QUICK = 4
"""Cases a scene in the quick share."""
SHARES = 2
"""Scenes ask the same endpoints: each tries half of the kinds at the first of an endpoint."""


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


def test_every_kind_has_its_turn(scenes: dict[str, Scene]) -> None:
    cases = [
        case
        for place, scene in enumerate(scenes.values())
        for case in thorough(scene.requests, place % SHARES, SHARES)
    ]
    assert {kind for *_, kind in cases} == set(STRANGERS)


def test_a_stranger_at_a_few_requests_is_made_good_by_the_next_strike(scene: Scene) -> None:
    wrong = made_good(scene, a_few(scene.requests, QUICK, first=2))
    assert wrong == {}, pformat(wrong, width=160)


@pytest.mark.slow
def test_a_stranger_at_every_request_is_made_good(
    scene: Scene, request: pytest.FixtureRequest
) -> None:
    """What an endpoint makes of each kind: connectors/test_any_answer.py."""
    share = SCENES.index(request.node.callspec.params["scene"]) % SHARES
    cases = thorough(scene.requests, share, SHARES)
    wrong = made_good(scene, cases)
    assert wrong == {}, pformat(wrong, width=160)
