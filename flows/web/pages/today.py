"""Is everything well, what was done last and comes next, and what waits for a person."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from connectors.ledger import Look, LookEnd, RunRecord
from flows.alerts import words as alert_words
from flows.alerts.nights import missed
from flows.alerts.places import place_of
from flows.alerts.trouble import Troubles, called
from flows.committee.ad_hoc import ad_hoc_now
from flows.committee.annual import due_now
from flows.context import ChapterContext
from flows.requests.queue import Waiting
from flows.scheduler.home import is_served
from flows.tabs.keep import ALERTED, lasting
from flows.tabs.status import next_night
from flows.views.timeline import Progress, timeline
from flows.votes.emails.reminders import next_reminder
from flows.votes.lifecycle import calendar
from flows.votes.moments import next_moments
from flows.votes.publish import goes_out_by_itself
from flows.votes.quorum import held_until
from flows.votes.thanks import reports_back
from flows.votes.what_next import is_finished
from flows.web.rolls import Which
from flows.web.spoken import moment
from flows.web.visits import Asked, Page, Visit
from models.intake.locations import Weight
from models.mail.alerts import SHARING, SIGN_INS, AlertKind, KnownAlert
from models.text.sentences import English, Sentence, stamped
from models.votes.election import ElectionState
from models.votes.election_record import ElectionRecord

AHEAD: Final = timedelta(days=31)
MOST: Final = 12
"""Moments of votes that are shown."""
_DECISIONS: Final = frozenset((AlertKind.DECISION_WAITS, AlertKind.RESULT_WAITS))
_MOMENTS: Final = {"opens": "opens", "closes": "closes", "is counted": "is_counted"}


class Waits(NamedTuple):
    """A card: what waits for a person, and where it is settled."""

    kind: str
    """“problem”, “decision”, or “chore”."""
    title: str
    said: str = ""
    """Sentences of the rules, which are English."""
    next_step: str = ""
    path: str = ""
    button: str = ""
    """The text under which the place is opened, by its key."""


class Coming(NamedTuple):
    """The next moment of a vote."""

    at: str
    title: str
    what: str
    path: str


def today(visit: Visit) -> Page:
    """The first page: the answer, then what waits, then the calendar."""
    votes = [v for v in visit.context.ledger.votes.all() if not is_finished(visit.context, v)]
    waits = [
        *_plan(visit),
        *_alerts(visit, votes),
        *_late(visit, votes),
        *_troubles(visit, votes),
        *_tabs(visit),
        *_decisions(visit, votes),
        *_ad_hoc(visit),
        *_year(visit),
        *_chores(visit),
    ]
    run = visit.context.ledger.last_run()
    known = visit.roll()
    return Page(
        "today.html",
        {
            "verdict": _verdict(visit, waits, anything=known.seen.anything),
            "waits": waits,
            "run": run,
            "ran": moment(visit, run.finished or run.started) if run else "",
            "became": _became(run),
            "next": moment(visit, next_night(visit.context)),
            "is_served": _is_served(visit.context),
            "coming": _coming(visit, votes),
            "counts": known.roll.counts(),
        },
    )


def _is_served(context: ChapterContext) -> bool:
    """Whether something here is known to run the nights; a rehearsal's own clock does."""
    return context.chapter.rehearsal is not None or is_served(context.chapter.folder)


def _verdict(visit: Visit, waits: list[Waits], *, anything: bool) -> str:
    """Whether everything is well, in one sentence."""
    say = visit.words.say
    if not anything:
        return say("today.verdict.nothing_read")
    for kind in ("problem", "decision"):
        if many := sum(one.kind == kind for one in waits):
            return visit.words.plural(f"today.verdict.{kind}", many)
        if kind == "problem" and visit.context.ledger.last_run() is None:
            return say("today.verdict.no_run")  # nothing that runs would have said what is wrong
    return say(f"today.verdict.{'chore' if waits else 'well'}")


