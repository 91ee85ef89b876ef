"""Nobody is told of one transition twice by a clock that jumps back and forth (VM-R4).

Another day may have a transition of its own, and its letter goes early then; never again. The
guards would stop most of these nights; here a person has let all of them pass.
"""

import random
from collections import Counter

import pytest

from models.errors import Refused
from tests.conftest import Clock
from tests.flows.town import Town

YEAR, HALF = 365, 182


def night(town: Town) -> None:
    """A night whose plan a person lets pass, whatever it does."""
    town.night(approve=town.night(apply=False).plan.fingerprint)


def jump(town: Town, clock: Clock, days: int) -> Counter[tuple[str, str]]:
    """To another day and back, with a night at each end; all the letters there are then."""
    for way in (days, -days):
        clock.go(days=way)
        night(town)
    return town.letters()


@pytest.mark.parametrize(
    "days",
    [HALF, -YEAR, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, YEAR, -1, -HALF))],
)
def test_the_same_jump_again_tells_nobody_anything(town: Town, clock: Clock, days: int) -> None:
    town.night(tell_everyone=True)
    told = jump(town, clock, days)
    assert jump(town, clock, days) == told


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_whichever_way_it_jumps_a_day_seen_before_brings_no_letter(
    town: Town, clock: Clock, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - days, and no secret
    town.night(tell_everyone=True)
    days = [chance.randint(-2 * YEAR, 2 * YEAR) for _ in range(3)]
    told = [jump(town, clock, one) for one in days][-1]
    for one in chance.sample(days, len(days)):
        assert jump(town, clock, one) == told


def test_a_jump_by_a_year_is_stopped_by_the_guards(town: Town, clock: Clock) -> None:
    """Everybody would lose the vote in one night."""
    town.night(tell_everyone=True)
    before = town.letters()
    clock.go(days=YEAR)
    with pytest.raises(Refused, match="would lose their status in one night"):
        town.night()
    clock.go(days=-YEAR)
    town.night()
    assert town.letters() == before
