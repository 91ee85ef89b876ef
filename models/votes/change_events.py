"""Events of what officers cancel or withdraw, and of what the committee voids (EN-R11)."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Value

Members = Annotated[int, Field(ge=0)]


class _Changed(Value):
    """What is voted on was changed until the close, with a reason that everybody reads (EN-R11)."""

    reason: str
    reason_es: str = ""
    """The same in Spanish, for pages and letters; "" where nobody wrote it."""


class VoteCancelled(_Changed):
    """The whole vote is off: it is not counted, and its letters stop."""

    kind: Literal["vote-cancelled"] = "vote-cancelled"


class RaceCancelled(_Changed):
    """A race is off; the others go on."""

    kind: Literal["race-cancelled"] = "race-cancelled"
    race: str


class CandidateWithdrawn(_Changed):
    """A candidate stands no more; the count passes over them."""

    kind: Literal["candidate-withdrawn"] = "candidate-withdrawn"
    race: str
    candidate: str


class CancellationPublished(Value):
    """A page says that the vote was cancelled, why and by whom (EN-R11)."""

    kind: Literal["cancellation-published"] = "cancellation-published"
    pages: str
    """The digest of the folder of pages."""


class PagesRenewed(Value):
    """A recount gave the same result, and its pages another text: a later version made them."""

    kind: Literal["pages-renewed"] = "pages-renewed"
    pages: str
    """The digest of the pages since; of the tellers' files below."""
    tellers: str


class RaceOverruled(_Changed):
    """The committee voided a counted race; what was counted stays, and is published beside it."""

    kind: Literal["race-overruled"] = "race-overruled"
    race: str
    decision: str
    """Where and when it was decided, as an officer says it."""
    yes: Members
    no: Members
    abstained: Members
    active: Members
    recused: Members
    pages: str
    """The digest of the pages since; of the tellers' files below."""
    tellers: str
