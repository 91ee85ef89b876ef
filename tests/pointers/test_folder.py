"""Each fault of the settings: doctor's Next is followed, it passes, all stand as before."""

import pytest

from tests.flows.town import Town
from tests.pointers import folder
from tests.pointers.night import Doctor
from tests.pointers.scene import Scene, plays


@pytest.mark.parametrize("scene", folder.scene.scenes, ids=str)
def test_following_the_next_of_a_settings_fault_mends_it(settled: Town, scene: Scene) -> None:
    at = Doctor(settled)
    plays(at, scene)
    assert at.said() == []
