"""The letters of a cancelled vote, when something stands in their way (EN-R11)."""

import pytest

from connectors.ledger.mailings import Mailings
from flows.cancelling import cancel_vote
from flows.election import correct_roll
from models.errors import ClerkError, FixTheData, TryAgainLater
from tests.elections.polls import (
    NAME,
    OFFICER,
    OPENS,
    Poll,
)
from tests.elections.test_cancelled import (
    MINUTE,
    WHY,
    cancelled,
    off,
    public,
)
from tests.elections.test_commands import Clerk, clerk, told
from tests.elections.test_disturbed import dying, fails

__all__ = ["clerk", "off"]


def test_an_invitation_that_had_gone_unseen_is_answered_by_the_news(poll: Poll) -> None:
    """It was sent, and the job died before that was written down."""
    poll.approved()
    with dying(Mailings, "settle"):
        poll.at(OPENS)
    with poll.desk() as desk:
        cancel_vote(desk, NAME, OFFICER, WHY)
    poll.at(OPENS + MINUTE)
    assert poll.letters("cancellation").keys() == {(to, "cancellation") for to in poll.invited()}
    assert set(poll.letters().values()) == {1}


def test_who_was_struck_after_the_invitation_is_told_too(poll: Poll) -> None:
    poll.opened()
    struck = min(poll.invited())
    with poll.desk() as desk:
        correct_roll(desk, NAME, poll.people()[struck], OFFICER, "moved away", strike=True)
    cancelled(poll)
    assert (struck, "cancellation") in poll.letters()


def test_a_page_that_cannot_be_written_keeps_back_no_letter(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll.opened()
    with monkeypatch.context() as patch:
        patch.setattr("flows.cancelled.elections.publish_pages", fails(FixTheData("full")))
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
    with poll.desk() as desk:
        cancel_vote(desk, NAME, OFFICER, WHY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.cancelled.tell", fails(TryAgainLater("down", where="Mailchimp")))
        with pytest.raises(TryAgainLater):
            poll.strike()
    assert "its voters are told" in told(clerk("election", "status", NAME))
    faults.clear()
    poll.strike()
    assert set(poll.letters("cancellation").values()) == {1}


# What is kept
