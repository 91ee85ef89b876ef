"""One strike of the clock of votes, whoever keeps the clock: `clerk serve` or a worker (ST-1).

What a scheduler is to hear (a vote closed, a moment comes near, a night ended) goes through a port,
so that a job can also run where no scheduler can be reached.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from connectors.ledger import Busy
from flows.alerts.telling import as_one
from flows.clock import Clock, utc_now
from flows.context import ChapterContext
from flows.nightly.night import Sync
from flows.scheduler.told import NightTold
from flows.service.due_steps import after_a_check, finish, said_of, tried
from flows.votes.lifecycle import calendar
from flows.votes.moments import next_moments
from flows.votes.schedule import CLOSED, ElectionEvent, tick
from flows.votes.watch import watch
from models.errors import TryAgainLater, combined
from models.votes.election import ElectionState

AHEAD = timedelta(days=1)
"""How far ahead runs are planned to the minute."""
EARLY = timedelta(seconds=5)
"""A run that comes this early waits; the orchestrator may start it half a second too soon."""
TRIES, PAUSE = 4, 15.0
"""How often a strike to the minute is tried, and the seconds between; others come again anyway."""


class Scheduler(Protocol):
    """Whoever plans the chapter's jobs, told counts, moments and names of votes only."""

    def closed(self, election: str) -> None:
        """A vote has closed; it can be counted when its grace is over."""

    def plan(self, election: str, moment: datetime, at: datetime) -> None:
        """Strike at a moment of a vote; the same moment is planned once.

        Args:
            moment: by the chapter's clock.
            at: by the scheduler's.
        """

    def show(self, night: NightTold) -> None:
        """A night has ended."""


def strike_once(
    context: ChapterContext, wait: bool, tell: Callable[[str], None], scheduler: Scheduler
) -> None:
    """Do whatever any vote's calendar wants now.

    Args:
        wait: stay until a closed vote's grace is over, and count it then.
    """
    context.waiting = tell
    _sleep_until(context.now, [at for _, at in next_moments(context, EARLY)])

    def happened(one: ElectionEvent) -> None:
        """Report each event immediately, so that a later failure does not lose it."""
        tell(said_of(one))
        if one.what == CLOSED:
            scheduler.closed(one.election)

    faults: list[Exception] = []
    try:
        faults += tried(partial(_do, context, wait, tell, happened))
        if not wait:  # a run for the closing minute leaves it to the schedule's strikes
            with as_one(context, tell):
                faults += tried(partial(_finish_night, context, tell, scheduler))
                faults += tried(partial(watch, context, tell))
                after_a_check(context, faults, tell)
    finally:
        for name, at in next_moments(context, AHEAD):
            scheduler.plan(name, at, utc_now() + (at - context.now()))
    if faults:
        raise combined(faults)


def _finish_night(
    context: ChapterContext, tell: Callable[[str], None], scheduler: Scheduler
) -> None:
    if night := finish(context, tell):
        scheduler.show(in_counts(night))


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


def in_counts(night: Sync) -> NightTold:
    """The night as its page may say it."""
    return NightTold(
        day=night.day,
        fingerprint=night.plan.fingerprint,
        standings=night.found.standings,
        changes=Counter(change.kind for change in night.plan.changes),
        letters=dict(night.sent),
        refused=night.refused.total(),
        to_review=night.found.to_review,
    )
