"""A campaign is looked for before it is made, and asked about before it is sent again."""

import json

import pytest

from connectors.mailchimp import GONE_OUT, Campaigns
from connectors.sandbox.faults import STRANGERS, Kind
from connectors.sandbox.invented import address_of
from models.errors import FixTheSettings, Refused, TryAgainLater
from models.mail.notices import EmailContent
from models.privacy import Email
from tests.flows.town import Town

SINCE = "2026-03-01T00:00:00+00:00"
BOTH = "*|UNSUB|* *|LIST:ADDRESS|*"
WORDS = EmailContent("Hello", f"<p>Hello {BOTH}</p>", f"Hello {BOTH}")


def made(town: Town, campaigns: Campaigns, segment: int, title: str = "clerk: a letter") -> str:
    return campaigns.create(title, "Hello", segment, SINCE).id


def segment_of_one(town: Town) -> int:
    with town.context() as context:
        number, refused = context.audience.fill_segment("clerk: test", [Email.parse(address_of(1))])
    assert not refused
    return number


@pytest.mark.parametrize("kind", ["lost-answer", "slow", "500", "empty-500", "reset"])
@pytest.mark.parametrize("path", ["/campaigns$", "/content$", "/actions/send$"])
def test_one_campaign_and_one_letter_whatever_gets_lost(town: Town, kind: Kind, path: str) -> None:
    segment = segment_of_one(town)
    town.network(attempts=3, timeout=0.3)
    town.sandbox.faults.matching("PUT" if "content" in path else "POST", path, kind, seconds=0.4)
    with town.context() as context:
        campaign = made(town, context.campaigns, segment)
        context.campaigns.fill(campaign, WORDS)
        context.campaigns.send(campaign)
    assert len(town.sandbox.mailchimp.campaigns) == 1
    assert [letter.to for letter in town.sandbox.mailchimp.outbox] == [address_of(1)]


def test_a_campaign_is_found_by_its_title_alone(town: Town) -> None:
    segment = segment_of_one(town)
    with town.context() as context:
        for number in range(12):  # more than a page unless one asks for more
            made(town, context.campaigns, segment, f"clerk: letter {number}")
        first = made(town, context.campaigns, segment, "clerk: letter 0")
        found = context.campaigns.find("clerk: letter 0", SINCE)
        assert found
        assert found.id == first
        assert context.campaigns.find("clerk: letter", SINCE) is None
    assert len(town.sandbox.mailchimp.campaigns) == 12


def test_what_was_sent_is_not_sent_again(town: Town) -> None:
    segment = segment_of_one(town)
    with town.context() as context:
        campaign = made(town, context.campaigns, segment)
        context.campaigns.fill(campaign, WORDS)
        for _ in range(2):
            context.campaigns.send(campaign)
        state = context.campaigns.get(campaign)
        assert state
        assert state.state in GONE_OUT
    assert len(town.sandbox.mailchimp.outbox) == 1


def test_a_campaign_that_is_not_ready_is_not_sent(town: Town) -> None:
    segment = segment_of_one(town)
    with town.context() as context:
        campaign = made(town, context.campaigns, segment)
        context.campaigns.fill(campaign, EmailContent("Hello", "<p>Hello</p>", "Hello"))
        with pytest.raises(FixTheSettings, match="not ready: Unsubscribe link, Postal address"):
            context.campaigns.make_sure(campaign, segment, 1, town.clock())
        with pytest.raises(Refused):
            context.campaigns.send(campaign)
    assert town.sandbox.mailchimp.outbox == []


def test_a_deleted_campaign_is_told(town: Town) -> None:
    segment = segment_of_one(town)
    with town.context() as context:
        campaign = made(town, context.campaigns, segment)
        context.campaigns.delete(campaign)
        assert context.campaigns.get(campaign) is None


def ready(town: Town) -> str:
    """A campaign that can be sent, and nothing asked yet."""
    segment = segment_of_one(town)
    with town.context() as context:
        campaign = made(town, context.campaigns, segment)
        context.campaigns.fill(campaign, WORDS)
    town.sandbox.reset()
    return campaign


