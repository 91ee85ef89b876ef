"""What Prefect's server is asked and told: names of ours, moments, counts, and states of runs.

Of a run two things are read: in which queue it lies, and which deployment it is of. Both must be
names that the program itself gives; whatever else its row says, of code, commands, environment, or
parameters, is never looked at. A state's message says which worker has taken a run.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import ArtifactCreate, WorkPoolCreate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
    WorkPoolFilter,
    WorkPoolFilterName,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import DeploymentResponse, WorkerFlowRunResponse
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled, Completed, Crashed, Failed, Pending, Running, Scheduled

from flows.scheduler.told import NightTold
from flows.state.ended import Moment
from flows.state.paged import PART, all_of, parts
from models.state.engine import Job, deployment, job_named

POOL = "clerk"
KIND = "clerk"
"""The pool's type: no worker but ours knows it."""
FLOWS = {
    Job.NIGHT: "nightly-eligibility",
    Job.CHECK: "election-clock",
    Job.TO_THE_MINUTE: "election-clock",
}
MOST_STARTS = 5
"""How often a run may end its worker before it is given up."""
UNDER_WAY = (StateType.PENDING, StateType.RUNNING)
_POOL, _WORKERS = f"work_pools/{POOL}", "work_pools/clerk/workers"


class Due(NamedTuple):
    """A run that is due; `job` is None for what is no job of ours."""

    run: UUID
    key: str
    job: Job | None
    at: datetime
    starts: int


@contextmanager
def engine() -> Iterator["PrefectEngine"]:
    """The server that the environment names."""
    with get_client(sync_client=True) as client:
        yield PrefectEngine(client)


