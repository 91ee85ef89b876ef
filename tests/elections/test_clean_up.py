"""After the close no contact carries a code, whatever became of the contact or of the count."""

from datetime import timedelta

import pytest

from connectors.ledger.mailings import Mailings
from connectors.mailchimp import Campaigns
from connectors.sandbox.invented import LIST
from connectors.sandbox.mailchimp.state import subscriber_hash
from models.errors import FixTheData
from models.votes.events import CodesCleared, LetterSent
from models.votes.history import each
from tests.elections.polls import CLOSES, COUNTS, NAME, OPENS, Poll, ranks
from tests.elections.test_disturbed import dying

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def said_of_codes(poll: Poll) -> CodesCleared:
    """What the record says of the clean-up."""
    with poll.town.ledger() as ledger:
        (cleared,) = each(ledger.votes.lines(NAME), CodesCleared)
    return cleared


def test_codes_go_from_contacts_in_every_state_and_nobody_is_subscribed_by_it(poll: Poll) -> None:
    poll.opened()
    gone, archived, bounced, moved, *_ = sorted(poll.invited())
    mailchimp, members = poll.town.sandbox.mailchimp, poll.town.audience.members
    mailchimp.leave(LIST, gone, OPENS + HOUR)
    poll.town.member(archived).status = "archived"
    poll.town.member(bounced).status = "cleaned"
    contact = members.pop(subscriber_hash(moved))
    contact.email_address, contact.id = "new@example.org", subscriber_hash("new@example.org")
    members[contact.id] = contact
    poll.at(CLOSES)
    assert poll.codes_on_the_list == set()
    states = {poll.town.member(who).status for who in (gone, archived, bounced)}
    assert states == {"unsubscribed", "archived", "cleaned"}
    assert said_of_codes(poll) == CodesCleared(contacts=len(poll.invited()), refused=0)


def test_codes_that_mailchimp_will_not_take_off_are_told_as_a_number(poll: Poll) -> None:
    poll.opened()
    stubborn = poll.town.member(min(poll.invited()))
    poll.town.audience.refusing[stubborn.id] = "cannot be processed"
    poll.at(CLOSES)
    assert said_of_codes(poll) == CodesCleared(contacts=len(poll.invited()) - 1, refused=1)
    assert len(poll.codes_on_the_list) == 1
    assert poll.at(CLOSES + MINUTE) == []


def test_a_letter_that_an_officer_sent_is_counted_waited_for_and_its_segment_emptied(
    poll: Poll,
) -> None:
    """The job died with the campaign made and not noted; somebody pressed its button there."""
    poll.approved()
    with dying(Mailings, "set_campaign"):
        poll.at(OPENS)
    invited = poll.segment("invitation")
    campaigns = poll.town.sandbox.mailchimp.campaigns
    (draft,) = (it for it in campaigns.values() if " invitation " in it.settings["title"])
    draft.status = "sending"
    poll.at(CLOSES - MINUTE)
    with poll.context() as context:
        (invitation,) = context.ledger.mailings.of(NAME)
        assert (invitation.campaign_id, invitation.people) == (draft.id, len(invited))
        (sent,) = each(context.ledger.votes.lines(NAME), LetterSent)
        assert sent.people == len(invited) > 0
    draft.status = "sending"  # still on its way
    poll.at(CLOSES)
    assert poll.segment("invitation") == invited
    draft.status = "sent"
    poll.at(CLOSES + MINUTE)
    assert poll.codes_on_the_list == set()
    assert not poll.segment("invitation")


def test_a_segment_that_was_filled_for_no_campaign_is_emptied(poll: Poll) -> None:
    """The job died between the two, and none came again until the close."""
    poll.approved()
    with dying(Campaigns, "create"):
        poll.at(OPENS)
    assert poll.segment("invitation")
    poll.at(CLOSES)
    assert not poll.segment("invitation")


def test_a_count_that_fails_keeps_no_code_on_the_list(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll.opened()
    poll.everybody_votes(ranks("Ada Park"))

    def faulty(*_: object) -> None:
        raise FixTheData("the form was changed", where="the ballot form")

    monkeypatch.setattr("flows.votes.schedule.tally", faulty)
    with pytest.raises(FixTheData, match="the form was changed"):
        poll.at(COUNTS)
    assert poll.codes_on_the_list == set()
    assert not poll.segment("invitation")


def test_a_clean_up_that_fails_holds_up_no_count(
    poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll.opened()
    poll.everybody_votes(ranks("Ada Park"))

    def faulty(*_: object) -> None:
        raise FixTheData("no", where="the list")

    with monkeypatch.context() as patch:
        patch.setattr("flows.votes.schedule.clear", faulty)
        with pytest.raises(FixTheData, match="the list: no"):
            poll.at(COUNTS)
    assert poll.vote.result
    poll.at(COUNTS + HOUR)
    assert poll.codes_on_the_list == set()
