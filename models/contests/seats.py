"""A contest for several seats at once, decided by approval (SC-3)."""

from typing import Annotated, Literal

from pydantic import Field

from models.contests.kinds import Candidates


class Approval(Candidates):
    """Several seats, each voter approves as many as they like: the co-chairs (SC-3)."""

    kind: Literal["approval"] = "approval"
    excluded: Annotated[tuple[str, ...], Field(exclude_if=lambda names: not names)] = ()
    seats: Annotated[int, Field(ge=1)] = 3
    active: Annotated[int | None, Field(ge=1, exclude_if=lambda said: said is None)] = None
    """Members not on leave on that day: quorum is taken of them (SC-4); None asks for none."""
