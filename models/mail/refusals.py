"""Whom the mailing list refuses, and what that means for the next night.

A refusal about the contact alone is kept in the ledger; one about the list itself, a field of
another type say, is mended at once or not at all. Sources: the texts of `errors[]` in real answers.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from models.privacy import Email, Name

Newcomer = tuple[Email, Name | None]
"""An address with the name it was registered under: registered anew, it is tried anew."""


class WhyRefused(StrEnum):
    """What the mailing list says of a contact that it does not take, in our words."""

    FAKE = "it takes the address for none"
    FORGOTTEN = "permanently deleted there, and to sign up again themselves"
    LEFT = "left, or their letters bounce"
    BUSY_ADDRESS = "it takes no sign-up of the address for now"
    NO_ROOM = "the account's plan has no room for more contacts"
    FIELD = "a field of the contact does not hold what the list wants there"
    ABSENT = "not in the audience"
    UNANSWERED = "its answer does not name them"
    OTHER = "for another reason"

    @property
    def passes(self) -> bool:
        """Whether waiting some days can cure it."""
        return self in (WhyRefused.BUSY_ADDRESS, WhyRefused.NO_ROOM)

    @property
    def is_for_good(self) -> bool:
        """Whether one answer is enough: the service has said that it will never take it."""
        return self is WhyRefused.FORGOTTEN

    @property
    def is_about_them(self) -> bool:
        """Whether it says something of the contact; else the list refuses others likewise."""
        return self in _ABOUT_THEM


_ABOUT_THEM = frozenset(
    (WhyRefused.FAKE, WhyRefused.FORGOTTEN, WhyRefused.LEFT, WhyRefused.BUSY_ADDRESS)
)


class NotTaken(NamedTuple):
    """A new contact whom the list would not take tonight."""

    address: Email
    name: Name | None
    why: WhyRefused


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is known of a new contact whom the list would not take before."""

    since: date
    passes: bool
    """Whether it said that this is for now."""
    is_tried: bool
    """Whether it is asked again tonight."""


class KnownRefusals(Protocol):
    """All that is known of them."""

    def of(self, who: Newcomer) -> Refusal | None:
        """What is known of somebody; None: nothing stands against trying."""


class NoRefusals:
    """As on the first night, or when everybody is to be tried anew."""

    def of(self, who: Newcomer) -> Refusal | None:
        """Nothing is known of anybody."""
        return None


NONE_KNOWN = NoRefusals()
