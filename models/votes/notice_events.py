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
    sent: Many | None = None
    """To how many of them it went all the same; None where nobody knows."""


class LetterDelivered(Value):
    """What went out of an email in the end, where that is news (EN-R13).

    It had seemed lost, or it went to fewer people than it was sent to.
    """

    kind: Literal["letter-delivered"] = "letter-delivered"
    letter: str
    people: Many
    """To how many it went."""
    booked: Many
    """To how many it was sent."""


class LetterBroughtAgain(Value):
    """An officer had a letter that went to nobody taken out of the mailing service, to go anew."""

    kind: Literal["letter-brought-again"] = "letter-brought-again"
    letter: str
