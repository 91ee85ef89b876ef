"""The whole checklist, in the order of an evening."""

from collections.abc import Iterator

from flows.context import ChapterContext
from flows.handover.access import access
from flows.handover.items import Item
from flows.handover.keys import keys
from flows.handover.leaving import leaving
from flows.handover.waiting import coming, last_backups, open_questions
from flows.handover.work import work


def checklist(context: ChapterContext) -> Iterator[Item]:
    """Each line as soon as it is known; what cannot be looked at stops no other."""
    for part in (keys, access, work, coming, open_questions, last_backups, leaving):
        yield from part(context)
