"""Each strike of the clock compares the ballot forms with what was approved, and tells at once.

It asks after the letters too: one that was stopped, or never came out, is told while there is time;
and after the opening: a vote that should have opened and has not is told, whatever held it up.

From the approval on it is looked at until it is counted: what it asks, and until the close whether
everybody who has the link can answer. A difference is a line of the record, once, an alert to the
officers, and stands in `status`; so is its end. Answers are not looked at.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from connectors.google import NotLetIn
from connectors.ledger import Act, Busy
from flows.alerts import telling as alerts
from flows.alerts.places import is_watched, known, place_of
from flows.alerts.trouble import Troubles
from flows.clock import Clock
from flows.context import ChapterContext
from flows.votes.check import asked_now
from flows.votes.sending import CLERK
from flows.votes.unread_tabs import unread_tabs
from flows.votes.watch_emails import OF_NIGHTS, calls, is_fresh, is_open, letters, nights_letters
from flows.votes.watch_endings import endings, is_ending, reminders
from flows.votes.who_answers import Answering, form_access
from models.ballots.drift import Drift, FormQuestion, How, Live, QuestionChange, drift, kept
from models.ballots.form import Item, mismatches
from models.errors import FixTheSettings, combined
from models.mail.alerts import (
    CALLS,
    ENDINGS,
    FORMS,
    LETTERS,
    OPENINGS,
    REMINDERS,
    Alert,
    AlertKind,
)
from models.text.folding import folded
from models.votes.audit_log import AuditLogEntry
from models.votes.election import Election, ElectionState
from models.votes.election_record import ElectionRecord
from models.votes.events import Approved, FormDrifted, FormMended, Opened

KINDS = FORMS | LETTERS | CALLS | OPENINGS | REMINDERS | ENDINGS
PATIENCE = timedelta(minutes=15)
"""How long an opening may wait for what passes by itself, a service that is down or another job."""


def watch(context: ChapterContext, tell: Callable[[str], None]) -> None:
    """Look at the form of each vote that is on its way, and tell what is new.

    Raises:
        ClerkError: a form that could not be looked at, after all else; what was known of it stands.
    """
    so: list[Alert] = []
    faults: list[Exception] = []
    looks = (
        (FORMS, _form, is_watched),
        (LETTERS, letters, is_fresh),
        (CALLS, calls, is_open),
        (OPENINGS, _opening, is_watched),
        (REMINDERS, reminders, is_open),
        (ENDINGS, endings, is_ending),
    )
    try:
        so += nights_letters(context)
    except Exception as fault:  # noqa: BLE001 - raised when all else is done
        faults.append(fault)
        so += known(context, LETTERS, OF_NIGHTS)
    for vote in context.ledger.votes.all():
        for kinds, look, is_due in looks:
            if not is_due(context, vote):
                continue
            try:
                so += look(context, vote, tell)
            except Exception as fault:  # noqa: BLE001 - raised when all else is done
                faults.append(fault)
                so += known(
                    context, kinds, place_of(vote.name)
                )  # of what nobody could see, it stands
    held = any(one.alert.kind in KINDS for one in context.ledger.alerts.still_so())
    if (so or held) and (said := alerts.tell(context, so, KINDS)):
        tell(said)  # a strike that finds nothing writes nothing
    if faults:
        raise combined(faults)


def _form(
    context: ChapterContext, vote: ElectionRecord, tell: Callable[[str], None]
) -> list[Alert]:
    now = drift_of(context, vote)
    if note(context, vote, now):
        how = "not as approved" if now.is_any else "as approved again"
        tell(f"{vote.name}: the ballot form is {how}")
    return list(alerts_of(vote.name, now))


def _opening(
    context: ChapterContext, vote: ElectionRecord, _: Callable[[str], None]
) -> list[Alert]:
    """That it should have opened: at once where a person must mend it, else after a while."""
    late = overdue(context.now, vote)
    lasting = any(not one.passing for one in Troubles(context, vote.name).known.values())
    if late is None:
        return []
    place = place_of(vote.name)
    if never_opened(context.now, vote):  # that it has not opened is as true as it was, and not over
        told = known(context, (AlertKind.NOT_OPENED,), place)
        return [*told, Alert(kind=AlertKind.NEVER_OPENED, place=place)]
    is_so = lasting or late >= PATIENCE
    return [Alert(kind=AlertKind.NOT_OPENED, place=place)] if is_so else []


def never_opened(now: Clock, vote: ElectionRecord) -> bool:
    """Whether the close of an approved vote has passed unopened: no strike opens it any more."""
    return vote.state is ElectionState.DRAFT and now() >= vote.election.closes


def overdue(now: Clock, vote: ElectionRecord) -> timedelta | None:
    """For how long an approved vote should have been open; None where it need not be yet, or is."""
    late = now() - vote.election.opens
    return late if vote.state is ElectionState.DRAFT and late >= timedelta() else None


def drift_of(context: ChapterContext, vote: ElectionRecord) -> Drift:
    """How the form differs now.

    Raises:
        TryAgainLater: it could not be looked at.
        NotLetIn: Google does not let the chapter in.
    """
    try:
        live = _live(context, vote.election)
    except NotLetIn:
        raise  # of the form that says nothing
    except FixTheSettings:
        return Drift(unreadable=True)
    voting = vote.state is not ElectionState.CLOSED
    found = drift(as_approved(context.ledger.votes.lines(vote.name)), live.form, voting=voting)
    left = tuple(one for one in found.changes if not _follows(context, vote, one, live.items))
    unread = tuple(tab.title for tab in unread_tabs(context, vote))
    return found.model_copy(update={"changes": left, "unread": unread})


def _follows(
    context: ChapterContext, vote: ElectionRecord, change: QuestionChange, items: Sequence[Item]
) -> bool:
    """Whether a form only follows what was decided.

    A canceled contest, or a candidate who withdrew, is off it (EN-R11).
    """
    title, source = folded(change.title), vote.election.ballots
    if any(folded(race.title) == title for *_, race in vote.changes.races):
        return change.how is How.GONE
    if all(folded(race.title) != title for *_, race in vote.changes.candidates):
        return False
    races = [race for race in vote.election.contests if folded(race.title) == title]
    known = (title, folded(source.code_question))
    asked = [one for one in items if folded(one.title) in known]
    edition = context.counting_of(vote.election)
    return not list(mismatches(asked, races, source.code_question, edition))


class _Seen(NamedTuple):
    """A form as it is now, and its items; a tab has none."""

    form: Live
    items: Sequence[Item] = ()


def _live(context: ChapterContext, election: Election) -> _Seen:
    source = election.ballots
    if not source.form:
        return _Seen(Live(asked_now(context, source)))
    form = context.ballot_forms.live(source.form)
    answering = form_access(context.drive, source.form, form).answering
    seen = Live(
        tuple(kept(one, context.ledger.key) for one in form.asked),
        form.accepting,
        answering.is_for_anybody,
        form.collects_addresses,
        organisation=answering is Answering.ORGANISATION,
    )
    return _Seen(seen, form.items)


def as_approved(lines: Iterable[AuditLogEntry]) -> tuple[FormQuestion, ...]:
    """What the form asked when the vote opened, or else when it was approved.

    Empty where an earlier version wrote the record.
    """
    asked: tuple[FormQuestion, ...] = ()
    for line in lines:
        if isinstance(event := line.event, Approved | Opened):
            asked = event.asked
    return asked


def as_noted(lines: Iterable[AuditLogEntry]) -> Drift:
    """What the record says last of the form."""
    noted = Drift()
    for line in lines:
        match line.event:
            case FormDrifted(drift=drifted):
                noted = drifted
            case FormMended() | Approved():
                noted = Drift()
    return noted


def note(context: ChapterContext, vote: ElectionRecord, now: Drift) -> bool:
    """Write down that a form differs, differs in another way, or is as it was again; once."""
    try:
        with context.ledger.alone():
            held = context.ledger.votes.get(vote.name)
            lines = context.ledger.votes.lines(vote.name)
            if held is None or held.state is not vote.state or now == as_noted(lines):
                return False
            event = FormDrifted(drift=now) if now.is_any else FormMended()
            context.ledger.votes.note(vote.name, Act(CLERK, context.now(), event))
            return True
    except Busy:
        return False  # another job is at work: the next strike looks again


def alerts_of(vote: str, found: Drift) -> Iterator[Alert]:
    """What the officers are told of one form: counts alone."""
    place = place_of(vote)
    shut = {
        "closed": found.closed,
        "restricted": found.restricted and not found.organisation,
        "organisation": found.organisation,
        "unreadable": found.unreadable,
    }
    if found.shuts_out:
        counts = {name: 1 for name, is_so in shut.items() if is_so}
        yield Alert(kind=AlertKind.FORM_SHUT, place=place, counts=counts)
    if found.changes:
        yield Alert(
            kind=AlertKind.FORM_CHANGED, place=place, counts={"questions": len(found.changes)}
        )
    if found.unread:
        counts = {"tabs": len(found.unread)}
        yield Alert(kind=AlertKind.FORM_ELSEWHERE, place=place, counts=counts)
    if found.collects:
        yield Alert(kind=AlertKind.FORM_COLLECTS, place=place)
