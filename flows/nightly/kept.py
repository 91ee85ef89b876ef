"""What a night found, kept for the nights after it that find nothing changed.

A night takes over what the last full one found where all of this is so:

1. that one had nothing left to do: no change, no email, nobody who gained or lost the vote;
2. our settings, the bylaws, the program, and the last line by which a result stands are the same;
3. nobody has written anything to the ledger since that a night goes by;
4. every source was read again as it was, or not at all because its version is the same;
5. the mailing list is as it was, person by person;
6. no day has come on which something changes by itself (`models.days_ahead`);
7. it is less than a week ago. Then all is read and judged again, and compared.

In all other cases everything is judged anew.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from pydantic import TypeAdapter

from connectors.mailchimp import Census
from flows.context import ChapterContext
from flows.nightly.keeping import HORIZON
from flows.nightly.known_kinds import KINDS_NOTED
from flows.nightly.mirror import Seen, fits
from flows.nightly.night import Found, Sync, SyncOptions
from flows.nightly.rests_on import rests_on
from flows.nightly.review import DIGEST, review_digest, rows_of
from flows.nightly.sources import Sources
from flows.nightly.unusable import NOTE as LET_PASS
from flows.notes import PROPOSALS, noted
from models.base import Value
from models.days_ahead import DaysAhead
from models.intake.unchanged import is_old
from models.mail.audience import ContactState
from models.mail.plans import Plan

NOTE = "kept night"
_GONE_BY = (HORIZON, KINDS_NOTED, LET_PASS, PROPOSALS)
"""Notes that a night goes by."""


class Kept(Value):
    """A night that had nothing left to do, and what its result rests on."""

    day: date
    """On which everything was read and judged."""
    changes: date
    """The first day on which something may be otherwise."""
    inputs: str
    mark: str
    sources: tuple[str, ...]
    states: Mapping[ContactState, int]
    tags: Mapping[str, int]
    """What Mailchimp counted."""
    review: str
    """The digest of the review tab as it should be."""
    had: int
    tagged: int
    found: Found

    @property
    def census(self) -> Census:
        """What Mailchimp counted."""
        return Census(Counter(self.states), Counter(self.tags))

    @property
    def plan(self) -> Plan:
        """The plan of a night that finds the same."""
        return Plan(had=self.had, tags_held=self.tagged)

    def is_old(self, today: date) -> bool:
        """Whether all is to be judged again in any case."""
        return is_old(self.day, today)


_FORM: TypeAdapter[Kept | None] = TypeAdapter(Kept | None)


def last_kept(context: ChapterContext, wishes: SyncOptions, today: date) -> Kept | None:
    """What was kept, if it may still hold but for the sources and the mailing list."""
    if not wishes.apply or wishes.full or wishes.approve or wishes.tell_everyone:
        return None
    kept = noted(context.ledger, NOTE, _FORM, None)
    if kept is None or not kept.day <= today < kept.changes:
        return None
    same = kept.mark == context.ledger.quiet.mark() and kept.inputs == rests_on(context, _GONE_BY)
    is_written = context.chapter.own_tab("review") is None or (
        context.ledger.note(DIGEST) == kept.review
    )
    return kept if same and is_written else None


def standing(context: ChapterContext) -> str:
    """What the kept night is known by, as long as it holds; "" while nobody knows what is so.

    What was written down beside it need not be worked out again as long as this is the same.
    """
    kept = last_kept(context, SyncOptions(apply=True), context.today)
    return f"{kept.day} {kept.mark}" if kept else ""


def holds(context: ChapterContext, kept: Kept, sources: Sources, seen: Seen) -> bool:
    """Whether the sources and the mailing list are as they were."""
    if sources.shrunk or sources.back_to or not seen.as_before:
        return False
    if tuple(sources.snapshots) != kept.sources:
        return False
    return all(context.ledger.quiet.is_as_held(sources.snapshots[key]) for key in sources.fresh)


def agrees(context: ChapterContext, kept: Kept, night: Sync) -> bool:
    """Whether a full reckoning of what has not changed finds what the quiet nights went by."""
    plan = night.plan
    return (
        _has_nothing_to_do(plan)
        and (plan.had, plan.tags_held) == (kept.had, kept.tagged)
        and night.found == kept.found
        and review_digest(rows_of(night), context.chapter.own_tab("review")) == kept.review
    )


def keep(context: ChapterContext, night: Sync, seen: Seen, ahead: DaysAhead) -> None:
    """Keep a night that was applied to its end, if the nights after it may take it over."""
    ledger, plan = context.ledger, night.plan
    at_rest = _has_nothing_to_do(plan) and not (night.passed_over or night.sent)
    waits = ledger.pending_letters() or ledger.mailings.open_of_nights()
    mark = ledger.quiet.mark_of_ours()
    review = review_digest(rows_of(night), context.chapter.own_tab("review"))
    is_written = context.chapter.own_tab("review") is None or ledger.note(DIGEST) == review
    if not (at_rest and mark and is_written and fits(seen)) or waits:
        return
    kept = Kept(
        day=night.day,
        changes=ahead.changes,
        inputs=rests_on(context, _GONE_BY),
        mark=mark,
        sources=tuple(night.sources.snapshots),
        states=dict(seen.census.states),
        tags=dict(seen.census.tags),
        review=review,
        had=plan.had,
        tagged=plan.tags_held,
        found=night.found,
    )
    ledger.set_note(NOTE, kept.model_dump_json())


def _has_nothing_to_do(plan: Plan) -> bool:
    concerned = plan.losing or plan.gaining or plan.unexpected
    return plan.is_empty() and not (concerned or plan.shrunk or plan.unusable or plan.baseline)
