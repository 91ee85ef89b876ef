"""An election as the chapter's ledger has it."""

from dataclasses import dataclass, field
from datetime import datetime

from models.contests.contest import Contest
from models.votes.changes import Changes
from models.votes.election import Election, ElectionState
from models.votes.results import ElectionResult, Question, TieDecision


@dataclass(frozen=True, slots=True)
class ElectionRecord:
    """What was fixed of an election, and how far it has come."""

    election: Election
    """As it stands: its close as last extended, without cancelled races, withdrawn candidates
    excluded (EN-R11)."""
    definition_digest: str
    """Of the definition as it is stored, without what it says of people."""
    state: ElectionState
    opened: datetime | None
    secret: bytes = field(repr=False)
    roll_digest: str
    decisions: tuple[TieDecision, ...]
    question: Question | None
    """What a count stopped at, until it is decided (EN-R5)."""
    result: ElectionResult | None
    result_digest: str | None
    """Of the result as it is stored."""
    changes: Changes = field(default_factory=Changes)
    """What of it was cancelled or withdrawn (EN-R11)."""

    @property
    def approved(self) -> Election:
        """As approved; its close as last extended."""
        return self.changes.election or self.election

    @property
    def cancelled(self) -> list[Contest]:
        """The races that the form asks and nobody counts."""
        return [contest for _, _, contest in self.changes.races]

    @property
    def name(self) -> str:
        """The election's."""
        return self.election.name
