"""What the ledger keeps of a count: totals and digests, no ballot (DP-6); and the ties it asks of.

The JSON of these is what the record's line of the count sealed: a field's name stays as it is.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from models.ballots.boxes import RejectionReason
from models.base import Value
from models.tally.outcome import Decision, Outcome, Tie, Void
from models.votes.chapter_events import Many


class RaceResult(Value):
    """One race, counted."""

    outcome: Outcome
    """In JSON beside `choices`: ``{"outcome": "endorsed", "choices": [...]}``."""
    rounds: tuple[Mapping[str, int], ...]
    """Choice → ballots, round by round."""
    digests: Mapping[str, str]
    """Of the roll, the ballots, the contest and the edition."""
    void: Annotated[Void | None, Field(exclude_if=lambda void: void is None)] = None
    """Of a race that could not be counted (EN-R11)."""

    @model_validator(mode="before")
    @classmethod
    def _together(cls, given: Any) -> Any:
        if isinstance(given, dict) and isinstance(given.get("outcome"), str):
            rest = {k: v for k, v in given.items() if k not in ("outcome", "choices")}
            outcome = {"kind": given["outcome"], "choices": given.get("choices", ())}
            return {**rest, "outcome": outcome}
        return given

    @model_serializer(mode="wrap")
    def _apart(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        said = dump(self)
        kind, choices = said["outcome"]["kind"], said["outcome"]["choices"]
        return {**said, "outcome": kind, "choices": choices}


class ElectionResult(Value):
    """A whole vote, counted: received = counted + superseded + set aside (BA-2)."""

    received: Many
    counted: Many
    superseded: Many
    set_aside: Mapping[RejectionReason, Many]
    races: Mapping[str, RaceResult]
    look_at: tuple[str, ...] | None = None
    """What the tellers should see before it goes out; None in a result of an earlier version, of
    which the officers are not told."""

    @property
    def counts_none(self) -> int:
        """How many rows arrived in time that could not be matched to a voter.

        0 where any ballot counts, or none arrived.
        """
        in_time = (RejectionReason.UNKNOWN_CODE, RejectionReason.UNREADABLE)
        return 0 if self.counted else sum(self.set_aside.get(why, 0) for why in in_time)

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """How each race ended."""
        return {name: race.outcome for name, race in self.races.items()}

    @property
    def voids(self) -> dict[str, Void]:
        """The races that could not be counted (EN-R11)."""
        return {name: race.void for name, race in self.races.items() if race.void}


class OpenTie(Value):
    """The question that a count stopped at (EN-R5)."""

    tied: tuple[str, ...]
    round: int
    for_election: bool
    """True: who of them wins; False: who of them is eliminated."""
    branches: Mapping[str, Outcome]
    """Choice → how the vote ends if it is picked."""

    @classmethod
    def of(cls, tie: Tie) -> Self:
        """The question of a tie that nobody has decided."""
        return cls(
            tied=tie.tied,
            round=tie.round,
            for_election=tie.for_election,
            branches=dict(tie.branches),
        )


Question = Mapping[str, OpenTie]
"""Race → its open tie."""


class TieDecision(Value):
    """A tie decided outside the count, with the race it is of (EN-R5)."""

    contest: str
    tied: tuple[str, ...]
    picked: str
    how: str

    @property
    def as_input(self) -> Decision:
        """As the count takes it."""
        return Decision(tied=frozenset(self.tied), picked=self.picked, how=self.how)
