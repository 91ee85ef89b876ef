"""One served chapter for all tests of a process that want one: its server takes a while."""

from collections.abc import Iterator

import httpx
import pytest

from connectors.sandbox.server import Sandbox
from tests.flows.served import Served


@pytest.fixture(scope="session")
def chapter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A chapter with a Prefect server of its own."""
    with Sandbox() as sandbox, Served(sandbox, tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="session")
def api(chapter: Served) -> Iterator[httpx.Client]:
    """Its API, for whoever knows the secret."""
    with chapter.asked() as api:
        yield api
