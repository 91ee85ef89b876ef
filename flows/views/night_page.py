"""The page of the nights in the chapter's folder, private to its owner: counts, and nobody (DP-3).

The newest takes the place of the last one. How things stood on the nights before is kept in a small
note, for the ledger keeps standings of people and no counts.
"""

from collections import Counter
from datetime import date

from pydantic import TypeAdapter

from connectors import pages
from connectors.files.private_files import write_private
from flows.context import ChapterContext
from flows.nightly.night import Sync
from flows.nightly.people import review_of
from flows.notes import noted
from flows.views.roll import grouped
from models.base import Value
from models.membership.voting_status import Status

NIGHTS = 7
"""On the page, the newest last."""
_NOTE = "nights on the page"


class _Night(Value):
    day: date
    standings: dict[Status, int]
    changes: dict[str, int]


_NIGHTS = TypeAdapter(tuple[_Night, ...])


def write_page(context: ChapterContext, night: Sync) -> None:
    """Write the page of a night that was applied, if the chapter wants it, in each language."""
    chapter = context.chapter
    if not chapter.schedule.night_page:
        return
    nights = _with(noted(context.ledger, _NOTE, _NIGHTS, ()), night)
    context.ledger.set_note(_NOTE, _NIGHTS.dump_json(nights).decode())
    shown = [pages.NightPage(one.day, one.standings, one.changes) for one in nights]
    for language in chapter.languages:
        page = pages.night_page(
            chapter.name, shown, grouped(review_of(context, night)), language, chapter.languages
        )
        write_private(chapter.folder / pages.night_file(language), page.encode())


def _with(before: tuple[_Night, ...], night: Sync) -> tuple[_Night, ...]:
    """The last nights; two on one day are one, with the changes of both."""
    changes = Counter(night.plan.counts())
    if before and before[-1].day == night.day:
        changes += Counter(before[-1].changes)
        before = before[:-1]
    now = _Night(day=night.day, standings=night.found.standings, changes=dict(changes))
    return (*before, now)[-NIGHTS:]
