"""The proposals for the priorities: numbered once, and as the committee's list has them (SC-7)."""

from itertools import count
from typing import Final

from flows.context import ChapterContext
from flows.nightly.facts import year_of
from flows.nightly.people import facts_on_record
from flows.nightly.proposals import Judged, Numbers, judge, key_of, numbers_of
from flows.notes import PROPOSALS

FIRST_OF_THE_NEXT: Final = 10
"""From this month on, priorities are those of the next year: they are ratified in Q1 (SC-7)."""


def judged(context: ChapterContext) -> Judged:
    """The proposals as last read; only those that the tab already shows have a number."""
    roll = facts_on_record(context).roll(context.today)
    return judge(context.ledger, year_of(context), roll)


def number_new(context: ChapterContext) -> int:
    """Give each new text the next number; how many are new. Hold `Ledger.alone` around it.

    A number that the committee's tab has a row about is never given, for that row was about another
    proposal: of a ledger that was lost, or of a list that a backup does not know.
    """
    book = year_of(context)
    if not book.proposals:
        return 0
    known = numbers_of(context.ledger)
    texts = {key_of(context.ledger, one.text): None for one in judged(context).counted}
    new = [text for text in texts if text not in known.given]
    spoken_of = {row.number for row in book.moderated}
    free = (number for number in count(known.last + 1) if number not in spoken_of)
    given = dict(zip(new, free, strict=False))
    if given:
        keep(context, known.model_copy(update={"given": {**known.given, **given}}))
    return len(given)


def begin_list(context: ChapterContext, call: str) -> None:
    """Begin the list of another call; the numbers of the one before are over, and none returns."""
    known = numbers_of(context.ledger)
    if known.call != call:
        keep(context, Numbers(call=call, before=known.last))


def keep(context: ChapterContext, numbers: Numbers) -> None:
    """Remember a list."""
    context.ledger.set_note(PROPOSALS, numbers.model_dump_json())


def year_due(context: ChapterContext) -> int:
    """The year whose priorities are proposed now."""
    today = context.today
    return today.year + (today.month >= FIRST_OF_THE_NEXT)
