"""The audience: read what is ours on it, write our fields, tags and segments.

Every write sets rather than adds, so doing it twice is doing it once. A batch's own `errors[]` are
read: a contact that was refused is not taken for written.

"Changed since" tells neither of contacts deleted or archived nor, for certain, of changed tags. A
census, two small requests whatever the size of the list, shows whether a mirror still fits.
"""

from collections import Counter
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from connectors.mailchimp import wire
from connectors.mailchimp.answers import Batch, ListMember, Members, Named, Segment, Stats
from connectors.mailchimp.counted import Census, ContactsRead, Written
from connectors.mailchimp.fields import Fields
from connectors.mailchimp.payloads import member_hash
from connectors.mailchimp.refusing import NotThere
from connectors.mailchimp.segments import Segments, parts
from connectors.net.retries import RetryPolicy
from models.errors import TryAgainLater
from models.mail.audience import Contact, ContactState, FieldNames, is_offer
from models.mail.plans import Change, ChangeKind
from models.mail.refusals import WhyRefused
from models.privacy import Email

if TYPE_CHECKING:
    from connectors.mailchimp.client import MailchimpClient

FEW = 10
"""Newcomers to be asked about one by one: reading the archived takes a request a thousand."""
READINGS = 3
"""How often a list that moves while it is read is read."""


class Audience(Segments, Fields):
    """One audience of the account, with its segments."""

    def __init__(
        self, client: "MailchimpClient", list_id: str, marks: FieldNames, patience: RetryPolicy
    ) -> None:
        super().__init__(client, list_id, patience)
        self._marks = marks

    def read(self, since: str | None = None) -> ContactsRead:
        """Contacts that changed after a moment, or all of them, the archived ones too.

        Those of whom Mailchimp has no address are passed over.

        Raises:
            TryAgainLater: the list changed so much while it was read that a page went missing.
        """
        living = self._settled(since)
        if since:
            return living
        # A plain list leaves the archived out; who is missing there could be subscribed again.
        archived = self._settled(None, status=ContactState.ARCHIVED.value)
        all_of_them = [*living.contacts, *archived.contacts]
        return ContactsRead(all_of_them, living.watermark, living.missing + archived.missing)

    def census(self) -> Census:
        """Count without reading anybody."""
        answer = self._call(
            Stats,
            self._client.lists.get_list,
            self._list,
            fits=lambda answer: answer.id == self._list,
            fields=["id", *(f"stats.{name}" for name in wire.COUNTED)],
        )
        tags = self._tags()
        members = {tag: segment.member_count for tag, segment in tags.items()}
        return Census(wire.states_in(answer), Counter(members), _touched(tags))

    def tags_touched(self) -> str:
        """When each of our tags was last changed."""
        return _touched(self._tags())

    def _tags(self) -> dict[str, Segment]:
        """Our tags as they are now, those that are there."""
        self._segments = self._all_segments()
        ours = {tag: self._segments.get(tag.casefold()) for tag in self._marks.tags}
        ours |= {tag: self._segments[tag] for tag in sorted(self._segments) if is_offer(tag)}
        return {tag: segment for tag, segment in ours.items() if segment}

    def _settled(self, since: str | None, **only: str) -> ContactsRead:
        """Read until no page went missing because the list moved meanwhile.

        Where it rests, and its own count is a little too high all the same, the count is wrong.
        """
        before: ContactsRead | None = None
        for _ in range(READINGS):
            reading = self._read(since, only)
            if not reading.missing:
                return reading
            rests = before is not None and before.contacts == reading.contacts
            before = reading
        if rests and reading.missing <= 1 + len(reading.contacts) // 100:
            return reading
        raise TryAgainLater("the audience changes while it is read", where="Mailchimp")

    def _read(self, since: str | None, only: Mapping[str, str]) -> ContactsRead:
        asked = dict(only) | ({"since_last_changed": since} if since else {})
        found: dict[Email, Contact] = {}
        newest, total, unaddressed = since, 0, 0
        for page in self._pages(
            Members,
            self._client.lists.get_list_members_info,
            self._list,
            fits=lambda page: page.list_id == self._list,
            fields=wire.member_fields(self._marks),
            sort_field="last_changed",
            sort_dir="ASC",
            **asked,
        ):
            total = page.total_items
            for member in page.members:
                contact = wire.contact_from(member, self._marks)
                newest = max(newest or "", member.last_changed) or None
                if contact.address:
                    found[contact.address] = contact
                else:  # no letter can reach it, and nothing tells two of them apart
                    unaddressed += 1
        missing = max(0, total - len(found) - unaddressed)
        return ContactsRead(list(found.values()), newest, missing)

    def unmade(self) -> list[str]:
        """Our merge fields that are still to be made.

        Raises:
            FixTheSettings: one of them cannot be made, or holds no text.
        """
        return self.missing_fields(self._marks.fields)

    def prepare(self) -> None:
        """Make our merge fields where they are missing; tags are made when first used.

        Raises:
            FixTheSettings: one of them cannot be made, or holds no text; then none was made.
        """
        self.make_fields(self._marks.fields)

    def name(self) -> str:
        """The audience's own name."""
        answer = self._call(
            Named,
            self._client.lists.get_list,
            self._list,
            fits=lambda answer: answer.id == self._list,
            fields=["id", "name"],
        )
        return answer.name

    def write(self, changes: Sequence[Change], actual: dict[Email, Contact]) -> Iterator[Written]:
        """Make the changes, at most 500 contacts a request; yields after each request.

        Args:
            actual: the contacts as last read; what changes is brought up to date in it.
        """
        there, refused = yield from self._add(_of(changes, ChangeKind.ADD_CONTACT), actual)
        fields = [*there, *_of(changes, ChangeKind.SET_FIELDS)]
        refused |= yield from self._set_fields(fields, actual)
        subscribed = {a for a, c in actual.items() if c.state is ContactState.SUBSCRIBED}
        subscribed -= refused
        yield from self._tag([c for c in changes if c.address in subscribed], actual)

    def _add(
        self, adding: Sequence[Change], actual: dict[Email, Contact]
    ) -> Generator[Written, None, tuple[list[Change], set[Email]]]:
        """Add contacts, and nobody who is there already.

        Somebody has joined meanwhile, or an answer of ours got lost. Who is there in any other
        state than subscribed is left alone: by one report an archived contact is added anew,
        although nothing of it should be updated (DP-4).

        Returns:
            What to set on those who were there, and who was refused.
        """
        refused: set[Email] = set()
        there: list[Change] = []
        for asking in parts(adding):
            held = self._there({c.address for c in asking})
            actual.update(held)
            yield Written(list(held.values()))
            found = {a for a, c in held.items() if c.state is ContactState.SUBSCRIBED}
            if new := [c for c in asking if c.address not in held]:
                answer = self._upsert(wire.adding(new))
                found |= (already := wire.there_already(answer))
                written = _written([c for c in new if c.address not in already], answer, actual)
                refused |= written.refused.keys()
                yield written
            there += [replace(c, kind=ChangeKind.SET_FIELDS) for c in asking if c.address in found]
        return there, refused

    def _set_fields(
        self, fields: Sequence[Change], actual: dict[Email, Contact]
    ) -> Generator[Written, None, set[Email]]:
        """Set our merge fields.

        Returns:
            Who was refused.
        """
        refused: set[Email] = set()
        for part in parts(fields):
            written = _written(part, self._upsert(wire.updating(part)), actual)
            refused |= written.refused.keys()
            yield written
        return refused

    def _tag(self, changes: Sequence[Change], actual: dict[Email, Contact]) -> Iterator[Written]:
        """Put our tags on contacts, and take them off."""
        offers = sorted({c.tag for c in changes if is_offer(c.tag)})
        for tag in (*self._marks.tags, *offers):
            for part in parts([c for c in changes if c.tag == tag]):
                moved = self._change_segment(
                    tag,
                    add=[c.address for c in _of(part, ChangeKind.ADD_TAG)],
                    remove=[c.address for c in _of(part, ChangeKind.REMOVE_TAG)],
                )
                strangers = wire.refused_by_segment(moved)
                yield Written(
                    [_after(c, actual) for c in part if c.address not in strangers],
                    dict.fromkeys(strangers, WhyRefused.ABSENT),
                    wire.newest_in(moved),
                )

    def _there(self, addresses: Collection[Email]) -> dict[Email, Contact]:
        """Those who are on the list at this moment, above all the archived.

        A few are asked about one by one; of many, all who are archived are read.
        """
        if len(addresses) > FEW:
            archived = self._settled(None, status=ContactState.ARCHIVED.value).contacts
            return {one.address: one for one in archived if one.address in addresses}
        found = {}
        for address in addresses:
            with suppress(NotThere):
                member = self._call(
                    ListMember,
                    self._client.lists.get_list_member,
                    self._list,
                    member_hash(address),
                    fits=lambda one: one.list_id == self._list,
                    fields=wire.one_members_fields(self._marks),
                )
                found[address] = replace(wire.contact_from(member, self._marks), address=address)
        return found

    def delete_permanently(self, address: Email) -> bool:
        """Have Mailchimp erase a contact for good: it refuses to import the address ever again.

        Returns:
            Whether there was such a contact.
        """
        try:
            self._again(
                self._client.do,
                self._client.lists.delete_list_member_permanent,
                self._list,
                member_hash(address),
            )
        except NotThere:  # or an earlier try has done it
            return False
        return True


