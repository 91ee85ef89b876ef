"""What a job's child says when it ends: a code, counts, moments of votes, and one of our messages.

It comes from a process of the chapter's own account, and is read as what a stranger wrote: JSON of
this form, within bounds, or nothing.
"""

from typing import Annotated, Self

from pydantic import AfterValidator, AwareDatetime, Field, ValidationError

from flows.scheduler.told import NightTold, Slug
from models.outgoing import Payload
from models.privacy import redact_addresses

MOST = 64_000
"""Bytes that a child may say."""
_WORDS = 2_000


def _short(text: str) -> str:
    return redact_addresses(text)[:_WORDS]


class Moment(Payload):
    """A moment of a vote at which the chapter's clock is to strike."""

    election: Slug
    moment: AwareDatetime
    at: AwareDatetime
    """The same by the machine's clock."""


class Ended(Payload):
    """How a job ended."""

    code: Annotated[int, Field(ge=0, le=255)]
    """0, or the exit code of `docs/exit-codes.md`."""
    said: Annotated[str, AfterValidator(_short)] = ""
    """Our own message: counts, places, the next step."""
    night: NightTold | None = None
    closed: Annotated[tuple[Slug, ...], Field(max_length=50)] = ()
    """Votes that closed in it."""
    moments: Annotated[tuple[Moment, ...], Field(max_length=200)] = ()

    @classmethod
    def read(cls, written: bytes) -> Self:
        """Read what a child wrote; whatever is not of this form is a bug of its own."""
        try:
            return cls.model_validate_json(written[:MOST], strict=False)  # JSON knows no tuples
        except (ValidationError, TypeError, ValueError):
            return cls(code=1, said="the job ended without a word; read the worker's log")
