"""A campaign that was accepted is not out yet: reviews, readers left out, letters that bounce."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from connectors.sandbox.mailchimp.state import subscriber_hash
from tests.connectors.sandbox.mailchimp_clients import (
    ANN,
    BEN,
    LIST,
    START,
    Chimp,
    refused,
    running,
)

DAY = timedelta(days=1)


@pytest.fixture
def chimp() -> Iterator[Chimp]:
    with running() as chimp:
        yield chimp


def told(chimp: Chimp, campaign: str) -> tuple[str, int]:
    """Status, and how many went out."""
    answer: dict[str, Any] = chimp.campaigns.get(campaign)
    return answer["status"], answer["emails_sent"]


def test_a_reviewed_campaign_goes_out_when_its_review_ends(chimp: Chimp) -> None:
    chimp.state.review = ((DAY, "paused"), (3 * DAY, "sent"))
    chimp.campaigns.send(campaign := chimp.draft())
    assert told(chimp, campaign) == ("sending", 0)
    chimp.wait(days=1)
    assert told(chimp, campaign) == ("paused", 0)
    with refused(400, "whose status is paused"):
        chimp.campaigns.send(campaign)
    assert chimp.state.outbox == []
    chimp.wait(days=2)
    assert told(chimp, campaign) == ("sent", 2)
    assert {letter.at for letter in chimp.state.outbox} == {START + 3 * DAY}


def test_a_campaign_that_its_review_cancels_never_goes_out(chimp: Chimp) -> None:
    chimp.state.review = ((DAY, "canceled"),)
    chimp.campaigns.send(campaign := chimp.draft())
    chimp.wait(days=9)
    assert told(chimp, campaign) == ("canceled", 0)
    with refused(400, "whose status is canceled"):
        chimp.campaigns.send(campaign)
    assert chimp.state.outbox == []
    chimp.campaigns.remove(campaign)


def test_a_report_says_whose_letter_bounced(chimp: Chimp) -> None:
    chimp.state.add_member(LIST, "cy@example.org")
    chimp.state.bounces = {subscriber_hash(ANN): "hard", subscriber_hash(BEN): "soft"}
    chimp.campaigns.send(campaign := chimp.draft())
    assert told(chimp, campaign) == ("sent", 3)
    assert [letter.to for letter in chimp.state.outbox] == ["cy@example.org"]
    report = chimp.reports.get_campaign_recipients(campaign)
    assert {one["email_address"]: one["status"] for one in report["sent_to"]} == {
        ANN: "hard",
        BEN: "soft",
        "cy@example.org": "sent",
    }
    assert chimp.state.lists[LIST].members[subscriber_hash(ANN)].status == "cleaned"


def test_a_draft_has_no_report(chimp: Chimp) -> None:
    with refused(404, "Resource Not Found"):
        chimp.reports.get_campaign_recipients(chimp.draft())


def test_a_reader_left_out_is_missed_in_the_number_sent(chimp: Chimp) -> None:
    chimp.state.omitted = {subscriber_hash(ANN)}
    chimp.campaigns.send(campaign := chimp.draft())
    assert told(chimp, campaign) == ("sent", 1)
