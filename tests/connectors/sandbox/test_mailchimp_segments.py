"""Tags and saved segments."""

from collections.abc import Iterator
from typing import Any

import pytest

from connectors.sandbox.mailchimp.state import subscriber_hash
from tests.connectors.sandbox.mailchimp_clients import ANN, BEN, LIST, Chimp, refused, running


@pytest.fixture
def chimp() -> Iterator[Chimp]:
    with running() as chimp:
        yield chimp


def tag(chimp: Chimp, *addresses: str, name: str = "Crew") -> int:
    made: int = chimp.lists.create_segment(LIST, {"name": name, "static_segment": list(addresses)})[
        "id"
    ]
    return made


def inside(chimp: Chimp, segment: int, **query: Any) -> list[str]:
    found = chimp.lists.get_segment_members_list(LIST, segment, **query)["members"]
    return [member["email_address"] for member in found]


def test_a_static_segment_is_a_tag(chimp: Chimp) -> None:
    number = tag(chimp, ANN)
    assert chimp.member(ANN)["tags"] == [{"id": number, "name": "Crew"}]
    assert (chimp.member(ANN)["tags_count"], chimp.member(BEN)["tags_count"]) == (1, 0)
    tags = chimp.lists.get_list_member_tags(LIST, subscriber_hash(ANN))["tags"]
    assert tags == [{"id": number, "name": "Crew", "date_added": "2026-03-01T12:00:00+00:00"}]


def test_tags_are_one_whatever_their_letter_case(chimp: Chimp) -> None:
    number = tag(chimp)
    with refused(400, "that tag already exists"):
        tag(chimp, name="CREW")
    change = {"tags": [{"name": "crew", "status": "active"}]}
    chimp.lists.update_list_member_tags(LIST, subscriber_hash(ANN), change)
    assert inside(chimp, number) == [ANN]


def test_addresses_that_are_not_on_the_list_are_passed_over(chimp: Chimp) -> None:
    number = tag(chimp, ANN, "nobody@example.org")
    body = {"members_to_add": [BEN, "nobody@example.org"], "members_to_remove": [ANN]}
    done = chimp.lists.batch_segment_members(body, LIST, number)
    assert (done["total_added"], done["total_removed"], done["error_count"]) == (1, 1, 1)
    assert done["errors"][0]["email_addresses"] == ["nobody@example.org"]
    assert inside(chimp, number) == [BEN]


@pytest.mark.parametrize("side", ["members_to_add", "members_to_remove"])
def test_five_hundred_a_side_and_no_more(chimp: Chimp, side: str) -> None:
    number = tag(chimp)
    with refused(400, "at most 500"):
        chimp.lists.batch_segment_members({side: [ANN] * 501}, LIST, number)
    assert chimp.lists.batch_segment_members({side: [ANN] * 500}, LIST, number)


def test_an_empty_list_empties_the_segment(chimp: Chimp) -> None:
    number = tag(chimp, ANN, BEN)
    assert chimp.lists.update_segment(LIST, number, {"static_segment": []})["member_count"] == 0
    assert chimp.lists.update_segment(LIST, number, {"name": "Team"})["name"] == "Team"


def test_only_the_subscribed_are_counted_unless_one_asks(chimp: Chimp) -> None:
    number = tag(chimp, ANN, BEN)
    chimp.patch(BEN, status="unsubscribed")
    assert chimp.lists.get_segment(LIST, number)["member_count"] == 1
    assert inside(chimp, number) == [ANN]
    assert inside(chimp, number, include_unsubscribed=True) == [ANN, BEN]


def test_segments_are_listed_by_kind_and_page(chimp: Chimp) -> None:
    for n in range(12):
        tag(chimp, name=f"T{n}")
    chimp.lists.create_segment(LIST, {"name": "S", "options": {"match": "all", "conditions": []}})
    page = chimp.lists.list_segments(LIST, type="static")
    assert (len(page["segments"]), page["total_items"]) == (10, 12)
    assert chimp.lists.list_segments(LIST, type="saved")["total_items"] == 1
    assert [t["name"] for t in chimp.lists.tag_search(LIST, name="t1")["tags"]] == [
        "T1",
        "T10",
        "T11",
    ]


