"""The officers' page of an invented chapter."""

from collections.abc import Iterator

import pytest

from connectors.sandbox.server import Sandbox
from tests.conftest import Clock
from tests.elections.polls import Kept
from tests.flows.town import Town
from tests.flows.web.ballots import VoteDesk, at_the_desk, opened_poll
from tests.flows.web.desk import DeskClient, opened


@pytest.fixture
def desk(town: Town) -> Iterator[DeskClient]:
    """The page after the first night, nobody signed in."""
    town.night()
    with opened(town) as client:
        yield client


@pytest.fixture(scope="module")
def kept(services: tuple[Sandbox, Clock], tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A vote at the minute of its opening, prepared once for a file."""
    folder = tmp_path_factory.mktemp("vote")
    return opened_poll(services, folder, people=24).keep(folder / "kept")


@pytest.fixture
def vote(kept: Kept) -> Iterator[VoteDesk]:
    """The same, as new, with an officer at its pages."""
    with at_the_desk(kept.restore()) as one:
        yield one
