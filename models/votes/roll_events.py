"""What befalls the frozen roll of a vote, for the record: exceptions (VM-R3), and quorum (SC-4)."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from models.base import Value


class _Corrected(Value):
    """The frozen roll was corrected by an exception (VM-R3)."""

    reason: str
    roll: str | None = None
    """Of the roll afterwards."""
    line: Annotated[int, Field(ge=1)] | None = None
    """Who: their place in the roll's own order; nobody, once the roll is gone."""
    voter: str | None = None
    """Instead of the place, in the record of an earlier version alone: the person's id."""


class VoterAdded(_Corrected):
    """Somebody was added to it."""

    kind: Literal["voter-added"] = "voter-added"
    aside: tuple[str, ...] | None = None
    """In a vote of the committee: the contests that they step aside from (SC-5)."""


class VoterStruck(_Corrected):
    """Somebody was struck from it."""

    kind: Literal["voter-struck"] = "voter-struck"


class QuorumNotMet(Value):
    """At the close of a vote of the committee too few had voted, and it was held open (SC-4)."""

    kind: Literal["quorum-not-met"] = "quorum-not-met"
    closes: AwareDatetime
    """Which close."""
    races: tuple[str, ...]
    """The contests that lacked it."""
    present: Annotated[int, Field(ge=0)]
    active: Annotated[int, Field(ge=0)]