def sends(town: Town) -> int:
    return sum(1 for e in town.sandbox.journal if e.path.endswith("/actions/send"))


@pytest.mark.parametrize("kind", sorted(STRANGERS.keys() - {"html-after"}))
def test_only_a_campaign_under_way_is_a_sent_letter(town: Town, kind: Kind) -> None:
    """Whatever the answer to "send" looks like, be it Mailchimp's own 204."""
    campaign = ready(town)
    town.sandbox.faults.matching("POST", "/actions/send$", kind)
    with town.context() as context:
        with pytest.raises(TryAgainLater):
            context.campaigns.send(campaign)
        assert town.sandbox.mailchimp.outbox == []
        context.campaigns.send(campaign)
    assert [letter.to for letter in town.sandbox.mailchimp.outbox] == [address_of(1)]


def test_a_letter_that_went_out_behind_a_page_is_sent(town: Town) -> None:
    campaign = ready(town)
    town.sandbox.faults.matching("POST", "/actions/send$", "html-after")
    with town.context() as context:
        context.campaigns.send(campaign)
    assert (sends(town), len(town.sandbox.mailchimp.outbox)) == (1, 1)


def test_what_was_accepted_is_asked_about_and_not_sent_again(town: Town) -> None:
    """Its status may follow a moment later."""
    campaign = ready(town)
    town.network(attempts=3)
    town.sandbox.faults.matching("POST", "/actions/send$", "nothing-204")
    with (
        town.context() as context,
        pytest.raises(TryAgainLater, match="accepted and is not under way"),
    ):
        context.campaigns.send(campaign)
    assert sends(town) == 1


def test_a_page_of_campaigns_that_is_empty_and_not_the_last_is_no_page(town: Town) -> None:
    """Or the letter would be made a second time."""
    campaign = ready(town)
    answer = b'{"campaigns": [], "total_items": 1}'
    with town.context() as context, pytest.MonkeyPatch.context() as patch:
        patch.setitem(STRANGERS, "other-200", (200, "application/json", answer))
        town.sandbox.faults.matching("GET", "/campaigns$", "other-200")
        with pytest.raises(TryAgainLater, match="this is not Mailchimp answering"):
            context.campaigns.find("clerk: a letter", SINCE)
        found = context.campaigns.find("clerk: a letter", SINCE)
    assert found
    assert found.id == campaign


def test_campaigns_of_others_are_nobodys_business_but_theirs(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A status that is new to us, or no title, on one of theirs keeps back no letter of ours."""
    theirs = [
        {"id": "a", "status": "under review", "settings": {"title": "Newsletter"}},
        {"id": "b", "status": None, "settings": {"title": None}},
        {"id": "c", "settings": []},
        {"id": "d", "status": "sent", "settings": {}},
    ]
    ours = {"id": "e", "status": "sending", "settings": {"title": "clerk: a letter"}}
    answer = json.dumps({"campaigns": [*theirs, ours], "total_items": 5}).encode()
    monkeypatch.setitem(STRANGERS, "other-200", (200, "application/json", answer))
    town.sandbox.faults.matching("GET", "/campaigns$", "other-200", times=2)
    with town.context() as context:
        found = context.campaigns.find("clerk: a letter", SINCE)
        assert found
        assert (found.id, found.state in GONE_OUT, found.is_stopped) == ("e", True, False)
        assert context.campaigns.find("clerk: another letter", SINCE) is None


@pytest.mark.parametrize("status", ["under review", "", None])
def test_a_campaign_of_ours_in_a_state_we_do_not_know_is_stopped(
    town: Town, monkeypatch: pytest.MonkeyPatch, status: str | None
) -> None:
    ours = {"id": "e", "status": status, "settings": {"title": "clerk: a letter"}}
    answer = json.dumps({"campaigns": [ours], "total_items": 1}).encode()
    monkeypatch.setitem(STRANGERS, "other-200", (200, "application/json", answer))
    town.sandbox.faults.matching("GET", "/campaigns$", "other-200")
    with town.context() as context:
        found = context.campaigns.find("clerk: a letter", SINCE)
    assert found
    assert found.is_stopped
    assert found.state, "there is a word for it in the record"
