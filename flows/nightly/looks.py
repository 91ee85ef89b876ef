"""The newest look at the sources: what a plan, a refused night or one broken off leaves to be seen.

A message that sends people to `clerk review` is only worth something if what it speaks of stands
there. A night on record takes the look's place; a look never takes the night's: who may vote is
asked of what is on record, and of a look only where nothing is, or where somebody asks for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from connectors.ledger import Busy, Look, LookEnd, RunRecord
from flows.context import ChapterContext
from flows.nightly.looks_words import told
from flows.nightly.sources import Sources, known_sources
from models.errors import ClerkError, FixTheSettings, Refused, describe_bug
from models.intake.people import PersonId
from models.mail.audience import desired, why_said
from models.mail.plans import UnsafePlan
from models.membership.voter_roll import Entry, VoterRoll
from models.privacy import redact_addresses
from models.text import formats

if TYPE_CHECKING:
    from flows.nightly.night import Sync


def keep_plan(context: ChapterContext, night: "Sync") -> None:
    """Keep what somebody looks at; not while another job is at work, which is the newer look."""
    with suppress(Busy), context.ledger.alone():
        reasons = night.plan.unsafe_because(context.chapter.safety_limits)
        said = "It needs your approval: " + "; ".join(reasons) + "." if reasons else ""
        command = f"--approve {night.plan.fingerprint}" if reasons else "--apply"
        step = f"if it is right, `clerk sync {command}`"
        if not (reasons or night.plan.changes or night.plan.letters or night.plan.baseline):
            said, step = "There was nothing to do.", ""
        _keep(context, night, LookEnd.PLANNED, said, step)


@contextmanager
def kept_if_refused(context: ChapterContext, night: "Sync") -> Iterator[None]:
    """Keep a night that a safety limit refuses, or whose review tab cannot be written.

    Then this is where its rows can be seen. Hold `Ledger.alone` around it.
    """
    try:
        yield
    except (Refused, FixTheSettings) as refused:
        said = f"{refused.where}: {refused.fact}" if refused.where else refused.fact
        # It is shown by `clerk review`: nobody is sent from there to where they are.
        step = refused.mend if isinstance(refused, UnsafePlan) else refused.next_step
        _keep(context, night, LookEnd.REFUSED, redact_addresses(said), step)
        raise


@contextmanager
def kept_if_broken_off(context: ChapterContext, *, is_alone: bool = True) -> Iterator[None]:
    """Keep what breaks off a look, or a night at work; a refused night stays beside it.

    Args:
        is_alone: whether `Ledger.alone` is held around it. Else it is taken to write this down, and
            another job at work is the newer look.
    """
    try:
        yield
    except Exception as met:
        turn = nullcontext() if is_alone else context.ledger.alone()
        with suppress(ClerkError), turn:  # the ledger itself may be what fails
            _keep_fault(context, met)
        raise


def _keep(context: ChapterContext, night: "Sync", end: LookEnd, said: str, next_step: str) -> None:
    read = (night.sources.snapshots[key] for key in night.sources.fresh)
    calls = (
        (entry.person.id, night.wanted.why(entry.person.id))
        for entry, _ in night.wanted.to_call(night.roll)
    )
    look = Look(
        end=end,
        day=context.today,
        at=context.now(),
        said=said,
        next_step=next_step,
        sources=tuple(night.sources.snapshots),
        concerned=tuple(night.plan.concerned().items()),
        calls=tuple(calls),
        fingerprint=night.plan.fingerprint,
        changes=tuple(night.plan.counts().items()),
        reasons=tuple(night.plan.unsafe_because(context.chapter.safety_limits)),
        had=night.plan.had,
        told_nobody=night.told_nobody,
    )
    context.ledger.looks.keep(look, read)


def _keep_fault(context: ChapterContext, met: Exception) -> None:
    known = met if isinstance(met, ClerkError) else ClerkError(describe_bug(met))
    said, _, _ = str(known).partition("\nNext: ")
    look = Look(
        end=LookEnd.BROKEN_OFF,
        day=context.today,
        at=context.now(),
        said=redact_addresses(said),
        next_step=redact_addresses(known.next_step),
    )
    context.ledger.looks.remark(look)


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is to look at: the night on record, the newest look, one of them chosen."""

    run: RunRecord | None
    look: Look | None
    sources: Sources
    is_look: bool
    """Whether the sources are the look's."""

    @property
    def anything(self) -> bool:
        """Whether any sheet was ever read to the end."""
        return self.run is not None or self.is_look

    def said(self) -> Iterator[str]:
        """Which of the two this is, and what there is beside it."""
        if self.is_look and self.look:
            yield told(self.look)
            if self.run:
                day = formats.day(self.run.day)
                yield f"The last applied run was on {day}; `clerk roll` uses that one."
        elif self.run:
            yield f"Based on the sheets as read on {formats.day(self.run.day)}."
            if self.look:
                yield f"Newer, but not applied: {told(self.look)}"
        elif self.look:
            yield told(self.look)


def on_record(context: ChapterContext) -> Seen:
    """The night on record; on a chapter's first evening, its plan."""
    run, look = context.ledger.last_run(), context.ledger.looks.newest()
    if run is None and look and look.sources:
        return newest(context)
    return Seen(run, look, known_sources(context.ledger), is_look=False)


def newest(context: ChapterContext) -> Seen:
    """The newest look whose sources were read to the end, else the night on record."""
    run, look = context.ledger.last_run(), context.ledger.looks.newest()
    if look is None or not look.sources:
        return Seen(run, look, known_sources(context.ledger), is_look=False)
    held = context.ledger.snapshots() | context.ledger.looks.read_for_it()
    here = {key: held[key] for key in look.sources if key in held}
    return Seen(run, look, replace(known_sources(context.ledger), snapshots=here), is_look=True)


def concerned(look: Look) -> dict[PersonId, str]:
    """Whom a look concerns, and how."""
    return {PersonId(person): what for person, what in look.concerned}


def whom_to_call(context: ChapterContext, seen: Seen, roll: VoterRoll) -> list[tuple[Entry, str]]:
    """Voting members whom no letter reaches, as the look saw the mailing list, or the night."""
    if seen.is_look and seen.look:
        calls = seen.look.calls
        known = ((roll.entries.get(PersonId(one)), why_said(why)) for one, why in calls)
        return [(entry, why) for entry, why in known if entry]
    actual, _ = context.ledger.audience()
    refused = context.ledger.refusals(context.today)
    wanted = desired(roll, actual, context.chapter.mailchimp.marks, refused)
    return [(entry, wanted.why(entry.person.id)) for entry, _ in wanted.to_call(roll)]