def _became(run: RunRecord | None) -> str:
    if run is None:
        return "none"
    return "failed" if run.failed else "done" if run.finished else "at_work"


def _plan(visit: Visit) -> Iterator[Waits]:
    """A plan that wants an approval, or a look that broke off."""
    look, say = visit.context.ledger.looks.newest(), visit.words.say
    if look is None:
        return
    if look.end is LookEnd.BROKEN_OFF:
        yield Waits("problem", say("today.broken_off", at=moment(visit, look.at)), look.said,
                    look.next_step, "/plan", "plan")  # fmt: skip
    elif _wants_approval(look):
        said = "; ".join(look.reasons) or look.said
        yield Waits("decision", say("today.approve"), f"{said}.", "", "/plan", "plan")


def _wants_approval(look: Look) -> bool:
    return look.end is LookEnd.REFUSED or bool(look.reasons)


def _alerts(visit: Visit, votes: list[ElectionRecord]) -> Iterator[Waits]:
    """What was found to be wrong, and still is."""
    look = visit.context.ledger.looks.newest()
    for known in [*visit.context.ledger.alerts.still_so(), *_not_told(visit.context)]:
        if known.alert.kind is AlertKind.NIGHT_REFUSED and look and _wants_approval(look):
            continue  # the plan's own card says it
        if known.alert.kind in _DECISIONS:
            continue  # and the vote's own card
        path, button = _where(known, votes)
        yield Waits(
            "problem",
            visit.words.say("today.since", at=moment(visit, known.raised)),
            alert_words.sentence(known.alert),
            alert_words.next_step(known.alert.kind),
            path,
            button,
        )


def _not_told(context: ChapterContext) -> Iterator[KnownAlert]:
    """That no night came: whatever would note it is what does not run."""
    so = {one.alert.kind for one in context.ledger.alerts.still_so()}
    for alert in missed(context)[0]:
        if alert.kind not in so:
            now = context.now()
            yield KnownAlert(id=0, alert=alert, raised=now, seen=now)


def _late(visit: Visit, votes: list[ElectionRecord]) -> Iterator[Waits]:
    """A step that should have come by itself: what does them is not running, or cannot."""
    minutes = visit.context.chapter.schedule.check_every_minutes
    before = visit.context.now() - timedelta(minutes=2 * minutes)
    for vote in votes:
        steps = timeline(visit.context, vote)
        late = [s.at for s in steps if s.progress is Progress.OVERDUE and s.at and s.at < before]
        if late:
            say, title = visit.words.say, vote.election.title
            said = say("today.late", title=title, at=moment(visit, min(late)))
            yield Waits("problem", said, "", "", f"/votes/{vote.name}", "vote")


def _where(known: KnownAlert, votes: list[ElectionRecord]) -> tuple[str, str]:
    """Where an alert is looked into."""
    kind, place = known.alert.kind, known.alert.place
    if vote := next((one for one in votes if place_of(one.name) == place), None):
        return f"/votes/{vote.name}", "vote"
    if kind in SHARING:
        return "/privacy", "privacy"
    if kind in SIGN_INS:
        return "/review", "review"
    return ("/plan", "plan") if kind is AlertKind.NIGHT_REFUSED else ("/health", "health")


def _troubles(visit: Visit, votes: list[ElectionRecord]) -> Iterator[Waits]:
    """Steps of votes that failed, and were not done since."""
    for vote in votes:
        for step, one in Troubles(visit.context, vote.name).known.items():
            title = visit.words.say("today.trouble", title=vote.election.title)
            said = Sentence(
                "Failed since {since}: {step}. {said}",
                since=stamped(one.since.astimezone(visit.context.chapter.tz)),
                step=called(step),
                said=English(one.said),
            )
            yield Waits("problem", title, said, "", f"/votes/{vote.name}", "vote")


