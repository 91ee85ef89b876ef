"""A member: how it looks to a client, and what may become of it.

Sources: the reference of `/lists/{list_id}/members`; real answers quoted in
github.com/ibericode/mailchimp-for-wordpress#798 (compliance state), JustFixNYC/tenants2#1554 (fake
addresses), strangerstudios/pmpro-mailchimp#152 (who was unsubscribed through the API cannot be
subscribed by it either), brandonseydel/MailChimp.Net#529 (archiving does not forget that).
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from connectors.sandbox.mailchimp.fields import fitting, invalid
from connectors.sandbox.mailchimp.problems import Body, Problem
from connectors.sandbox.mailchimp.query import Trim, parsed, present, said
from connectors.sandbox.mailchimp.state import SEALED, Audience, Member, Status

Settable = Literal["subscribed", "unsubscribed", "cleaned", "pending", "transactional"]
ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s.,;<>]+")
# Refused in the wild: example.com, throw-away mail, domains that cannot exist.
FAKE = re.compile(r"@(example\.(com|net)|yopmail\.com|mailinator\.com)$|\.(tst|test|invalid)$")
NOWHERE = {"latitude": 0, "longitude": 0, "gmtoff": 0, "dstoff": 0, "country_code": "",
           "timezone": ""}  # fmt: skip
Look = Callable[[Member], dict[str, Any]]
Table = dict[str, Callable[[Audience, Member], Any]]
WHOLE = Trim()


class ContactIn(Body):
    """What every call that writes a contact takes."""

    email_address: str | None = None
    status: Settable | None = None
    merge_fields: dict[str, Any] = Field(default_factory=dict)
    email_type: Literal["html", "text"] | None = None
    language: str | None = None
    vip: bool | None = None
    timestamp_opt: str | None = None
    timestamp_signup: str | None = None


def _merged(audience: Audience, member: Member) -> dict[str, Any]:
    values = member.merge_fields
    return {f.tag: values.get(f.tag, "") for f in audience.fields.values()}


def _full_name(audience: Audience, member: Member) -> str:
    parts = (str(member.merge_fields.get(tag, "")) for tag in ("FNAME", "LNAME"))
    return " ".join(part for part in parts if part)


SHOWN: Table = {
    "id": lambda a, m: m.id,
    "email_address": lambda a, m: m.email_address,
    "unique_email_id": lambda a, m: m.id[:10],
    "email_type": lambda a, m: m.email_type,
    "status": lambda a, m: m.status,
    "merge_fields": _merged,
    "interests": lambda a, m: {},
    "stats": lambda a, m: {"avg_open_rate": 0, "avg_click_rate": 0},
    "ip_signup": lambda a, m: "",
    "timestamp_signup": lambda a, m: said(m.timestamp_signup),
    "ip_opt": lambda a, m: "",
    "timestamp_opt": lambda a, m: said(m.timestamp_opt),
    "member_rating": lambda a, m: 2,
    "last_changed": lambda a, m: said(m.last_changed),
    "language": lambda a, m: m.language,
    "vip": lambda a, m: m.vip,
    "email_client": lambda a, m: "",
    "location": lambda a, m: NOWHERE,
    "tags_count": lambda a, m: len(a.tags(m)),
    "tags": lambda a, m: [{"id": s.id, "name": s.name} for s in a.tags(m)],
    "list_id": lambda a, m: a.id,
}
SHOWN_ALONE = SHOWN | {
    "contact_id": lambda a, m: m.id[::-1],
    "web_id": lambda a, m: int(m.id[:7], 16),
    "full_name": _full_name,
    "location": lambda a, m: NOWHERE | {"region": ""},
    "consents_to_one_to_one_messaging": lambda a, m: m.status == "subscribed",
    "source": lambda a, m: "API - Generic",
    "unsubscribe_reason": lambda a, m: m.unsubscribe_reason,
}
IN_SEGMENT = {key: show for key, show in SHOWN.items() if not key.startswith("tags")}


def look(audience: Audience, table: Table = SHOWN_ALONE, trim: Trim = WHOLE) -> Look:
    """How members are shown: all the API tells of them, or only what `trim` keeps."""
    kept = [(key, show, inside) for key, show in table.items() if (inside := trim.inside(key))]

    def shown(member: Member) -> dict[str, Any]:
        return present({key: inside(show(audience, member)) for key, show, inside in kept})

    return shown


def added(audience: Audience, address: str, status: Status, body: ContactIn, now: datetime,
          *, lax: bool) -> Member:  # fmt: skip
    """Add a member, if Mailchimp takes the address."""
    member = Member(address, "pending", timestamp_signup=now)
    if not ADDRESS.fullmatch(address):
        raise Problem(400, "Invalid Resource", "Please provide a valid email address.")
    if FAKE.search(address.lower()):
        detail = f"{address} looks fake or invalid, please enter a real email address."
        raise Problem(400, "Invalid Resource", detail)
    if member.id in audience.forgotten:
        detail = (
            f"{address} was permanently deleted and cannot be re-imported."
            " The contact must re-subscribe to get back on the list."
        )
        raise Problem(400, "Forgotten Email Not Subscribed", detail)
    changed(audience, member, status, body, now, lax=lax)
    return audience.put(member)


def changed(audience: Audience, member: Member, status: Status | None, body: ContactIn,
            now: datetime, *, lax: bool) -> None:  # fmt: skip
    """Change a member as far as `body` says; nothing is changed if any of it is refused."""
    if status == "subscribed" and member.sealed:
        detail = (
            f"{member.email_address} is in a compliance state due to unsubscribe, bounce, or"
            " compliance review and cannot be subscribed."
        )
        raise Problem(400, "Member In Compliance State", detail)
    if text := audience.refusing.get(member.id):
        raise Problem(400, "Invalid Resource", f"{member.email_address} {text}")
    values, errors = fitting(audience, member.merge_fields, body.merge_fields, lax=lax)
    if errors:
        raise invalid(errors)
    given = body.given()
    for key in ("timestamp_opt", "timestamp_signup"):
        if given.get(key):
            setattr(member, key, parsed(given[key], key))
    if status == "subscribed" and (member.status != status or not member.timestamp_opt):
        member.timestamp_opt = member.timestamp_opt or now
    for key in ("email_type", "language", "vip"):
        if given.get(key) is not None:
            setattr(member, key, given[key])
    member.merge_fields, member.status, member.last_changed = values, status or member.status, now
    member.sealed = member.sealed or member.status in SEALED
