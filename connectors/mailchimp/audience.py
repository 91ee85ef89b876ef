"""The audience: read what is ours on it, write our fields, tags and segments.

Every write sets rather than adds, so doing it twice is doing it once. A batch's own `errors[]` are
read: a contact that was refused is not taken for written.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from connectors.http import Patience
from connectors.mailchimp import wire
from connectors.mailchimp.client import MailchimpClient
from models.audience import Contact, ContactState, Marks
from models.errors import TryAgainLater
from models.plans import Change, ChangeKind
from models.privacy import Email


@dataclass(frozen=True, slots=True)
class Reading:
    """What the list said, and from when on to ask next time."""

    contacts: list[Contact]
    watermark: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """What one request changed: the contacts as they are now, and those refused with the code."""

    contacts: list[Contact]
    refused: dict[Email, str] = field(default_factory=dict)


class Audience:
    """One audience of the account."""

    def __init__(
        self, client: MailchimpClient, list_id: str, marks: Marks, patience: Patience
    ) -> None:
        self._client, self._list, self._marks, self._again = client, list_id, marks, patience
        self._segments: dict[str, int] | None = None

    def read(self, since: str | None = None) -> Reading:
        """Contacts that changed after a moment, or all of them.

        Raises:
            TryAgainLater: the list changed so much while it was read that a page went missing.
        """
        found: dict[Email, Contact] = {}
        newest = since
        offset, total = 0, 1
        while offset < total:
            answer = self._call(
                self._client.lists.get_list_members_info,
                self._list,
                fields=wire.member_fields(self._marks),
                count=wire.PAGE,
                offset=offset,
                sort_field="last_changed",
                sort_dir="ASC",
                **({"since_last_changed": since} if since else {}),
            )
            members = answer.get("members", [])
            total = int(answer.get("total_items", 0))
            for member in members:
                contact = wire.contact_from(member, self._marks)
                found[contact.address] = contact
                newest = max(newest or "", str(member.get("last_changed") or "")) or None
            if not members:
                break
            offset += len(members)
        if len(found) < total:
            raise TryAgainLater("the audience changed while it was read", where="Mailchimp")
        return Reading(list(found.values()), newest)

    def prepare(self) -> None:
        """Make our merge fields where they are missing; tags are made when first used."""
        held = self.merge_fields()
        for tag, name in self._marks.fields.items():
            if tag not in held:
                self._call(
                    self._client.lists.add_list_merge_field,
                    self._list,
                    {"tag": tag, "name": name, "type": "text", "required": False, "public": False},
                )

    def merge_fields(self) -> dict[str, str]:
        """The audience's merge fields: tag → name."""
        answer = self._call(
            self._client.lists.get_list_merge_fields,
            self._list,
            fields=["merge_fields.tag", "merge_fields.name"],
            count=wire.PAGE,
        )
        return {str(f["tag"]): str(f["name"]) for f in answer.get("merge_fields", [])}

    def name(self) -> str:
        """The audience's own name."""
        return str(self._call(self._client.lists.get_list, self._list, fields=["name"])["name"])

    def write(self, changes: Sequence[Change], actual: dict[Email, Contact]) -> Iterator[Written]:
        """Make the changes, at most 500 contacts a request; yields after each request.

        Args:
            actual: the contacts as last read; what changes is brought up to date in it.
        """
        refused: set[Email] = set()
        contacts = [c for c in changes if c.kind in (ChangeKind.ADD_CONTACT, ChangeKind.SET_FIELDS)]
        for part in _parts(contacts):
            answer = self._call(
                self._client.lists.batch_list_members, self._list, wire.upsert_body(part)
            )
            wrong = wire.refused_in(answer)
            refused |= wrong.keys()
            yield Written([_after(c, actual) for c in part if c.address not in wrong], wrong)
        for tag in self._marks.tags:
            tagged = [c for c in changes if c.tag == tag and c.address not in refused]
            for part in _parts(tagged):
                wrong_here = self._change_segment(
                    tag,
                    add=[c.address for c in part if c.kind is ChangeKind.ADD_TAG],
                    remove=[c.address for c in part if c.kind is ChangeKind.REMOVE_TAG],
                )
                yield Written(
                    [_after(c, actual) for c in part if c.address not in wrong_here],
                    dict.fromkeys(wrong_here, "not in the audience"),
                )

    def fill_segment(self, name: str, addresses: Iterable[Email]) -> int:
        """Make a segment of ours hold exactly these contacts.

        Returns:
            The segment's id.
        """
        segment = self._segment(name)
        self._call(
            self._client.lists.update_segment,
            self._list,
            segment,
            {"name": name, "static_segment": []},
        )
        for part in _parts(sorted(addresses)):
            self._change_segment(name, add=part, remove=())
        return segment

    def _change_segment(
        self, name: str, *, add: Sequence[Email], remove: Sequence[Email]
    ) -> set[Email]:
        body = {
            "members_to_add": wire.plain_addresses(add),
            "members_to_remove": wire.plain_addresses(remove),
        }
        answer = self._call(
            self._client.lists.batch_segment_members, body, self._list, self._segment(name)
        )
        return wire.refused_by_segment(answer)

    def _segment(self, name: str) -> int:
        """The id of a tag or segment of ours, made when missing. Its case may change there."""
        if self._segments is None:
            self._segments = self._all_segments()
        if name.casefold() not in self._segments:
            made = self._call(
                self._client.lists.create_segment,
                self._list,
                {"name": name, "static_segment": []},
            )
            self._segments[name.casefold()] = int(made["id"])
        return self._segments[name.casefold()]

    def _all_segments(self) -> dict[str, int]:
        found: dict[str, int] = {}
        total = 1
        while len(found) < total:
            answer = self._call(
                self._client.lists.list_segments,
                self._list,
                fields=["segments.id", "segments.name", "total_items"],
                count=wire.PAGE,
                offset=len(found),
                type="static",
            )
            total = int(answer.get("total_items", 0))
            page = {str(s["name"]).casefold(): int(s["id"]) for s in answer.get("segments", [])}
            if not page:
                break
            found |= page
        return found

    def _call(self, endpoint: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
        return self._again(self._client.call, endpoint, *arguments, **options)


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), wire.MOST):
        yield items[start : start + wire.MOST]


def _after(change: Change, actual: dict[Email, Contact]) -> Contact:
    """The contact as it is once the change is made."""
    have = actual.get(change.address) or Contact(change.address, ContactState.SUBSCRIBED)
    match change.kind:
        case ChangeKind.ADD_CONTACT | ChangeKind.SET_FIELDS:
            now = replace(have, fields=tuple((tag, value) for tag, value in change.fields if value))
        case ChangeKind.ADD_TAG:
            now = replace(have, tags=have.tags | {change.tag})
        case ChangeKind.REMOVE_TAG:
            now = replace(have, tags=have.tags - {change.tag})
    actual[change.address] = now
    return now
