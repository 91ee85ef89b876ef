"""What is known of people, as the last full night found it, or found anew where that may differ.

A night keeps what it gathered of each person before it judged them (`connectors.ledger`). It holds
until sources or people change, a setting does, or the first day on which the same sources would
say something else. Until then who asks is given it, and judges on the day that is asked about.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from connectors.ledger import Found, Gathered
from flows.context import ChapterContext
from flows.nightly.links import Links
from flows.nightly.rests_on import rests_on
from flows.nightly.sources import Sources, known_sources, tables_of
from flows.notes import PROPOSALS
from models.intake.locations import ReviewItem
from models.intake.people import Person
from models.membership.voter_roll import Facts
from models.membership.waiting import Waiting, known_by

if TYPE_CHECKING:
    from flows.nightly.night import Sync

_GONE_BY = (PROPOSALS,)


def gathered(context: ChapterContext, facts: Facts, sources: Sources, changes: date) -> Gathered:
    """What a night keeps of everybody.

    Args:
        changes: the first day on which the same sources may say something else.
    """
    said = Waiting(tables_of(sources), context.chapter.tz, facts.review)

    def waiting(person: Person) -> Iterable[ReviewItem]:
        return said.of(known_by(person))

    return Gathered(facts, rests_on(context, _GONE_BY), changes, waiting, Links(sources).homes)


def facts_on_record(context: ChapterContext) -> Facts:
    """All that the sources said when they were last read."""
    if found := everybody(context):
        return found.facts
    from flows.nightly.facts import facts_of

    return facts_of(context, known_sources(context.ledger))


def review_of(context: ChapterContext, night: "Sync") -> list[ReviewItem]:
    """What a night asks of the sources; of a quiet one it was kept."""
    kept = None
    if night.is_quiet:
        kept = context.ledger.people.review(rests_on(context, _GONE_BY), context.today)
    return night.facts.review if kept is None else kept


def everybody(context: ChapterContext) -> Found | None:
    """All of it as it was kept; None where it may be otherwise now."""
    rests = rests_on(context, _GONE_BY)
    return context.ledger.people.everybody(rests, context.bylaws, context.today)


def about(context: ChapterContext, wanted: str) -> Found | None:
    """The same of those whom an id, an address, or a part of a name may mean; of nobody else."""
    rests = rests_on(context, _GONE_BY)
    return context.ledger.people.about(wanted, rests, context.bylaws, context.today)
