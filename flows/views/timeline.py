"""The steps of a vote in their order: what was done and when, what comes next, what is overdue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flows.context import ChapterContext
from flows.mail.email_names import letter_name
from flows.votes.emails import cancelled
from flows.votes.emails.ballots import owed
from flows.votes.emails.reminders import next_reminder
from flows.votes.lifecycle import calendar
from flows.votes.publish import goes_out_by_itself, is_announced
from flows.votes.sending import CLERK, is_over
from models.votes import events as e
from models.votes.audit_log import AuditLogEntry
from models.votes.delivered import arrived, lost
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.notices import (
    Announcement,
    CancellationNews,
    ExtensionNews,
    Invitation,
    Reminder,
    TellersReport,
    known_letter,
)


class Progress(StrEnum):
    """How far a step is."""

    DONE = "done"
    LOST = "lost"
    """An email that did not reach its readers."""
    OVERDUE = "overdue"
    WAITS = "waits"
    """For a person."""
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a vote."""

    what: str
    """Which step; an email by its kind."""
    progress: Progress
    at: datetime | None = None
    """When it was done, or is due; None: no hour is fixed."""
    about: str = ""
    """Which contest or candidate, or who did it."""
    number: int = 0
    """Of a reminder."""
    people: int | None = None
    """How many an email went to."""
    of: int | None = None
    """How many it was for, if it went to fewer."""


def timeline(context: ChapterContext, vote: ElectionRecord) -> list[Step]:
    """Everything that was done, then everything that is to come; the first of that is the next."""
    done = list(_done(context, vote))
    ahead = list(_ahead(context, vote))
    now, is_first, found = context.now(), True, list[Step]()
    for step in ahead:
        progress = step.progress
        if progress is Progress.LATER and step.at and step.at <= now:
            progress = Progress.OVERDUE
        elif progress is Progress.LATER and is_first:
            progress = Progress.NEXT
        is_first = False
        found.append(Step(step.what, progress, step.at, step.about, step.number))
    return [*done, *found]


_ACTS: dict[type[e.Event], str] = {
    e.Approved: "approved",
    e.Opened: "opened",
    e.Extended: "extended",
    e.VoteCancelled: "canceled",
    e.RaceCancelled: "race_canceled",
    e.CandidateWithdrawn: "withdrawn",
    e.Closed: "closed",
    e.StoppedAtTie: "tie",
    e.TieDecided: "tie_decided",
    e.Counted: "counted",
    e.RaceOverruled: "voided",
    e.Published: "published",
    e.CancellationPublished: "cancellation_published",
}
"""What of the record is a step, and its name."""


def _done(context: ChapterContext, vote: ElectionRecord) -> Iterator[Step]:
    lines = context.ledger.votes.lines(vote.name)
    begins = max(
        (place for place, line in enumerate(lines) if isinstance(line.event, e.Approved)), default=0
    )
    missing, came = lost(lines), arrived(lines)
    for line in lines[begins:]:
        event = line.event
        if what := _ACTS.get(type(event)):
            yield Step(what, Progress.DONE, line.at, _about(vote, line))
        elif isinstance(event, e.LetterSent | e.LetterStopped):
            gone = missing.get(event.letter)
            found = came.get(event.letter)
            what, number = _letter(event.letter)
            yield Step(
                what,
                Progress.LOST if gone else Progress.DONE,
                line.at,
                _named(vote, event.letter),
                number,
                people=found.people if found else None if gone else event.people,
                of=found.booked if found and found.people < found.booked else None,
            )


def _about(vote: ElectionRecord, line: AuditLogEntry) -> str:
    titles = {one.id: one.title for one in vote.approved.contests}
    match line.event:
        case e.RaceCancelled(race=race) | e.RaceOverruled(race=race) | e.TieDecided(race=race):
            return titles.get(race, race)
        case e.CandidateWithdrawn(race=race, candidate=who):
            return f"{who} ({titles.get(race, race)})"
        case e.Approved() | e.VoteCancelled() | e.Published() if line.who != CLERK:
            return line.who
        case _:
            return ""


def _letter(text: str) -> tuple[str, int]:
    """What kind of email a stored text means."""
    match known_letter(text):
        case Invitation(added_by=None):
            return "invitation", 0
        case Invitation():
            return "late_invitation", 0
        case Reminder(number=number):
            return "reminder", number
        case ExtensionNews():
            return "extension_news", 0
        case CancellationNews():
            return "cancellation_news", 0
        case Announcement():
            return "announcement", 0
        case TellersReport():
            return "report", 0
        case _:
            return "news", 0


def _named(vote: ElectionRecord, text: str) -> str:
    letter = known_letter(text)
    return letter_name(vote, letter) if letter and _letter(text)[0] == "news" else ""


def _ahead(context: ChapterContext, vote: ElectionRecord) -> Iterator[Step]:
    plan, later = calendar(context.chapter, vote.election), Progress.LATER
    state = vote.state
    if state is ElectionState.CANCELLED:
        if not cancelled.is_done(context.ledger, vote):
            yield Step("cancellation_news", later, context.now())
        return
    if state is ElectionState.DRAFT:
        yield Step("opens", later, plan.opens)
        for number, at in enumerate(plan.reminders, start=1):
            yield Step("reminder", later, at, number=number)
    if state is ElectionState.OPEN:
        yield from _letters_ahead(context, vote)
    if state in (ElectionState.DRAFT, ElectionState.OPEN):
        yield Step("closes", later, plan.closes)
    if vote.question:
        yield Step("decision", Progress.WAITS)
    if state in (ElectionState.DRAFT, ElectionState.OPEN, ElectionState.CLOSED):
        yield Step("counts", later, None if vote.question else plan.counts)
    if state is not ElectionState.PUBLISHED:
        yield _publication(vote, plan.counts)
    if not is_announced(context.ledger, vote):
        yield Step("announcement", later)


def _publication(vote: ElectionRecord, counts: datetime) -> Step:
    by_itself = goes_out_by_itself(vote)
    waits = vote.state is ElectionState.COUNTED and not by_itself
    at = counts if by_itself and not vote.question else None
    return Step("publishes" if by_itself else "officer_publishes",
                Progress.WAITS if waits else Progress.LATER, at)  # fmt: skip


def _letters_ahead(context: ChapterContext, vote: ElectionRecord) -> Iterator[Step]:
    plan, ledger = calendar(context.chapter, vote.election), context.ledger
    if context.now() >= plan.closes:
        return
    if vote.opened and not is_over(ledger, vote.name, Invitation()):
        yield Step("invitation", Progress.LATER, vote.opened)
    for one in owed(ledger, vote):
        what, _ = _letter(str(one.letter))
        yield Step(what, Progress.LATER, one.since, _named(vote, str(one.letter)))
    if due := next_reminder(context, vote):
        number, at = due
        if at < plan.closes:
            yield Step("reminder", Progress.LATER, at, number=number)
        for further in range(number + 1, len(plan.reminders) + 1):
            planned = plan.reminders[further - 1]
            if at < planned < plan.closes:
                yield Step("reminder", Progress.LATER, planned, number=further)
