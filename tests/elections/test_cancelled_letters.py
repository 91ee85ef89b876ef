"""The letters of a cancelled vote, when something stands in their way, and what they overtake.

EN-R11. What was overtaken before its letter went is told to nobody.
"""

import pytest

from connectors.ledger.mailings import Mailings
from connectors.mailchimp import Campaigns
from flows.votes.cancelling import cancel_vote
from flows.votes.roll_exceptions import correct_roll
from models.errors import ClerkError, FixTheData, TryAgainLater
from tests.elections.polls import NAME, OFFICER, OPENS, REMINDERS, Poll
from tests.elections.test_cancelled import MINUTE, WHY, cancelled, public
from tests.elections.test_changed_races import ILL, OFF, cancel, of_kind, three, withdraw
from tests.elections.test_commands import Clerk, clerk, told
from tests.elections.test_disturbed import dying, fails

__all__ = ["clerk", "three"]


def test_an_invitation_that_had_gone_unseen_is_answered_by_the_news(poll: Poll) -> None:
    """It was sent, and the job died before that was written down."""
    poll.approved()
    with dying(Mailings, "settle"):
        poll.at(OPENS)
    with poll.context() as context:
        cancel_vote(context, NAME, OFFICER, WHY)
    poll.at(OPENS + MINUTE)
    assert poll.letters("cancellation").keys() == {(to, "cancellation") for to in poll.invited()}
    assert set(poll.letters().values()) == {1}


def test_who_was_struck_after_the_invitation_is_told_too(poll: Poll) -> None:
    poll.opened()
    struck = min(poll.invited())
    with poll.context() as context:
        correct_roll(context, NAME, poll.people()[struck], OFFICER, "moved away", remove=True)
    cancelled(poll)
    assert (struck, "cancellation") in poll.letters()


def test_a_page_that_cannot_be_written_keeps_back_no_letter(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll.opened()
    with monkeypatch.context() as patch:
        patch.setattr(
            "flows.votes.emails.cancelled.elections.publish_pages", fails(FixTheData("full"))
        )
        with pytest.raises(ClerkError, match="full"):
            cancelled(poll)
    assert poll.letters("cancellation")
    assert poll.codes_on_the_list == set()
    poll.strike()
    assert "Nothing is decided" in public(poll)
    assert set(poll.letters().values()) == {1}


def test_a_service_that_is_down_is_tried_again(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    faults = poll.town.sandbox.faults
    with poll.context() as context:
        cancel_vote(context, NAME, OFFICER, WHY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "flows.votes.emails.cancelled.tell", fails(TryAgainLater("down", where="Mailchimp"))
        )
        with pytest.raises(TryAgainLater):
            poll.strike()
    assert "its voters get an email at the next scheduled check" in told(
        clerk("election", "status", NAME)
    )
    faults.clear()
    poll.strike()
    assert set(poll.letters("cancellation").values()) == {1}


def test_an_invitation_that_was_begun_does_not_go_any_more(poll: Poll) -> None:
    poll.approved()
    with dying(Campaigns, "send"):
        poll.at(OPENS)
    with poll.context() as context:
        cancel_vote(context, NAME, OFFICER, WHY)
    poll.at(OPENS + MINUTE)
    assert poll.letters() == {}
    assert not [
        c for c in poll.town.sandbox.mailchimp.campaigns.values() if NAME in c.settings["title"]
    ]
    assert poll.codes_on_the_list == set()
    assert "Nothing is decided" in public(poll)


def test_nobody_is_told_of_what_they_never_heard_of_while_its_letter_cannot_be_stopped(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll.approved()
    with dying(Campaigns, "send"):
        poll.at(OPENS)
    with poll.context() as context:
        cancel_vote(context, NAME, OFFICER, WHY)
    with monkeypatch.context() as patch:
        patch.setattr("flows.votes.emails.cancelled.give_up", fails(TryAgainLater("busy")))
        with pytest.raises(TryAgainLater):
            poll.strike()
    assert poll.letters() == {}
    poll.strike()
    assert poll.letters() == {}


def test_of_a_race_that_is_cancelled_at_once_nobody_hears_who_withdrew_from_it(
    three: Poll,
) -> None:
    """One letter says that the race is off; none of who would have been passed over in it."""
    withdraw(three)
    cancel(three, "mayor")
    three.strike()
    three.at(REMINDERS[0])
    assert not [kind for _, kind in three.letters() if kind.startswith("withdrawn")]
    (reminder, *_) = of_kind(three, "reminder")
    assert OFF in reminder.text
    assert ILL not in reminder.text
