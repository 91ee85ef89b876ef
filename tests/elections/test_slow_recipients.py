"""Mailchimp takes its time over the readers of a vote's letter, or forgets whom it is for.

Sources: as in tests/flows/test_slow_recipients.
"""

from datetime import timedelta

import pytest

from connectors.sandbox.invented import LIST
from models.errors import Refused, TryAgainLater
from tests.elections.polls import OPENS, Poll

MINUTE = timedelta(minutes=1)


def test_an_invitation_waits_for_its_readers_and_reaches_every_one(poll: Poll) -> None:
    """Never booked as one to nobody."""
    poll.approved()
    poll.town.sandbox.mailchimp.settling = 16 * MINUTE
    with pytest.raises(TryAgainLater, match="Mailchimp counts 0 recipients of an email for"):
        poll.at(OPENS)
    assert poll.letters() == {}
    with pytest.raises(TryAgainLater):
        poll.at(OPENS + 5 * MINUTE)
    (done,) = poll.at(OPENS + 17 * MINUTE)
    assert done.what == f"invited {sum(poll.letters().values())}"
    assert set(poll.letters().values()) == {1}


def test_in_the_end_a_reader_held_back_by_mailchimp_holds_back_nobody_else(poll: Poll) -> None:
    poll.approved()
    mailchimp = poll.town.sandbox.mailchimp
    mailchimp.settling = timedelta(minutes=10)
    with pytest.raises(TryAgainLater):
        poll.at(OPENS)
    (segment,) = (s for s in mailchimp.lists[LIST].segments.values() if "invitation" in s.name)
    meant = len(segment.members)
    mailchimp.withheld = {next(iter(segment.members))}
    with pytest.raises(
        TryAgainLater,
        match=f"counts {meant - 1} recipients of an email for {meant} people",
    ):
        poll.at(OPENS + 15 * MINUTE)
    (done,) = poll.at(OPENS + 21 * MINUTE)
    assert done.what == f"invited {meant}", "who is missing is told and called"
    assert sum(poll.letters().values()) == meant - 1


@pytest.mark.parametrize("later", [0, 61])
def test_a_campaign_that_forgot_its_segment_is_never_sent(poll: Poll, later: int) -> None:
    """It would go to the whole list. Chosen again by hand, as the message says, it goes out."""
    poll.approved()
    mailchimp = poll.town.sandbox.mailchimp
    mailchimp.drops_segments = True
    with pytest.raises(
        Refused, match="the email was not sent, because it would go to the wrong people"
    ):
        poll.at(OPENS)
    with pytest.raises(Refused, match="choose under “To” the segment that begins with its name"):
        poll.at(OPENS + later * MINUTE)
    assert mailchimp.outbox == []
    (campaign,) = mailchimp.campaigns.values()
    name = campaign.settings["title"].rpartition(" ")[0]
    name = name.replace("clerk: ", "clerk: vote ")
    segment = mailchimp.lists[LIST].tag(name)
    assert segment
    campaign.recipients["segment_opts"] = {"saved_segment_id": segment.id}
    (done,) = poll.at(OPENS + (later + 5) * MINUTE)
    assert done.what == f"invited {len(mailchimp.outbox)}"


def test_no_letter_of_a_vote_is_tracked(poll: Poll) -> None:
    """Nobody learns from us who opened a ballot, or what was clicked (DP-8), whatever is set."""
    poll.town.rewrite("[[workbooks]]", "[emails]\ntracking = true\n\n[[workbooks]]")
    poll.opened()
    (campaign,) = poll.town.sandbox.mailchimp.campaigns.values()
    assert campaign.tracking == {"opens": False, "html_clicks": False, "text_clicks": False}


def test_whoever_was_added_just_now_is_waited_for_whatever_the_campaigns_age(poll: Poll) -> None:
    poll.approved()
    mailchimp = poll.town.sandbox.mailchimp
    mailchimp.settling = 10 * MINUTE
    with pytest.raises(TryAgainLater):
        poll.at(OPENS)
    (segment,) = (s for s in mailchimp.lists[LIST].segments.values() if "invitation" in s.name)
    late = poll.clock.at + 90 * MINUTE  # the machine was off; an exception adds somebody
    newcomer = next(iter(segment.members))
    segment.members.pop(newcomer)
    mailchimp.withheld = {newcomer}
    with pytest.raises(TryAgainLater, match="people; it might need some minutes to update"):
        poll.at(late)
    mailchimp.withheld = set()
    (done,) = poll.at(late + 11 * MINUTE)
    assert done.what == f"invited {len(segment.members)}"
    assert newcomer in segment.members
