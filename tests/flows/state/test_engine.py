"""What the server itself says to what it is asked: a real one, without a worker (ST-1)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import State
from prefect.states import Scheduled

from flows.state import paged
from flows.state.engine import FLOWS, Due, PrefectEngine
from flows.state.home import state_home
from flows.state.status import status_of
from models.state.engine import PLANNED, Job, deployment
from tests.flows.state.installed import SECRET, Installed, place

pytestmark = [pytest.mark.slow(minutes=2)]
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
    when: State[None] = Scheduled(scheduled_time=at)
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


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a list be long with three."""
    monkeypatch.setattr(paged, "PART", 2)


def test_a_check_of_a_vote_is_seen_behind_all_nights_that_wait(engine: PrefectEngine) -> None:
    """No list ends where the server's parts do."""
    now = datetime.now(UTC)
    nights = planned(engine, "rivertown", Job.NIGHT, now - timedelta(hours=2), paged.PART)
    (check,) = planned(engine, "hilltop", Job.TO_THE_MINUTE, now - timedelta(hours=1))
    found = {one.run: one for one in engine.due(KEYS, now)}
    assert found[check].job is Job.TO_THE_MINUTE
    late = engine.late(now)
    assert late["rivertown"] >= len(nights)
    assert late["hilltop"] >= 1
    for run in (*nights, check):
        engine.pass_over(run, "the test is over")


@pytest.mark.usefixtures("small")
def test_what_is_under_way_and_whose_it_is_are_seen_beyond_the_first_part(
    engine: PrefectEngine,
) -> None:
    now = datetime.now(UTC)
    dues = [
        Due(run, key, job, now, 0)
        for key in KEYS
        for job in PLANNED
        for run in planned(engine, key, job, now)
    ]
    for number, due in enumerate(dues):
        assert engine.take(due, f"w{number}")
        engine.beat(f"w{number}", 60)
    engine._names.clear()
    found = {due.run: (due.key, due.job, name) for due, name in engine.under_way()}
    assert found == {due.run: (due.key, due.job, f"w{n}") for n, due in enumerate(dues)}
    assert {f"w{n}" for n in range(len(dues))}.issubset(engine.workers())
    for due in dues:
        engine.end(due.run, 0, "")


@pytest.mark.usefixtures("small")
def test_the_next_night_is_found_behind_the_checks_that_come_before(
    chapters: Installed, engine: PrefectEngine
) -> None:
    now = datetime.now(UTC)
    home = state_home(chapters.within / "server")
    planned(engine, "hilltop", Job.NIGHT, now + timedelta(seconds=50))
    runs = planned(engine, "hilltop", Job.CHECK, now + timedelta(seconds=20), 3)
    assert len(runs) > paged.PART
    line = {one.key: one for one in status_of(engine, home, now).chapters}["hilltop"]
    assert line.next == now + timedelta(seconds=50)
    assert line.late == 0
    later = {one.key: one for one in status_of(engine, home, now + timedelta(days=1)).chapters}
    assert later["hilltop"].late >= len(runs)
