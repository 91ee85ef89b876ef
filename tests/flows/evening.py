"""One chapter after its first night, today: for commands, which go by the machine's own clock."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from connectors.sandbox.server import Sandbox
from tests.conftest import Clock, empty
from tests.flows.town import Kept, Town


@pytest.fixture(scope="module")
def kept(
    services: tuple[Sandbox, Clock], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Kept]:
    """Made once for a module's tests."""
    sandbox, clock = services
    empty(sandbox)
    clock.at = datetime.now(UTC)
    home = tmp_path_factory.mktemp("evening")
    town = Town.found(sandbox, clock, home / "chapter", people=12)
    town.night()
    yield town.keep(home / "kept")
    empty(sandbox)


@pytest.fixture
def settled(kept: Kept, clock: Clock) -> Iterator[Town]:
    """The chapter, the same for each test."""
    clock.at = datetime.now(UTC)
    yield kept.restore()
    kept.town.sandbox.reset()
