"""A vote before it closes: build its form, approve it, open it on its frozen roll, move its close.

Approving fixes what is voted on; the opening comes by itself at its time. It begins with a night's
sync, so that the roll rests on what the sheets say now, and on nothing that a guard would refuse.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from connectors import pages
from connectors.ledger import ElectionRecord, Ledger
from connectors.settings import Chapter
from flows.context import ChapterContext
from flows.nightly.night import Sync, SyncOptions
from flows.nightly.remembered import remembered
from flows.nightly.sources import facts_of, known_sources
from flows.nightly.sync import sync
from flows.votes.against_tabs import striven_for
from flows.votes.check import asked_now, check, early_answers
from flows.votes.overlaps import overlapping
from flows.votes.sending import CLERK, remove_from_segments
from models.ballots.form import Item, items_of
from models.ballots.form_texts import CONFIDENTIAL
from models.errors import ClerkError, FixTheSettings, Refused, TryAgainLater
from models.intake.people import PersonId
from models.tally.digests import edition_digest
from models.text import formats
from models.votes.election import Calendar, Election, ElectionState, calendar_of, extended, failing
from models.votes.events import Approved, Extended, Opened, VoterAdded, VoterStruck
from models.votes.frozen_roll import RollEntry, frozen, voter_from
from models.votes.history import last


def calendar(chapter: Chapter, election: Election) -> Calendar:
    """When everything happens."""
    grace = timedelta(minutes=election.grace_minutes)
    return calendar_of(election.opens, election.closes, chapter.tz, grace)


def build_form(context: ChapterContext, election: Election) -> None:
    """Fill in the chapter's empty form with what the contests ask.

    Raises:
        FixTheSettings: the election reads a tab, or the form is not empty.
    """
    source = election.ballots
    if not source.form:
        raise FixTheSettings(
            "the ballots come from a tab, not from a form",
            where="election.toml [ballots]",
            next_step="set a form, or build the form yourself and run `clerk election form NAME`",
        )
    asks = form_of(context, election)
    with context.form_builder() as builder:
        builder.build(source.form, asks.items, asks.title, asks.about)


class FormText(NamedTuple):
    """A ballot form as the program builds it."""

    title: str
    about: str
    items: tuple[Item, ...]


def form_of(context: ChapterContext, election: Election) -> FormText:
    """What the ballot form of a vote says and asks."""
    edition, languages = context.counting_of(election), context.chapter.languages
    about = "\n\n".join(CONFIDENTIAL[language] for language in languages)
    also = [pages.words(language) for language in languages if language != "en"]
    items = items_of(election.contests, election.ballots.code_question, edition, also)
    return FormText(election.titles(languages), about, items)


def approve(context: ChapterContext, name: str, by: str) -> Election:
    """An officer's word that the vote may open; everything but the close is fixed from now on.

    Raises:
        Refused: something that a rule asks for is missing; all of it is named.
    """
    election = context.election(name)
    if missing := failing(check(context, election)):
        raise Refused(
            "; ".join(missing),
            where=f"elections/{name}",
            next_step=f"fix what is listed; `clerk election check {name}` shows all of it",
        )
    with context.ledger.alone():
        if held := context.ledger.votes.get(name):
            cancelled = held.state is ElectionState.CANCELLED
            raise Refused(
                f"the election is {'canceled' if cancelled else 'already approved'}",
                where=name,
                rule="EN-R11" if cancelled else "EN-R6",
                next_step="copy its folder under another name, and approve that one"
                if cancelled
                else look_at(name),
            )
        if context.election(name) != election:
            changed = "the draft was changed while it was checked, so it was not approved"
            raise Refused(changed, where=name, next_step="look at the draft, then approve it")
        rules = edition_digest(context.counting_of(election))
        asked, noted = asked_now(context, election.ballots), striven_for(context, election)
        context.ledger.votes.approve(election, rules, by, context.now(), asked, noted)
    return election


def freeze(context: ChapterContext, vote: ElectionRecord) -> None:
    """Fix the roll of the record date, by the sheets as just recorded (VM-R3)."""
    election = vote.election
    missing = failing(check(context, election, approved=True))
    if rules_changed(context, election):
        missing.append("the counting rules changed after the approval (EN-R6)")
    if missing:
        raise Refused(
            "; ".join(missing),
            where=f"elections/{election.name}",
            next_step=f"fix what is listed; or run `clerk election withdraw {election.name} --by "
            "…`, change the folder, and approve it again",
        )
    known = facts_of(context, known_sources(context.ledger)).roll(election.record_date)
    roll = frozen(known, election.districts)
    if not roll:
        raise Refused(
            f"no one was a voting member on {formats.day(election.record_date)}",
            where=election.name,
            rule="VM-1",
            next_step=f"`clerk roll --on {election.record_date}` shows everyone's voting status "
            "on that day",
        )
    early, asked = early_answers(context, election), asked_now(context, election.ballots)
    context.ledger.votes.freeze(vote, roll, early, CLERK, context.now(), asked)


def rules_changed(context: ChapterContext, election: Election) -> bool:
    """Whether this vote would be counted by other rules than those of its approval (EN-R6)."""
    approval = last(context.ledger.votes.lines(election.name), Approved)
    recorded = approval.rules if approval else None
    return recorded not in (None, edition_digest(context.counting_of(election)))


def early_at_opening(ledger: Ledger, name: str) -> int:
    """How many answers were there when the vote opened; they count nowhere (BA-2)."""
    opening = last(ledger.votes.lines(name), Opened)
    return opening.early if opening else 0


def sync_first(context: ChapterContext) -> Sync:
    """The night's job before an opening; it refuses what is unsafe."""
    return sync(context, SyncOptions(apply=True))


