"""Each letter of a night has its own segment, and a kind has one open mailing at a time (VM-R4)."""

from datetime import timedelta

import pytest

from connectors.sandbox.mailchimp import campaigns as mailchimp_campaigns
from connectors.sandbox.mailchimp import sending as mailchimp_sending
from connectors.sandbox.mailchimp.campaign_state import Campaign
from connectors.sandbox.mailchimp.state import MailchimpState, Member
from models.errors import TryAgainLater
from models.mail.notices import VOTING
from tests.conftest import Clock
from tests.flows.test_delivery import LATE, WELCOME, joins, second_night
from tests.flows.test_letters_held import again, doctor, news
from tests.flows.town import Town

__all__ = ["second_night"]
THIRD = ("third.one@example.org", VOTING)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def campaigns(town: Town) -> list[Campaign]:
    """Those of the voting members' letters, oldest first."""
    found = town.sandbox.mailchimp.campaigns.values()
    return [one for one in found if VOTING in one.settings["title"]]


@pytest.mark.parametrize("review", [((HOUR, "paused"), (4 * DAY, "sent")), ((90 * HOUR, "sent"),)])
def test_a_letter_brought_again_shares_no_segment_with_another_that_may_go_on(
    second_night: Town, clock: Clock, review: tuple[tuple[timedelta, str], ...]
) -> None:
    town, mailchimp = second_night, second_night.sandbox.mailchimp
    mailchimp.review = ((HOUR, "canceled"),)
    town.night()
    clock.go(days=1)
    news(town)
    joins(town, LATE[0], "Late Comer")
    mailchimp.review = review  # type: ignore[assignment]
    town.night()
    clock.go(minutes=61)
    mailchimp.review = ()
    assert "it is sent with the next nightly run" in again(town)
    town.night()
    clock.go(days=5)
    news(town)
    assert (town.letters()[WELCOME], town.letters()[LATE]) == (1, 1)
    assert set(town.letters().values()) == {1}


def test_newcomers_wait_while_a_letter_of_their_kind_is_open(
    second_night: Town, clock: Clock
) -> None:
    """It is neither sent to them instead, nor given up for theirs."""
    town, mailchimp = second_night, second_night.sandbox.mailchimp
    mailchimp.settling = 2 * DAY
    with pytest.raises(TryAgainLater):
        town.night()
    (before,) = campaigns(town)
    clock.go(days=1)
    joins(town, THIRD[0], "Third One")
    with pytest.raises(TryAgainLater):
        town.night()
    assert campaigns(town) == [before]
    with town.context() as context:
        (mailing,) = (
            one for one in context.ledger.mailings.open_of_nights() if one.letter == VOTING
        )
        assert mailing.campaign_id == before.id
    clock.go(days=2)
    mailchimp.settling = timedelta(0)
    town.night()
    assert (town.letters()[WELCOME], town.letters()[THIRD]) == (1, 1)
    assert set(town.letters().values()) == {1}


def test_whoever_had_the_last_letter_is_in_nobody_elses_however_long_mailchimp_counts_them(
    second_night: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One left a segment and another came: the same number, and the wrong one."""
    town = second_night
    town.night()
    clock.go(days=1)
    joins(town, LATE[0], "Late Comer")
    real, first = mailchimp_sending.recipients, dict[int, set[str]]()

    def lagging(state: MailchimpState, campaign: Campaign) -> list[Member]:
        """A segment reaches whom it held when it was first sent to."""
        found = real(state, campaign)
        segment = (campaign.recipients.get("segment_opts") or {}).get("saved_segment_id", 0)
        inside = first.setdefault(segment, {one.id for one in found})
        return [one for one in town.audience.members.values() if one.id in inside]

    for module in (mailchimp_sending, mailchimp_campaigns):
        monkeypatch.setattr(module, "recipients", lagging)
    town.night()
    clock.go(days=1)
    joins(town, THIRD[0], "Third One")
    town.night()
    assert (town.letters()[LATE], town.letters()[THIRD]) == (1, 1)
    assert set(town.letters().values()) == {1}


def test_what_was_removed_before_it_was_seen_to_be_out_counts_as_lost(
    second_night: Town, clock: Clock
) -> None:
    town, mailchimp = second_night, second_night.sandbox.mailchimp
    mailchimp.review = ((90 * HOUR, "sent"),)
    town.night()
    mailchimp.campaigns.clear()
    clock.go(minutes=61)
    assert "of the nightly run not sent" in news(town)[0].text
    assert "no one can tell who got it" in doctor(town).found
    assert "no one can tell" in again(town)


def test_the_segment_of_a_letter_that_went_to_nobody_is_removed(
    second_night: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, mailchimp = second_night, second_night.sandbox.mailchimp
    mailchimp.settling = DAY
    with pytest.raises(TryAgainLater):
        town.night()
    for member in town.audience.members.values():
        mailchimp.leave(town.audience.id, member.email_address, clock.at)
    clock.go(days=1)
    assert town.night().sent == ()
    names = [one.name for one in town.audience.segments.values()]
    assert not [name for name in names if name.startswith("clerk: letter ")]
