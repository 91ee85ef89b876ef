"""Mailchimp's JSON ↔ our contacts and changes; nothing else parses it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from connectors.mailchimp.payloads import ChangedContact, ChangedContacts, NewContact, NewContacts
from models.audience import Contact, ContactState, Marks
from models.plans import Change
from models.privacy import Email

EXISTS = "ERROR_CONTACT_EXISTS"
"""Mailchimp's code for a new contact who is there already."""
PAGE = 1000
"""Members a page of the list holds at most."""
OTHERS_GAPS = {"skip_merge_validation": "true"}
"""A field that the chapter requires and that is empty is no reason to refuse ours; the word is in
small letters, as the specification has it and the SDK would not."""
COUNTED = {
    "member_count": ContactState.SUBSCRIBED,
    "unsubscribe_count": ContactState.UNSUBSCRIBED,
    "cleaned_count": ContactState.CLEANED,
}
"""The states that the audience's own statistics count."""
SEGMENT_FIELDS = tuple(f"segments.{name}" for name in ("id", "name", "member_count", "updated_at"))


class Segment(NamedTuple):
    """A tag or segment: `members` are its subscribed contacts."""

    id: int
    members: int
    updated: str


def member_fields(marks: Marks) -> list[str]:
    """The fields to ask for: what is ours, and no more (DP-5)."""
    ours = [f"members.merge_fields.{tag}" for tag in marks.fields]
    return [
        "members.email_address", "members.status", "members.last_changed", "members.tags",
        *ours, "total_items",
    ]  # fmt: skip


def contact_from(member: Mapping[str, Any], marks: Marks) -> Contact:
    """A member of the list as a contact, foreign tags and fields left out."""
    ours = {tag.casefold(): tag for tag in marks.tags}
    values = member.get("merge_fields") or {}
    held = (str(tag["name"]).casefold() for tag in member.get("tags") or [])
    return Contact(
        address=Email(str(member["email_address"]).strip().lower()),
        state=ContactState(member["status"]),
        fields=tuple(sorted((tag, str(values[tag])) for tag in marks.fields if values.get(tag))),
        tags=frozenset(ours[tag] for tag in held if tag in ours),
    )


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


def changed(member: Mapping[str, Any]) -> str:
    """When the contact last changed, or ""; RFC 3339 in UTC, so that texts sort as times do."""
    return str(member.get("last_changed") or "")


def newest_in(answer: Mapping[str, Any]) -> str:
    """When the newest contact of a write's answer was changed."""
    lists = ("new_members", "updated_members", "members_added", "members_removed")
    return max((changed(member) for name in lists for member in answer.get(name, [])), default="")


def states_after(answer: Mapping[str, Any]) -> dict[Email, ContactState]:
    """The state of everybody whom a batch added or updated."""
    return {
        Email(str(member["email_address"]).strip().lower()): ContactState(member["status"])
        for kind in ("new_members", "updated_members")
        for member in answer.get(kind, [])
    }


def states_in(answer: Mapping[str, Any]) -> Counter[ContactState]:
    """The audience's own statistics, by state."""
    stats = answer.get("stats") or {}
    return Counter({state: int(stats.get(name, 0)) for name, state in COUNTED.items()})


def segment_from(segment: Mapping[str, Any]) -> Segment:
    """A tag or segment of the audience."""
    members, updated = segment.get("member_count", 0), segment.get("updated_at", "")
    return Segment(int(segment["id"]), int(members), str(updated))


def refused_in(answer: Mapping[str, Any]) -> dict[Email, str]:
    """Who a batch upsert refused, with Mailchimp's code for the reason (its text quotes people)."""
    return {
        Email(str(error["email_address"]).strip().lower()): str(
            error.get("error_code") or "refused"
        )
        for error in answer.get("errors", [])
    }


def refused_by_segment(answer: Mapping[str, Any]) -> set[Email]:
    """Addresses that a segment did not take."""
    return {
        Email(str(address).strip().lower())
        for error in answer.get("errors", [])
        for address in error.get("email_addresses", [])
    }
