"""The story that every version plays once, and that each later version goes on with.

It stops where work is half done: a night and a reminder cut short, a letter owed, a tie, a result
that waits for an officer.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from connectors.sandbox.invented import second_day, serial
from connectors.sandbox.server import Sandbox
from flows.votes.emails.reminders import next_reminder
from flows.votes.lifecycle import extend
from flows.votes.roll_exceptions import correct_roll
from flows.votes.tally.count import decide
from models.errors import TryAgainLater
from tests.conftest import Clock
from tests.elections.polls import COUNTS, NAME, OFFICER, OPENS, REMINDERS, Poll, ranks

BALLOTS = (
    [("Ada Park", "Bea Stone")] * 4
    + [("Bea Stone", "Ada Park")] * 3
    + [("Cy Rivers", "Bea Stone")] * 3
)
"""Bea and Cy are tied for elimination, and it matters who goes (EN-R5)."""
TWO_DAYS, MINUTES = timedelta(days=2), 5
NEWCOMER = "wren@example.org"
EXPLAINED = "Single-payer health care."


def found(sandbox: Sandbox, clock: Clock, folder: Path) -> Poll:
    """A chapter after its first night, with a vote ready to be approved."""
    return Poll.prepare(sandbox, clock, folder, people=24)


def a_night_is_cut_short(poll: Poll) -> None:
    """The campaign of the night's letters is made and not sent."""
    clock, today = poll.clock, serial((poll.clock() + timedelta(days=1)).date())
    clock.go(days=1)
    second_day(poll.town.sandbox, clock.today)
    with poll.town.edit("Registrations") as rows:
        rows.append([today, "Wren Vale", NEWCOMER, "", "", "", "yes", "", "Yes"])
    with poll.town.edit("Sign-ins") as rows:
        rows += [
            [today, event, NEWCOMER, "Wren Vale"]
            for event in ("Climate forum", "Transit workstream", "Pride march with partners")
        ]
    with letters_fail(poll):
        poll.town.night()


def the_vote_is_approved(poll: Poll) -> None:
    """The next night ends what was left; the officer mends what today's rules ask for (EN-R14)."""
    poll.town.night()
    question = poll.folder("contests") / "02-question-6.toml"
    if "explanation" not in question.read_text():
        question.write_text(f'explanation = "{EXPLAINED}"\n{question.read_text()}')
        poll.form.items[-1]["description"] += f" {EXPLAINED}"
    poll.approved()


def a_letter_is_owed(poll: Poll) -> None:
    """Open, half the ballots in, the close moved; who was added has no letter yet."""
    poll.at(OPENS)
    invited = sorted(poll.invited())
    for address, ranked in zip(invited, BALLOTS, strict=False):
        poll.votes(address, ranks(*ranked))
    poll.at(REMINDERS[0])
    with poll.context() as context:
        extend(context, NAME, poll.vote.election.closes + TWO_DAYS, OFFICER, "the hall was flooded")
    later(poll)
    people = poll.people()
    with poll.context() as context:
        for address, why in ((poll.stranger(), "the sheet was late"), (invited[-1], "no event")):
            remove = address in invited
            correct_roll(context, NAME, people[address], OFFICER, why, remove=remove)
    with letters_fail(poll):
        later(poll)


def a_reminder_is_cut_short(poll: Poll) -> None:
    """Its campaign is made and not sent."""
    later(poll)
    with poll.context() as context:
        due = next_reminder(context, poll.vote)
    assert due
    with letters_fail(poll):
        poll.at(due[1])


def the_count_stops(poll: Poll) -> None:
    """At a tie that matters."""
    later(poll)
    poll.at(COUNTS + TWO_DAYS)


def the_vote_is_counted(poll: Poll) -> None:
    """By a recorded decision."""
    with poll.context() as context:
        decide(context, NAME, "mayor", "Cy Rivers", "the committee, 5 to 2, on April 14", OFFICER)
    later(poll)


def the_result_is_out(poll: Poll) -> None:
    """Published and announced."""
    poll.published()
    later(poll)


STEPS: tuple[tuple[str, Callable[[Poll], None]], ...] = (
    ("night-cut-short", a_night_is_cut_short),
    ("approved", the_vote_is_approved),
    ("letter-owed", a_letter_is_owed),
    ("reminder-cut-short", a_reminder_is_cut_short),
    ("tie", the_count_stops),
    ("counted", the_vote_is_counted),
    ("published", the_result_is_out),
)
"""Each step with the name of the moment after it."""
MOMENTS = [name for name, _ in STEPS]


def later(poll: Poll) -> None:
    """The clock strikes again after a while."""
    poll.clock.go(minutes=MINUTES)
    poll.strike()


@contextmanager
def letters_fail(poll: Poll) -> Iterator[None]:
    """Mailchimp sends nothing for a while; everything else works."""
    faults = poll.town.sandbox.faults
    faults.matching("POST", r"/actions/send$", "500", times=9)
    with suppress(TryAgainLater):
        yield
    faults.clear()
