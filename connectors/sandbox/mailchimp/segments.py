"""Segments and tags. A tag is a static segment; its letter case does not count.

Sources: the reference of `/lists/{list_id}/segments` (500 addresses a batch; addresses that are not
on the list are passed over; an empty `static_segment` empties it).
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Literal

from pydantic import Field

from connectors.sandbox.mailchimp.ask import Ask, Table, trimmed
from connectors.sandbox.mailchimp.conditions import matching, people
from connectors.sandbox.mailchimp.contacts import IN_SEGMENT, SHOWN, look
from connectors.sandbox.mailchimp.problems import Body, bad, missing, unfit
from connectors.sandbox.mailchimp.query import flag, moment, said
from connectors.sandbox.mailchimp.state import Audience, Member, Segment, subscriber_hash

MOST_ADDRESSES = 500
ALSO = {"include_cleaned": "cleaned", "include_transactional": "transactional",
        "include_unsubscribed": "unsubscribed"}  # fmt: skip


class Options(Body):
    match: Literal["any", "all"] = "all"
    conditions: list[dict[str, Any]] = Field(default_factory=list)


class SegmentIn(Body):
    name: str
    static_segment: list[str] | None = None
    options: Options | None = None


class SegmentChange(SegmentIn):
    name: str | None = None  # type: ignore[assignment]  # a change may leave it


class Batch(Body):
    members_to_add: list[str] = Field(default_factory=list)
    members_to_remove: list[str] = Field(default_factory=list)


class OneMember(Body):
    email_address: str


def _reached(audience: Audience, segment: Segment, also: set[str]) -> list[Member]:
    """Subscribed members, and those of the statuses asked for."""
    wanted = {"subscribed", *also}
    return [member for member in people(audience, segment) if member.status in wanted]


def _also(ask: Ask) -> set[str]:
    return {status for key, status in ALSO.items() if flag(ask.query, key)}


def _shown(ask: Ask, segment: Segment) -> dict[str, Any]:
    told = {
        "id": segment.id,
        "name": segment.name,
        "member_count": 0
        if segment.settles_at
        else len(_reached(ask.audience, segment, _also(ask))),
        "type": segment.type,
        "created_at": said(segment.created_at),
        "updated_at": said(segment.updated_at),
        "list_id": ask.audience.id,
    }
    return told | ({"options": segment.options} if segment.type == "saved" else {})


def _one(ask: Ask, *, static: bool = False) -> Segment:
    try:
        segment = ask.audience.segments[int(ask.path["segment_id"])]
    except (KeyError, ValueError):
        raise missing() from None
    if static and segment.type != "static":
        detail = f"A Static Segment with an id of {segment.id} does not exist for this list."
        raise missing(detail)
    return segment


def _all(ask: Ask) -> Any:
    found = list(ask.audience.segments.values())
    if kind := ask.query.get("type"):
        found = [segment for segment in found if segment.type == kind]
    for what in ("created_at", "updated_at"):
        if edge := moment(ask.query, f"since_{what}"):
            found = [segment for segment in found if getattr(segment, what) > edge]
        if edge := moment(ask.query, f"before_{what}"):
            found = [segment for segment in found if getattr(segment, what) < edge]
    show = trimmed(partial(_shown, ask))
    return ask.collection("segments", found, show, list_id=ask.audience.id)


def _get(ask: Ask) -> Any:
    return ask.single(_shown(ask, _one(ask)))


def _create(ask: Ask) -> Any:
    audience, body = ask.audience, ask.body(SegmentIn)
    if (body.options is None) == (body.static_segment is None):
        raise unfit("", 'Must provide either an "options" field or a "static_segment" field')
    if audience.tag(body.name):
        raise bad("Sorry, that tag already exists.")
    if body.options is not None:
        options = body.options.model_dump()
        matching(audience, options)
        made = ask.state.add_segment(audience, body.name, ask.now, type="saved", options=options)
    else:
        made = ask.state.add_segment(audience, body.name, ask.now)
        add(ask, made, body.static_segment or ())
    return _shown(ask, made)


def _change(ask: Ask) -> Any:
    audience, segment, body = ask.audience, _one(ask), ask.body(SegmentChange)
    if body.name and (audience.tag(body.name) or segment) is not segment:
        raise bad("Sorry, that tag already exists.")
    if body.options is not None:
        matching(audience, body.options.model_dump())
        segment.options = body.options.model_dump()
    if body.static_segment is not None:
        _one(ask, static=True).members.clear()
        add(ask, segment, body.static_segment)
    segment.name, segment.updated_at = body.name or segment.name, ask.now
    return _shown(ask, segment)


def _delete(ask: Ask) -> None:
    del ask.audience.segments[_one(ask).id]


def _members(ask: Ask) -> Any:
    audience, found = ask.audience, _reached(ask.audience, _one(ask), _also(ask))
    return ask.collection("members", found, partial(look, audience, IN_SEGMENT))


def _batch(ask: Ask) -> Any:
    audience, segment, body = ask.audience, _one(ask, static=True), ask.body(Batch)
    for key, addresses in body.given().items():
        if len(addresses) > MOST_ADDRESSES:
            raise unfit(key, f"May have at most {MOST_ADDRESSES} elements")
    came = add(ask, segment, body.members_to_add)
    went = remove(ask, segment, body.members_to_remove)
    asked = (*body.members_to_add, *body.members_to_remove)
    strange = [address for address in asked if _living(audience, address) is None]
    errors = [{"email_addresses": strange, "error": "Email address is not on this list"}]
    return {
        "members_added": list(map(look(audience, SHOWN), came)),
        "members_removed": list(map(look(audience, SHOWN), went)),
        "errors": errors if strange else [],
        "total_added": len(came),
        "total_removed": len(went),
        "error_count": len(strange),
        "_links": ask.links,
    }


def _add_one(ask: Ask) -> Any:
    audience, segment, body = ask.audience, _one(ask, static=True), ask.body(OneMember)
    member = _living(audience, body.email_address)
    if member is None:
        raise missing("The email address is not on this list.")
    add(ask, segment, [body.email_address])
    return look(audience, IN_SEGMENT)(member)


def _remove_one(ask: Ask) -> None:
    segment, name = _one(ask, static=True), ask.path["subscriber_hash"]
    if name not in segment.members:
        raise missing()
    remove(ask, segment, [ask.audience.members[name].email_address])


def _living(audience: Audience, address: str) -> Member | None:
    member = audience.members.get(subscriber_hash(address))
    return member if member and member.status != "archived" else None


def add(ask: Ask, segment: Segment, addresses: Iterable[str]) -> list[Member]:
    """Put members into a tag; those that came are returned."""
    came = _moved(ask, addresses, lambda member: member.id not in segment.members)
    segment.members |= {member.id: ask.now for member in came}
    return _touched(ask, segment, came)


def remove(ask: Ask, segment: Segment, addresses: Iterable[str]) -> list[Member]:
    """Take members out of a tag; those that went are returned."""
    went = _moved(ask, addresses, lambda member: member.id in segment.members)
    for member in went:
        del segment.members[member.id]
    return _touched(ask, segment, went)


def _moved(ask: Ask, addresses: Iterable[str], moves: Callable[[Member], bool]) -> list[Member]:
    """The living members among the addresses that move, each once."""
    found = (_living(ask.audience, address) for address in addresses)
    return list({member.id: member for member in found if member and moves(member)}.values())


def _touched(ask: Ask, segment: Segment, moved: list[Member]) -> list[Member]:
    if moved:
        segment.updated_at = ask.now
        if ask.state.settling:
            segment.settles_at = ask.now + ask.state.settling
    if ask.state.tags_touch_members:
        for member in moved:
            member.last_changed = ask.now
    return moved


HANDLERS: Table = {
    "GET /lists/{list_id}/segments": _all,
    "POST /lists/{list_id}/segments": _create,
    "GET /lists/{list_id}/segments/{segment_id}": _get,
    "PATCH /lists/{list_id}/segments/{segment_id}": _change,
    "POST /lists/{list_id}/segments/{segment_id}": _batch,
    "DELETE /lists/{list_id}/segments/{segment_id}": _delete,
    "GET /lists/{list_id}/segments/{segment_id}/members": _members,
    "POST /lists/{list_id}/segments/{segment_id}/members": _add_one,
    "DELETE /lists/{list_id}/segments/{segment_id}/members/{subscriber_hash}": _remove_one,
}
