"""The letters of a vote: who gets them, and what becomes of those who come or go meanwhile."""

from datetime import timedelta

from connectors.sandbox.exchange import Exchange
from connectors.sandbox.invented import LIST
from tests.elections.polls import COUNTS, OPENS, Poll, ranks

MINUTE = timedelta(minutes=1)


def test_a_letter_that_everybody_left_in_time_is_to_nobody(poll: Poll) -> None:
    """Between the filling of the segment and Mailchimp's look at it."""
    poll.approved()
    mailchimp = poll.town.sandbox.mailchimp

    def all_leave(_: int, moment: str, asked: Exchange) -> None:
        if (asked.path.endswith("/send-checklist"), moment) == (True, "before"):
            for member in list(mailchimp.lists[LIST].members.values()):
                mailchimp.leave(LIST, member.email_address, poll.clock.at)

    poll.town.sandbox.faults.on_request = all_leave
    try:
        assert [one.what for one in poll.at(OPENS)] == ["opened", "invited 0"]
    finally:
        poll.town.sandbox.faults.on_request = None
    assert poll.letters() == {}
    assert not [c for c in mailchimp.campaigns.values() if "invitation" in c.settings["title"]]
    assert poll.at(OPENS + MINUTE) == []


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
