"""One strike of the clock, and one night, without a scheduler: what `clerk tick` does.

The scheduler's own jobs (`flows.service.election_flow`, `flows.service.nightly_flow`) take the
same steps; theirs are tasks, wait for the minute, and put counts on its pages.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial

from connectors.ledger import Busy
from flows.alerts import telling as alerts
from flows.alerts.nights import Ended, done, fell, finished, missed, of_keys
from flows.committee.seats import committee_misses
from flows.context import ChapterContext
from flows.nightly.keeping import read_back
from flows.nightly.night import Sync, SyncOptions
from flows.nightly.sync import finish_night, sync
from flows.privacy import scheduled
from flows.sharing.alerts import with_sharing
from flows.tabs.keep import after_a_night, at_a_strike
from flows.votes.schedule import ElectionEvent, tick
from flows.votes.watch import watch
from models.errors import ClerkError, combined
from models.text.formats import amount

ProgressCallback = Callable[[str], None]
TURNS = (30.0, 60.0, 120.0, 300.0)
"""Seconds to wait while another of the chapter's jobs, the clock of votes say, is at work."""


def run_due_steps(context: ChapterContext, tell: ProgressCallback, *, night: bool = False) -> None:
    """Do all that is due now, and tell each thing as soon as it is done.

    Args:
        night: the nightly sync too, before the votes: they go by what the sheets say.

    Raises:
        ClerkError: what stood in the way, after all else was done; `TryAgainLater` if trying again
            can cure some of it.
    """
    faults: list[Exception] = []
    with alerts.as_one(context, tell):
        if night:
            job = partial(sync, context, SyncOptions(apply=True))
            wait = partial(in_turn, job, context.sleep)
            faults += tried(partial(run_night, context, tell, wait))
        faults += tried(partial(tick, context, lambda one: tell(said_of(one))))
        faults += tried(partial(finish, context, tell))
        faults += tried(partial(watch, context, tell))
        after_a_check(context, faults, tell)
    if faults:
        raise combined(faults)


def after_a_check(
    context: ChapterContext, faults: Iterable[Exception], tell: ProgressCallback
) -> None:
    """What a check ends with: its tabs, its backup, and what the officers are told."""
    _after_a_strike(context, faults, tell)
    at_a_strike(context, tell)
    scheduled.at_a_strike(context, tell)


def _after_a_strike(
    context: ChapterContext, faults: Iterable[Exception], tell: ProgressCallback
) -> None:
    """Tell the officers what stood in a strike's way, that no night came, and what waits."""
    with suppress(ClerkError):  # the ledger does not answer: the next strike looks again
        for fault in faults:
            _news(context, of_keys(context.ledger, fault), tell)
        _news(context, missed(context), tell)
    say(alerts.tell_waiting(context), tell)


def _news(context: ChapterContext, ended: Ended, tell: ProgressCallback) -> None:
    found, kinds = ended
    if found or any(one.alert.kind in kinds for one in context.ledger.alerts.still_so()):
        say(alerts.tell(context, found, kinds), tell)


def said_of(one: ElectionEvent) -> str:
    """A thing that was done for a vote."""
    return f"{one.election}: {one.what}"


def tried(step: Callable[[], object]) -> list[Exception]:
    """What stood in a step's way; the others are taken all the same."""
    try:
        step()
    except Exception as fault:  # noqa: BLE001 - raised by the strike, when all else is done
        return [fault]
    return []


def run_night(
    context: ChapterContext, tell: ProgressCallback, job: Callable[[], Sync] | None = None
) -> Sync:
    """One night, and what the officers are told of it, and of who can open what (DP-7).

    Args:
        job: the sync itself, where it is made of a scheduler's tasks.
    """
    with alerts.as_one(context, tell):
        try:
            night = job() if job else sync(context, SyncOptions(apply=True))
        except Exception as fault:
            ended = fell(context.ledger, fault)
            say(alerts.tell(context, *with_sharing(context, ended, tell)), tell)
            after_a_night(context, tell)
            scheduled.after_a_night(context, tell)
            raise
        say(alerts.tell(context, *with_sharing(context, done(night), tell)), tell)
        after_a_night(context, tell, night)
        scheduled.after_a_night(context, tell)
    for line in told(context, night):
        tell(line)
    return night


def in_turn(job: Callable[[], Sync], sleep: Callable[[float], None]) -> Sync:
    """Run the job as soon as the ledger is free; it is not for long that it is taken."""
    for pause in TURNS:
        try:
            return job()
        except Busy:
            sleep(pause)
    return job()


def finish(context: ChapterContext, tell: ProgressCallback) -> Sync | None:
    """Take up the night that was killed, and say so; once a strike."""
    try:
        night = finish_night(context)
    except Busy:
        return None  # it is at work, or another job is: the next strike looks again
    except Exception as fault:
        run = context.ledger.last_run()
        begun = run.started if run else None
        say(alerts.tell(context, *fell(context.ledger, fault, begun)), tell)
        raise
    if night:
        say(alerts.tell(context, *finished(context.ledger, night)), tell)
        after_a_night(context, tell, night)
        changes = amount(len(night.plan.changes), "change")
        letters = amount(sum(many for _, many in night.sent), "email")
        tell(
            f"finished a nightly run that was interrupted: {changes}, {letters}, "
            f"{night.found.to_review} to review"
        )
    return night


def told(context: ChapterContext, night: Sync) -> Iterator[str]:
    """Say what a night did: counts, rows that count again, what the committee lacks."""
    yield f"{sum(night.plan.counts().values())} changes, {night.found.to_review} to review"
    if back_to := night.sources.back_to:
        yield read_back(back_to)
    if many := night.found.unsigned:
        yield f"no one signed in at the last {many} events: see `clerk review`"
    yield from committee_misses(context)


def say(line: str, tell: ProgressCallback) -> None:
    """Tell a line, if there is one."""
    if line:
        tell(line)
