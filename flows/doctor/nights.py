"""What doctor says of the nights: the last one, and what officers were told."""

from connectors.ledger import LookEnd
from flows.alerts.telling import failed_mail
from flows.alerts.trouble import NEWS, QUICK
from flows.alerts.words import clock, sentence
from flows.context import ChapterContext
from flows.nightly.looks_words import told
from models.errors import FixTheSettings, Refused, TryAgainLater


def last_night(context: ChapterContext) -> str:
    """The last night, and what became of it."""
    run, look = context.ledger.last_run(), context.ledger.looks.newest()
    if look and look.end is LookEnd.REFUSED:
        raise Refused(
            f"the newest night was refused on {look.day}: {look.said}"
            + (f" {told(look.since)}" if look.since else ""),
            rule="VM-1",
            next_step="`clerk review` shows what it was about; "
            f"{look.next_step}; `clerk sync` looks again",
        )
    if run is None:
        return "new; no night recorded yet" + (f"; {told(look)}" if look else "")
    if run.finished is None:
        return _unfinished(context)
    age = (context.today - run.day).days
    if age > 2:
        raise FixTheSettings(
            f"the last night was {age} days ago, on {run.day}",
            next_step="see that `clerk serve` is running (docs/running.md)",
        )
    took_over = "; it finished a night that was cut short" if run.finishes else ""
    newer = f"; newer, and not on record: {told(look)}" if look else ""
    return f"last night recorded {run.day}{took_over}{newer}"


def alerts(context: ChapterContext) -> str:
    """What is still so, as the officers were told, or will be.

    Raises:
        FixTheSettings: their mail fails.
    """
    failed = failed_mail(context).known.get(NEWS)
    if failed and (failed.times >= QUICK or not failed.passing):
        since, last = (clock(at, context.chapter.tz) for at in (failed.since, failed.last))
        raise FixTheSettings(
            f"the officers' mail fails since {since}, {failed.times} times by now, the last one "
            f"{last}: {failed.said}",
            next_step="mend what it says; it is tried again at the end of each night, and by the "
            "clock after some hours",
        )
    waiting = {known.id for known in context.ledger.alerts.untold()}
    said = [
        f"{sentence(known.alert)} So since {clock(known.raised, context.chapter.tz)}"
        + (", and they were not told yet" if known.id in waiting else "")
        for known in context.ledger.alerts.still_so()
    ]
    return "; ".join(said) or "nothing is still so"


def _unfinished(context: ChapterContext) -> str:
    """A night that is at work is fine; one that failed or died has left half of its work."""
    try:
        with context.ledger.alone():
            run = context.ledger.last_run()
    except TryAgainLater:
        return "a night, or another job, is at work"
    if run is None or run.finished:
        return "a night has just been finished"
    if run.failed:
        raise TryAgainLater(
            f"the night of {run.day} failed before its end, or was stopped by hand",
            next_step="the next night does what is left, and `clerk sync --apply` does it now; "
            "`clerk review` says why it failed",
        )
    raise TryAgainLater(
        f"the night of {run.day} was cut short",
        next_step="`clerk serve` finishes it within "
        f"{context.chapter.schedule.check_every_minutes} minutes, and `clerk sync --apply` now",
    )
