"""The demo's second half: Endorsements 2024 from the officer's word to the announcement.

Google and Mailchimp are the sandbox; the clock is moved from one moment of the calendar to the
next, and does by itself what is due.
"""

from datetime import datetime, timedelta
from pathlib import Path

from connectors import elections
from connectors.sandbox import invented_election as invented
from connectors.sandbox.mailchimp.letters import Letter
from connectors.sandbox.server import Sandbox
from flows import console
from flows.clock import utc_now
from flows.context import ChapterContext, open_chapter
from flows.views import election as election_views
from flows.views.status import outcome_rows
from flows.votes.ballot_form import build_form
from flows.votes.check import check
from flows.votes.lifecycle import approve, calendar, on_the_clock, vote_of
from flows.votes.publish import publish
from flows.votes.schedule import ElectionEvent, tick
from flows.votes.tally.audit import audit
from models.errors import TryAgainLater
from models.votes.election import failing

OFFICER = "Thea Novak"
STRIKES = 12
"""How often the clock strikes at a moment at which a service is not ready: for an hour."""


class MovedClock:
    """The demo's own time, moved by hand."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def election_story(sandbox: Sandbox, chapter: Path, clock: MovedClock | None = None) -> Path:
    """Tell it on the terminal.

    Args:
        chapter: the invented chapter after its nights.
        clock: where the sandbox goes by it too, so that what takes its time there takes it.

    Returns:
        The published page.
    """
    clock = clock or MovedClock(utc_now())
    with open_chapter(chapter, clock) as context:
        opens, closes = invented.window(context.now().astimezone(context.chapter.tz))
        _prepare(context, sandbox, opens, closes)
        plan = calendar(context.chapter, context.election(invented.NAME))
        _move(context, clock, plan.opens)
        form = sandbox.google.forms[invented.FORM]
        _who_is_told(context, _invited(sandbox))
        for turn, moment in enumerate(plan.reminders):
            at, invited = clock.at + timedelta(hours=1), _invited(sandbox)
            many = invented.everybody_votes(form, iter(invited), at, every=4, offset=turn)
            console.say(f"{many} members vote by the link in their letter.")
            _move(context, clock, moment)
        invited = _invited(sandbox)
        again = invented.everybody_votes(form, iter(invited), clock.at + timedelta(hours=3), 4, 1)
        console.say(f"{again} of them vote again; their last ballot will count.")
        told = election_views.status(context, invented.NAME)
        console.say(f"Turnout, all that is known before the close: {told['ballots']} of "
                    f"{told['voters']}. Next: {told['next']}.")  # fmt: skip
        invented.everybody_votes(form, iter(invited[:1]), plan.closes + timedelta(minutes=2))
        _move(context, clock, plan.closes)
        _move(context, clock, plan.counts)
        _outcomes(context)
        return _publish(context, clock)


def _prepare(context: ChapterContext, sandbox: Sandbox, opens: datetime, closes: datetime) -> None:
    sandbox.google.add_form(invented.FORM, "Untitled form")
    table = invented.election_table(opens, closes)
    elections.write_new(context.chapter.folder, invented.NAME, table, invented.CONTESTS)
    election = context.election(invented.NAME)
    console.say(f"“{election.title}”: {len(election.contests)} contests, one file per contest.")
    build_form(context, election)
    console.say("clerk election form --build filled the chapter's empty form from the contests.")
    missing = failing(check(context, election))
    console.say("clerk election check: " + ("; ".join(missing) or "everything is there."))
    console.table(("When", "What"), election_views.calendar_rows(context.chapter, election))
    approve(context, invented.NAME, OFFICER)
    console.say(f"clerk election open: {OFFICER} approves. From here on it is automatic.")


def _invited(sandbox: Sandbox) -> list[Letter]:
    """The invitations that have come out so far."""
    return list(invented.invitations(sandbox.mailchimp))


def _who_is_told(context: ChapterContext, invited: list[Letter]) -> None:
    voters = election_views.status(context, invented.NAME)["voters"]
    said = f"{voters} can vote. We email {len(invited)} and call {voters - len(invited)}."
    console.say(f"{said} One of the emails: “{invited[0].subject}”" if invited else said)


def _move(context: ChapterContext, clock: MovedClock, moment: datetime) -> None:
    """Let the time come, and say what was done by itself; what needs some minutes gets them."""
    clock.at = moment

    def said(one: ElectionEvent) -> None:
        console.say(f"  {on_the_clock(context.chapter, clock.at)}  {one.what}", "green")

    for _ in range(STRIKES):
        try:
            tick(context, said)
        except TryAgainLater:
            clock.at += timedelta(minutes=context.chapter.schedule.check_every_minutes)
        else:
            return
    tick(context, said)


def _outcomes(context: ChapterContext) -> None:
    rows = list(outcome_rows(vote_of(context, invented.NAME)))
    console.table(("Contest", "Outcome"), rows)


def _publish(context: ChapterContext, clock: MovedClock) -> Path:
    vote = context.ledger.votes.get(invented.NAME)
    assert vote is not None  # noqa: S101 - it was just counted
    clock.at += timedelta(hours=12)
    with context.ledger.alone():
        publish(context, vote, OFFICER)
    console.say(f"clerk election publish: {OFFICER} has looked at the result.")
    _move(context, clock, clock.at)
    lines = audit(context)
    console.say(f"clerk audit: the audit log is intact, {len(lines)} entries.")
    public = context.chapter.path(context.chapter.elections.public)
    return public / invented.NAME / "index.html"