def _tabs(visit: Visit) -> Iterator[Waits]:
    """Tabs and pages of the program's that could not be written; alerts tell of the others."""
    for step, one in lasting(visit.context).items():
        if step not in ALERTED:
            said = Sentence(
                "Failed since {since}: the {step}. {said}",
                since=stamped(one.since.astimezone(visit.context.chapter.tz)),
                step=English(step),
                said=English(one.said),
            )
            yield Waits("problem", visit.words.say("today.tab"), said, "", "/health", "health")


def _decisions(visit: Visit, votes: list[ElectionRecord]) -> Iterator[Waits]:
    """What a vote stops at until an officer decides."""
    for vote in votes:
        title, path = vote.election.title, f"/votes/{vote.name}"
        if vote.question:
            yield Waits("decision", visit.words.say("today.tie", title=title), "", "", path, "tie")
        if vote.state is ElectionState.COUNTED and not goes_out_by_itself(vote):
            said = visit.words.say("today.publish", title=title)
            yield Waits("decision", said, "", "", path, "publish")
    if late := Waiting(visit.context).late:
        said = visit.words.plural("today.late_requests", late)
        yield Waits("decision", said, "", "", "/requests", "requests")


def _ad_hoc(visit: Visit) -> Iterator[Waits]:
    """An ad hoc committee, until its tab says that it is done (SC-8)."""
    if held := ad_hoc_now(visit.context):
        kind, key = ("chore", "open") if held.is_formed else ("decision", "missing")
        said = visit.words.say(f"today.ad_hoc.{key}")
        yield Waits(kind, said, held.told, "", "/committee", "committee")


def _year(visit: Visit) -> Iterator[Waits]:
    """What the members or the committee vote on in this first quarter, and have not yet."""
    due = [one.fact for one in due_now(visit.context, visit.roll().facts) if one.look]
    if due:
        said = visit.words.plural("today.year", len(due))
        yield Waits("chore", said, f"{'; '.join(due)}.", "", "/committee", "committee")


def _chores(visit: Visit) -> Iterator[Waits]:
    """What can wait: rows to check, people to call, endorsed candidates to hear from."""
    known = visit.roll(planned=True)
    asked = sum(one.weight is not Weight.NOTE for one in known.facts.review)
    for many, key, path in (
        (asked, "review", "/review"),
        (len(Waiting(visit.context).requests), "requests", "/requests"),
        (len(visit.roll().to_call), "calls", f"/roll/{Which.NO_EMAIL.value}"),
    ):
        if many:
            yield Waits("chore", visit.words.plural(f"today.{key}", many), "", "", path, key)
    for one in reports_back(visit.context):
        said = visit.words.say("today.report_back", names=visit.words.listed(one.names))
        yield Waits("chore", said, "", "", f"/votes/{one.election}", "vote")


def _coming(visit: Visit, votes: list[ElectionRecord]) -> list[Coming]:
    """The next moments of votes, on the chapter's clock."""
    context, by_name = visit.context, {vote.name: vote for vote in votes}
    found = []
    for name, at in next_moments(context, AHEAD)[:MOST]:
        vote = by_name[name]
        if what := _what(visit, vote, at):
            found.append(Coming(moment(visit, at), vote.election.title, what, f"/votes/{name}"))
    return found


def _what(visit: Visit, vote: ElectionRecord, at: datetime) -> str:
    """What a vote does at a moment; "" where that says nothing to people."""
    named = {when: what for what, when in calendar(visit.context.chapter, vote.election).moments()}
    due = next_reminder(visit.context, vote) if vote.state is ElectionState.OPEN else None
    if due and due[1] == at:
        return visit.words.say("today.moment.reminder", n=due[0])
    what = named.get(at, "")
    if what in _MOMENTS:
        return visit.words.say(f"today.moment.{_MOMENTS[what]}")
    if what:
        return visit.words.say("today.moment.reminder", n=what.rpartition(" ")[2])
    # The end of the wait for a quorum: of a vote that has one, nobody needs to know of it.
    held = held_until(visit.context.ledger, vote) == at
    return visit.words.say("today.moment.held") if held else ""


ASKED: Final = (Asked("GET", "/", today),)