def test_a_deleted_segment_is_gone_and_its_people_stay(chimp: Chimp) -> None:
    chimp.lists.delete_segment(LIST, tag(chimp, ANN))
    assert chimp.member(ANN)["tags"] == []


@pytest.mark.parametrize(
    "body", [{"name": "x"}, {"name": "x", "static_segment": [], "options": {}}]
)
def test_a_segment_is_one_kind_or_the_other(chimp: Chimp, body: dict[str, Any]) -> None:
    with refused(400):
        chimp.lists.create_segment(LIST, body)


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({"condition_type": "TextMerge", "field": "FNAME", "op": "is", "value": "Ann"}, [ANN]),
        ({"condition_type": "TextMerge", "field": "FNAME", "op": "not", "value": "Ann"}, [BEN]),
        ({"condition_type": "TextMerge", "field": "FNAME", "op": "contains", "value": "n"},
         [ANN, BEN]),
        ({"condition_type": "TextMerge", "field": "LNAME", "op": "blank"}, [ANN, BEN]),
        ({"condition_type": "EmailAddress", "field": "EMAIL", "op": "starts", "value": "BEN"},
         [BEN]),
        ({"field": "static_segment", "op": "static_is", "value": 1001}, [ANN]),
        ({"field": "static_segment", "op": "static_not", "value": 1001}, [BEN]),
        ({"condition_type": "VIP", "field": "gmonkey", "op": "member"}, [BEN]),
    ],
)  # fmt: skip
def test_a_saved_segment_finds_whoever_meets_its_condition(
    chimp: Chimp, condition: dict[str, Any], found: list[str]
) -> None:
    assert tag(chimp, ANN) == 1001
    chimp.patch(BEN, vip=True)
    options = {"match": "all", "conditions": [condition]}
    made = chimp.lists.create_segment(LIST, {"name": "found", "options": options})
    assert inside(chimp, made["id"]) == found
    assert made["member_count"] == len(found)


@pytest.mark.parametrize(("match", "found"), [("any", [ANN, BEN]), ("all", [])])
def test_conditions_are_joined_by_any_or_all(chimp: Chimp, match: str, found: list[str]) -> None:
    both = [{"field": "FNAME", "op": "is", "value": name} for name in ("Ann", "Ben")]
    options = {"match": match, "conditions": both}
    made = chimp.lists.create_segment(LIST, {"name": "found", "options": options})
    assert inside(chimp, made["id"]) == found


def test_a_condition_nobody_wrote_here_is_refused_not_guessed(chimp: Chimp) -> None:
    odd = {"condition_type": "MemberRating", "field": "rating", "op": "is", "value": 5}
    with refused(400, "no such condition"):
        chimp.lists.create_segment(LIST, {"name": "x", "options": {"conditions": [odd]}})


def test_members_are_added_to_tags_only_not_to_searches(chimp: Chimp) -> None:
    made = chimp.lists.create_segment(LIST, {"name": "x", "options": {"conditions": []}})
    with refused(404, "Static Segment"):
        chimp.lists.batch_segment_members({"members_to_add": [ANN]}, LIST, made["id"])


def test_one_member_is_added_and_removed(chimp: Chimp) -> None:
    number = tag(chimp)
    chimp.lists.create_segment_member(LIST, number, {"email_address": ANN})
    chimp.lists.remove_segment_member(LIST, number, subscriber_hash(ANN))
    assert inside(chimp, number) == []
    with refused(404):
        chimp.lists.create_segment_member(LIST, number, {"email_address": "nobody@example.org"})
    with refused(404):
        chimp.lists.remove_segment_member(LIST, number, subscriber_hash(ANN))
