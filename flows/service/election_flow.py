"""The clock of the votes as a Prefect flow, and the closing event.

One flow, two deployments. `clock` strikes every few minutes. `to-the-minute` is planned for each
moment of a calendar as it comes near, and is started by the closing event too; it may wait out the
grace before a count. Each of these ways is enough; together they still do everything once.
"""

import os
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from prefect import flow, get_run_logger

from connectors.files.old_names import hush
from connectors.ledger import Busy
from flows.context import ChapterContext, Clock, open_chapter, utc_now
from flows.privacy import scheduled
from flows.scheduler.orchestrator import RunTold, VoteTold, announce, plan, show
from flows.service.due_steps import after_a_strike, finish, said_of, tried
from flows.service.nightly_flow import Failed, behind_the_net, harmless, in_counts
from flows.tabs.keep import at_a_strike
from flows.votes.lifecycle import calendar
from flows.votes.schedule import CLOSED, ElectionEvent, next_moments, tick
from flows.votes.watch import watch
from models.errors import ClerkError, TryAgainLater, combined
from models.votes.election import ElectionState

FLOW, CLOCK, TO_THE_MINUTE = "election-clock", "clock", "to-the-minute"
CLOSING = "clerk.election.closed"
"""The event that starts a tally."""
AHEAD = timedelta(days=1)
"""How far ahead runs are planned to the minute."""
EARLY = timedelta(seconds=5)
"""A run that comes this early waits; the orchestrator may start it half a second too soon."""
TRIES, PAUSE = 4, 15.0
"""How often a strike to the minute is tried, and the seconds between; others come again anyway."""


@flow(name=FLOW, persist_result=False, log_prints=False)
def election_clock(wait: bool = False) -> None:
    """Do whatever any vote's calendar wants now.

    Args:
        wait: stay until a closed vote's grace is over, and count it then.

    Raises:
        Failed: with the message of what to do; the run is shown as failed.
    """
    strike(utc_now, wait)


def strike(now: Clock, wait: bool) -> None:
    """Run every election step that is due now, by the given clock."""
    log = get_run_logger()
    behind_the_net()
    hush()  # `clerk serve` told, and the next job would tell again
    try:
        harmless(_strike)(now, wait, log.info)
    except ClerkError as error:
        # The traceback that Prefect keeps shows this frame and this message, and no cause.
        raise Failed(str(error)) from None


def _strike(now: Clock, wait: bool, tell: Callable[[str], None]) -> None:
    with open_chapter(Path(os.environ.get("CLERK_CHAPTER", ".")), now) as context:
        context.waiting = tell
        _sleep_until(context.now, [at for _, at in next_moments(context, EARLY)])

        def happened(one: ElectionEvent) -> None:
            """Report each event immediately, so that a later failure does not lose it."""
            tell(said_of(one))
            if one.what == CLOSED:
                announce(CLOSING, VoteTold(chapter=context.chapter.slug, election=one.election))

        faults: list[Exception] = []
        try:
            faults += tried(partial(_do, context, wait, tell, happened))
            if not wait:  # a run for the closing minute leaves it to the schedule's strikes
                faults += tried(partial(_finish_night, context, tell))
                faults += tried(partial(watch, context, tell))
                after_a_strike(context, faults, tell)
                at_a_strike(context, tell)
                scheduled.at_a_strike(context, tell)
        finally:
            _plan(context)
        if faults:
            raise combined(faults)


def _finish_night(context: ChapterContext, tell: Callable[[str], None]) -> None:
    if night := finish(context, tell):
        show(context.chapter.slug, in_counts(night))


def _do(
    context: ChapterContext,
    wait: bool,
    tell: Callable[[str], None],
    happened: Callable[[ElectionEvent], None],
) -> None:
    try:
        _tick(context, TRIES if wait else 1, happened)
    except Busy:
        if wait:
            raise
        tell("another job is running; the next scheduled check does what is due")
    if wait:
        _sleep_until(context.now, counts := _counts(context))
        if counts:
            _tick(context, TRIES, happened)


def _tick(context: ChapterContext, tries: int, happened: Callable[[ElectionEvent], None]) -> None:
    """One tick; while another job is at work, or a service is down, it is tried again."""
    for _ in range(tries - 1):
        try:
            tick(context, happened)
        except TryAgainLater:
            time.sleep(PAUSE)
        else:
            return
    tick(context, happened)


def _counts(context: ChapterContext) -> list[datetime]:
    """When the closed votes are counted."""
    votes = [vote for vote in context.ledger.votes.all() if vote.state is ElectionState.CLOSED]
    return [
        calendar(context.chapter, vote.election).counts for vote in votes if vote.question is None
    ]


def _sleep_until(now: Clock, moments: Iterable[datetime]) -> None:
    latest = max(moments, default=None)
    if latest is not None:
        time.sleep(max(0.0, (latest - now()).total_seconds()))


def _plan(context: ChapterContext) -> None:
    """Plan a run for each moment that is near; the same moment is planned once."""
    for name, at in next_moments(context, AHEAD):
        run = RunTold(
            deployment=f"{FLOW}/{TO_THE_MINUTE}-{context.chapter.slug}", election=name, moment=at
        )
        plan(run, utc_now() + (at - context.now()))
