"""One served chapter for each file, whose server takes a while; stories told once a file."""

from collections.abc import Iterator

import httpx
import pytest

from connectors.sandbox.server import Sandbox
from flows.nightly.sync import directly
from tests.conftest import Clock
from tests.flows.nursery import Nursery
from tests.flows.served import Served
from tests.flows.stories import STORIES, Story, tell
from tests.flows.town import Town
from tests.flows.traffic import Judge


@pytest.fixture(scope="module")
def chapter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A chapter with a Prefect server of its own, which takes a tenth of a core at rest."""
    with Sandbox() as sandbox, Served(sandbox, tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="module")
def api(chapter: Served) -> Iterator[httpx.Client]:
    """Its API, for whoever knows the secret."""
    with chapter.asked() as api:
        yield api


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Where children are born that are killed on their way."""
    with Nursery() as running:
        yield running


@pytest.fixture(scope="module")
def stories(
    services: tuple[Sandbox, Clock], judge: Judge, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Story]:
    """Each story, told once without a disturbance; the referees have nothing against it."""
    told = tell(*services, tmp_path_factory.mktemp("stories"))
    assert [o for story in told.values() for o in judge.objections(story.requests)] == []
    return told


@pytest.fixture(params=STORIES)
def story(stories: dict[str, Story], request: pytest.FixtureRequest) -> Story:
    """One story after the other."""
    found: Story = stories[request.param]
    return found


@pytest.fixture
def no_scheduler(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The schedule's own jobs for this town, run without their scheduler."""
    from flows.service import election_flow, nightly_flow  # Prefect: seconds, for few files

    monkeypatch.setenv("CLERK_CHAPTER", str(town.folder))
    monkeypatch.setattr(nightly_flow, "as_task", directly)
    for job in (nightly_flow, election_flow):
        monkeypatch.setattr(job, "show", lambda *_: None)
