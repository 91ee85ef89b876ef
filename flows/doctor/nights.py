"""What doctor says of the nights: the last one, and what officers were told."""

from connectors.ledger import LookEnd
from flows.alerts.telling import failed_mail
from flows.alerts.trouble import NEWS, QUICK
from flows.alerts.words import clock, sentence
from flows.context import ChapterContext
from flows.nightly.looks_words import told
from models.errors import FixTheSettings, Refused, TryAgainLater
from models.text import formats


def last_night(context: ChapterContext) -> str:
    """The last night, and what became of it."""
    run, look = context.ledger.last_run(), context.ledger.looks.newest()
    if look and look.end is LookEnd.REFUSED:
        raise Refused(
            f"the latest nightly run was refused on {formats.day(look.day)}: {look.said}"
            + (f" {told(look.since)}" if look.since else ""),
            rule="VM-1",
            next_step=f"`clerk review` shows what it was about; {look.next_step}; `clerk sync` "
            "checks again",
        )
    if run is None:
        return "new; no nightly run recorded yet" + (f"; {told(look)}" if look else "")
    if run.finished is None:
        return _unfinished(context)
    age = (context.today - run.day).days
    if age > 2:
        raise FixTheSettings(
            f"the last nightly run was {age} days ago, on {formats.day(run.day)}",
            next_step="make sure that `clerk serve` is running (docs/running.md)",
        )
    took_over = "; it finished an earlier run that was interrupted" if run.finishes else ""
    newer = f"; newer, but not applied: {told(look)}" if look else ""
    return f"last nightly run: {formats.day(run.day)}{took_over}{newer}"


def alerts(context: ChapterContext) -> str:
    """What is still so, as the officers were told, or will be.

    Raises:
        FixTheSettings: their mail fails.
    """
    failed = failed_mail(context).known.get(NEWS)
    if failed and (failed.times >= QUICK or not failed.passing):
        since, last = (clock(at, context.chapter.tz) for at in (failed.since, failed.last))
        raise FixTheSettings(
            f"email to the officers has failed since {since}, {failed.times} times, last on "
            f"{last}: {failed.said}",
            next_step="fix what it says; the program tries again after each nightly run and every "
            "few hours",
        )
    waiting = {known.id for known in context.ledger.alerts.untold()}
    said = [
        f"{sentence(known.alert)} Since {clock(known.raised, context.chapter.tz)}"
        + ("; not emailed yet" if known.id in waiting else "")
        for known in context.ledger.alerts.still_so()
    ]
    return "; ".join(said) or "no open alerts"


def _unfinished(context: ChapterContext) -> str:
    """A night that is at work is fine; one that failed or died has left half of its work."""
    try:
        with context.ledger.alone():
            run = context.ledger.last_run()
    except TryAgainLater:
        return "a nightly run or another job is running"
    if run is None or run.finished:
        return "a nightly run has just finished"
    if run.failed:
        raise TryAgainLater(
            f"the nightly run of {formats.day(run.day)} failed before its end or was stopped by a "
            "person",
            next_step="the next nightly run does what is left; to do it now, run `clerk sync "
            "--apply`; `clerk review` shows why it failed",
        )
    raise TryAgainLater(
        f"the nightly run of {formats.day(run.day)} was interrupted",
        next_step="`clerk serve` finishes it within "
        f"{context.chapter.schedule.check_every_minutes} minutes, and `clerk sync --apply` now",
    )
