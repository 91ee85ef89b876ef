"""The whole checklist, in the order of an evening."""

from collections.abc import Iterator

from flows.context import ChapterContext
from flows.handover.access import SECTION as ACCESS
from flows.handover.access import access
from flows.handover.items import Item
from flows.handover.keys import SECTION as KEYS
from flows.handover.keys import keys
from flows.handover.leaving import SECTION as LEAVING
from flows.handover.leaving import leaving
from flows.handover.waiting import BACKUPS, NEXT, OPEN, coming, last_backups, open_questions
from flows.handover.work import SECTION as WORK
from flows.handover.work import work
from models.errors import ClerkError
from models.privacy import redact_addresses

PARTS = (
    (KEYS, keys), (ACCESS, access), (WORK, work), (NEXT, coming), (OPEN, open_questions),
    (BACKUPS, last_backups), (LEAVING, leaving),
)  # fmt: skip


def checklist(context: ChapterContext) -> Iterator[Item]:
    """Each line as soon as it is known; what cannot be looked at stops no other."""
    for section, part in PARTS:
        try:
            yield from part(context)
        except ClerkError as fault:
            yield Item(section, "the rest", _said(fault), fault.next_step, looked=False)


def _said(fault: ClerkError) -> str:
    return redact_addresses(f"could not be looked at: {fault.fact}")
