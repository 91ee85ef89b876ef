"""Segments and tags of ours: static segments both, filled with whom we say and nobody else."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from connectors.mailchimp import wire
from connectors.mailchimp.answers import InSegment, Moved, OurSegment, Segment, SegmentList
from connectors.mailchimp.calls import Calls
from connectors.mailchimp.payloads import MOST, EmptySegment, SegmentChange
from connectors.mailchimp.refusing import NotThere
from connectors.net.retries import RetryPolicy
from models.errors import Refused
from models.privacy import Email

if TYPE_CHECKING:
    from connectors.mailchimp.client import MailchimpClient

T = TypeVar("T")


class Segments(Calls):
    """The segments and tags of one audience."""

    def __init__(self, client: "MailchimpClient", list_id: str, patience: RetryPolicy) -> None:
        super().__init__(client, list_id, patience)
        self._segments: dict[str, Segment] | None = None

    def fill_segment(self, name: str, addresses: Iterable[Email]) -> tuple[int, set[Email]]:
        """Make a segment of ours hold exactly these contacts.

        Who is in it already is not put in again: Mailchimp counts newcomers with a delay.

        Returns:
            The segment's id, and whom it did not take.
        """
        segment, wanted = self._segment(name), set(addresses)
        if not wanted:
            self._empty(name, segment)
            return segment, set()
        held, refused = self._held(segment), set[Email]()
        for part in parts(sorted(held - wanted)):
            self._change_segment(name, add=(), remove=part)
        for part in parts(sorted(wanted - held)):
            refused |= wire.refused_by_segment(self._change_segment(name, add=part, remove=()))
        return segment, refused

    def _empty(self, name: str, segment: int) -> None:
        self._call(
            OurSegment,
            self._client.lists.update_segment,
            self._list,
            segment,
            EmptySegment(name=name),
            fits=lambda answer: answer.list_id == self._list and answer.id == segment,
        )

    def _held(self, segment: int) -> set[Email]:
        """Whom it holds, of those who may be written to."""
        pages = self._pages(
            InSegment,
            self._client.lists.get_segment_members_list,
            self._list,
            segment,
            fields=["members.email_address", "total_items"],
        )
        return {wire.address_of(one.email_address) for page in pages for one in page.members}

    def segment(self, name: str) -> int:
        """The id of a segment of ours, with whom it holds."""
        return self._segment(name)

    def has_segment(self, name: str) -> bool:
        """Whether there is a tag or segment of ours of this name."""
        return self._known(name) is not None

    def inside(self, name: str) -> set[Email]:
        """Whom a segment of ours holds; nobody where there is none."""
        found = self._known(name)
        return self._held(found.id) if found else set()

    def remove_segment(self, name: str) -> None:
        """Remove a segment of ours from the audience, and nobody in it.

        One that is gone is; one that Mailchimp keeps does no harm, for no letter goes to it again.
        """
        if found := self._known(name):
            with suppress(Refused, NotThere):
                remove = self._client.lists.delete_segment
                self._again(self._client.do, remove, self._list, found.id)
            (self._segments or {}).pop(name.casefold(), None)

    def _known(self, name: str) -> Segment | None:
        if self._segments is None:
            self._segments = self._all_segments()
        return self._segments.get(name.casefold())

    def leave_segments(self, addresses: Sequence[Email], prefix: str) -> None:
        """Take contacts out of every tag and segment whose name begins so."""
        self._segments = self._all_segments()
        for name in self._segments:
            if name.startswith(prefix.casefold()):
                self._change_segment(name, add=(), remove=addresses)

    def _change_segment(self, name: str, *, add: Sequence[Email], remove: Sequence[Email]) -> Moved:
        body = SegmentChange(members_to_add=tuple(add), members_to_remove=tuple(remove))
        return self._call(
            Moved,
            self._client.lists.batch_segment_members,
            body,
            self._list,
            self._segment(name),
            fits=lambda moved: bool(moved.errors) or moved.error_count == 0,
        )

    def _segment(self, name: str) -> int:
        """The id of a tag or segment of ours, made when missing. Its case may change there."""
        known = name.casefold()
        self._segments = self._all_segments() if self._segments is None else self._segments
        if known not in self._segments:
            body = EmptySegment(name=name)
            try:
                self._segments[known] = self._call(
                    OurSegment,
                    self._client.lists.create_segment,
                    self._list,
                    body,
                    fits=lambda made: made.list_id == self._list,
                )
            except Refused:  # a try whose answer got lost may have made it
                self._segments = self._all_segments()
                if known not in self._segments:
                    raise
        return self._segments[known].id

    def _all_segments(self) -> dict[str, Segment]:
        pages = self._pages(
            SegmentList,
            self._client.lists.list_segments,
            self._list,
            fits=lambda page: page.list_id == self._list,
            fields=wire.SEGMENT_FIELDS,
            type="static",
        )
        return {segment.name.casefold(): segment for page in pages for segment in page.segments}


def parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at a time as one request takes."""
    for start in range(0, len(items), MOST):
        yield items[start : start + MOST]
