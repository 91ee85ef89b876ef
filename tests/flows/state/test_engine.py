"""What the server itself says to what it is asked: a real one, without a worker (ST-1)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.states import Scheduled

from flows.state.engine import FLOWS, Due, PrefectEngine
from models.state.engine import Job, deployment
from tests.flows.state.installed import SECRET, Installed, place

pytestmark = [pytest.mark.slow]
KEYS = ("rivertown", "hilltop")


@pytest.fixture(scope="module")
def chapters() -> Iterator[Installed]:
    with place() as within, Installed(within, "", lambda _: "", KEYS, ()) as installed:
        yield installed.started()


@pytest.fixture
def engine(chapters: Installed) -> Iterator[PrefectEngine]:
    api = f"http://127.0.0.1:{chapters.port}/api"
    with SyncPrefectClient(api, auth_string=SECRET) as client:
        yield PrefectEngine(client)


def planned(engine: PrefectEngine, key: str, job: Job, at: datetime, count: int = 1) -> list[UUID]:
    held = engine.client.read_deployment_by_name(f"{FLOWS[job]}/{deployment(job, key)}")
    when = Scheduled(scheduled_time=at)
    begin = engine.client.create_flow_run_from_deployment
    return [begin(held.id, state=when).id for _ in range(count)]


def test_who_asks_again_for_what_it_has_is_told_so_and_another_is_not(
    engine: PrefectEngine,
) -> None:
    """The client itself asks again when an answer was lost."""
    now = datetime.now(UTC)
    (run,) = planned(engine, "hilltop", Job.NIGHT, now)
    due = Due(run, "hilltop", Job.NIGHT, now, 0)
    assert [engine.take(due, name) for name in ("a", "a", "b")] == [True, True, False]
    engine.begin(due, "a")
    assert not engine.take(due, "b")
    engine.end(run, 0, "")
