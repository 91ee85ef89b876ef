"""All that Prefect is ever told of a chapter's jobs, each by its type (DP-3).

Prefect keeps artifacts, events and parameters in a database that is not the chapter's memory of
people. Nothing else of ours calls it; a person in one of these is a type error, and refused.
"""

from datetime import datetime

from prefect.artifacts import create_markdown_artifact
from prefect.deployments import run_deployment
from prefect.events import emit_event

from flows.scheduler.told import NightTold, RunTold, VoteTold


def show(chapter: str, night: NightTold) -> None:
    """Put a night on its run's page."""
    key = VoteTold(chapter=chapter, election="*").chapter
    create_markdown_artifact(
        key=f"nightly-{key}", markdown=night.markdown(), description="What the night did"
    )


def announce(event: str, vote: VoteTold) -> None:
    """Tell that something became of a vote."""
    emit_event(event, resource=vote.resource())


def plan(run: RunTold, at: datetime) -> None:
    """Plan a run.

    Args:
        at: the moment by the orchestrator's clock.
    """
    run_deployment(
        run.deployment,
        scheduled_time=at,
        timeout=0,
        # Prefect knows a key by its flow, which is one for all chapters of a server.
        idempotency_key=f"{run.deployment} {run.election} {run.moment.isoformat()}",
        as_subflow=False,
    )
