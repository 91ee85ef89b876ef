"""A tour of the sandbox's Mailchimp with the official library: every endpoint, once at least."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from mailchimp_marketing import Client
from mailchimp_marketing.api_client import ApiClientError

from connectors.sandbox.mailchimp.state import MailchimpState, subscriber_hash

LIST = "a1b2c3d4e5"
ANN, BEN, NEW = "ann@example.org", "ben@example.org", "new@example.org"
HTML = '<p>Dear *|FNAME|*</p><p><a href="*|UNSUB|*">Leave</a> *|LIST:ADDRESS|*</p>'


def chapter() -> MailchimpState:
    """A small audience with one of each status."""
    state = MailchimpState()
    state.add_list(LIST, name="A chapter").webhooks += ["https://hooks.example.org/catch/1"]
    state.apps += ["An importer"]
    state.add_merge_field(LIST, "CLSTATUS")
    state.add_member(LIST, ANN, merge_fields={"FNAME": "Ann", "CLSTATUS": "voting"}, tags=["Crew"])
    state.add_member(LIST, BEN, merge_fields={"FNAME": "Ben"})
    for status in ("unsubscribed", "cleaned", "pending", "archived", "transactional"):
        state.add_member(LIST, f"{status}@example.org", status)
    return state


def client(state: MailchimpState, url: str) -> Any:
    """The official library, pointed at `url`."""
    made = Client({"api_key": state.api_key})
    made.api_client.host = url
    return made


@contextmanager
def refused(status: int, title: str) -> Iterator[None]:
    """What is asked inside must be answered with this problem."""
    with pytest.raises(ApiClientError) as raised:
        yield
    assert (raised.value.status_code, title in str(raised.value.text)) == (status, True)


def tour(api: Any) -> None:
    """Call everything, in an order that leaves something to call next."""
    for stop in (_account, _members, _batch, _merge_fields, _segments, _tags, _campaigns):
        stop(api)


def _account(api: Any) -> None:
    api.ping.get()
    api.root.get_root()
    api.verifiedDomains.get_verified_domains_all()
    api.lists.get_all_lists()
    api.lists.get_list(LIST, include_total_contacts=True)
    assert api.lists.get_list_webhooks(LIST)["total_items"] == 1
    assert api.authorizedApps.list(fields=["apps.name", "total_items"], count=1000)["apps"]
    with refused(404, "Resource Not Found"):
        api.lists.get_list("nowhere")


def _members(api: Any) -> None:
    lists, ann, new = api.lists, subscriber_hash(ANN), subscriber_hash(NEW)
    lists.get_list_members_info(LIST, count=1000, sort_field="last_changed", sort_dir="ASC")
    lists.get_list_members_info(
        LIST, status="archived", fields=["members.email_address", "total_items"]
    )
    lists.get_list_members_info(
        LIST, since_last_changed="2019-01-01T00:00:00+00:00", exclude_fields=["_links"]
    )
    lists.get_list_member(LIST, ann)
    lists.set_list_member(LIST, new, {"email_address": NEW, "status_if_new": "subscribed"})
    lists.set_list_member(LIST, new, {"email_address": NEW, "merge_fields": {"FNAME": "New"}})
    lists.update_list_member(LIST, new, {"merge_fields": {"FNAME": "Newer"}})
    with refused(400, "Member Exists"):
        lists.add_list_member(LIST, {"email_address": ANN, "status": "subscribed"})
    lists.add_list_member(
        LIST, {"email_address": "eve@example.org", "status": "pending", "tags": ["Crew"]}
    )
    with refused(400, "Member In Compliance State"):
        gone = subscriber_hash("unsubscribed@example.org")
        lists.update_list_member(LIST, gone, {"status": "subscribed"})
    with refused(405, "Method Not Allowed"):
        lists.delete_list_member(LIST, subscriber_hash("pending@example.org"))
    lists.delete_list_member(LIST, new)
    lists.delete_list_member_permanent(LIST, new)
    with refused(400, "Forgotten Email Not Subscribed"):
        lists.set_list_member(LIST, new, {"email_address": NEW, "status_if_new": "subscribed"})


def _batch(api: Any) -> None:
    people: list[dict[str, Any]] = [
        {"email_address": ANN, "merge_fields": {"FNAME": "Anne"}},
        {"email_address": "dot@example.org", "status": "subscribed"},
        {"email_address": "dot@example.org", "status": "subscribed"},
        {"email_address": "nobody@example.org"},
        {"email_address": "unsubscribed@example.org", "status": "subscribed"},
    ]
    done = api.lists.batch_list_members(LIST, {"members": people, "update_existing": True})
    assert (done["total_created"], done["total_updated"], done["error_count"]) == (1, 1, 3)


def _merge_fields(api: Any) -> None:
    lists = api.lists
    made = lists.add_list_merge_field(LIST, {"name": "Events", "type": "number", "tag": "CLEVENTS"})
    lists.get_list_merge_fields(LIST, count=100)
    lists.get_list_merge_field(LIST, made["merge_id"])
    lists.update_list_merge_field(LIST, made["merge_id"], {"name": "Events counted"})
    lists.delete_list_merge_field(LIST, made["merge_id"])


def _segments(api: Any) -> None:
    lists = api.lists
    voting = lists.create_segment(LIST, {"name": "voting member", "static_segment": [ANN]})["id"]
    is_voting = {"condition_type": "TextMerge", "field": "CLSTATUS", "op": "is", "value": "voting"}
    tagged = {"condition_type": "StaticSegment", "field": "static_segment", "op": "static_is",
              "value": voting}  # fmt: skip
    options = {"match": "all", "conditions": [is_voting, tagged]}
    saved = lists.create_segment(LIST, {"name": "both", "options": options})
    assert saved["member_count"] == 1
    lists.list_segments(LIST, type="static", count=100)
    lists.get_segment(LIST, voting)
    lists.batch_segment_members(
        {"members_to_add": [BEN, "nobody@example.org"], "members_to_remove": [ANN]}, LIST, voting
    )
    lists.get_segment_members_list(LIST, voting)
    lists.create_segment_member(LIST, voting, {"email_address": ANN})
    lists.remove_segment_member(LIST, voting, subscriber_hash(ANN))
    lists.update_segment(LIST, voting, {"name": "voting members"})
    lists.update_segment(LIST, voting, {"static_segment": []})
    lists.update_segment(LIST, saved["id"], {"name": "both", "options": options})
    lists.delete_segment(LIST, saved["id"])


def _tags(api: Any) -> None:
    ann = subscriber_hash(ANN)
    api.lists.update_list_member_tags(LIST, ann, {"tags": [{"name": "Ushers", "status": "active"}]})
    api.lists.get_list_member_tags(LIST, ann)
    api.lists.tag_search(LIST, name="ush")


def _campaigns(api: Any) -> None:
    one = _drafted(api, "First")
    api.campaigns.send_test_email(one, {"test_emails": [ANN], "send_type": "html"})
    api.campaigns.schedule(one, {"schedule_time": "2099-01-01T12:15:00+00:00"})
    api.campaigns.unschedule(one)
    api.campaigns.send(one)
    api.campaigns.get(one, fields=["status", "emails_sent", "send_time"])
    api.reports.get_campaign_recipients(one, count=100)
    with refused(400, "Bad Request"):
        api.campaigns.send(one)
    with refused(403, "Forbidden"):
        api.campaigns.cancel_send(one)
    api.campaigns.list(count=100, since_create_time="2019-01-01T00:00:00+00:00", status="sent")
    api.campaigns.list(sort_field="create_time", sort_dir="DESC")
    api.campaigns.remove(one)


def _drafted(api: Any, title: str) -> str:
    campaigns = api.campaigns
    made: str = campaigns.create({"type": "regular", "settings": {"title": title}})["id"]
    with refused(400, "Bad Request"):
        campaigns.send(made)
    campaigns.update(made, {
        "recipients": {"list_id": LIST},
        "settings": {"subject_line": "News", "from_name": "A chapter",
                     "reply_to": "clerk@example.org"},
    })  # fmt: skip
    campaigns.update(made, {"settings": {"preview_text": "It is short"}})
    campaigns.set_content(made, {"html": HTML})
    campaigns.get_content(made)
    assert campaigns.get_send_checklist(made)["is_ready"]
    return made
