"""The nightly job: read, judge, compare, guard, record, apply, tell.

Until the guards have passed, it only reads. Then the mirror of the mailing list is brought up to
date with what was read, and `record` commits what the night decided; from then on a job that dies
is finished by the next one, and nothing is done twice: the audience is set rather than added to,
and a letter goes out through a campaign that is looked for before it is made.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from connectors.ledger import Act, Ledger, NightlyRun, RunRecord
from flows.context import ChapterContext
from flows.mail.delivered import ask_after_nights
from flows.mail.delivery import deliver
from flows.nightly.applying import apply_changes
from flows.nightly.endings import Ends, fault, fault_or_ctrl_c, incurable, marked_if
from flows.nightly.facts import facts_of, offers_of
from flows.nightly.fields import remember_fields
from flows.nightly.kept import agrees, holds, keep, last_kept
from flows.nightly.known_kinds import new_kinds, remember_kinds
from flows.nightly.looks import keep_plan, kept_if_broken_off, kept_if_refused
from flows.nightly.mirror import Seen, read_audience, remember
from flows.nightly.night import LOOK, Judged, Sync, SyncOptions
from flows.nightly.people import gathered
from flows.nightly.plan import plan_of
from flows.nightly.reading import read_sources, remember_reading
from flows.nightly.review import (
    TO_CHECK,
    before_writing,
    look_at_review,
    rows_of,
    write_review,
)
from flows.nightly.sources import Sources
from flows.nightly.unusable import let_pass
from models.days_ahead import DaysAhead
from models.mail.audience import Contact, desired
from models.mail.notices import KINDS, NEWS, due
from models.mail.plans import changes_between
from models.mail.refusals import NONE_KNOWN
from models.membership.voter_roll import Facts, VoterRoll
from models.privacy import Email
from models.votes.events import PlanApproved

T = TypeVar("T")


class Step(Protocol):
    """Runs one piece of I/O under a name: directly, or as an orchestrator's task."""

    def __call__(self, name: str, work: Callable[..., T], *arguments: Any) -> T:
        """Do the work and return what it returns."""


def directly(name: str, work: Callable[..., T], *arguments: Any) -> T:
    """Just do it."""
    return work(*arguments)


def sync(
    context: ChapterContext,
    wishes: SyncOptions = LOOK,
    *,
    step: Step = directly,
    show: Callable[[Sync], None] = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
) -> Sync:
    """Make the mailing list follow the sign-in sheets.

    Args:
        step: runs the pieces of I/O.
        show: called with the finished plan before anything is guarded or done.
        tell: called with a line about what is going on, for progress; counts only.

    Raises:
        UnsafePlan: the plan needs a person's approval; nothing was changed.
        TryAgainLater, FixTheSettings: as the services say; what was done stays done.
    """
    if not wishes.apply:
        with kept_if_broken_off(context, is_alone=False):
            night = _look(context, wishes, step, tell)[0]
        keep_plan(context, night)
        show(night)
        if night.plan.changes:
            step("look at our fields", context.audience.unmade)
        return night
    with context.ledger.alone():
        ends = fault_or_ctrl_c if wishes.by_hand else fault
        return _night(context, wishes, ends, step, show, tell)


def finish_night(context: ChapterContext) -> Sync | None:
    """Take up a night that died without a word: decide anew, under the same guards.

    A night that failed said so, and is left to the next one and to people; so is one that fails
    here, unless trying again may help.

    Returns:
        What was done; None if no night was cut short.

    Raises:
        TryAgainLater: that night, or another job, is at work; or as `sync`.
        ClerkError: as `sync`.
    """
    if _cut_short(context.ledger) is None:
        return None
    with context.ledger.alone():
        run = _cut_short(context.ledger)
        if run is None:
            return None
        with marked_if(context, run.id, incurable):
            return _night(context, SyncOptions(apply=True), incurable)


def _cut_short(ledger: Ledger) -> RunRecord | None:
    last = ledger.last_run()
    return last if last and last.cut_short else None


def _night(
    context: ChapterContext,
    wishes: SyncOptions,
    ends: Ends,
    step: Step = directly,
    show: Callable[[Sync], None] = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
) -> Sync:
    with kept_if_broken_off(context):
        night, seen, ahead = _look(context, wishes, step, tell)
    show(night)
    if night.is_quiet:
        return _end_quietly(context, night, seen, ends, step, tell)
    with kept_if_refused(context, night):
        night.plan.raise_if_unsafe(context.chapter.safety_limits, wishes.approve)
        step("look at the review tab", look_at_review, context, rows_of(night), wishes.full)
        if night.plan.changes:  # before anything is recorded: without them nothing can be written
            step("make our fields", context.audience.prepare)
    tell("recording the run")
    remember(context.ledger, seen)
    _note_approval(context, night, wishes)
    run = step("record the night", _record, context, night, wishes)
    with kept_if_broken_off(context), marked_if(context, run, ends):
        _carry_out(context, night, step, tell)
    context.ledger.finish(run, context.now())
    keep(context, night, seen, ahead)
    night.applied, night.run = True, run
    return night


def _end_quietly(
    context: ChapterContext,
    night: Sync,
    seen: Seen,
    ends: Ends,
    step: Step,
    tell: Callable[[str], None],
) -> Sync:
    """Record that a night found nothing changed; nothing follows from it."""
    tell("nothing has changed; recording the run")
    remember(context.ledger, seen)
    run = step("record the night", _record_quietly, context, night)
    with kept_if_broken_off(context), marked_if(context, run, ends):
        step("ask after the letters", ask_after_nights, context)
    context.ledger.finish(run, context.now())
    night.applied, night.run = True, run
    return night


