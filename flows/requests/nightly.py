"""Requests after each night: taken in, told, tidied. What goes wrong stops no night (ST-3)."""

from flows.context import ChapterContext
from flows.nightly.night import Sync
from flows.nightly.sources import facts_of, known_sources
from flows.requests.letters import CODES_OUT, owed, send_due, tidy
from flows.requests.queue import is_kept, queue_of
from flows.requests.taking_in import take_in
from models.year.request_queue import expired


def bring_on(context: ChapterContext, night: Sync | None = None) -> str:
    """Take in what is new, and send what is owed; what the log may say of it.

    After a night that found nothing changed there is nothing new, and nobody need be judged.

    Args:
        night: what was applied; None where an earlier try is made good.
    """
    ledger = context.ledger
    under_way = ledger.requests.under_way()
    is_quiet = night is not None and night.is_quiet
    if not (is_kept(context) or under_way):
        return ""
    if is_quiet and not any(map(owed, under_way)):
        return _quietly(context)
    with ledger.alone():
        facts = facts_of(context, known_sources(ledger))
        new = take_in(context, facts)
        sent = send_due(context, queue_of(context, facts))
        tidy(context)
    return f"requests: {new} new, {sent} emails sent" if new or sent else ""


def _quietly(context: ChapterContext) -> str:
    """What a day brings by itself, at a cost that does not grow with the people."""
    queue = context.ledger.requests
    if queue.under_way() or context.ledger.note(CODES_OUT):
        with context.ledger.alone():
            queue.change(expired(queue.under_way(), context.today))
            tidy(context)
    return ""
