"""`clerk tick` does what is due; the verbs of officers do what they say, and no more."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest

from connectors.sandbox.invented import LIST
from flows.alerts.nights import NIGHT
from flows.alerts.trouble import Troubles, called
from flows.doctor.votes import ballot_forms
from flows.votes.roll_exceptions import correct_roll
from flows.votes.schedule import tick
from flows.votes.what_next import what_next
from models.errors import ClerkError, Refused, TryAgainLater
from models.mail.alerts import Alert, AlertKind
from models.votes.election import ElectionState
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, OPENS, REMINDERS, Poll, ranks
from tests.elections.test_commands import Clerk, clerk, told
from tests.elections.test_ties import BALLOTS
from tests.elections.test_watch import look, news
from tests.flows.test_letters import EVENTS, joins

__all__ = ["clerk"]
MINUTE = timedelta(minutes=1)


def test_a_tick_says_what_it_did_and_then_that_nothing_is_due(poll: Poll, clerk: Clerk) -> None:
    assert told(clerk("tick")) == "Nothing is due. No election is running.\n"
    poll.approved()
    quiet = "Nothing is due. Next: spring: opens Thu, April 2, 2026, 9:00 AM EDT\n"
    assert told(clerk("tick")) == quiet
    assert poll.letters() == {}
    poll.clock.at = OPENS
    done = clerk("tick")
    assert done.exit_code == 0
    assert told(done) == f"spring: opened\nspring: invited {len(poll.invited())}\n"
    assert (
        told(clerk("tick"))
        == "Nothing is due. Next: spring: reminder 1 Tue, April 7, 2026, 9:00 AM EDT\n"
    )


def test_the_sync_before_an_opening_ends_what_stopped_the_night(poll: Poll) -> None:
    poll.approved()
    refused = Alert(kind=AlertKind.NIGHT_REFUSED, place=NIGHT, counts={"had": 27, "losing": 24})
    with poll.context() as context:
        context.ledger.alerts.reconcile([refused], {AlertKind.NIGHT_REFUSED}, context.now())
    poll.clock.at = OPENS
    with poll.context() as context:
        tick(context)
        assert [one.alert for one in context.ledger.alerts.still_so()] == []


def test_a_whole_vote_goes_by_ticks_alone(poll: Poll, clerk: Clerk) -> None:
    poll.approved()
    for moment in (OPENS, *REMINDERS):
        poll.clock.at = moment
        told(clerk("tick"))
    poll.everybody_votes(ranks("Ada Park"))
    poll.clock.at = COUNTS
    said = told(clerk("tick")).splitlines()
    assert said[:2] == ["spring: closed", "spring: counted"]
    poll.published()
    assert poll.vote.state is ElectionState.PUBLISHED


def test_a_tick_looks_at_the_ballot_form_and_tells_the_officers(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    poll.form.accepting = False
    assert told(clerk("tick")).splitlines() == [
        "spring: the ballot form is not as approved",
        "emailed the officers: 1 thing to check",
    ]


def test_a_tick_with_a_night_syncs_first(poll: Poll, clerk: Clerk) -> None:
    poll.clock.at += timedelta(days=1)
    before = poll.town.sandbox.mailchimp.lists[LIST].members.copy()
    with poll.town.edit("Sign-ins") as rows:
        kept = rows[1:]
        del rows[1:]
    refused = clerk("tick", "--night")
    assert isinstance(refused.exception, Refused)  # a guard: nothing was changed
    assert len(poll.town.sandbox.mailchimp.test_outbox) == 1
    with poll.town.edit("Sign-ins") as rows:
        rows += kept
    said = told(clerk("tick", "--night"))
    assert "changes, " in said.splitlines()[0] + said.splitlines()[-1]
    assert "emailed the officers: 1 over" in said
    assert poll.town.sandbox.mailchimp.lists[LIST].members.keys() == before.keys()


def test_what_stands_in_the_way_is_the_exit_code(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    poll.clock.at = REMINDERS[0]
    poll.town.sandbox.faults.matching("POST", "/campaigns", "500", times=99)
    failed = clerk("tick")
    assert isinstance(failed.exception, TryAgainLater)
    poll.town.sandbox.faults.clear()
    assert "sent reminder 1" in told(clerk("tick"))


def test_tick_needs_no_scheduler() -> None:
    asked = (
        "import sys, flows.cli.main, flows.cli.tick, flows.service.due_steps; "
        "sys.exit(any(name.split('.')[0] == 'prefect' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", asked], env=os.environ, check=False)
    assert done.returncode == 0


def test_a_tick_says_the_letters_of_the_sync_before_an_opening(poll: Poll, clerk: Clerk) -> None:
    poll.approved()
    poll.clock.at = OPENS
    joins(poll.town, "nia.new@example.org", "Nia New", EVENTS[:2])
    said = told(clerk("tick")).splitlines()
    assert said[0] == "spring: the sync before the opening sent “one-event-away” to 1"
    assert said[1] == "spring: opened"


def test_tally_opens_nothing_and_writes_to_nobody(poll: Poll, clerk: Clerk) -> None:
    poll.approved()
    poll.clock.at = OPENS
    early = clerk("election", "tally", NAME)
    assert isinstance(early.exception, Refused)
    assert "the election is approved but not open; it opens" in told(early)
    assert poll.vote.state is ElectionState.DRAFT
    poll.strike()
    poll.clock.at = REMINDERS[0]
    letters = poll.letters()
    early = clerk("election", "tally", NAME)
    assert "voting is open until Sun, April 12, 2026, 9:00 PM EDT" in told(early)
    assert "Next: `clerk election status spring` shows" in told(early)
    assert poll.letters() == letters


def test_tally_closes_and_counts_and_sends_nothing(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    for moment in REMINDERS:
        poll.at(moment)
    poll.everybody_votes(ranks("Ada Park"))
    poll.clock.at = CLOSES + MINUTE
    early = clerk("election", "tally", NAME)
    assert (
        "the election is closed; it can be counted from Sun, April 12, 2026, 9:10 PM EDT (EN"
        in told(early)
    )
    assert "Next: the program counts it then automatically" in told(early)
    assert poll.vote.state is ElectionState.CLOSED
    poll.clock.at = COUNTS
    poll.town.sandbox.reset()
    said = told(clerk("election", "tally", NAME))
    assert said.startswith("Counted. The tellers get their report at the next scheduled check.")
    assert poll.town.writes() == []
    assert poll.town.sandbox.mailchimp.test_outbox == []
    assert told(clerk("election", "tally", NAME)).startswith("It is already counted.")


def test_a_decision_counts_again_and_sends_nothing(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    for address, ranked in zip(sorted(poll.invited()), BALLOTS, strict=False):
        poll.votes(address, ranks(*ranked))
    poll.at(COUNTS)
    asked = poll.vote.question
    assert asked
    poll.town.sandbox.reset()
    picked = asked["mayor"].tied[0]
    words = ["decide", NAME, "mayor", picked, "--how", "the committee's vote", "--by", OFFICER]
    said = clerk("election", *words)
    assert told(said).startswith("Recorded.\nCounted. The tellers get their report")
    assert poll.town.writes() == []
    assert poll.town.sandbox.mailchimp.test_outbox == []


def test_an_officers_verb_moves_its_own_vote_alone(poll: Poll) -> None:
    poll.approved()
    poll.clock.at = OPENS
    with poll.context() as context:
        assert tick(context, only="another") == []
    assert poll.vote.state is ElectionState.DRAFT
    assert poll.letters() == {}


def test_a_moment_that_has_passed_is_never_the_next(poll: Poll) -> None:
    def said() -> str:
        with poll.context() as context:
            return what_next(context, poll.vote_in(context.ledger))

    poll.approved()
    poll.clock.at = OPENS + timedelta(hours=3)
    with poll.context() as context:
        assert "election spring: opening" in dict(ballot_forms(context))
    assert said().startswith(
        "opens: overdue since Thu, April 2, 2026, 9:00 AM EDT; the next scheduled check"
    )
    poll.town.sandbox.faults.matching("POST", "/campaigns", "500", times=99)
    with pytest.raises(ClerkError):
        poll.strike()
    assert said().startswith("the invitation: overdue since Thu, April 2, 2026, 12:00 PM EDT")
    poll.town.sandbox.faults.clear()
    poll.strike()
    assert said() == "reminder 1 Tue, April 7, 2026, 9:00 AM EDT"
    poll.clock.at = REMINDERS[0] + timedelta(hours=2)
    assert said().startswith("reminder 1: overdue since Tue, April 7, 2026, 9:00 AM EDT")
    for moment in REMINDERS:
        poll.at(moment)
    poll.clock.at = CLOSES + MINUTE
    assert said().startswith("closes: overdue since Sun, April 12, 2026, 9:00 PM EDT")
    poll.strike()
    assert said() == "is counted Sun, April 12, 2026, 9:10 PM EDT"
    poll.clock.at = COUNTS + timedelta(days=1)
    assert said().startswith("is counted: overdue since Sun, April 12, 2026, 9:10 PM EDT")


def test_status_keeps_the_last_failure_of_a_step_until_it_is_done(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    poll.town.sandbox.faults.matching("POST", "/campaigns", "500", times=99)
    for moment in (REMINDERS[0], REMINDERS[0] + 5 * MINUTE):
        with pytest.raises(TryAgainLater):
            poll.at(moment)
    said = told(clerk("election", "status", NAME))
    assert (
        "Failed 2 times since Tue, April 7, 2026, 9:00 AM EDT, last Tue, April 7, 2026, "
        "9:05 AM EDT: reminder 1. Mailchimp: busy or down (status 500)"
    ) in said
    assert "Next: reminder 1: overdue since Tue, April 7, 2026, 9:00 AM EDT" in said
    poll.town.sandbox.faults.clear()
    poll.strike()
    assert "Failed" not in told(clerk("election", "status", NAME))


def test_what_is_due_no_more_is_no_trouble_any_more(poll: Poll, clerk: Clerk) -> None:
    """A last reminder that could not go until the close will never go."""
    poll.opened()
    poll.town.sandbox.faults.matching("POST", "/campaigns", "500", times=99)
    with pytest.raises(TryAgainLater):
        poll.at(REMINDERS[2])
    assert "reminder" in told(clerk("election", "status", NAME)).partition("Failed")[2]
    poll.town.sandbox.faults.clear()
    poll.at(CLOSES)
    assert "trouble" not in json.loads(told(clerk("election", "status", NAME, "--json")))


def test_sheets_in_doubt_are_said_as_what_keeps_a_vote_from_opening(
    poll: Poll, clerk: Clerk
) -> None:
    poll.approved()
    with poll.town.edit("Sign-ins") as rows:
        kept = rows[1:]
        del rows[1:]
    poll.clock.at = OPENS
    failed = clerk("tick")
    assert isinstance(failed.exception, Refused)
    assert "spring cannot open: " in told(failed)
    assert "emailed the officers: 2 things to check" in failed.output  # and nights nobody runs
    told_of = [letter.text for letter in news(poll)]
    assert any("the election “spring” should have opened but has not" in one for one in told_of)
    clerk("tick")
    assert news(poll) == []
    with (
        poll.context() as context,
        pytest.raises(Refused, match="it should have opened Thu, April 2, 2026"),
    ):
        [check() for what, check in ballot_forms(context) if what == "election spring: opening"]
    status = json.loads(told(clerk("election", "status", NAME, "--json")))
    (trouble,) = status["trouble"]
    assert trouble["step"] == "the sync before the opening"
    assert "would lose their status" in trouble["said"]
    assert status["next"].startswith("opens: overdue since")
    with poll.town.edit("Sign-ins") as rows:
        rows += kept
    assert "emailed the officers: 2 over" in told(clerk("tick"))
    assert "OVER" in news(poll)[0].text
    assert "trouble" not in json.loads(told(clerk("election", "status", NAME, "--json")))


def test_an_opening_held_up_by_what_passes_is_told_after_a_while(poll: Poll) -> None:
    poll.approved()
    poll.town.sandbox.faults.matching("GET", "", "500", times=999)
    with pytest.raises(TryAgainLater, match="spring cannot open: "):
        poll.at(OPENS)
    poll.town.sandbox.faults.clear()
    assert look(poll) == []
    poll.clock.at = OPENS + 15 * MINUTE
    assert look(poll) == ["emailed the officers: 1 thing to check"]
    with poll.context() as context, context.ledger.alone():
        context.ledger.votes.withdraw(NAME, OFFICER, context.now())
    assert look(poll) == ["emailed the officers: 1 over"]


def test_a_step_is_called_by_its_letter_and_never_by_a_person(poll: Poll) -> None:
    poll.opened()
    newcomer = poll.people()[poll.stranger()]
    with poll.context() as context:
        correct_roll(context, NAME, newcomer, OFFICER, "door list", remove=False)
    poll.town.sandbox.faults.matching("POST", "/campaigns", "500", times=99)
    with pytest.raises(TryAgainLater):
        poll.strike()
    with poll.context() as context:
        (step,) = Troubles(context, NAME).known
        noted = context.ledger.note(f"trouble of {NAME}")
    assert called(step).startswith("invitation ")
    assert newcomer not in str(noted)