def _record_quietly(context: ChapterContext, night: Sync) -> int:
    nobody = VoterRoll(night.day, {})
    run = context.ledger.quiet.commit(_run_of(context, night, night.sources, nobody))
    context.ledger.set_note(TO_CHECK, str(night.found.to_review))
    remember_reading(context.ledger, night.sources)
    return run


def _carry_out(
    context: ChapterContext, night: Sync, step: Step, tell: Callable[[str], None]
) -> None:
    """All that follows from what was recorded; whoever does it a second time does no harm.

    Raises:
        Refused: the list took nobody; letters and review are out all the same.
    """
    if night.plan.changes:
        night.changed = step(
            "update the audience", apply_changes, context, night.plan, night.actual, tell
        )
    tell("sending the emails")
    night.sent = step(
        "send the letters", deliver, context, night.roll, night.wanted, night.actual, night.facts
    )
    step("ask after the letters", ask_after_nights, context)
    step("write the review tab", write_review, context, rows_of(night))
    night.changed.raise_if_all_were_refused()


def _look(
    context: ChapterContext, wishes: SyncOptions, step: Step, tell: Callable[[str], None]
) -> tuple[Sync, Seen, DaysAhead]:
    """Read and judge: the night's plan, the list as it was seen, and until when all this holds."""
    context.ledger.quiet.begin()
    ahead = DaysAhead(context.today)
    kept = last_kept(context, wishes, ahead.on)
    sources = step("read the sources", read_sources, context, wishes.full, tell)
    tell("reading the audience")
    before = kept.census if kept else None
    seen = step("read the audience", read_audience, context, wishes.full, before)

    def judged() -> Sync:
        facts = facts_of(context, sources, ahead.today)
        return decide(context, facts, sources, seen.actual, wishes, ahead)

    is_same = kept is not None and holds(context, kept, sources, seen)
    if kept and is_same and not kept.is_old(ahead.on):
        night = Sync(
            ahead.on, sources, kept.plan, kept.found, lambda: judged().judged, is_quiet=True
        )
        return night, seen, ahead
    tell(f"{seen.remark}deciding who can vote")
    night = judged()
    night.differs = kept is not None and is_same and not agrees(context, kept, night)
    return night, seen, ahead


def decide(
    context: ChapterContext,
    facts: Facts,
    sources: Sources,
    actual: dict[Email, Contact],
    wishes: SyncOptions,
    ahead: DaysAhead,
) -> Sync:
    """From facts to a plan; looks into the ledger's memory and asks no service."""
    chapter, marks = context.chapter, context.chapter.mailchimp.marks
    today, changes = ahead.on, ahead.changes  # nobody is judged yet
    roll = VoterRoll(today, facts.roll(ahead.today).entries)
    refused = context.ledger.refusals(today)
    ahead.note(refused.next_try)
    offers = offers_of(context, facts, sources, ahead.today)
    wanted = desired(roll, actual, marks, NONE_KNOWN if wishes.full else refused, offers)
    wished = changes_between(wanted, actual, marks)
    baseline = context.ledger.is_new()
    noticed = context.ledger.notified()
    reachable = {contact.person for contact in wanted.contacts.values()}
    new = new_kinds(context)
    on = [] if baseline else [kind for kind in chapter.emails.send if kind not in new]
    on = list(chapter.emails.send) if wishes.tell_everyone else on
    off = [kind for kind in KINDS if kind not in on and kind in (*NEWS, *new)]
    letters = due(roll, noticed, on, reachable)
    passed = due(roll, noticed, off, roll.entries)
    plan = plan_of(context, facts, roll, wished, letters, sources.shrunk, actual, baseline)
    found = Judged(facts, actual, roll, wanted, passed, changes)
    return Sync(today, sources, plan, found.found, lambda: found)


def _run_of(context: ChapterContext, night: Sync, sources: Sources, roll: VoterRoll) -> NightlyRun:
    return NightlyRun(
        day=night.day,
        started=context.now(),
        fingerprint=night.plan.fingerprint,
        counts=night.plan.counts(),
        baseline=night.plan.baseline,
        snapshots=[sources.snapshots[key] for key in sources.fresh],
        keep=sources.snapshots.keys(),
        roll=roll,
    )


def _note_approval(context: ChapterContext, night: Sync, wishes: SyncOptions) -> None:
    """Who approved the plan stands in the audit log, once it is about to be applied."""
    if wishes.approve and wishes.by:
        many = len(night.plan.changes)
        approved = PlanApproved(fingerprint=night.plan.fingerprint, changes=many)
        context.ledger.votes.note("", Act(wishes.by, context.now(), approved))


def _record(context: ChapterContext, night: Sync, wishes: SyncOptions) -> int:
    """One transaction holds everything the night decided."""
    sources = before_writing(context, night.sources, rows_of(night))
    run = context.ledger.commit_night(
        replace(
            _run_of(context, night, sources, night.roll),
            approved=wishes.approve,
            claims=night.facts.known.claims,
            merged=night.facts.known.merged,
            letters=night.plan.letters,
            passed_over=night.passed_over,
            off=[kind for kind in KINDS if kind not in context.chapter.emails.send],
            gathered=gathered(context, night.facts, night.sources, night.judged.changes),
        )
    )
    context.ledger.set_note(TO_CHECK, str(len(night.facts.review)))
    remember_kinds(context.ledger)
    let_pass(context.ledger, night.facts)
    remember_reading(context.ledger, sources)
    remember_fields(context, sources.snapshots)
    return run
