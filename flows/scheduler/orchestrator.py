"""All that Prefect is ever told, each as a type: counts, moments and the names of votes (DP-3).

Prefect keeps artifacts, events and parameters in a database that is not the chapter's memory of
people. Nothing else of ours calls it; a person in one of these is a type error, and refused.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from prefect.artifacts import create_markdown_artifact
from prefect.deployments import run_deployment
from prefect.events import emit_event
from pydantic import AwareDatetime, Field

from models.mail.notices import KnownKind
from models.mail.plans import ChangeKind
from models.membership.voting_status import Status
from models.outgoing import Payload

Slug = Annotated[str, Field(pattern=r"^(\*|[a-z0-9][a-z0-9-]*)$")]
Fingerprint = Annotated[str, Field(pattern="^[0-9a-f]{12}$")]


class NightTold(Payload):
    """A night, in counts."""

    day: date
    fingerprint: Fingerprint
    standings: Mapping[Status, int]
    changes: Mapping[ChangeKind, int] = {}
    letters: Mapping[KnownKind, int] = {}
    refused: int = 0
    to_review: int = 0

    def markdown(self) -> str:
        """For the run's page."""
        counts: list[tuple[str, int]] = [
            *self.standings.items(),
            *self.changes.items(),
            *((f"letter {kind}", many) for kind, many in self.letters.items()),
            ("refused by the list", self.refused),
            ("rows and questions to review", self.to_review),
        ]
        rows = [f"| {what} | {many} |" for what, many in counts]
        table = "\n".join(["| what | how many |", "|---|---:|", *rows])
        return f"## Night of {self.day}\n\nPlan `{self.fingerprint}`\n\n{table}\n"


class VoteTold(Payload):
    """A vote of a chapter; `*` stands for any of its votes."""

    chapter: Slug
    election: Slug

    def resource(self) -> dict[str, str]:
        """What an event is about."""
        return {"prefect.resource.id": f"clerk.{self.chapter}.election.{self.election}"}


class RunTold(Payload):
    """A run to be made at a moment of a vote; the same moment is planned once."""

    deployment: Annotated[str, Field(pattern="^[a-z-]+/[a-z0-9-]+$")]
    election: Slug
    moment: AwareDatetime


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
