"""What the sandbox's Mailchimp remembers: audiences with their people, and letters that went out.

Tests and the demo edit it directly. All of it goes to JSON and back (`dump`, `load`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from hashlib import md5
from typing import Any, Literal, Self

from pydantic import TypeAdapter

from connectors.sandbox.mailchimp.campaign_state import Campaign, CampaignStatus, Delivered
from connectors.sandbox.mailchimp.letters import Letter
from connectors.sandbox.mailchimp.parts import Domain as Domain
from connectors.sandbox.mailchimp.parts import MergeField as MergeField
from connectors.sandbox.mailchimp.parts import usual_contact, usual_domains, usual_fields

Status = Literal["subscribed", "unsubscribed", "cleaned", "pending", "transactional", "archived"]
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
SEALED: frozenset[Status] = frozenset({"unsubscribed", "cleaned"})


def subscriber_hash(address: str) -> str:
    """The name Mailchimp gives an address in its paths: MD5 of its lower case."""
    return md5(address.lower().encode(), usedforsecurity=False).hexdigest()


@dataclass(slots=True)
class Member:
    """One contact of one audience.

    Attributes:
        sealed: they left or bounced, and only they can undo it.
        id: the hash of the address.
    """

    email_address: str
    status: Status = "subscribed"
    merge_fields: dict[str, Any] = field(default_factory=dict)
    last_changed: datetime = EPOCH
    timestamp_opt: datetime | None = None
    timestamp_signup: datetime | None = None
    sealed: bool = False
    email_type: str = "html"
    language: str = ""
    vip: bool = False
    unsubscribe_reason: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        self.id = subscriber_hash(self.email_address)


@dataclass(slots=True)
class Segment:
    """A tag (`static`: a list of member hashes, with the time each was added) or a saved search."""

    id: int
    name: str
    type: Literal["static", "saved"] = "static"
    members: dict[str, datetime] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    created_at: datetime = EPOCH
    updated_at: datetime = EPOCH
    settles_at: datetime | None = None


@dataclass(slots=True)
class Audience:
    """A list: its people by hash, its merge fields and its segments by id.

    Attributes:
        readds_archived: whether a batch adds an archived contact anew in spite of
            `update_existing: false`, as one client's author notes.
        overcount: how many contacts too many a page of contacts counts.
        revalidates: whether a write with merge fields looks at every value of that contact, an old
            one of a field that is not written too: an old SMSPHONE can refuse it.
        refusing: hash of an address → the end of the text by which each write of it is refused, as
            in "has signed up to a lot of lists very recently; …".
    """

    id: str
    name: str = "Sandbox Chapter"
    web_id: int = 100_001
    date_created: datetime = EPOCH
    contact: dict[str, str] = field(default_factory=usual_contact)
    members: dict[str, Member] = field(default_factory=dict)
    fields: dict[int, MergeField] = field(default_factory=usual_fields)
    segments: dict[int, Segment] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)
    double_optin: bool = False
    readds_archived: bool = False
    overcount: int = 0
    revalidates: bool = False
    refusing: dict[str, str] = field(default_factory=dict)
    webhooks: list[str] = field(default_factory=list)
    """Addresses that are told of every change, member by member."""

    def put(self, member: Member) -> Member:
        """Put a member on the list."""
        self.members[member.id] = member
        return member

    def tags(self, member: Member) -> list[Segment]:
        """The static segments a member is in: what the app calls their tags."""
        return [s for s in self.segments.values() if member.id in s.members]

    def tag(self, name: str) -> Segment | None:
        """The tag of that name; letter case does not count."""
        wanted = name.casefold()
        named = (s for s in self.segments.values() if s.name.casefold() == wanted)
        return next((s for s in named if s.type == "static"), None)


@dataclass(slots=True)
class MailchimpState:
    """One account.

    Attributes:
        role: of the key's user; an "author" or "viewer" may change nothing.
        domains: those that letters may come from, once they are verified.
        delivery: how long a campaign stays `sending`; its letters lie in the outbox from the start.
        fields_limit: merge fields an audience may have (30, and 80 on the top plan).
        tags_touch_members: whether a tag change moves `last_changed`. The documentation promises
            nothing, so by default it does not: a reader that relies on it is wrong.
        settling: how long those who came into a segment are missing in its count and among the
            recipients of its campaigns: 5 to 20 seconds by most reports, 16 minutes by one.
        drops_segments: whether a campaign forgets which segment it was made for, and so goes to
            the whole list: reported of incomplete segment data.
        trouble: how every call is refused, as status, title and detail; None while all is well.
        withheld: hashes of contacts that get no campaign, though they are subscribed.
        omitted: hashes of contacts that count among the recipients and are left out at sending:
            Mailchimp's help page on omitted contacts.
        bounces: hashes of contacts whose letters bounce: `hard` cleans them, `soft` does not.
        review: what becomes of a campaign that was accepted, and how long after that: held back
            by a review it stays `sending`, may be `paused` or `canceled`, and goes out at `sent`.
            Reported of accounts under a review of compliance; () is no review.
        apps: names of the applications that somebody gave access to the account.
        outbox: one letter a recipient, in order: the witness of "exactly once".
        test_outbox: what `actions/test` sent.
    """

    api_key: str = "0123456789abcdef0123456789abcdef-us1"
    account_name: str = "Sandbox Chapter"
    plan: Literal["monthly", "pay_as_you_go", "forever_free"] = "monthly"
    role: str = "owner"
    domains: dict[str, Domain] = field(default_factory=usual_domains)
    lists: dict[str, Audience] = field(default_factory=dict)
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    outbox: list[Letter] = field(default_factory=list)
    test_outbox: list[Letter] = field(default_factory=list)
    delivery: timedelta = timedelta(0)
    settling: timedelta = timedelta(0)
    drops_segments: bool = False
    trouble: tuple[int, str, str] | None = None
    withheld: set[str] = field(default_factory=set)
    omitted: set[str] = field(default_factory=set)
    bounces: dict[str, Delivered] = field(default_factory=dict)
    review: tuple[tuple[timedelta, CampaignStatus], ...] = ()
    fields_limit: int = 30
    tags_touch_members: bool = False
    apps: list[str] = field(default_factory=list)
    counter: int = 0

    def add_list(self, list_id: str, **facts: Any) -> Audience:
        """Make an audience; `facts` are its other attributes."""
        audience = self.lists[list_id] = Audience(list_id, **facts)
        return audience

    def add_member(
        self,
        list_id: str,
        email: str,
        status: Status = "subscribed",
        merge_fields: dict[str, Any] | None = None,
        tags: Iterable[str] = (),
        last_changed: datetime = EPOCH,
    ) -> Member:
        """Put a person on a list as if they had always been there; missing tags are made."""
        audience = self.lists[list_id]
        member = Member(
            email,
            status,
            dict(merge_fields or {}),
            last_changed=last_changed,
            timestamp_opt=last_changed if status == "subscribed" else None,
            sealed=status in SEALED,
        )
        for tag in tags:
            segment = audience.tag(tag) or self.add_segment(audience, tag, last_changed)
            segment.members[member.id] = last_changed
        return audience.put(member)

    def leave(self, list_id: str, email: str, at: datetime) -> None:
        """The person clicks "unsubscribe" in a letter."""
        member = self.lists[list_id].members[subscriber_hash(email)]
        member.status, member.sealed, member.last_changed = "unsubscribed", True, at

    def join(self, list_id: str, email: str, at: datetime) -> None:
        """The person fills in the sign-up form or confirms: nothing stands against them then."""
        audience, new = self.lists[list_id], Member(email)
        audience.forgotten.discard(new.id)
        member = audience.members.setdefault(new.id, new)
        member.status, member.sealed = "subscribed", False
        member.timestamp_opt = member.last_changed = at

    def add_merge_field(self, list_id: str, tag: str, type: str = "text", name: str = "") -> int:  # noqa: A002 - Mailchimp's word
        """Give an audience a merge field, and return its id."""
        made = self.lists[list_id].fields
        merge_id = max(made, default=0) + 1
        made[merge_id] = MergeField(merge_id, tag, name or tag, type, display_order=merge_id + 1)
        return merge_id

    def add_segment(self, audience: Audience, name: str, at: datetime, **facts: Any) -> Segment:
        """Make a tag, or with `type="saved"` and `options` a saved segment."""
        number = 1000 + self.next()
        made = Segment(number, name, created_at=at, updated_at=at, **facts)
        audience.segments[number] = made
        return made

    def next(self) -> int:
        """A number nobody has had yet; ids are made of it, the same in every run."""
        self.counter += 1
        return self.counter

    def dump(self) -> dict[str, Any]:
        """All of it as JSON."""
        plain: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return plain

    def load(self, plain: dict[str, Any]) -> Self:
        """Become what `dump` gave; attributes that are not named take their default."""
        read = _ADAPTER.validate_python(plain)
        for each in fields(self):
            setattr(self, each.name, getattr(read, each.name))
        return self


_ADAPTER = TypeAdapter(MailchimpState)
