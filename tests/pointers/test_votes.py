"""Each fault of a vote: what is said is followed, it can be approved, or every ballot counts."""

import pytest

from connectors.sandbox.server import Sandbox
from tests.conftest import Clock
from tests.elections.polls import Kept
from tests.pointers import votes
from tests.pointers.polling import Count, Draft, arrived, draft
from tests.pointers.scene import Scene, plays


@pytest.fixture(scope="module")
def drafted(services: tuple[Sandbox, Clock], tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return draft(services, tmp_path_factory.mktemp("drafts"))


@pytest.mark.parametrize("scene", votes.before_opening.scenes, ids=str)
def test_following_what_the_check_says_lets_a_vote_be_approved(drafted: Kept, scene: Scene) -> None:
    at = Draft(drafted.restore())
    plays(at, scene)
    assert at.opens()


@pytest.fixture(scope="module")
def closed(services: tuple[Sandbox, Clock], tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return arrived(services, tmp_path_factory.mktemp("closed"))


@pytest.mark.parametrize("scene", votes.at_the_close.scenes, ids=str)
def test_following_what_the_tally_says_counts_every_ballot(closed: Kept, scene: Scene) -> None:
    plays(Count(closed.restore()), scene)
