"""What was overtaken before its letter went is told to nobody (EN-R11)."""

import pytest

from connectors.mailchimp import Campaigns
from flows.cancelling import cancel_vote
from models.errors import TryAgainLater
from tests.elections.polls import NAME, OFFICER, OPENS, REMINDERS, Poll
from tests.elections.test_cancelled import MINUTE, WHY, public
from tests.elections.test_changed_races import ILL, OFF, cancel, of_kind, three, withdraw
from tests.elections.test_disturbed import dying, fails

__all__ = ["three"]


def test_an_invitation_that_was_begun_does_not_go_any_more(poll: Poll) -> None:
    poll.approved()
    with dying(Campaigns, "send"):
        poll.at(OPENS)
    with poll.desk() as desk:
        cancel_vote(desk, NAME, OFFICER, WHY)
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
    with poll.desk() as desk:
        cancel_vote(desk, NAME, OFFICER, WHY)
    with monkeypatch.context() as patch:
        patch.setattr("flows.cancelled.give_up", fails(TryAgainLater("busy")))
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
