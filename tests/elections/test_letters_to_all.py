"""A letter of a vote reaches whom it is for, or they are called; and nobody else (DP-4, VM-R3)."""

from datetime import timedelta

import pytest

from connectors.mailchimp import CODE_TAG
from connectors.sandbox.mailchimp.state import subscriber_hash
from flows.votes.emails import bring_again
from flows.votes.emails.reminders import last_letters, next_reminder
from flows.votes.roll_exceptions import correct_roll
from models.errors import FixTheSettings, TryAgainLater
from models.votes.notices import Invitation
from tests.elections.polls import NAME, OFFICER, OPENS, REMINDERS, Poll
from tests.elections.test_letters_held import HOUR, reviewed
from tests.elections.test_refused_codes import reasons
from tests.elections.test_watch import look, news
from tests.flows.town import MARKS

__all__ = ["reviewed"]
LEFT_OUT = "can be emailed, but Mailchimp left them out of the last email"
MINUTE = timedelta(minutes=1)


def somebody(poll: Poll) -> str:
    return min(poll.town.tagged(MARKS.voting_tag))


def write_codes(poll: Poll) -> int:
    """How often contacts were written to the list since the journal was emptied."""
    return sum(
        e.method == "POST" and e.path.rpartition("/lists/")[2].isalnum()
        for e in poll.town.sandbox.journal
        if e.service == "mailchimp"
    )


def strikes(poll: Poll, address: str) -> None:
    with poll.context() as context:
        person = poll.people()[address]
        correct_roll(context, NAME, person, OFFICER, "moved away", remove=True)


@pytest.mark.parametrize("how", ["withheld", "omitted"])
def test_whom_mailchimp_leaves_out_is_told_and_called_until_a_letter_has_them(
    poll: Poll, how: str
) -> None:
    """Before it counts them or after: the number that was put in stands."""
    poll.approved()
    mailchimp, who = poll.town.sandbox.mailchimp, somebody(poll)
    setattr(mailchimp, how, {subscriber_hash(who)})
    if how == "withheld":
        with pytest.raises(TryAgainLater):
            poll.at(OPENS)
    poll.at(OPENS + 21 * MINUTE)
    many = sum(poll.letters().values())
    look(poll)
    assert LEFT_OUT not in reasons(poll), "its report may grow for some time"
    poll.clock.at = OPENS + 5 * HOUR
    told = look(poll)
    assert f"{NAME}: invitation was sent to {many} of {many + 1} people" in told
    assert f"{NAME}: emails do not reach 1: clerk election calls {NAME}" in told
    assert reasons(poll).count(LEFT_OUT) == 1
    assert "1 are missing" in "".join(letter.text for letter in news(poll))
    setattr(mailchimp, how, set())
    poll.at(REMINDERS[0])
    poll.clock.at += 4 * HOUR
    assert LEFT_OUT not in reasons(poll)


def test_codes_that_are_there_are_not_written_again(poll: Poll) -> None:
    poll.approved()
    poll.town.sandbox.mailchimp.settling = 16 * MINUTE
    with pytest.raises(TryAgainLater):
        poll.at(OPENS)
    poll.town.sandbox.reset()
    with pytest.raises(TryAgainLater):
        poll.at(OPENS + 5 * MINUTE)
    poll.at(OPENS + 17 * MINUTE)
    poll.town.sandbox.mailchimp.settling = timedelta(0)
    poll.at(REMINDERS[0])
    assert write_codes(poll) == 0
    assert set(poll.letters("invitation").values()) == {1}


def test_who_has_a_code_gets_the_reminders_though_the_list_would_refuse_it_now(poll: Poll) -> None:
    poll.opened()
    who = somebody(poll)
    poll.town.audience.refusing[subscriber_hash(who)] = "Your merge fields were invalid."
    poll.at(REMINDERS[0])
    assert poll.letters("reminder 1")[who, "reminder 1"] == 1
    assert not [
        why
        for why in reasons(poll)
        if ("they were not in the last email, because the list rejected it") in why
    ]


def test_who_is_struck_gets_no_ballot_by_a_letter_that_goes_on_later(reviewed: Poll) -> None:
    who = somebody(reviewed)
    strikes(reviewed, who)
    assert who not in reviewed.segment("invitation")
    assert not reviewed.town.member(who).merge_fields.get(CODE_TAG)
    reviewed.clock.at = OPENS + timedelta(days=2)
    look(reviewed)
    assert who not in {to for to, _ in reviewed.letters()}
    assert reviewed.letters()


def test_a_strike_that_mailchimp_did_not_hear_of_is_said_again(reviewed: Poll) -> None:
    who = somebody(reviewed)
    reviewed.town.sandbox.faults.matching("POST", "/segments/", "500", times=9)
    with pytest.raises(
        TryAgainLater, match="the person was removed from the voter roll but might still get an"
    ):
        strikes(reviewed, who)
    reviewed.town.sandbox.faults.clear()
    with pytest.raises(FixTheSettings, match="not on the roll"):
        strikes(reviewed, who)
    assert who not in reviewed.segment("invitation")
    assert reviewed.record().count("removed a person from the voter roll") == 1


def test_a_letter_that_was_removed_before_it_was_seen_to_be_out_is_lost(poll: Poll) -> None:
    poll.approved()
    poll.town.sandbox.mailchimp.review = ((90 * HOUR, "sent"),)
    poll.at(OPENS)
    poll.town.sandbox.mailchimp.campaigns.clear()
    assert look(poll)[0] == f"{NAME}: invitation was not delivered"


def test_the_next_reminder_keeps_its_distance_from_a_letter_brought_again(poll: Poll) -> None:
    poll.approved()
    poll.town.sandbox.mailchimp.review = ((HOUR, "paused"),)
    poll.at(OPENS)
    poll.clock.at = OPENS + 2 * HOUR
    look(poll)
    poll.town.sandbox.mailchimp.review = ()
    poll.at(REMINDERS[0])
    poll.clock.at = REMINDERS[1] - 10 * MINUTE
    with poll.context() as context:
        assert list(bring_again.of_vote(context, NAME, OFFICER))
    poll.strike()
    with poll.context() as context:
        vote = poll.vote_in(context.ledger)
        last, _ = last_letters(context.ledger, NAME)
        assert last
        assert last.letter == Invitation()
        due = next_reminder(context, vote)
        assert due
        assert due[1] >= poll.clock.at + 12 * HOUR
