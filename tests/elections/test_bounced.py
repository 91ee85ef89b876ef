"""Whom the letters of an open vote do not reach after all is called before the close (DP-4).

Source: the official reference of `/reports/{campaign_id}/sent-to`: of each reader `sent`, `hard` or
`soft`; Mailchimp's page on bounces: a hard one cleans the address at once, a soft one does not.
"""

import re
from datetime import timedelta

import pytest

from connectors.sandbox.invented import LIST
from connectors.sandbox.mailchimp.state import subscriber_hash
from flows.votes.watch_emails import HOURLY
from tests.elections.polls import CLOSES, NAME, OPENS, REMINDERS, Poll
from tests.elections.test_calls import ASKED, CODES, links
from tests.elections.test_calls import terminal as terminal
from tests.elections.test_commands import Clerk, clerk, told
from tests.elections.test_watch import look, news
from tests.flows.town import MARKS

__all__ = ["clerk"]
CAME_BACK = "can be emailed, but the last email bounced"


def bounces(poll: Poll, how: str) -> str:
    """Somebody's letters of this vote come back."""
    poll.approved()
    somebody = min(poll.town.tagged(MARKS.voting_tag))
    poll.town.sandbox.mailchimp.bounces = {subscriber_hash(somebody): how}  # type: ignore[dict-item]
    poll.at(OPENS)
    poll.town.sandbox.mailchimp.bounces = {}
    assert somebody not in poll.invited()
    return somebody


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("how", "why"), [("soft", CAME_BACK), ("hard", "emails bounce")])
def test_whose_letter_came_back_is_to_be_called_and_officers_are_told_once(
    poll: Poll, clerk: Clerk, how: str, why: str
) -> None:
    somebody = bounces(poll, how)
    assert f"{NAME}: emails do not reach 1: clerk election calls {NAME}" in look(poll)
    (letter,) = news(poll)
    assert "no longer reach 1 voter" in letter.text
    assert "`clerk election calls NAME` lists everyone to call before voting" in letter.text
    said = told(clerk(*CODES, *ASKED))
    name = poll.town.member(somebody).merge_fields["FNAME"]
    assert re.search(f"^{name}.*, {why}$", said, re.MULTILINE)
    assert len(links(said)) == said.count("  code  ")
    poll.clock.at += 2 * HOURLY
    assert look(poll) == []
    assert news(poll) == []


def test_whoever_got_a_later_letter_needs_no_call(poll: Poll, clerk: Clerk) -> None:
    bounces(poll, "soft")
    look(poll)
    news(poll)
    poll.at(REMINDERS[0])
    assert CAME_BACK not in told(clerk("election", "calls", NAME))
    assert look(poll) == ["emailed the officers: 1 over"]


def test_who_leaves_the_list_after_the_invitation_is_counted_too(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    assert look(poll) == [], "who could never be mailed is no news"
    before = told(clerk("election", "calls", NAME)).count("\n")
    poll.town.sandbox.mailchimp.leave(LIST, min(poll.invited()), poll.clock.at)
    assert look(poll) == [], "it is looked at once an hour"
    poll.clock.at += HOURLY
    assert f"{NAME}: emails do not reach 1: clerk election calls {NAME}" in look(poll)
    assert told(clerk("election", "calls", NAME)).count("\n") == before + 1
    poll.at(CLOSES + timedelta(minutes=1))
    look(poll)
    assert "OVER" in news(poll)[-1].text


def test_a_letter_under_review_has_no_report_yet(poll: Poll, clerk: Clerk) -> None:
    poll.approved()
    poll.town.sandbox.mailchimp.review = ((timedelta(days=2), "sent"),)
    poll.at(OPENS)
    assert CAME_BACK not in told(clerk("election", "calls", NAME))
    assert look(poll) == []