def _of(changes: Iterable[Change], kind: ChangeKind) -> list[Change]:
    return [change for change in changes if change.kind is kind]


def _touched(tags: Mapping[str, Segment]) -> str:
    return " ".join(segment.updated_at for segment in tags.values())


def _written(part: Sequence[Change], answer: Batch, actual: dict[Email, Contact]) -> Written:
    """What became of a batch."""
    wrong = wire.refused_in(answer, (change.address for change in part))
    states = wire.states_after(answer)
    done = [c for c in part if c.address not in wrong]
    for change in done:
        if change.address not in actual:
            state = states.get(change.address, ContactState.SUBSCRIBED)
            actual[change.address] = Contact(change.address, state)
    return Written([_after(c, actual) for c in done], wrong, wire.newest_in(answer))


def _after(change: Change, actual: dict[Email, Contact]) -> Contact:
    """The contact as it is once the change is made."""
    have = actual[change.address]
    match change.kind:
        case ChangeKind.ADD_CONTACT | ChangeKind.SET_FIELDS:
            now = replace(have, fields=tuple((tag, value) for tag, value in change.fields if value))
        case ChangeKind.ADD_TAG:
            now = replace(have, tags=have.tags | {change.tag})
        case ChangeKind.REMOVE_TAG:
            now = replace(have, tags=have.tags - {change.tag})
    actual[change.address] = now
    return now
