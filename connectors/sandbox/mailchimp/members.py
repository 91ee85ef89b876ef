"""The routes of members, one at a time.

Sources: the reference of `/lists/{list_id}/members`; real answers quoted in
github.com/amro/gibbon#320 (405 on archiving), mailchimp/APIv3-examples#49 (Member Exists on PUT),
tbar0970/jethro-pmm#708 and mailchimp/mc-woocommerce#951 (an archived contact stays so without
`status`), brandonseydel/MailChimp.Net#529 (a plain list leaves archived contacts out).
"""

from datetime import datetime
from functools import partial
from typing import Any, get_args

from pydantic import Field

from connectors.sandbox.mailchimp.ask import Ask, Table
from connectors.sandbox.mailchimp.contacts import (
    SHOWN_ALONE,
    ContactIn,
    Settable,
    added,
    changed,
    look,
)
from connectors.sandbox.mailchimp.problems import Problem, missing, unfit
from connectors.sandbox.mailchimp.query import choice, flag, moment, said
from connectors.sandbox.mailchimp.state import Member, Status, subscriber_hash


class MemberIn(ContactIn):
    """PUT and PATCH; tags are not known there."""

    status_if_new: Settable | None = None


class NewMemberIn(ContactIn):
    """POST."""

    email_address: str
    status: Settable
    tags: list[str] = Field(default_factory=list)


def found(ask: Ask) -> Member:
    """The member the path names, by hash or by address."""
    name = ask.path["subscriber_hash"].lower()
    try:
        return ask.audience.members[subscriber_hash(name) if "@" in name else name]
    except KeyError:
        raise missing() from None


def _exists(address: str) -> Problem:
    detail = f"{address} is already a list member. Use PUT to insert or update list members."
    return Problem(400, "Member Exists", detail)


def _all(ask: Ask) -> Any:
    audience, query = ask.audience, ask.query
    status = choice(query, "status", get_args(Status))
    everybody = audience.members.values()
    if status:
        found = [member for member in everybody if member.status == status]
    else:
        found = [member for member in everybody if member.status != "archived"]
    for key, late in (("since", True), ("before", False)):
        for what in ("last_changed", "timestamp_opt"):
            if edge := moment(query, f"{key}_{what}"):
                found = [m for m in found if _beyond(getattr(m, what), edge, late)]
    if "email_type" in query:
        found = [member for member in found if member.email_type == query["email_type"]]
    if "unique_email_id" in query:
        found = [member for member in found if member.id[:10] == query["unique_email_id"]]
    if flag(query, "vip_only"):
        found = [member for member in found if member.vip]
    if by := choice(query, "sort_field", ("timestamp_opt", "timestamp_signup", "last_changed")):
        down = choice(query, "sort_dir", ("ASC", "DESC")) == "DESC"
        found.sort(key=lambda member: said(getattr(member, by)) or "", reverse=down)
    in_list = partial(look, audience, SHOWN_ALONE)
    told = ask.collection("members", found, in_list, list_id=audience.id)
    if "total_items" in told:
        told["total_items"] += audience.overcount
    return told


def _beyond(at: datetime | None, edge: datetime, late: bool) -> bool:
    """Strictly after the edge, or strictly before it."""
    return at is not None and (at > edge if late else at < edge)


def _get(ask: Ask) -> Any:
    return ask.single(look(ask.audience)(found(ask)))


def _post(ask: Ask) -> Any:
    audience, body = ask.audience, ask.body(NewMemberIn)
    if subscriber_hash(body.email_address) in audience.members:
        raise _exists(body.email_address)
    lax = flag(ask.query, "skip_merge_validation")
    member = added(audience, body.email_address, body.status, body, ask.now, lax=lax)
    for tag in body.tags:
        segment = audience.tag(tag) or ask.state.add_segment(audience, tag, ask.now)
        segment.members[member.id] = ask.now
    return look(audience)(member)


def _put(ask: Ask) -> Any:
    audience, body = ask.audience, ask.body(MemberIn)
    if ask.path["subscriber_hash"].lower() in audience.members:
        return _patch(ask)
    if body.email_address is None:
        raise unfit("", "Required fields were not provided: email_address")
    status = body.status_if_new or body.status
    if status is None:
        raise unfit("", "Required fields were not provided: status_if_new")
    if subscriber_hash(body.email_address) in audience.members:
        raise _exists(body.email_address)
    lax = flag(ask.query, "skip_merge_validation")
    return look(audience)(added(audience, body.email_address, status, body, ask.now, lax=lax))


def _patch(ask: Ask) -> Any:
    audience, body, member = ask.audience, ask.body(MemberIn), found(ask)
    old, address = member.id, body.email_address or member.email_address
    if (new := subscriber_hash(address)) != old and new in audience.members:
        raise _exists(address)
    lax = flag(ask.query, "skip_merge_validation")
    changed(audience, member, body.status, body, ask.now, lax=lax)
    if new != old:
        for segment in audience.tags(member):
            segment.members[new] = segment.members.pop(old)
        del audience.members[old]
    member.email_address, member.id = address, new
    return look(audience)(audience.put(member))


def _archive(ask: Ask) -> None:
    member = found(ask)
    if member.status in ("cleaned", "pending", "archived"):
        detail = (
            "This list member cannot be removed."
            " Can not archive a contact that is bounced, pending or archived"
        )
        raise Problem(405, "Method Not Allowed", detail)
    member.status, member.last_changed = "archived", ask.now


def _forget(ask: Ask) -> None:
    member = found(ask)
    del ask.audience.members[member.id]
    for segment in ask.audience.tags(member):
        del segment.members[member.id]
    ask.audience.forgotten.add(member.id)


HANDLERS: Table = {
    "GET /lists/{list_id}/members": _all,
    "POST /lists/{list_id}/members": _post,
    "GET /lists/{list_id}/members/{subscriber_hash}": _get,
    "PUT /lists/{list_id}/members/{subscriber_hash}": _put,
    "PATCH /lists/{list_id}/members/{subscriber_hash}": _patch,
    "DELETE /lists/{list_id}/members/{subscriber_hash}": _archive,
    "POST /lists/{list_id}/members/{subscriber_hash}/actions/delete-permanent": _forget,
}
