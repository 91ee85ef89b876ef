"""Something else answers in a service's place, at every request of a night.

A page of the network's, garbage, `null`, an empty list or object, another program's JSON: the
night stops with an error that says "try again", and the next one ends as an undisturbed one would.
"""

from contextlib import suppress
from pprint import pformat
from typing import Any

import pytest

from connectors.sandbox.faults import STRANGERS
from models.errors import TryAgainLater
from tests.flows.stories import Story
from tests.flows.strange import Case, a_few, thorough, told

QUICK, MANY = 8, 60
"""Cases a story in the quick share, and of what takes a second try in the slow one."""


def passing(cases: list[Case]) -> list[Case]:
    """Those that a second try may find gone; a gate that shuts for hours is asked once."""
    return [case for case in cases if case[2] != "akamai-403"]


def made_good(story: Story, cases: list[Case], attempts: int) -> dict[str, Any]:
    """What came out otherwise than undisturbed; nothing but `TryAgainLater` may come out."""
    wrong: dict[str, Any] = {}
    for case in cases:
        number, request, kind = case
        story.disturb(number, kind, attempts=attempts)
        if attempts > 1:
            story.night()
        else:
            with suppress(TryAgainLater):  # a page after the work is done may be no trouble
                story.night()
        assert kind in {exchange.fault for exchange in story.town.sandbox.journal}, told(case)
        if attempts == 1:
            story.next_night()
        wrong |= {told(case): what for what in story.differs(number, request).values()}
    return wrong


def test_a_stranger_at_a_few_requests_is_made_good_the_next_night(story: Story) -> None:
    wrong = made_good(story, a_few(story.requests, QUICK, first=3), attempts=1)
    assert wrong == {}, pformat(wrong, width=160)


def test_a_second_try_makes_a_stranger_good_at_once(story: Story) -> None:
    wrong = made_good(story, passing(a_few(story.requests, QUICK, first=5)), attempts=3)
    assert wrong == {}, pformat(wrong, width=160)


@pytest.mark.slow
def test_a_stranger_at_every_request_is_made_good_the_next_night(story: Story) -> None:
    cases = thorough(story.requests)
    assert {kind for *_, kind in cases} == set(STRANGERS)
    wrong = made_good(story, cases, attempts=1)
    assert wrong == {}, pformat(wrong, width=160)


@pytest.mark.slow
def test_a_second_try_makes_many_strangers_good_at_once(story: Story) -> None:
    wrong = made_good(story, passing(a_few(story.requests, MANY, first=0)), attempts=3)
    assert wrong == {}, pformat(wrong, width=160)
