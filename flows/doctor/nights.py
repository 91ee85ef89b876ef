"""What doctor says of the nights: the last one, and what officers were told."""

from collections.abc import Iterable

from connectors.ledger import LookEnd
from flows.alerts.telling import WaysOut, failed_mail, step_of, ways_out
from flows.alerts.told import Record
from flows.alerts.trouble import QUICK
from flows.alerts.ways import Mailbox, Way
from flows.alerts.words import clock, sentence
from flows.context import ChapterContext
from flows.nightly.looks_words import told
from flows.tabs.keep import lasting
from models.errors import FixTheSettings, Refused, TryAgainLater
from models.mail.alerts import KnownAlert
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
        FixTheSettings: a way to them fails.
    """
    ways = ways_out(context)
    if ways.fault:
        raise ways.fault
    if failing := [failed for way in ways.all if (failed := _failing(context, way))]:
        raise FixTheSettings(
            "; ".join(failing),
            next_step="fix what it says; the program tries again after each nightly run and every "
            "few hours",
        )
    said = [
        f"{sentence(known.alert)} Since {clock(known.raised, context.chapter.tz)}"
        + _untold(context, known, ways)
        for known in context.ledger.alerts.still_so()
    ]
    return "; ".join(said) or "no open alerts"


def tabs(context: ChapterContext) -> str:
    """What could not be written or emptied, of the program's own tabs and the night's page.

    Raises:
        FixTheSettings: there is something.
    """
    if wrong := [f"the {step}: {one.said}" for step, one in lasting(context).items()]:
        raise FixTheSettings(
            "; ".join(wrong),
            next_step="share the spreadsheet with the service account's address as Editor, and "
            "remove a protection of the tab; a spreadsheet that is no longer needed can be "
            "deleted forever; the program tries again by itself",
        )
    return "nothing is in the way of the tabs that the program writes"


def _failing(context: ChapterContext, way: Way) -> str:
    failed = failed_mail(context).known.get(step_of(way))
    if not failed or (failed.times < QUICK and failed.passing):
        return ""
    since, last = (clock(at, context.chapter.tz) for at in (failed.since, failed.last))
    what = "email to the officers" if isinstance(way, Mailbox) else f"telling {way.name}"
    return f"{what} has failed since {since}, {failed.times} times, last on {last}: {failed.said}"


def _untold(context: ChapterContext, known: KnownAlert, ways: WaysOut) -> str:
    """Who does not know it yet."""
    record = Record(context)
    waiting = [way for way in ways.all if record.as_told(way.key, known).news]
    if not waiting:
        return ""
    return "; not emailed yet" if not ways.own else f"; not told yet: {_named(waiting)}"


def _named(ways: Iterable[Way]) -> str:
    return ", ".join(way.name for way in ways)


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
