"""A vote whose folder and form are ready, and scenes of one, played once for each file of tests."""

from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from tests.conftest import Clock
from tests.elections.committees import Board
from tests.elections.polls import Poll
from tests.elections.scenes import SCENES, Scene, played


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """A vote that nobody has approved yet, in a chapter of forty people."""
    return Poll.prepare(sandbox, clock, tmp_path / "chapter")


@pytest.fixture
def board(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Board:
    """A committee of eight with one decision before it, which nobody has approved yet."""
    return Board.seated(sandbox, clock, tmp_path / "chapter")


@pytest.fixture(scope="module")
def scenes(
    services: tuple[Sandbox, Clock], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Scene]:
    """Each scene, played once without a disturbance."""
    return played(*services, tmp_path_factory.mktemp("polls"))


@pytest.fixture(params=SCENES)
def scene(scenes: dict[str, Scene], request: pytest.FixtureRequest) -> Scene:
    """One scene after the other."""
    found: Scene = scenes[request.param]
    return found
