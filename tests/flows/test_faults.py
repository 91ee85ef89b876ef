"""Every request of a night fails, its work undone or done: the next night makes it good.

The requests are those of an undisturbed run, listed by running it. "Good" is the end state that a
volunteer could find out (`Town.end_state`), letters in the mailboxes included. By default some
requests fail, in ways that take turns; `make test-slow` has every request fail undone and done. How
a client reads each of the ways is tested where it reads them (connectors/test_failures.py): to a
night there are only these two.
"""

from collections.abc import Iterable
from contextlib import suppress
from pprint import pformat
from typing import Any, TypeVar

import pytest

from connectors.sandbox.exchange import Exchange
from connectors.sandbox.faults import Kind
from models.errors import ClerkError, TryAgainLater
from tests.flows.nursery import KILLED, Nursery
from tests.flows.stories import Story
from tests.flows.strange import DONE, UNDONE, in_turn
from tests.flows.town import MARKS, Town

WAYS = UNDONE + DONE
THIRD = 3
T = TypeVar("T")


class Turn:
    """Which requests fail in which way: all of each sort if thorough, else some of them."""

    def __init__(self, thorough: bool) -> None:
        self._thorough = thorough

    def __call__(self, chosen: Iterable[T], way: int, ways: int) -> list[T]:
        some = list(chosen)
        return some if self._thorough else some[-way % ways :: ways][::THIRD]

    def of(self, story: Story, kind: Kind, shift: int = 0) -> list[tuple[int, Exchange]]:
        """Those whose turn it is to fail in this way."""
        if not self._thorough:
            return self(story.able(kind), WAYS.index(kind) + shift, len(WAYS))
        return [(number, one) for number, one, way in in_turn(story.able, shift) if way == kind]


@pytest.fixture(params=[False, pytest.param(True, marks=pytest.mark.slow)], ids=["turns", "all"])
def turn(request: pytest.FixtureRequest) -> Turn:
    return Turn(request.param)


def test_the_stories_are_worth_disturbing(stories: dict[str, Story]) -> None:
    """Between them they make every kind of request a night can make."""
    second = stories["busy night"]
    assert {kind for _, kind in second.ends["outbox"]} == {"voting-member", "one-event-away"}
    assert stories["first night"].ends["outbox"] == {}
    assert "PUT" in {request.method for request in second.requests}  # the review tab


@pytest.mark.parametrize("kind", WAYS)
def test_a_failure_is_made_good_the_next_night(story: Story, kind: Kind, turn: Turn) -> None:
    """Without a second try: the night stops where it is."""
    wrong: dict[str, Any] = {}
    for number, request in turn.of(story, kind):
        story.disturb(number, kind, attempts=1)
        with suppress(ClerkError):  # a lost answer to “send” is settled at once, by the status
            story.night()
        assert kind in {exchange.fault for exchange in story.town.sandbox.journal}
        story.next_night()
        wrong |= story.differs(number, request)
    assert wrong == {}, pformat(wrong, width=160)


@pytest.mark.parametrize("kind", WAYS)
def test_a_second_try_makes_a_failure_good_at_once(story: Story, kind: Kind, turn: Turn) -> None:
    wrong: dict[str, Any] = {}
    for number, request in turn.of(story, kind, shift=3):
        story.disturb(number, kind, attempts=3)
        story.night()
        wrong |= story.differs(number, request)
    assert wrong == {}, pformat(wrong, width=160)


def test_a_refused_contact_is_written_the_next_night(story: Story) -> None:
    """A batch says 200 and refuses one of its contacts."""
    wrong: dict[str, Any] = {}
    for number, request in story.able("partial-errors"):
        story.disturb(number, "partial-errors", attempts=3)
        assert sum(story.night().refused.values()) == 1
        story.next_night()
        wrong |= story.differs(number, request)
    assert wrong == {}, pformat(wrong, width=160)


@pytest.mark.parametrize("work", ["undone", "done"])
def test_a_job_killed_at_a_request_is_finished_the_next_night(
    story: Story, nursery: Nursery, turn: Turn, work: str
) -> None:
    """Kill -9 as the request arrives, and as its answer leaves."""
    wrong: dict[str, Any] = {}
    undone = work == "undone"
    for number, request in turn(enumerate(story.requests, 1), 3 * undone, 6):
        story.restore()
        if undone:
            story.faults.at(number, "reset")
        story.faults.on_request = _killing(nursery, number, "before" if undone else "after")
        nursery.begin(story.folder, story.now)
        assert nursery.end() == KILLED
        story.next_night()
        wrong |= story.differs(number, request)
    assert wrong == {}, pformat(wrong, width=160)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_job_killed_at_a_commit_is_finished_the_next_night(
    story: Story, nursery: Nursery, turn: Turn, moment: str
) -> None:
    wrong: dict[str, Any] = {}
    for number in turn(range(1, story.commits + 1), 2 * (moment == "before"), 4):
        story.restore()
        nursery.begin(story.folder, story.now, die_at=number, moment=moment)
        assert nursery.end() == KILLED
        story.next_night()
        wrong |= story.differs(number)
    assert wrong == {}, pformat(wrong, width=160)


def _killing(nursery: Nursery, at: int, when: str) -> Any:
    def hook(number: int, moment: str, exchange: Exchange) -> None:
        if (number, moment) == (at, when):
            nursery.kill()

    return hook


def test_two_jobs_at_once_are_one(town: Town, nursery: Nursery) -> None:
    """The second is refused before it reads anything; the first one is not disturbed."""
    seen: list[str] = []

    def second_job(number: int, moment: str, exchange: Exchange) -> None:
        if (number, moment) == (8, "before"):
            with pytest.raises(TryAgainLater, match="another job"):
                town.night()
            seen.append(exchange.method)

    town.sandbox.faults.on_request = second_job
    nursery.begin(town.folder, town.clock())
    assert nursery.end() == 0
    assert seen
    assert len(town.tagged(MARKS.voting_tag)) == 7
