"""What is kept of the sheets: not who was erased, and nothing older than it may be (DP-6).

What members of the committee disclosed goes a year after the tie has ended.

Every reading passes here before the ledger gets it, so that a sheet cannot bring back what was
taken out.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from connectors import elections
from connectors.ledger import Snapshot
from flows.context import ChapterContext
from models.committee.terms import months_after
from models.intake.rows import Row
from models.membership.dues import over_before
from models.membership.erasure import ERASED, blanked, ended_before, names, older_than
from models.privacy import Email, Name
from models.votes.election import ElectionState
from models.year.disclosures import KEPT_MONTHS

HORIZON = "rows kept since"
ENDS = "disclosures"
"""The kind of table whose rows go a year after what they tell of has ended (SC-5)."""
DATED = frozenset({"sign_ins", "event_sign_ins", "volunteers", "proposals", "requests"})
"""The kinds of table whose rows grow old; a registration and an event do not."""


OVER = (ElectionState.COUNTED, ElectionState.PUBLISHED, ElectionState.CANCELLED)
"""States in which no line of a roll is needed for a count any more."""


def counted_from(context: ChapterContext) -> date:
    """Return a day before which no row counts any more.

    Never today, and for no election that is not counted yet, approved or only in its folder (DP-6,
    VM-R3).
    """
    return min(map(context.bylaws.looks_back_to, (context.today, *_record_dates(context))))


def _record_dates(context: ChapterContext) -> Iterator[date]:
    for vote in context.ledger.votes.all():
        if vote.state not in OVER:
            yield vote.election.record_date
    for name in elections.names(context.chapter.folder):
        found = elections.record_day(
            context.chapter.folder, name, context.chapter.tz, context.now()
        )
        if found:
            yield found


def moved_back(context: ChapterContext) -> date | None:
    """Return the day from which rows count again that were taken out before.

    That is so if an amendment or an election looks back further. The sheets may still have them.
    """
    horizon, needed = context.ledger.note(HORIZON), counted_from(context)
    return needed if horizon and needed < date.fromisoformat(horizon) else None


def read_back(day: date) -> str:
    """What people are told of it."""
    whose = "rows of any age" if day == date.min else f"rows from {day} on"
    return (
        f"{whose} count again: reading every source again for rows that were removed earlier (DP-6)"
    )


def keeper(context: ChapterContext) -> Callable[[Snapshot], Snapshot]:
    """Takes out of a reading what the ledger must not hold."""
    erased, held = context.ledger.erasing.erased(), context.ledger.note(HORIZON)
    horizon = held and (moved_back(context) or date.fromisoformat(held))

    def kept(snapshot: Snapshot) -> Snapshot:
        if erased:
            snapshot = without(snapshot, erased.__contains__)
        snapshot = ended_ties_out(snapshot, context.today)
        return older_rows_out(snapshot, horizon) if horizon else snapshot

    return kept


def without(snapshot: Snapshot, gone: Callable[[Email | Name], bool]) -> Snapshot:
    """The reading without the rows that name somebody."""

    def why(row: Row) -> str:
        return ERASED if any(map(gone, names(row))) else ""

    return replace(snapshot, tables=tuple(blanked(table, why) for table in snapshot.tables))


def older_rows_out(snapshot: Snapshot, horizon: date) -> Snapshot:
    """The reading without dated rows from before a day, and payments that were over by then."""
    rules = dict.fromkeys(DATED, older_than(horizon)) | {"dues": over_before(horizon)}
    return replace(
        snapshot,
        tables=tuple(
            blanked(table, rules[table.kind]) if table.kind in rules else table
            for table in snapshot.tables
        ),
    )


def ended_ties_out(snapshot: Snapshot, today: date) -> Snapshot:
    """The reading without what members disclosed of ties that ended more than a year ago."""
    old = ended_before(months_after(today, -KEPT_MONTHS))
    return replace(
        snapshot,
        tables=tuple(
            blanked(table, old) if table.kind == ENDS else table for table in snapshot.tables
        ),
    )
