"""Every request of a vote fails, its work undone or done: the next strike makes it good.

The witness is the sandbox's outbox: one invitation, three reminders, one result, one announcement a
reader. The quick share lets a few requests of each scene fail, in ways that take turns; in the slow
suite every request fails undone and done, as in flows/test_faults.py.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pprint import pformat
from typing import Any

import pytest

from connectors.sandbox.exchange import Exchange
from connectors.sandbox.faults import Kind
from models.errors import ClerkError
from tests.elections.scenes import Scene
from tests.flows.strange import Case, in_turn
from tests.flows.test_faults import WAYS

QUICK = 3
"""Faults a scene in the quick share."""


def every(scene: Scene) -> Iterator[Case]:
    """Each way that each request can fail in."""
    for kind in WAYS:
        yield from ((number, request, kind) for number, request in scene.able(kind))


def a_few(scene: Scene, first: int) -> list[Case]:
    """Some of them, spread over requests and ways."""
    cases = list(every(scene))
    return cases[first :: len(cases) // QUICK]


def judged(
    scene: Scene, cases: Iterable[tuple[int, Exchange, Any]], attempts: int
) -> dict[str, Any]:
    """What came out otherwise than undisturbed, case by case."""
    wrong: dict[str, Any] = {}
    for number, request, kind in cases:
        scene.disturb(number, kind, attempts=attempts)
        # A test letter is not tried again in one breath: each try may be a letter.
        if attempts == 1 or request.path.endswith("/actions/test"):
            with suppress(ClerkError):  # a lost answer to “send” is settled at once
                scene.strike()
            scene.again()
        else:
            scene.strike()
        assert kind in {exchange.fault for exchange in scene.before.poll.town.sandbox.journal}
        wrong |= scene.differs(f"{number} {kind} {request.method} {request.path}")
    return wrong


def test_a_failure_is_made_good_by_the_next_strike(scene: Scene) -> None:
    """Without a second try: the job stops where it is, with an error of ours."""
    wrong = judged(scene, a_few(scene, first=5), attempts=1)
    assert wrong == {}, pformat(wrong, width=160)


def test_a_refused_contact_has_its_letter_all_the_same(scenes: dict[str, Scene]) -> None:
    """A batch says 200 and refuses one of its contacts, codes among them."""
    wrong: dict[str, Any] = {}
    for scene in scenes.values():
        kind: Kind = "partial-errors"
        wrong |= judged(scene, [(*one, kind) for one in scene.able(kind)], attempts=1)
    assert any(scene.able("partial-errors") for scene in scenes.values())
    assert wrong == {}, pformat(wrong, width=160)


@pytest.mark.slow
@pytest.mark.parametrize("attempts", [1, 3])
def test_every_failure_of_every_request_is_made_good(scene: Scene, attempts: int) -> None:
    """At the next strike, or at once by a second try."""
    wrong = judged(scene, in_turn(scene.able, attempts // 2), attempts)
    assert wrong == {}, pformat(wrong, width=160)
