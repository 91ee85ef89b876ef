"""The demo's second half: Endorsements 2024 from the officer's word to the announcement.

Google and Mailchimp are the sandbox; the clock is moved from one moment of the calendar to the
next, and does by itself what is due.
"""

from datetime import datetime, time, timedelta
from pathlib import Path

from connectors import elections
from connectors.sandbox import invented_election as invented
from connectors.sandbox.mailchimp.letters import Letter
from connectors.sandbox.server import Sandbox
from flows import console
from flows.context import Desk, open_desk, utc_now
from flows.views import election as election_views
from flows.votes.check import check
from flows.votes.lifecycle import approve, build_form, calendar
from flows.votes.publish import publish
from flows.votes.schedule import Happening, tick
from flows.votes.tally.audit import audit
from models.errors import TryAgainLater
from models.votes.election import failing

OFFICER = "Thea Novak"
OPEN_FOR = timedelta(days=10)
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
    with open_desk(chapter, clock) as desk:
        opens = datetime.combine(desk.today + timedelta(days=1), time(9), desk.chapter.tz)
        closes = datetime.combine((opens + OPEN_FOR).date(), time(21), desk.chapter.tz)
        _prepare(desk, sandbox, opens, closes)
        plan = calendar(desk, desk.election(invented.NAME))
        _move(desk, clock, plan.opens)
        form = sandbox.google.forms[invented.FORM]
        _who_is_told(desk, _invited(sandbox))
        for turn, moment in enumerate(plan.reminders):
            at, invited = clock.at + timedelta(hours=1), _invited(sandbox)
            many = invented.everybody_votes(form, iter(invited), at, every=4, offset=turn)
            console.say(f"{many} members vote by the link in their letter.")
            _move(desk, clock, moment)
        invited = _invited(sandbox)
        again = invented.everybody_votes(form, iter(invited), clock.at + timedelta(hours=3), 4, 1)
        console.say(f"{again} of them vote again; their last ballot will count.")
        told = election_views.status(desk, invented.NAME)
        console.say(f"Turnout, all that is known before the close: {told['ballots']} of "
                    f"{told['voters']}. Next: {told['next']}.")  # fmt: skip
        invented.everybody_votes(form, iter(invited[:1]), plan.closes + timedelta(minutes=2))
        _move(desk, clock, plan.closes)
        _move(desk, clock, plan.counts)
        _outcomes(desk)
        return _publish(desk, clock)


def _prepare(desk: Desk, sandbox: Sandbox, opens: datetime, closes: datetime) -> None:
    sandbox.google.add_form(invented.FORM, "Untitled form")
    table = invented.election_table(opens, closes)
    elections.write_new(desk.chapter.folder, invented.NAME, table, invented.CONTESTS)
    election = desk.election(invented.NAME)
    console.say(f"“{election.title}”: {len(election.contests)} races, each a file in its folder.")
    build_form(desk, election)
    console.say("clerk election form --build filled the chapter's empty form from the races.")
    missing = failing(check(desk, election))
    console.say("clerk election check: " + ("; ".join(missing) or "everything is there."))
    console.table(("When", "What"), election_views.calendar_rows(desk, election))
    approve(desk, invented.NAME, OFFICER)
    console.say(f"clerk election open: {OFFICER} approves. From here on the clock does it.")


def _invited(sandbox: Sandbox) -> list[Letter]:
    """The invitations that have come out so far."""
    return list(invented.invitations(sandbox.mailchimp))


def _who_is_told(desk: Desk, invited: list[Letter]) -> None:
    voters = election_views.status(desk, invented.NAME)["voters"]
    said = (
        f"{voters} may vote, {len(invited)} get a letter, {voters - len(invited)} are to be called."
    )
    console.say(f"{said} One of the letters: “{invited[0].subject}”" if invited else said)


def _move(desk: Desk, clock: MovedClock, moment: datetime) -> None:
    """Let the time come, and say what was done by itself; what needs some minutes gets them."""
    clock.at = moment

    def said(one: Happening) -> None:
        local = clock.at.astimezone(desk.chapter.tz)
        console.say(f"  {local:%a %b %d %H:%M}  {one.what}", "green")

    for _ in range(STRIKES):
        try:
            tick(desk, said)
        except TryAgainLater:
            clock.at += timedelta(minutes=desk.chapter.schedule.clock_minutes)
        else:
            return
    tick(desk, said)


def _outcomes(desk: Desk) -> None:
    told = election_views.status(desk, invented.NAME)
    titles = {one.id: one.title for one in desk.election(invented.NAME).contests}
    rows = [(titles[race], end) for race, end in told["outcomes"].items()]
    console.table(("Race", "Outcome"), rows)


def _publish(desk: Desk, clock: MovedClock) -> Path:
    vote = desk.ledger.votes.get(invented.NAME)
    assert vote is not None  # noqa: S101 - it was just counted
    clock.at += timedelta(hours=12)
    with desk.ledger.alone():
        publish(desk, vote, OFFICER)
    console.say(f"clerk election publish: {OFFICER} has looked at the result.")
    _move(desk, clock, clock.at)
    lines = audit(desk)
    console.say(f"clerk audit: all {len(lines)} lines of the record hold.")
    public = desk.chapter.path(desk.chapter.elections.public)
    return public / invented.NAME / "index.html"
