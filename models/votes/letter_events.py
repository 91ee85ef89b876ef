"""What is found out of a vote's letters after they were sent, for its record."""

from typing import Literal

from models.base import Value
from models.votes.chapter_events import Many


class LetterUndelivered(Value):
    """A letter that was sent did not come out of the mailing service (EN-R13)."""

    kind: Literal["letter-undelivered"] = "letter-undelivered"
    letter: str
    campaign: str
    """The service's word for it."""
    people: Many
    """To how many it was to go."""
