"""What a scheduler may be told, each as a type: counts, moments and the names of votes (DP-3).

A person in one of these is a type error, and refused. Nothing here imports a scheduler: a job in a
process that never reaches one says what it has to say in the same types.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

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
