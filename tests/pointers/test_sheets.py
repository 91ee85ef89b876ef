"""Each fault of a sheet: the message is read, its Next followed, and everybody stands as before."""

import pytest

from tests.flows.town import Town
from tests.pointers import people, sheets, tabs
from tests.pointers.night import Evening
from tests.pointers.scene import Scene, plays


@pytest.mark.parametrize(
    "scene", [*sheets.scene.scenes, *tabs.scene.scenes, *people.scene.scenes], ids=str
)
def test_following_the_next_of_a_sheets_fault_mends_it(settled: Town, scene: Scene) -> None:
    plays(Evening(settled), scene)
