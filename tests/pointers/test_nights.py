"""Each thing that stops a night: its Next is followed, and nobody lost or gained a vote unsaid."""

import pytest

from tests.flows.town import Town
from tests.pointers import nights
from tests.pointers.night import Night
from tests.pointers.scene import Scene, plays


@pytest.mark.parametrize("scene", nights.scene.scenes, ids=str)
def test_following_the_next_of_what_stops_a_night_mends_it(settled: Town, scene: Scene) -> None:
    plays(Night(settled), scene)
