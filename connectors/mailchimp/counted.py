"""What the list said when it was read, counted or written."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from connectors.mailchimp import wire
from models.mail.audience import Contact, ContactState
from models.mail.refusals import WhyRefused
from models.privacy import Email


@dataclass(frozen=True, slots=True)
class ContactsRead:
    """What the list said, and from when on to ask next time."""

    contacts: list[Contact]
    watermark: str | None
    missing: int = 0
    """How many more contacts Mailchimp counts than it shows, however often it is asked."""


@dataclass(frozen=True, slots=True)
class Census:
    """How many contacts there are by state, and how many subscribed ones by tag of ours."""

    states: Counter[ContactState]
    tags: Counter[str]
    touched: str = field(default="", compare=False)
    """When our tags were last changed: two changes may leave the counts as they were."""

    @classmethod
    def of(cls, contacts: Iterable[Contact]) -> "Census":
        """Count a mirror as Mailchimp counts the list."""
        states: Counter[ContactState] = Counter()
        tags: Counter[str] = Counter()
        for contact in contacts:
            if contact.state in wire.COUNTED.values():
                states[contact.state] += 1
            if contact.state is ContactState.SUBSCRIBED:
                tags.update(contact.tags)
        return cls(states, tags)


@dataclass(frozen=True, slots=True)
class Written:
    """What one request changed: the contacts as they are now, and those refused."""

    contacts: list[Contact]
    refused: dict[Email, WhyRefused] = field(default_factory=dict)
    changed: str = ""
    """When the newest of them was changed, by Mailchimp's clock."""
