"""An advisory vote: which proposals the members support, before the committee decides (SC-7)."""

import textwrap
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.contests.base import AnyContest
from models.texts import Priority

LONGEST = 100
"""Letters of a proposal in its line of the ballot; its whole text stands above the question."""


class Advisory(AnyContest):
    """Members support as many proposals as they like, and nothing is decided by it (SC-7)."""

    kind: Literal["advisory"] = "advisory"
    proposals: Annotated[tuple[Priority, ...], Field(min_length=2)]
    proposals_es: tuple[Priority, ...] = ()

    @model_validator(mode="after")
    def _is_translated_whole(self) -> Self:
        if self.proposals_es and len(self.proposals_es) != len(self.proposals):
            raise ValueError("proposals_es needs one text for each of the proposals")
        return self

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(map(in_a_line, self.proposals))

    @property
    def is_shortened(self) -> bool:
        """Whether a line of the ballot does not have the whole text of its proposal."""
        return self.choices != tuple(map(_flat, self.proposals))


def in_a_line(text: str) -> str:
    """A proposal as a choice: one line, without the stroke that parts names in a file."""
    flat = _flat(text)
    short = textwrap.shorten(flat, LONGEST, placeholder=" …")
    return short if short.strip(" …") else f"{flat[: LONGEST - 2]} …"


def _flat(text: str) -> str:
    return " ".join(text.replace("|", "/").split())
