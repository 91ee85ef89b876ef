"""The letters of a vote: who gets them, and what becomes of those who come or go meanwhile."""

import json
from datetime import timedelta

import pytest

from connectors.sandbox.exchange import Exchange
from connectors.sandbox.invented import LIST
from flows.nightly.facts import facts_of
from flows.nightly.sources import known_sources
from models.errors import TryAgainLater
from tests.elections.polls import COUNTS, NAME, OPENS, REMINDERS, Poll, ranks
from tests.elections.test_commands import Clerk, clerk, told

__all__ = ["clerk"]
CLOSING = "Sunday, April 12, at 9:00\u00a0PM"
MINUTE = timedelta(minutes=1)


def test_a_letter_that_everybody_left_in_time_is_to_nobody(poll: Poll) -> None:
    """Between the filling of the segment and Mailchimp's look at it: not yet known, then known."""
    poll.approved()
    mailchimp = poll.town.sandbox.mailchimp

    def all_leave(_: int, moment: str, asked: Exchange) -> None:
        if (asked.path.endswith("/content"), moment) == (True, "after"):
            for member in list(mailchimp.lists[LIST].members.values()):
                mailchimp.leave(LIST, member.email_address, poll.clock.at)

    poll.town.sandbox.faults.on_request = all_leave
    try:
        with pytest.raises(
            TryAgainLater, match=r"Mailchimp counts 0 recipients of an email for \d+"
        ):
            poll.at(OPENS)
    finally:
        poll.town.sandbox.faults.on_request = None
    assert [one.what for one in poll.at(OPENS + MINUTE)] == ["invited 0"]
    assert poll.letters() == {}
    assert not [c for c in mailchimp.campaigns.values() if "invitation" in c.settings["title"]]
    assert poll.at(OPENS + 2 * MINUTE) == []


def test_the_announcement_segments_are_emptied_once_it_is_out(poll: Poll) -> None:
    poll.opened()
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(COUNTS)
    mailchimp = poll.town.sandbox.mailchimp
    mailchimp.delivery = timedelta(minutes=30)
    try:
        poll.published()
        kinds = {kind for _, kind in poll.letters("announcement")}
        assert all(poll.segment(kind) for kind in kinds)
        poll.at(COUNTS + timedelta(minutes=5))
        assert all(poll.segment(kind) for kind in kinds)
        poll.at(COUNTS + timedelta(minutes=35))
    finally:
        mailchimp.delivery = timedelta()
    assert not any(poll.segment(kind) for kind in kinds)
    poll.town.sandbox.reset()
    poll.at(COUNTS + timedelta(minutes=40))
    assert poll.town.sandbox.journal == []
    assert poll.record().count("emptied the announcement's segments") == 1


def test_whoever_can_be_mailed_later_gets_the_next_reminder_with_their_ballot(poll: Poll) -> None:
    voter = _unsubscribed_voter(poll)
    assert voter not in poll.invited()
    poll.town.sandbox.mailchimp.join(LIST, voter, poll.clock.at)
    poll.at(REMINDERS[0])
    (letter,) = [one for one in poll.town.sandbox.mailchimp.outbox
                 if one.to == voter and one.title.startswith(f"clerk: {NAME} ")]  # fmt: skip
    code = letter.values["CLBALLOT"]
    assert f"={code}" in letter.text
    assert CLOSING in letter.text
    poll.answers(code, ranks("Ada Park"))
    poll.at(COUNTS)
    assert poll.vote.result
    assert poll.vote.result.counted == 1


def test_whoever_can_be_mailed_after_the_last_reminder_is_called(poll: Poll, clerk: Clerk) -> None:
    voter = _unsubscribed_voter(poll)
    for moment in REMINDERS:
        poll.at(moment)
    before = json.loads(told(clerk("election", "status", NAME, "--json")))["cannot_be_mailed"]
    assert "unsubscribed" in told(clerk("election", "calls", NAME))
    poll.town.sandbox.mailchimp.join(LIST, voter, poll.clock.at)
    poll.clock.at += MINUTE
    assert "can be emailed only since the last reminder" in told(clerk("election", "calls", NAME))
    after = json.loads(told(clerk("election", "status", NAME, "--json")))["cannot_be_mailed"]
    assert before == after
    assert poll.strike() == []


def _unsubscribed_voter(poll: Poll) -> str:
    """A voter who leaves the list just before the opening."""
    with poll.context() as context:
        roll = facts_of(context, known_sources(context.ledger)).roll(OPENS.date())
    voting = {entry.person.id for entry in roll.voting()}
    voter = min(address for address, person in poll.people().items() if person in voting)
    poll.town.sandbox.mailchimp.leave(LIST, voter, OPENS - MINUTE)
    poll.opened()
    return voter
