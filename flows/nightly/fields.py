"""Which columns there have been in each tab, so that one that is gone is asked about."""

from collections.abc import Iterable, Iterator, Mapping

from pydantic import TypeAdapter

from connectors.ledger import Ledger, Snapshot
from flows.context import ChapterContext
from flows.notes import noted
from models.errors import FixTheData
from models.intake.imported import is_imported
from models.intake.locations import ReviewItem
from models.intake.lost_columns import fields_read, lost_columns
from models.intake.tables import Table

NOTE, _FORM = "fields read", TypeAdapter(dict[str, tuple[str, ...]])


def lost(context: ChapterContext, snapshots: Mapping[str, Snapshot]) -> Iterator[ReviewItem]:
    """The columns that an earlier night read and that are not there any more."""
    return lost_columns(_own(snapshots), _known(context.ledger), context.chapter.columns_of)


def refuse_lost(context: ChapterContext, key: str, tables: Iterable[Table]) -> None:
    """Say of a workbook that is looked at what a night would ask of it, beside all the others.

    Raises:
        FixTheData: columns are gone that an earlier night read.
    """
    tabs = _own(context.ledger.snapshots()) | {key: tuple(tables)}
    found = [*lost_columns(tabs, _known(context.ledger), context.chapter.columns_of, only=key)]
    if found:
        facts, places, steps = (
            "; ".join(dict.fromkeys(str(getattr(one, part)) for one in found))
            for part in ("reason", "place", "next_step")
        )
        raise FixTheData(facts, where=places, next_step=steps)


def remember_fields(context: ChapterContext, snapshots: Mapping[str, Snapshot]) -> None:
    """Note which columns there have been; only once the night that read them is on record."""
    known = _known(context.ledger)
    now = fields_read(_own(snapshots), known, context.chapter.columns_of)
    if now != known:
        context.ledger.set_note(NOTE, _FORM.dump_json(now).decode())


def _own(snapshots: Mapping[str, Snapshot]) -> dict[str, tuple[Table, ...]]:
    """The chapter's sheets: a file that is read again may have other columns."""
    return {key: one.tables for key, one in snapshots.items() if not is_imported(key)}


def _known(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    return noted(ledger, NOTE, _FORM, {})
