"""What is kept no longer than it is needed (DP-6).

Rolls and codes after the challenge period, rows older than the window of VM-1 plus a margin for
disputes, and what was recorded of them; what members disclosed, a year after the tie ended (SC-5).
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from connectors.elections import folder_of
from connectors.ledger import Ledger, Snapshot
from flows.context import ChapterContext
from flows.nightly.keeping import HORIZON, OVER, counted_from, ended_ties_out, older_rows_out
from flows.nightly.sources import known_sources
from flows.votes.history import destroyed
from flows.votes.pages import TELLERS
from flows.votes.sending import CLERK
from models.membership.erasure import EXPIRED, marked


@dataclass(frozen=True, slots=True)
class Due:
    """What may go today."""

    horizon: date
    """Rows with an earlier date go."""
    rows: int
    snapshots: tuple[Snapshot, ...]
    """The sources that hold such rows, without them."""
    votes: tuple[str, ...]
    """Votes whose contest window is over and whose roll is still held."""


def due(context: ChapterContext) -> Due:
    """What is older than it may be kept, and counts for nobody's vote any more."""
    kept = timedelta(days=context.chapter.retention.sign_ins_days)
    horizon = min(context.today - kept, counted_from(context))
    changed = tuple(_with_old_rows(context.ledger, horizon, context.today))
    rows = sum(len(marked(t, EXPIRED)) for s in changed for t in s.tables)
    return Due(horizon, rows, changed, tuple(_votes_over(context)))


def _with_old_rows(ledger: Ledger, horizon: date, today: date) -> Iterator[Snapshot]:
    for snapshot in known_sources(ledger).snapshots.values():
        without = ended_ties_out(older_rows_out(snapshot, horizon), today)
        if without != snapshot:
            yield without


def _votes_over(context: ChapterContext) -> Iterator[str]:
    window = timedelta(days=context.chapter.retention.challenge_days)
    for vote in context.ledger.votes.all():
        held = vote.secret or context.ledger.votes.roll(vote.election.name)
        if vote.state in OVER and vote.election.closes + window < context.now() and held:
            yield vote.election.name


def apply(context: ChapterContext, by: str = CLERK) -> dict[str, int]:
    """Destroy what is due; counts of what went, which the record keeps too.

    A job that dies is simply asked again: the files go first, everything else in one transaction.
    """
    with context.ledger.alone():
        found = due(context)
        for name in found.votes:
            shutil.rmtree(folder_of(context.chapter.folder, name) / TELLERS, ignore_errors=True)
        gone = context.ledger.erasing.expire(
            found.horizon,
            found.snapshots,
            rows=found.rows,
            by=by,
            at=context.now(),
            rolls=found.votes,
            note=HORIZON,
        )
    return destroyed(gone)