def extend(
    context: ChapterContext, name: str, closes: datetime, by: str, reason: str, reason_es: str = ""
) -> ElectionRecord:
    """Move the close later, recorded and announced (EN-R6)."""
    with context.ledger.alone():
        vote, event = extension(context, name, closes, reason, reason_es)
        context.ledger.votes.extend(vote, event, by, context.now())
    return opened(context, name)


def extension(
    context: ChapterContext, name: str, closes: datetime, reason: str, reason_es: str = ""
) -> tuple[ElectionRecord, Extended]:
    """What a later close would be; nothing is written.

    Raises:
        Refused: the vote is not open, or the close is not later, or another vote is in its way.
    """
    vote = opened(context, name)
    later = extended(vote.election.closes, closes, context.now())
    if held := failing(overlapping(context, vote.election.model_copy(update={"closes": later}))):
        raise Refused("; ".join(held), where=name, next_step="choose an earlier closing time")
    before = vote.election.closes
    return vote, Extended(before=before, closes=later, reason=reason, reason_es=reason_es)


def correct_roll(
    context: ChapterContext, name: str, person: PersonId, by: str, reason: str, *, remove: bool
) -> None:
    """Add somebody to a frozen roll or remove them: dated, named, reasoned (VM-R3)."""
    with context.ledger.alone():
        vote = opened(context, name)
        if context.now() >= vote.election.closes:
            raise Refused("voting has closed", where=name, rule="EN-R6")
        said = f"{context.today} {by}: {reason}"
        # Two who turned out to be one have two lines, and a code of each.
        held = [v for v in context.ledger.votes.roll(name) if v.person == person]
        if any(v.on_roll for v in held) != remove:
            if remove:
                _off_the_letters(context, vote, person)
            fact = f"this person is {'not on the roll' if remove else 'on the roll already'}"
            raise FixTheSettings(
                fact,
                where=name,
                rule="VM-R3",
                next_step="nothing to do; the voter roll is as you want it",
            )
        lines = held or [_new_line(context, vote, person, said)]
        changed = [v.model_copy(update={"on_roll": not remove, "exception": said}) for v in lines]
        correction = VoterStruck if remove else VoterAdded
        context.ledger.votes.correct_roll(name, changed, correction, reason, by, context.now())
        if remove:
            _off_the_letters(context, vote, person)


def _off_the_letters(context: ChapterContext, vote: ElectionRecord, person: PersonId) -> None:
    """Whoever was struck gets no ballot by a letter that is held back and may go on.

    Raises:
        TryAgainLater: the roll says it, and Mailchimp did not do it.
    """
    here = remembered(context).entries.get(person)
    try:
        remove_from_segments(context, vote, here.person.addresses if here else ())
    except ClerkError as fault:
        raise TryAgainLater(
            "the person was removed from the voter roll but might still get an email that is "
            f"being sent: {fault.fact}",
            where=vote.name,
            rule="VM-R3",
            next_step="run the same command again when Mailchimp responds",
        ) from None


def _new_line(
    context: ChapterContext, vote: ElectionRecord, person: PersonId, said: str
) -> RollEntry:
    roll = facts_of(context, known_sources(context.ledger)).roll(vote.election.record_date)
    line = voter_from(roll.entries[person], vote.election.districts, said)
    if not line.district and any(one.only_these_districts_vote for one in vote.election.contests):
        raise Refused(
            "this person's district is not known, and some contests are only for some districts",
            where=vote.election.name,
            rule="EN-R10",
            next_step="enter it in the district column of the registrations, run `clerk sync "
            "--apply`, then run this command again",
        )
    return line


def opened(context: ChapterContext, name: str) -> ElectionRecord:
    """The vote, which must be open.

    Raises:
        Refused: it is not.
    """
    vote = vote_of(context, name)
    if vote.state is not ElectionState.OPEN:
        said = f"the election is {state_label(vote)}, not open"
        raise Refused(said, where=name, rule="EN-R6", next_step=look_at(name))
    return vote


def vote_of(context: ChapterContext, name: str) -> ElectionRecord:
    """A vote that was approved.

    Raises:
        Refused: it is a folder only, or nothing.
    """
    vote = context.ledger.votes.get(name)
    if vote is None:
        context.election(name)  # says what elections there are
        raise Refused(
            "this election has not been approved yet: it waits for an officer's approval",
            where=f"elections/{name}",
            next_step=f"`clerk election check {name}`, then `clerk election open {name} --by …`",
        )
    return vote


def standing(vote: ElectionRecord) -> str:
    """How far a vote has come, in a word; what is in the ledger is no draft any more."""
    return "approved" if vote.state is ElectionState.DRAFT else vote.state.value


def state_label(vote: ElectionRecord) -> str:
    """Return the same as people read it; the stored state keeps its name."""
    return standing(vote).replace("cancelled", "canceled")


Said = Callable[[Chapter, datetime], str]
"""How a moment is written."""


def on_the_clock(chapter: Chapter, moment: datetime) -> str:
    """A moment on the chapter's clock, as the terminal says it."""
    return formats.clocked(moment.astimezone(chapter.tz))


def for_scripts(chapter: Chapter, moment: datetime) -> str:
    """The same as `--json` has it."""
    return f"{moment.astimezone(chapter.tz):%a %Y-%m-%d %H:%M}"


def look_at(name: str) -> str:
    """The next step of whoever came at the wrong time."""
    return f"`clerk election status {name}` shows what happens next, and when"
