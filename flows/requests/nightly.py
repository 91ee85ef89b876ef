"""Requests after each night: taken in, told, tidied. What goes wrong stops no night (ST-3)."""

from flows.context import ChapterContext
from flows.nightly.facts import year_of
from flows.nightly.night import Sync
from flows.nightly.people import facts_on_record
from flows.nightly.sources import known_sources, tables_of
from flows.requests.letters import CODES_OUT, owed, send_due, tidy
from flows.requests.queue import is_kept, queue_of
from flows.requests.taking_in import take_in
from models.text.formats import amount
from models.year.request_queue import RequestTold, expired

BROUGHT_ON = "requests brought on after run"
"""The note of the last run whose rows were all taken in, and what was owed then sent."""
ALL_READ = "requests were all read"
"""The note that says that no tab or form of requests was lost that night."""


def bring_on(context: ChapterContext, night: Sync | None = None) -> str:
    """Take in what is new, and send what is owed; what the log may say of it.

    After a night that found nothing changed there is nothing new, and nobody need be judged: if the
    requests were brought on after the night before it.

    Args:
        night: what was applied; None where an earlier try is made good.
    """
    if not _has_any(context):
        return ""
    with context.ledger.alone():
        run = _last_applied(context)
        if night and night.is_quiet and _takes_over(context, night):
            _quietly(context)
            said = ""
        else:
            said = _wholly(context)
        context.ledger.set_note(BROUGHT_ON, str(run))
    return said


def is_due(context: ChapterContext) -> bool:
    """Whether a night is on record whose requests were not brought on to the end."""
    run = _last_applied(context)
    return bool(run and context.ledger.note(BROUGHT_ON) != str(run) and _has_any(context))


def _has_any(context: ChapterContext) -> bool:
    return is_kept(context) or bool(context.ledger.requests.under_way())


def _last_applied(context: ChapterContext) -> int:
    """The last run; 0 where it is not finished, since another one will finish it."""
    last = context.ledger.last_run()
    return last.id if last and last.finished else 0


def _takes_over(context: ChapterContext, night: Sync) -> bool:
    """Whether nothing can be new: any rows of the run before this night were taken in."""
    last, *before = (str(one.id) for one in context.ledger.runs(2))
    is_followed = last == str(night.run) and context.ledger.note(BROUGHT_ON) in (last, *before)
    # Whom no email reached it reaches only after something has changed.
    owing = (one for one in context.ledger.requests.under_way() if owed(one))
    return is_followed and all(one.told is RequestTold.UNREACHED for one in owing)


def _wholly(context: ChapterContext) -> str:
    facts, sources = facts_on_record(context), known_sources(context.ledger)
    new = take_in(context, facts, year_of(context, sources))
    asked = [table for table in tables_of(sources) if table.kind == "requests"]
    # Of a tab that is lost no field is read: a code may be in it.
    context.ledger.set_note(ALL_READ, "yes" if all(table.fields for table in asked) else "")
    _expire(context)
    try:
        sent = send_due(context, queue_of(context, facts))
    finally:  # an email that is kept back keeps no code on the mailing list
        tidy(context)
    return f"requests: {new} new, {amount(sent, 'email')} sent" if new or sent else ""


def _quietly(context: ChapterContext) -> None:
    """What a day brings by itself, at a cost that does not grow with the people."""
    if context.ledger.requests.under_way() or context.ledger.note(CODES_OUT):
        _expire(context)
        tidy(context)


def _expire(context: ChapterContext) -> None:
    """End what nobody proved in time; where a tab is lost, the code may be in it."""
    if context.ledger.note(ALL_READ):
        queue = context.ledger.requests
        queue.change(expired(queue.under_way(), context.today))
