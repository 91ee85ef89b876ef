"""The deployments that the server is to hold, from `chapters.toml`: made, set back, and removed.

What is as it should be is left alone, so that runs planned ahead stay. What somebody changed on the
server is set back; it was never read for anything but its name.
"""

from typing import NamedTuple

from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule

from flows.state.engine import FLOWS, POOL, PrefectEngine
from models.state.directory import ChapterDirectory
from models.state.engine import PLANNED, Job, deployment


class Wanted(NamedTuple):
    """A deployment as it should be."""

    name: str
    flow: str
    queue: str
    cron: str
    zone: str


class Changes(NamedTuple):
    """What was done so that the server holds what it should."""

    made: int
    removed: int


def wanted(chapters: ChapterDirectory) -> tuple[Wanted, ...]:
    """The deployments of all chapters that this installation runs."""
    engine = chapters.engine
    return tuple(
        Wanted(deployment(job, one.key), FLOWS[job], one.key, engine.cron(job, one.key),
               engine.zone if job is Job.NIGHT else "UTC")
        for one in chapters.served
        for job in PLANNED
    )  # fmt: skip


def bring_up(engine: PrefectEngine, chapters: ChapterDirectory) -> Changes:
    """Let the server hold what `chapters.toml` says; a second time there is nothing to do."""
    keys = [one.key for one in chapters.served]
    engine.make_queues(keys)
    flows = {name: engine.client.create_flow_from_name(name) for name in {*FLOWS.values()}}
    should = {(flows[one.flow], one.name): one for one in wanted(chapters)}
    held = {(one.flow_id, one.name): one for one in engine.deployments()}
    gone = held.keys() - should.keys()
    wrong = {
        what: one for what, one in should.items()
        if what not in held or not _is_as_it_should(held[what], one)
    }  # fmt: skip
    for what in (*gone, *(held.keys() & wrong.keys())):
        engine.client.delete_deployment(held[what].id)
    for (flow, name), one in wrong.items():
        schedule = CronSchedule(cron=one.cron, timezone=one.zone) if one.cron else None
        engine.client.create_deployment(
            flow_id=flow,
            name=name,
            schedules=[DeploymentScheduleCreate(schedule=schedule, active=True)]
            if schedule
            else [],
            work_pool_name=POOL,
            work_queue_name=one.queue,
            paused=False,
        )
    engine.remove_queues(keys)
    return Changes(len(wrong), len(gone))


def _is_as_it_should(held: DeploymentResponse, should: Wanted) -> bool:
    schedules = [
        (getattr(one.schedule, "cron", ""), getattr(one.schedule, "timezone", ""), one.active)
        for one in held.schedules
    ]
    of_others = (
        held.entrypoint, held.path, held.pull_steps, held.parameters, held.job_variables,
        held.storage_document_id, held.infrastructure_document_id, held.paused,
        held.concurrency_limit,
    )  # fmt: skip
    return (
        not any(of_others)
        and held.work_queue_name == should.queue
        and schedules == ([(should.cron, should.zone, True)] if should.cron else [])
    )
