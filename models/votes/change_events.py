"""What officers cancel or withdraw until a vote closes, for the record (EN-R11)."""

from typing import Literal

from models.base import Value


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
