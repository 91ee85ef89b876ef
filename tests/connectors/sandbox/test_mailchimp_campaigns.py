"""Campaigns: ready or not, once and never twice, and the letters that arrive (VM-4)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from mailchimp_marketing.api_client import ApiClientError

from tests.connectors.sandbox.mailchimp_clients import (
    ANN,
    BEN,
    HTML,
    LIST,
    START,
    Chimp,
    refused,
    running,
)


@pytest.fixture
def chimp() -> Iterator[Chimp]:
    with running() as chimp:
        yield chimp


def received(chimp: Chimp) -> list[str]:
    return [letter.to for letter in chimp.state.outbox]


def failing(chimp: Chimp, campaign: str) -> list[str]:
    told = chimp.campaigns.get_send_checklist(campaign)
    assert told["is_ready"] == all(item["type"] == "success" for item in told["items"])
    return [item["heading"] for item in told["items"] if item["type"] == "error"]


def test_each_subscribed_member_gets_one_letter(chimp: Chimp) -> None:
    for status in ("unsubscribed", "cleaned", "pending", "transactional", "archived"):
        chimp.state.add_member(LIST, f"{status}@example.org", status)
    campaign = chimp.draft()
    assert chimp.campaigns.send(campaign).status_code == 204
    assert received(chimp) == [ANN, BEN]
    sent = chimp.campaigns.get(campaign)
    assert (sent["status"], sent["emails_sent"]) == ("sent", 2)


def test_a_campaign_is_sent_once(chimp: Chimp) -> None:
    campaign = chimp.draft()
    chimp.campaigns.send(campaign)
    with refused(400, "already been sent"):
        chimp.campaigns.send(campaign)
    assert received(chimp) == [ANN, BEN]


def test_two_equal_requests_make_two_campaigns(chimp: Chimp) -> None:
    """There is no idempotency key: a repeated creation is a second letter in waiting."""
    assert chimp.draft() != chimp.draft()
    assert chimp.campaigns.list()["total_items"] == 2


def test_sending_takes_a_while(chimp: Chimp) -> None:
    chimp.state.delivery = timedelta(minutes=5)
    campaign = chimp.draft()
    chimp.campaigns.send(campaign)
    assert chimp.campaigns.get(campaign)["status"] == "sending"
    with refused(400, "already been sent"):
        chimp.campaigns.send(campaign)
    with refused(400, "sending"):
        chimp.campaigns.remove(campaign)
    chimp.wait(minutes=5)
    assert chimp.campaigns.get(campaign)["status"] == "sent"


def test_a_lost_answer_has_sent_all_the_same(chimp: Chimp) -> None:
    campaign = chimp.draft()
    chimp.sandbox.faults.matching("POST", "actions/send$", "lost-answer")
    with pytest.raises(ApiClientError) as raised:
        chimp.campaigns.send(campaign)
    assert raised.value.status_code is None
    assert chimp.campaigns.get(campaign)["status"] == "sent"
    assert received(chimp) == [ANN, BEN]


@pytest.mark.parametrize(
    ("key", "heading"),
    [("subject_line", "Subject line"), ("from_name", "From name"), ("reply_to", "Replies")],
)
def test_a_letter_needs_its_settings(chimp: Chimp, key: str, heading: str) -> None:
    assert failing(chimp, chimp.draft(**{key: ""})) == [heading]


@pytest.mark.parametrize(
    ("content", "headings"),
    [
        ({"html": HTML}, []),
        ({"plain_text": "*|UNSUB|* *|LIST:ADDRESS|*"}, []),
        ({"html": HTML.replace("*|UNSUB|*", "#")}, ["Unsubscribe link"]),
        ({"html": HTML.replace("*|LIST:ADDRESS|*", "")}, ["Postal address"]),
        ({"html": HTML.replace("*|LIST:ADDRESS|*", "1 Centre Street")}, []),
        ({"html": HTML, "plain_text": "Hello"}, ["Unsubscribe link", "Postal address"]),
        ({"html": "", "plain_text": ""}, ["Content"]),
    ],
)
def test_a_letter_needs_a_way_out_and_a_postal_address(
    chimp: Chimp, content: dict[str, str], headings: list[str]
) -> None:
    campaign = chimp.draft()
    chimp.campaigns.set_content(campaign, {"html": "", "plain_text": ""})
    chimp.campaigns.set_content(campaign, content)
    assert failing(chimp, campaign) == headings


def test_a_letter_that_is_not_ready_is_not_sent(chimp: Chimp) -> None:
    campaign = chimp.draft(subject_line="")
    with refused(400, "not ready to send"):
        chimp.campaigns.send(campaign)
    with refused(400, "cannot be scheduled"):
        chimp.campaigns.schedule(campaign, {"schedule_time": "2026-03-02T12:00:00+00:00"})
    assert received(chimp) == []


def test_a_segment_narrows_the_recipients(chimp: Chimp) -> None:
    crew = chimp.lists.create_segment(LIST, {"name": "Crew", "static_segment": [BEN]})["id"]
    campaign = chimp.draft()

    def to(**segment_opts: Any) -> None:
        recipients = {"list_id": LIST, "segment_opts": segment_opts}
        chimp.campaigns.update(campaign, {"recipients": recipients, "settings": {}})

    to(saved_segment_id=crew)
    assert chimp.campaigns.get(campaign)["recipients"]["recipient_count"] == 1
    named = {"condition_type": "TextMerge", "field": "FNAME", "op": "is", "value": "Ann"}
    to(match="all", conditions=[named])
    assert failing(chimp, campaign) == []
    to(saved_segment_id=crew, match="all", conditions=[named])
    assert failing(chimp, campaign) == ["Recipients"]
    to(saved_segment_id=crew)
    chimp.campaigns.send(campaign)
    assert received(chimp) == [BEN]


def test_a_segment_that_is_not_there_is_refused_and_one_deleted_reaches_nobody(
    chimp: Chimp,
) -> None:
    campaign = chimp.draft()
    crew = chimp.lists.create_segment(LIST, {"name": "Crew", "static_segment": [BEN]})["id"]
    recipients = {"list_id": LIST, "segment_opts": {"saved_segment_id": crew}}
    chimp.campaigns.update(campaign, {"recipients": recipients, "settings": {}})
    chimp.lists.delete_segment(LIST, crew)
    assert failing(chimp, campaign) == ["Recipients"]
    with refused(400, "No such segment"):
        chimp.campaigns.update(campaign, {"recipients": recipients, "settings": {}})


def test_merge_tags_are_filled_in_for_each_recipient(chimp: Chimp) -> None:
    chimp.patch(BEN, merge_fields={"FNAME": "<b>*|EMAIL|*</b>"})
    campaign = chimp.draft(subject_line="Hello *|FNAME|*")
    chimp.campaigns.send(campaign)
    ann, ben = chimp.state.outbox
    assert ann.subject == "Hello Ann"
    assert "Dear Ann" in ann.html
    assert "Sandbox Chapter, 1 Centre Street, Boston" in ann.text
    assert "*|" not in ann.html
    assert "Dear &lt;b&gt;*|EMAIL|*&lt;/b&gt;" in ben.html
    assert len({"unsubscribe" in letter.text and letter.text for letter in (ann, ben)}) == 2


def test_letters_keep_what_was_true_when_they_were_sent(chimp: Chimp) -> None:
    chimp.campaigns.send(chimp.draft())
    chimp.patch(ANN, merge_fields={"FNAME": "Somebody"})
    assert "Dear Ann" in chimp.state.outbox[0].html


def test_a_scheduled_letter_goes_when_it_is_due(chimp: Chimp) -> None:
    campaign = chimp.draft()
    chimp.campaigns.schedule(campaign, {"schedule_time": "2026-03-01T13:15:00+00:00"})
    with refused(400, "schedule"):
        chimp.campaigns.send(campaign)
    with refused(400, "schedule"):
        chimp.campaigns.set_content(campaign, {"html": "other"})
    chimp.wait(minutes=74, seconds=59)
    assert chimp.campaigns.get(campaign)["status"] == "schedule"
    chimp.wait(seconds=1)
    assert chimp.campaigns.get(campaign)["status"] == "sent"
    assert [letter.at for letter in chimp.state.outbox] == [START + timedelta(minutes=75)] * 2


def test_an_unscheduled_letter_stays(chimp: Chimp) -> None:
    campaign = chimp.draft()
    with refused(400, "not scheduled"):
        chimp.campaigns.unschedule(campaign)
    chimp.campaigns.schedule(campaign, {"schedule_time": "2026-03-01T13:15:00+00:00"})
    chimp.campaigns.unschedule(campaign)
    chimp.wait(days=1)
    assert chimp.campaigns.get(campaign)["status"] == "save"
    assert received(chimp) == []


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("2026-03-01T13:10:00+00:00", "quarter-hour"),
        ("2026-03-01T13:15:30+00:00", "quarter-hour"),
        ("2026-03-01T12:00:00+00:00", "future"),
        ("2026-02-28T12:00:00+00:00", "future"),
        ("soon", "schedule_time"),
    ],
)
def test_only_quarter_hours_to_come_can_be_scheduled(chimp: Chimp, time: str, words: str) -> None:
    with refused(400, words):
        chimp.campaigns.schedule(chimp.draft(), {"schedule_time": time})


def test_a_sent_letter_cannot_be_edited_but_removed(chimp: Chimp) -> None:
    campaign = chimp.draft()
    chimp.campaigns.send(campaign)
    with refused(400, "sent"):
        chimp.campaigns.update(campaign, {"settings": {"title": "Other"}})
    with refused(400, "sent"):
        chimp.campaigns.set_content(campaign, {"html": HTML})
    chimp.campaigns.remove(campaign)
    with refused(404):
        chimp.campaigns.get(campaign)
    assert received(chimp) == [ANN, BEN]


def test_a_test_goes_to_the_tester_only(chimp: Chimp) -> None:
    campaign = chimp.draft()
    body = {"test_emails": ["officer@example.org"], "send_type": "plaintext"}
    chimp.campaigns.send_test_email(campaign, body)
    letter = chimp.state.test_outbox[0]
    assert (letter.to, letter.html, received(chimp)) == ("officer@example.org", "", [])
    assert "Dear *|FNAME|*" in letter.text
    with refused(400, "test_emails"):
        chimp.campaigns.send_test_email(campaign, {"test_emails": [], "send_type": "html"})


def test_campaigns_are_listed_newest_first_and_by_what_one_asks(chimp: Chimp) -> None:
    first = chimp.draft(title="first")
    chimp.wait(seconds=1)
    second = chimp.draft(title="second")
    chimp.campaigns.send(first)

    def ids(**query: str) -> list[str]:
        return [c["id"] for c in chimp.campaigns.list(**query)["campaigns"]]

    assert ids() == [second, first]
    assert ids(sort_field="create_time", sort_dir="ASC") == [first, second]
    assert ids(since_create_time=START.isoformat()) == [second]
    assert ids(status="sent") == [first]
    assert ids(list_id="other") == []


def test_a_letter_cannot_be_called_back(chimp: Chimp) -> None:
    campaign = chimp.draft()
    chimp.campaigns.send(campaign)
    with refused(403, "plan"):
        chimp.campaigns.cancel_send(campaign)


def test_an_audience_that_is_not_there_is_refused(chimp: Chimp) -> None:
    with refused(400, "recipients.list_id"):
        chimp.campaigns.create({"type": "regular", "recipients": {"list_id": "nowhere"}})


def test_plain_text_is_made_of_the_html(chimp: Chimp) -> None:
    campaign = chimp.draft()
    html = '<style>p{}</style><p>One<br>two</p><a class="x" href="https://example.org">here</a>'
    told = chimp.campaigns.set_content(campaign, {"html": html})
    assert told["plain_text"] == "One\ntwo\nhere (https://example.org)"
