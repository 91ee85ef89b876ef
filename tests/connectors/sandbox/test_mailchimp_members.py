"""What may become of a contact, and what Mailchimp refuses (DP-4 is tried against this)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from connectors.sandbox.mailchimp.state import subscriber_hash
from tests.connectors.sandbox.mailchimp_clients import (
    ANN,
    BEN,
    LIST,
    NEW,
    START,
    Chimp,
    refused,
    running,
)


@pytest.fixture
def chimp() -> Iterator[Chimp]:
    with running() as chimp:
        yield chimp


def test_a_new_address_takes_status_if_new(chimp: Chimp) -> None:
    made = chimp.put(NEW, status_if_new="pending", merge_fields={"FNAME": "New"})
    assert (made["status"], made["id"]) == ("pending", subscriber_hash(NEW))
    with refused(400, "status_if_new"):
        chimp.put("other@example.org")


def test_status_if_new_leaves_a_known_contact_as_it_is(chimp: Chimp) -> None:
    chimp.state.add_member(LIST, "left@example.org", "unsubscribed")
    known = chimp.put("left@example.org", status_if_new="subscribed", merge_fields={"FNAME": "L"})
    assert (known["status"], known["merge_fields"]["FNAME"]) == ("unsubscribed", "L")


@pytest.mark.parametrize("status", ["unsubscribed", "cleaned"])
def test_who_left_or_bounced_cannot_be_subscribed_but_asked(chimp: Chimp, status: str) -> None:
    chimp.state.add_member(LIST, NEW, status)  # type: ignore[arg-type]  # one of its words
    with refused(400, "Member In Compliance State"):
        chimp.patch(NEW, status="subscribed", merge_fields={"FNAME": "Changed"})
    assert chimp.member(NEW)["merge_fields"]["FNAME"] == ""
    assert chimp.patch(NEW, status="pending")["status"] == "pending"
    with refused(400, "Member In Compliance State"):
        chimp.patch(NEW, status="subscribed")


def test_who_was_unsubscribed_through_the_api_is_no_exception(chimp: Chimp) -> None:
    chimp.patch(ANN, status="unsubscribed")
    with refused(400, "Member In Compliance State"):
        chimp.put(ANN, status="subscribed", status_if_new="subscribed")


def test_archiving_forgets_no_refusal(chimp: Chimp) -> None:
    chimp.patch(ANN, status="unsubscribed")
    chimp.lists.delete_list_member(LIST, subscriber_hash(ANN))
    assert chimp.member(ANN)["status"] == "archived"
    with refused(400, "Member In Compliance State"):
        chimp.put(ANN, status="subscribed", status_if_new="subscribed")


def test_an_archived_contact_returns_only_by_status(chimp: Chimp) -> None:
    chimp.lists.delete_list_member(LIST, subscriber_hash(ANN))
    assert chimp.put(ANN, status_if_new="subscribed")["status"] == "archived"
    assert chimp.put(ANN, status="subscribed", status_if_new="subscribed")["status"] == "subscribed"


def test_archived_contacts_are_listed_only_by_name_of_their_status(chimp: Chimp) -> None:
    chimp.lists.delete_list_member(LIST, subscriber_hash(ANN))
    everybody = chimp.lists.get_list_members_info(LIST)["members"]
    archived = chimp.lists.get_list_members_info(LIST, status="archived")["members"]
    assert [m["email_address"] for m in everybody] == [BEN]
    assert [m["email_address"] for m in archived] == [ANN]


@pytest.mark.parametrize("status", ["pending", "cleaned", "archived"])
def test_some_contacts_cannot_be_archived(chimp: Chimp, status: str) -> None:
    chimp.state.add_member(LIST, NEW, status)  # type: ignore[arg-type]  # one of its words
    with refused(405, "Method Not Allowed"):
        chimp.lists.delete_list_member(LIST, subscriber_hash(NEW))


def test_the_forgotten_stay_away(chimp: Chimp) -> None:
    chimp.lists.delete_list_member_permanent(LIST, subscriber_hash(ANN))
    with refused(404):
        chimp.member(ANN)
    with refused(400, "Forgotten Email Not Subscribed"):
        chimp.put(ANN, status_if_new="subscribed")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("fooboo@example.com", "looks fake or invalid"),
        ("someone@yopmail.com", "looks fake or invalid"),
        ("no address", "valid email address"),
        ("a@b", "valid email address"),
    ],
)
def test_unlikely_addresses_are_refused(chimp: Chimp, address: str, words: str) -> None:
    with refused(400, "Invalid Resource", words):
        chimp.lists.add_list_member(LIST, {"email_address": address, "status": "subscribed"})


def test_archived_is_no_status_one_may_set(chimp: Chimp) -> None:
    with refused(400, '"field": "status"'):
        chimp.patch(ANN, status="archived")


def test_posting_a_known_address_is_refused(chimp: Chimp) -> None:
    with refused(400, "Member Exists"):
        chimp.lists.add_list_member(LIST, {"email_address": ANN.upper(), "status": "subscribed"})


def test_an_address_can_move_but_not_onto_another(chimp: Chimp) -> None:
    chimp.lists.create_segment(LIST, {"name": "Crew", "static_segment": [ANN]})
    moved = chimp.patch(ANN, email_address=NEW)
    assert (moved["email_address"], moved["id"]) == (NEW, subscriber_hash(NEW))
    assert [tag["name"] for tag in chimp.member(NEW)["tags"]] == ["Crew"]
    with refused(400, "Member Exists"):
        chimp.patch(NEW, email_address=BEN)


def test_changed_since_is_strict_and_counts_in_seconds(chimp: Chimp) -> None:
    chimp.wait(seconds=0.7)
    chimp.patch(ANN, merge_fields={"FNAME": "Anne"})

    def since(moment: str) -> list[str]:
        found = chimp.lists.get_list_members_info(LIST, since_last_changed=moment)
        return [member["email_address"] for member in found["members"]]

    assert chimp.member(ANN)["last_changed"] == "2026-03-01T12:00:00+00:00"
    assert since(START.isoformat()) == []
    assert since((START - timedelta(seconds=1)).isoformat()) == [ANN]
    assert since("2026-03-01T06:59:59-05:00") == [ANN]
    with refused(400, "since_last_changed"):
        since("yesterday")


def test_a_list_can_be_sorted(chimp: Chimp) -> None:
    chimp.patch(ANN, language="es")
    late = chimp.lists.get_list_members_info(LIST, sort_field="last_changed", sort_dir="ASC")
    assert [m["email_address"] for m in late["members"]] == [BEN, ANN]


def test_a_tag_change_does_not_move_last_changed(chimp: Chimp) -> None:
    """Nothing promises that it does, so whoever relies on it must be caught."""
    before = chimp.member(ANN)["last_changed"]
    tags = {"tags": [{"name": "Crew", "status": "active"}]}
    chimp.lists.update_list_member_tags(LIST, subscriber_hash(ANN), tags)
    assert chimp.member(ANN)["last_changed"] == before
    chimp.state.tags_touch_members = True
    tags["tags"][0]["status"] = "inactive"
    chimp.lists.update_list_member_tags(LIST, subscriber_hash(ANN), tags)
    assert chimp.member(ANN)["last_changed"] != before


def test_tags_cannot_be_set_by_put(chimp: Chimp) -> None:
    assert chimp.put(ANN, status_if_new="subscribed", tags=["Crew"])["tags"] == []


def test_tags_come_with_a_new_member(chimp: Chimp) -> None:
    body = {"email_address": NEW, "status": "subscribed", "tags": ["Crew"]}
    assert chimp.lists.add_list_member(LIST, body)["tags"][0]["name"] == "Crew"


def test_only_the_person_can_undo_it(chimp: Chimp) -> None:
    chimp.state.leave(LIST, ANN, START)
    with refused(400, "Member In Compliance State"):
        chimp.patch(ANN, status="subscribed")
    chimp.state.join(LIST, ANN, START)
    assert chimp.member(ANN)["status"] == "subscribed"


def test_the_forgotten_may_come_back_by_themselves(chimp: Chimp) -> None:
    chimp.lists.delete_list_member_permanent(LIST, subscriber_hash(ANN))
    chimp.state.join(LIST, ANN, START)
    assert chimp.put(ANN, status_if_new="subscribed")["status"] == "subscribed"
