"""A vote whose folder and form are ready."""

from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from tests.conftest import Clock
from tests.elections.polls import Poll


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """A vote that nobody has approved yet, in a chapter of forty people."""
    return Poll.prepare(sandbox, clock, tmp_path / "chapter")
