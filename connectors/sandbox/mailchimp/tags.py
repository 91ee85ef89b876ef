"""The tags of one member, and the search for tags by name.

Source: the reference of `/lists/{list_id}/members/{subscriber_hash}/tags` and `…/tag-search`.
"""

from typing import Any, Literal

from connectors.sandbox.mailchimp.ask import Ask, Table, trimmed
from connectors.sandbox.mailchimp.members import found
from connectors.sandbox.mailchimp.problems import Body
from connectors.sandbox.mailchimp.query import said
from connectors.sandbox.mailchimp.segments import add, remove
from connectors.sandbox.mailchimp.state import Segment


class TagChange(Body):
    name: str
    status: Literal["active", "inactive"]


class TagChanges(Body):
    tags: list[TagChange]


def _search(ask: Ask) -> Any:
    start = ask.query.get("name", "").casefold()
    tags = [s for s in ask.audience.segments.values() if s.type == "static"]
    found = [s for s in tags if s.name.casefold().startswith(start)]
    told = [{"id": segment.id, "name": segment.name} for segment in found]
    return {"tags": told, "total_items": len(found)}


def _tags_of(ask: Ask) -> Any:
    member = found(ask)

    def told(segment: Segment) -> dict[str, Any]:
        at = said(segment.members[member.id])
        return {"id": segment.id, "name": segment.name, "date_added": at}

    return ask.collection("tags", ask.audience.tags(member), trimmed(told))


def _set_tags(ask: Ask) -> None:
    audience, member = ask.audience, found(ask)
    for change in ask.body(TagChanges).tags:
        segment = audience.tag(change.name)
        if change.status == "active":
            segment = segment or ask.state.add_segment(audience, change.name, ask.now)
            add(ask, segment, [member.email_address])
        elif segment:
            remove(ask, segment, [member.email_address])


HANDLERS: Table = {
    "GET /lists/{list_id}/tag-search": _search,
    "GET /lists/{list_id}/members/{subscriber_hash}/tags": _tags_of,
    "POST /lists/{list_id}/members/{subscriber_hash}/tags": _set_tags,
}
