"""What a person should look at: the review tab's rows, and the local list."""

import hashlib
from collections.abc import Sequence

from connectors.settings import Chapter, Workbook
from flows.context import ChapterContext
from flows.nightly.sources import Sources
from models.intake.locations import ReviewItem

HEADER = ("Where", "Result", "What is wrong", "What to do", "Rule")
DIGEST = "review tab"


def review_rows(items: Sequence[ReviewItem]) -> list[tuple[str, ...]]:
    """The whole review tab; a row names its cell, never what stands in it."""
    lines = [
        (str(item.place), item.weight.shown, item.reason, item.next_step, item.rule)
        for item in items
    ]
    return [HEADER, *(lines or [("", "", "Nothing needs attention.", "", "")])]


def review_digest(rows: Sequence[Sequence[str]]) -> str:
    """Says whether the tab would change."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def is_due(context: ChapterContext, rows: Sequence[Sequence[str]]) -> bool:
    """Whether the tab in the workbook is out of date."""
    return bool(_workbook_key(context.chapter)) and context.ledger.note(DIGEST) != review_digest(
        rows
    )


def before_writing(
    context: ChapterContext, sources: Sources, rows: Sequence[Sequence[str]]
) -> Sources:
    """Our own write makes the workbook a new version: next time it is read again."""
    return sources.distrusting(_workbook_key(context.chapter)) if is_due(context, rows) else sources


def look_at_review(context: ChapterContext, rows: Sequence[Sequence[str]]) -> None:
    """Before the mailing list is changed: whether the tab can be written, where it would be.

    Raises:
        FixTheSettings: it cannot; nothing was changed.
    """
    if is_due(context, rows):
        context.review_tab.look(_workbook(context.chapter))


def write_review(context: ChapterContext, rows: Sequence[Sequence[str]]) -> bool:
    """Replace the chapter's review tab, when it would change."""
    if not is_due(context, rows):
        return False
    context.review_tab.replace(_workbook(context.chapter), rows)
    context.ledger.set_note(DIGEST, review_digest(rows))
    return True


def _workbook_key(chapter: Chapter) -> str:
    return next((f"workbook {w.id}" for w in chapter.workbooks if w.review), "")


def _workbook(chapter: Chapter) -> Workbook:
    return next(w for w in chapter.workbooks if w.review)
