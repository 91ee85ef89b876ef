"""What is read of dues, and kept: only where a rule asks for anybody's (DP-5)."""

from connectors.ledger import Ledger, Snapshot
from connectors.settings import Workbook
from flows.context import ChapterContext
from flows.nightly.held_sources import imported
from models.intake.imported import DUES_FILE, REQUEST


def asks_for_dues(context: ChapterContext) -> bool:
    """Whether a rule asks for anybody's dues: a path to membership, or nominees (DP-5)."""
    named = "nominations" in context.chapter.kinds_read
    return named or context.bylaws.asks_for_dues or _is_anybody_nominated(context.ledger)


def _is_anybody_nominated(ledger: Ledger) -> bool:
    """Whether an officer granted a member's request to nominate somebody (ST-3)."""
    granted = (ledger.snapshot(key) for key in ledger.versions() if key.startswith(REQUEST))
    return any(table.kind == "nominations" for one in granted if one for table in one.tables)


def lists_of(context: ChapterContext) -> dict[str, Snapshot | None]:
    """The lists given as files: that of the dues only where a rule asks, and so not kept (DP-5)."""
    kept = imported(context.ledger)
    return {key: one for key, one in kept.items() if key != DUES_FILE or asks_for_dues(context)}


def as_read(context: ChapterContext, workbook: Workbook) -> Workbook:
    """A workbook with the tabs that are read: that of the dues only where a rule asks (DP-5)."""
    return workbook if asks_for_dues(context) else workbook.model_copy(update={"dues": ""})
