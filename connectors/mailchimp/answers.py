"""What Mailchimp answers, call by call: the parts that we read, and by what each proves itself.

Mailchimp sends "" for a time that never was, and may send null or `[]` for an object that is empty.
The list, segment or campaign asked about, and the counts of a collection or a batch, always come;
a list that is empty need not.
"""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, PlainValidator

from connectors.net.responses import Answer
from models.mail.audience import ContactState

Id = Annotated[str, Field(min_length=1)]
Number = Annotated[int, Field(gt=0, lt=2**63)]
Count = Annotated[int, Field(ge=0, lt=2**63)]


def _time(text: str) -> str:
    if text and datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("no moment")
    return text


Time = Annotated[str, AfterValidator(_time)]
"""RFC 3339 in UTC, so that texts sort as times do; or ""."""


class WrongField(Answer):
    """What is wrong with one field of a request; its message may quote a person and is not read."""

    field: str | None = None


class Problem(Answer):
    """What comes with every refusal of Mailchimp's; its detail may quote an address."""

    title: str
    status: int
    detail: str | None = None
    errors: tuple[WrongField, ...] | None = None


class Listing(Answer):
    """A page of a collection, with how many there are in all."""

    total_items: Count

    @property
    def size(self) -> int:
        """How many are on this page."""
        return sum(len(held) for _, held in self if isinstance(held, tuple))


# The audience


class Named(Answer):
    """An audience's name."""

    id: Id
    name: str


class Counts(Answer):
    """How many contacts of a state there are."""

    member_count: Count
    unsubscribe_count: Count
    cleaned_count: Count


class Stats(Answer):
    """An audience's own statistics."""

    id: Id
    stats: Counts


class Tag(Answer):
    """A tag that a contact carries."""

    name: str


def _state(value: object) -> ContactState:
    try:
        return ContactState(str(value))
    except ValueError:
        return ContactState.UNKNOWN


def _any_time(value: object) -> str:
    try:
        return _time(value) if isinstance(value, str) else ""
    except ValueError:
        return ""


def _any_tags(value: object) -> tuple[Tag, ...]:
    held = value if isinstance(value, list) else []
    names = (one.get("name") for one in held if isinstance(one, dict))
    return tuple(Tag(name=name) for name in names if isinstance(name, str))


AnyText = Annotated[str | None, PlainValidator(lambda one: one if isinstance(one, str) else None)]
AnyFields = Annotated[
    dict[str, Any] | None, PlainValidator(lambda one: one if isinstance(one, dict) else None)
]


class Holder(Answer):
    """A contact's address, and what stands in the merge fields that were asked for.

    Source: Mailchimp's release note of 2025-08-07, contacts with a telephone number alone.
    """

    email_address: AnyText = None
    merge_fields: AnyFields = None


class Member(Holder):
    """A contact. Whatever is odd about one of a thousand must not hide the others."""

    status: Annotated[ContactState, PlainValidator(_state)]
    last_changed: Annotated[str, PlainValidator(_any_time)] = ""
    tags: Annotated[tuple[Tag, ...], PlainValidator(_any_tags)] = ()


class ListMember(Member):
    """One contact that was asked for."""

    list_id: Id


class Holders(Listing):
    """A page of contacts, without their state."""

    list_id: Id
    members: tuple[Holder, ...] = ()


class Members(Listing):
    """A page of contacts."""

    list_id: Id
    members: tuple[Member, ...] = ()


class MergeField(Answer):
    """A merge field."""

    tag: Id
    name: str = ""
    type: str = ""
    required: bool = False


class MergeFields(Listing):
    """An audience's merge fields."""

    list_id: Id
    merge_fields: tuple[MergeField, ...] = ()


class RefusedItem(Answer):
    """A contact that a batch refused, and what Mailchimp says of the reason."""

    email_address: str | None = None
    error_code: str | None = None
    error: str | None = None
    field: str | None = None


class Batch(Answer):
    """What became of a batch of contacts, each of them in one of three lists."""

    new_members: tuple[Member, ...] = ()
    updated_members: tuple[Member, ...] = ()
    errors: tuple[RefusedItem, ...] = ()
    total_created: Count
    total_updated: Count
    error_count: Count

    @property
    def done(self) -> int:
        """How many it decided about."""
        return self.total_created + self.total_updated + self.error_count


# Segments and tags


class Segment(Answer):
    """A tag or segment, and how many subscribed contacts it holds."""

    id: Number
    name: str
    member_count: Count
    updated_at: str = ""


class OurSegment(Segment):
    """One of a list's."""

    list_id: Id


class InSegment(Listing):
    """A page of a segment's contacts: of what was asked for and no more, for no id proves it."""

    model_config = ConfigDict(extra="forbid")

    members: tuple[Holder, ...] = ()


class SegmentList(Listing):
    """A page of an audience's segments."""

    list_id: Id
    segments: tuple[Segment, ...] = ()


class Stamp(Answer):
    """When a contact last changed."""

    last_changed: Time = ""


class Strangers(Answer):
    """Addresses that a segment did not take."""

    email_addresses: tuple[str, ...] = ()


class Moved(Answer):
    """Who came into a segment and who went; who was there already is in no list."""

    members_added: tuple[Stamp, ...] = ()
    members_removed: tuple[Stamp, ...] = ()
    errors: tuple[Strangers, ...] = ()
    total_added: Count
    total_removed: Count
    error_count: Count
