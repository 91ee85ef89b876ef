"""The batch upsert: what it takes, and how it says what it did not take."""

from collections.abc import Iterator

import pytest

from tests.connectors.sandbox.mailchimp_clients import ANN, BEN, LIST, NEW, Chimp, refused, running


@pytest.fixture
def chimp() -> Iterator[Chimp]:
    with running() as chimp:
        yield chimp


def test_new_and_known_contacts_are_told_apart(chimp: Chimp) -> None:
    done = chimp.batch(
        {"email_address": NEW, "status": "subscribed"},
        {"email_address": ANN, "merge_fields": {"FNAME": "Anne"}},
    )
    assert [m["email_address"] for m in done["new_members"]] == [NEW]
    assert [m["merge_fields"]["FNAME"] for m in done["updated_members"]] == ["Anne"]
    assert (done["total_created"], done["total_updated"], done["error_count"]) == (1, 1, 0)


def test_five_hundred_and_no_more(chimp: Chimp) -> None:
    crowd = [{"email_address": f"p{n}@example.org", "status": "subscribed"} for n in range(501)]
    with refused(400, "at most 500"):
        chimp.batch(*crowd)
    assert len(chimp.audience.members) == 2
    assert chimp.batch(*crowd[:500])["total_created"] == 500


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"email_address": NEW}, "status is required"),
        ({"email_address": NEW, "status_if_new": "subscribed"}, "status is required"),
        ({"email_address": "left@example.org", "status": "subscribed"}, "compliance state"),
        ({"email_address": "gone@example.org", "status": "subscribed"}, "permanently deleted"),
        ({"email_address": "x@example.com", "status": "subscribed"}, "looks fake"),
    ],
)
def test_a_refused_item_is_listed_and_the_rest_is_done(
    chimp: Chimp, item: dict[str, str], words: str
) -> None:
    chimp.state.add_member(LIST, "left@example.org", "unsubscribed")
    chimp.state.add_member(LIST, "gone@example.org")
    chimp.raw("POST", f"/lists/{LIST}/members/gone@example.org/actions/delete-permanent")
    done = chimp.batch(item, {"email_address": BEN, "merge_fields": {"FNAME": "Benn"}})
    assert words in done["errors"][0]["error"]
    assert done["errors"][0]["email_address"] == item["email_address"]
    assert (done["total_updated"], done["total_created"], done["error_count"]) == (1, 0, 1)


def test_without_update_existing_the_known_are_refused(chimp: Chimp) -> None:
    done = chimp.batch({"email_address": ANN, "status": "subscribed"}, update_existing=False)
    assert done["errors"][0]["error_code"] == "ERROR_CONTACT_EXISTS"


def test_the_second_of_two_equal_addresses_is_refused(chimp: Chimp) -> None:
    twice = [{"email_address": a, "status": "subscribed"} for a in (NEW, NEW.upper())]
    assert chimp.batch(*twice)["error_count"] == 1
    asked = {"members": twice, "update_existing": True}
    lenient = chimp.lists.batch_list_members(LIST, asked, skip_duplicate_check=True)
    assert (lenient["error_count"], lenient["total_updated"]) == (0, 1)


def test_a_word_that_is_no_status_refuses_the_whole_batch(chimp: Chimp) -> None:
    with refused(400, "members.1.status"):
        chimp.batch({"email_address": ANN}, {"email_address": BEN, "status": "archived"})


def test_tags_of_an_item_are_passed_over_and_sync_tags_wipes_what_was_there(chimp: Chimp) -> None:
    """Whoever asks for `sync_tags` loses tags that were never theirs."""
    chimp.lists.create_segment(LIST, {"name": "Crew", "static_segment": [ANN]})
    kept = chimp.batch({"email_address": ANN, "tags": ["Ushers"]})["updated_members"][0]
    assert [tag["name"] for tag in kept["tags"]] == ["Crew"]
    wiped = chimp.batch({"email_address": ANN}, sync_tags=True)["updated_members"][0]
    assert wiped["tags"] == []


def test_an_injected_partial_error_refuses_the_first_item(chimp: Chimp) -> None:
    chimp.sandbox.faults.matching("POST", rf"/lists/{LIST}$", "partial-errors")
    two = [{"email_address": a, "merge_fields": {"FNAME": "X"}} for a in (ANN, BEN)]
    assert [e["email_address"] for e in chimp.batch(*two)["errors"]] == [ANN]
    assert [chimp.member(a)["merge_fields"]["FNAME"] for a in (ANN, BEN)] == ["Ann", "X"]
    assert chimp.batch(*two)["error_count"] == 0
