"""What a person should look at: the review tab's rows, and the local list."""

import hashlib
from collections.abc import Sequence
from datetime import date

from connectors.google import Rows
from connectors.settings.workbooks import OwnTab
from flows.context import ChapterContext
from flows.nightly.links import Links
from flows.nightly.night import Sync
from flows.nightly.sources import Sources
from models.intake.locations import ReviewItem
from models.intake.unchanged import is_old

HEADER = ("Where", "Result", "What is wrong", "What to do", "Rule", "Link")
DIGEST, TO_CHECK, WRITTEN = "review tab", "rows to check", "review tab was written on"
"""Notes of the ledger: what stands in the tab, how many lines there are for a person, and when."""


def review_rows(items: Sequence[ReviewItem], links: Links) -> list[tuple[str, ...]]:
    """The whole review tab; a row names and links its cell, never what stands in it."""
    lines = [
        (
            str(item.place),
            item.weight.shown,
            item.reason,
            item.next_step,
            item.rule,
            links.of(item.place),
        )
        for item in items
    ]
    return [HEADER, *(lines or [("", "", "Nothing needs attention.", "", "", "")])]


def rows_of(night: Sync) -> list[tuple[str, ...]]:
    """The review tab of a night."""
    return review_rows(night.facts.review, Links(night.sources))


def review_digest(rows: Sequence[Sequence[str]], tab: OwnTab | None) -> str:
    """Says whether the tab would change."""
    where = (tab.workbook, tab.title) if tab else ()
    return hashlib.sha256(repr((where, rows)).encode()).hexdigest()


def is_due(context: ChapterContext, rows: Sequence[Sequence[str]]) -> bool:
    """Whether the tab in the workbook is out of date, or another one than was written."""
    tab = context.chapter.own_tab("review")
    return tab is not None and context.ledger.note(DIGEST) != review_digest(rows, tab)


def _distrust(context: ChapterContext, *, full: bool) -> None:
    """Have the tab written in any case when it is a week old: somebody may have changed it."""
    written = context.ledger.note(WRITTEN)
    if full or (written and is_old(date.fromisoformat(written), context.today)):
        context.ledger.set_note(DIGEST, "")


def before_writing(
    context: ChapterContext, sources: Sources, rows: Sequence[Sequence[str]]
) -> Sources:
    """Our own write makes the workbook a new version: next time it is read again."""
    tab = context.chapter.own_tab("review")
    return (
        sources.distrusting(f"workbook {tab.workbook}")
        if tab and is_due(context, rows)
        else sources
    )


def look_at_review(context: ChapterContext, rows: Sequence[Sequence[str]], full: bool) -> None:
    """Before the mailing list is changed: whether the tab can be written, where it would be.

    Args:
        full: it is written in any case.

    Raises:
        FixTheSettings: it cannot; nothing was changed.
    """
    _distrust(context, full=full)
    if (tab := context.chapter.own_tab("review")) and is_due(context, rows):
        context.own_tabs.look(tab)


def write_review(context: ChapterContext, rows: Sequence[Sequence[str]]) -> bool:
    """Replace the chapter's review tab, when it would change."""
    tab = context.chapter.own_tab("review")
    if tab is None or not is_due(context, rows):
        return False
    context.own_tabs.replace(tab, Rows(rows=tuple(map(tuple, rows))))
    context.ledger.set_note(DIGEST, review_digest(rows, tab))
    context.ledger.set_note(WRITTEN, str(context.today))
    return True