class PrefectEngine:
    """Prefect's server, by its own client."""

    def __init__(self, client: SyncPrefectClient) -> None:
        self.client = client
        self._names: dict[UUID, str] = {}
        self._queues: dict[UUID, str] = {}

    def make_queues(self, queues: Sequence[str]) -> None:
        """Make the pool and its queues, where they are not there yet."""
        try:
            self.client.read_work_pool(POOL)
        except ObjectNotFound:
            self.client.create_work_pool(WorkPoolCreate(name=POOL, type=KIND, base_job_template={}))
        there = self._keys_of(None).values()
        for name in queues:
            if name not in there:
                self._ask("POST", f"{_POOL}/queues", {"name": name})

    def remove_queues(self, queues: Sequence[str]) -> None:
        """Remove all other queues; what is in them then is in no pool, and can be found no more."""
        for name in {*self._keys_of(None).values()}.difference(queues) - {"default"}:
            self._ask("DELETE", f"{_POOL}/queues/{name}")

    def beat(self, worker: str, every: float) -> None:
        """Tell that a worker lives."""
        self.client.send_worker_heartbeat(POOL, worker, heartbeat_interval_seconds=every)

    def workers(self) -> dict[str, bool]:
        """The workers that the server knows, and whether each is alive."""
        found = all_of(
            lambda most, after: self.client.read_workers_for_work_pool(POOL, None, after, most)
        )
        return {one.name: one.status == "ONLINE" for one in found}

    def forget(self, worker: str) -> None:
        """Forget a worker that is gone."""
        self._ask("DELETE", f"{_WORKERS}/{worker}")

    def due(self, keys: Sequence[str], now: datetime) -> list[Due]:
        """The runs that are due in the chapters' queues, the latest first."""
        try:
            found = self._scheduled(keys, now)
        except ObjectNotFound:  # the server's chapters.toml lists fewer than the worker's
            there = {*self._keys_of(None).values()}.intersection(keys)
            found = self._scheduled(sorted(there), now) if there else []
        self._know([each.flow_run for each in found])
        queues = self._keys_of({each.work_queue_id for each in found})
        runs = [
            self._due(each.flow_run, queues[each.work_queue_id])
            for each in found
            if each.work_queue_id in queues  # else it was removed just now, and its runs with it
        ]
        return sorted(runs, key=lambda one: one.at, reverse=True)

    def under_way(self) -> list[tuple[Due, str]]:
        """The runs that somebody has taken, each with the worker's name."""
        runs = self._runs(FlowRunFilter(state=_in(*UNDER_WAY)))
        self._know(runs)
        return [
            (self._due(run, run.work_queue_name or ""), (run.state and run.state.message) or "")
            for run in runs
        ]

    def late(self, moment: datetime) -> Counter[str]:
        """How many runs of each chapter were due at a moment, and nobody has taken them."""
        due = FlowRunFilterNextScheduledStartTime(before_=moment)
        late = FlowRunFilter(state=_in(StateType.SCHEDULED), next_scheduled_start_time=due)
        return Counter(run.work_queue_name or "" for run in self._runs(late))

    def next(self, deployment_id: UUID, now: datetime) -> datetime | None:
        """When the next run of a deployment is planned."""
        ahead = FlowRunFilterNextScheduledStartTime(after_=now)
        which = FlowRunFilter(state=_in(StateType.SCHEDULED), next_scheduled_start_time=ahead)
        run = self._first(deployment_id, which, FlowRunSort.NEXT_SCHEDULED_START_TIME_ASC)
        return run.next_scheduled_start_time if run else None

    def last(self, deployment_id: UUID) -> FlowRun | None:
        """The last run of a deployment that was begun."""
        begun = FlowRunFilter(state=_in(*{*StateType} - {StateType.SCHEDULED}))
        return self._first(deployment_id, begun, FlowRunSort.START_TIME_DESC)

    def take(self, due: Due, worker: str) -> bool:
        """Take a run for a worker; False if somebody else has it. The server decides, once.

        Its client asks again when an answer is lost, and is refused what it has already.
        """
        if self._become(due.run, Pending(message=worker), StateType.PENDING):
            return True
        try:
            state = self.client.read_flow_run(due.run).state
        except ObjectNotFound:
            return False
        return state is not None and (state.type, state.message) == (StateType.PENDING, worker)

    def begin(self, due: Due, worker: str) -> None:
        """Tell that a run has begun."""
        self.client.update_flow_run(due.run, infrastructure_pid=worker)
        self._become(due.run, Running(message=worker), StateType.RUNNING)

    def end(self, run: UUID, code: int, said: str) -> None:
        """Tell how a run ended."""
        state: State[Any] = Failed(message=said) if code else Completed(message=said or None)
        self._become(run, state, state.type)

    def pass_over(self, run: UUID, why: str) -> None:
        """Cancel a run that shall not be done."""
        self._become(run, Cancelled(message=why), StateType.CANCELLED)

    def give_back(self, run: UUID, starts: int, after: timedelta, now: datetime, why: str) -> None:
        """Let a run be taken again, or give it up where it has been taken too often."""
        if starts >= MOST_STARTS:
            self._become(run, Crashed(message=why), StateType.CRASHED)
            return
        again: State[Any] = Scheduled(scheduled_time=now + after, name="AwaitingRetry", message=why)
        self._become(run, again, StateType.SCHEDULED)

    def show(self, key: str, night: NightTold) -> None:
        """Put a night's counts on its page."""
        self.client.create_artifact(
            ArtifactCreate(
                key=f"nightly-{key}",
                type="markdown",
                data=night.markdown(),
                description="What the night did",
            )
        )

    def plan(self, key: str, moment: Moment) -> None:
        """Plan a check at a moment of a vote; the same moment is planned once."""
        self._at(key, moment.at, f"{moment.election} {moment.moment.isoformat()}")

    def check_now(self, key: str, election: str, now: datetime) -> None:
        """Plan a check at once, for a vote that closed."""
        self._at(key, now, f"{election} closed {now.date()}")

    def deployments(self) -> list[DeploymentResponse]:
        """What the pool holds."""
        pool = WorkPoolFilter(name=WorkPoolFilterName(any_=[POOL]))
        return all_of(
            lambda most, after: self.client.read_deployments(
                work_pool_filter=pool, limit=most, offset=after
            )
        )

    def _at(self, key: str, at: datetime, once: str) -> None:
        name = deployment(Job.TO_THE_MINUTE, key)
        held = self.client.read_deployment_by_name(f"{FLOWS[Job.TO_THE_MINUTE]}/{name}")
        self.client.create_flow_run_from_deployment(
            held.id, state=Scheduled(scheduled_time=at), idempotency_key=f"{name} {once}"
        )

    def _become(self, run: UUID, state: State[Any], wanted: StateType) -> bool:
        try:
            answer = self.client.set_flow_run_state(run, state)
        except ObjectNotFound:
            return False
        return answer.state is not None and answer.state.type == wanted and (
            answer.status.value == "ACCEPT"
        )  # fmt: skip

    def _due(self, run: FlowRun, key: str) -> Due:
        name = self._names.get(run.deployment_id, "") if run.deployment_id else ""
        at = run.next_scheduled_start_time or run.expected_start_time or datetime.now(UTC)
        return Due(run.id, key, job_named(name, key), at, run.run_count)

    def _runs(self, which: FlowRunFilter) -> list[FlowRun]:
        pool = WorkPoolFilter(name=WorkPoolFilterName(any_=[POOL]))
        return all_of(
            lambda most, after: self.client.read_flow_runs(
                work_pool_filter=pool,
                flow_run_filter=which,
                sort=FlowRunSort.ID_DESC,  # the only order without ties, which pages need
                limit=most,
                offset=after,
            )
        )

    def _first(self, of: UUID, which: FlowRunFilter, sort: FlowRunSort) -> FlowRun | None:
        found = self.client.read_flow_runs(
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[of])),
            flow_run_filter=which,
            sort=sort,
            limit=1,
        )
        return found[0] if found else None

    def _know(self, runs: Sequence[FlowRun]) -> None:
        """The names of the runs' deployments; a name never changes.

        Each that is there is named, so that no run of ours is taken for a stranger's.
        """
        wanted = {run.deployment_id for run in runs if run.deployment_id}
        for some in parts(wanted.difference(self._names)):
            found = self.client.read_deployments(
                deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=some)),
                limit=len(some),
            )
            self._names |= {one.id: one.name for one in found}

    def _scheduled(self, keys: Sequence[str], now: datetime) -> list[WorkerFlowRunResponse]:
        found = self.client.get_scheduled_flow_runs_for_work_pool(
            POOL, work_queue_names=list(keys), scheduled_before=now
        )
        if len(found) < PART or len(keys) == 1:
            return found
        # Nights that wait for a place must not hide a check of a vote in another chapter.
        return [one for key in keys for one in self._scheduled([key], now)]

    def _keys_of(self, queues: set[UUID] | None) -> dict[UUID, str]:
        """The names of queues, asked anew where one is not known."""
        if queues is None or not queues.issubset(self._queues):
            held = self._all(f"{_POOL}/queues/filter")
            self._queues = {UUID(one["id"]): one["name"] for one in held}
        return self._queues

    def _all(self, path: str) -> list[dict[str, Any]]:
        return all_of(
            lambda most, after: self._ask("POST", path, {"limit": most, "offset": after}).json()
        )

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        # Its own methods know the older kind of queue only.
        answer = self.client._client.request(method, path, json=body)
        answer.raise_for_status()
        return answer


def _in(*kinds: StateType) -> FlowRunFilterState:
    return FlowRunFilterState(type=FlowRunFilterStateType(any_=list(kinds)))
