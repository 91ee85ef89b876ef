"""Each fault of a file of ballots: its Next is followed, and all of it is counted."""

from pathlib import Path

import pytest

from tests.pointers import counts
from tests.pointers.booth import Booth
from tests.pointers.scene import Scene, plays


@pytest.mark.parametrize("scene", counts.scene.scenes, ids=str)
def test_following_the_next_of_a_ballot_files_fault_mends_it(tmp_path: Path, scene: Scene) -> None:
    plays(Booth(tmp_path), scene)
