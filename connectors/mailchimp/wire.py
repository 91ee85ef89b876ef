"""Mailchimp's JSON ↔ our contacts and changes; nothing else parses it."""

from collections import Counter
from collections.abc import Iterable, Sequence

from connectors.mailchimp.answers import Batch, Member, Moved, RefusedItem, Stamp, Stats
from connectors.mailchimp.payloads import ChangedContact, ChangedContacts, NewContact, NewContacts
from models.mail.audience import Contact, ContactState, FieldNames
from models.mail.plans import Change
from models.mail.refusals import WhyRefused
from models.outgoing import Payload
from models.privacy import Email

Sent = str | int | Payload
"""An id, or a body."""
Asked = str | int | bool | Sequence[str]
"""A parameter of a query."""

EXISTS = "ERROR_CONTACT_EXISTS"
"""Mailchimp's code for a new contact who is there already."""
_SAID = {
    "permanently deleted": WhyRefused.FORGOTTEN,
    "compliance state": WhyRefused.LEFT,
    "lot of lists": WhyRefused.BUSY_ADDRESS,
    "too many recent": WhyRefused.BUSY_ADDRESS,
    "contact limit": WhyRefused.NO_ROOM,
    "limit of your plan": WhyRefused.NO_ROOM,
    "fake or invalid": WhyRefused.FAKE,
    "valid email address": WhyRefused.FAKE,
    "merge field": WhyRefused.FIELD,
    "not in the audience": WhyRefused.ABSENT,
}
"""What its texts say, by the words that do not change; the texts quote people, and are not kept."""
PAGE = 1000
"""Items a page of a collection holds at most."""
OTHERS_GAPS = {"skip_merge_validation": "true"}
"""A field that the chapter requires and that is empty is no reason to refuse ours; the word is in
small letters, as the specification has it and the SDK would not."""
COUNTED = {
    "member_count": ContactState.SUBSCRIBED,
    "unsubscribe_count": ContactState.UNSUBSCRIBED,
    "cleaned_count": ContactState.CLEANED,
}
"""The states that the audience's own statistics count."""
SEGMENT_FIELDS = (
    *(f"segments.{name}" for name in ("id", "name", "member_count", "updated_at")),
    "list_id",
    "total_items",
)


def member_fields(marks: FieldNames) -> list[str]:
    """The fields to ask for: what is ours, and no more (DP-5)."""
    return [*(f"members.{name}" for name in _of_a_member(marks)), "list_id", "total_items"]


def one_members_fields(marks: FieldNames) -> list[str]:
    """The same of one contact alone."""
    return [*_of_a_member(marks), "list_id"]


def _of_a_member(marks: FieldNames) -> list[str]:
    ours = (f"merge_fields.{tag}" for tag in marks.fields)
    return ["email_address", "status", "last_changed", "tags", *ours]


def contact_from(member: Member, marks: FieldNames) -> Contact:
    """A member of the list as a contact, foreign tags and fields left out."""
    values = member.merge_fields or {}
    held = (marks.ours(tag.name) for tag in member.tags or ())
    return Contact(
        address=address_of(member.email_address),
        state=member.status,
        fields=tuple(sorted((tag, str(values[tag])) for tag in marks.fields if values.get(tag))),
        tags=frozenset(filter(None, held)),
    )


def address_of(text: str | None) -> Email:
    """An address as Mailchimp writes it; an empty one of a contact that has none."""
    return Email((text or "").strip().lower())


def adding(changes: Iterable[Change]) -> NewContacts:
    """A batch of new contacts who asked (DP-4)."""
    return NewContacts(
        members=tuple(
            NewContact(address=c.address, name=c.name, fields=dict(c.fields)) for c in changes
        )
    )


def updating(changes: Iterable[Change]) -> ChangedContacts:
    """A batch of changed fields."""
    return ChangedContacts(
        members=tuple(
            ChangedContact(email_address=c.address, merge_fields=dict(c.fields)) for c in changes
        )
    )


def newest_in(answer: Batch | Moved) -> str:
    """When the newest contact of a write's answer was changed."""
    told: tuple[Sequence[Member | Stamp], ...] = (
        (answer.new_members, answer.updated_members)
        if isinstance(answer, Batch)
        else (answer.members_added, answer.members_removed)
    )
    return max((member.last_changed for part in told for member in part), default="")


def states_after(answer: Batch) -> dict[Email, ContactState]:
    """The state of everybody whom a batch added or updated."""
    members = (*answer.new_members, *answer.updated_members)
    return {address_of(member.email_address): member.status for member in members}


def states_in(answer: Stats) -> Counter[ContactState]:
    """The audience's own statistics, by state."""
    return Counter({state: getattr(answer.stats, name) for name, state in COUNTED.items()})


def there_already(answer: Batch) -> set[Email]:
    """New contacts of a batch who are on the list all the same."""
    return {address_of(e.email_address) for e in answer.errors if e.error_code == EXISTS}


def refused_in(answer: Batch, sent: Iterable[Email]) -> dict[Email, WhyRefused]:
    """Who a batch upsert refused, and why; who is there already is not refused.

    Who was sent and is named nowhere counts as refused: nothing says that it was written.
    """
    refused = {address_of(e.email_address): why(e) for e in answer.errors if e.error_code != EXISTS}
    named = refused.keys() | states_after(answer).keys() | there_already(answer)
    return refused | {address: WhyRefused.UNANSWERED for address in sent if address not in named}


def why(item: RefusedItem) -> WhyRefused:
    """What Mailchimp says of a contact that it refuses."""
    said = (item.error or "").casefold()
    named = (reason for words, reason in _SAID.items() if words in said)
    return next(named, WhyRefused.FIELD if item.field else WhyRefused.OTHER)


def refused_by_segment(answer: Moved) -> set[Email]:
    """Addresses that a segment did not take."""
    return {address_of(text) for error in answer.errors for text in error.email_addresses}
