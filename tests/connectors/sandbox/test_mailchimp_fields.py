"""Merge fields: their limits, and the values they take."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.connectors.sandbox.mailchimp_clients import ANN, LIST, NEW, Chimp, refused, running


@pytest.fixture
def chimp() -> Iterator[Chimp]:
    with running() as chimp:
        yield chimp


def make(chimp: Chimp, tag: str, kind: str = "text", **more: Any) -> Any:
    return chimp.lists.add_list_merge_field(LIST, {"name": tag, "tag": tag, "type": kind, **more})


def test_an_audience_starts_with_the_usual_four(chimp: Chimp) -> None:
    fields = chimp.lists.get_list_merge_fields(LIST)["merge_fields"]
    assert [field["tag"] for field in fields] == ["FNAME", "LNAME", "ADDRESS", "PHONE"]


def test_a_field_is_made_changed_and_deleted_with_its_values(chimp: Chimp) -> None:
    made = make(chimp, "clstatus")
    assert (made["tag"], made["merge_id"]) == ("CLSTATUS", 5)
    chimp.patch(ANN, merge_fields={"CLSTATUS": "voting"})
    chimp.lists.update_list_merge_field(LIST, 5, {"name": "Status", "tag": "CLSTAT"})
    assert chimp.member(ANN)["merge_fields"]["CLSTAT"] == "voting"
    chimp.lists.delete_list_merge_field(LIST, 5)
    assert "CLSTAT" not in chimp.member(ANN)["merge_fields"]
    with refused(404):
        chimp.lists.get_list_merge_field(LIST, 5)


def test_a_field_without_a_tag_gets_one(chimp: Chimp) -> None:
    assert chimp.lists.add_list_merge_field(LIST, {"name": "x", "type": "text"})["tag"] == "MMERGE5"


@pytest.mark.parametrize("tag", ["ELEVENCHARS", "A B", "FNAME", "EMAIL"])
def test_a_tag_is_short_plain_and_new(chimp: Chimp, tag: str) -> None:
    with refused(400):
        make(chimp, tag)


def test_thirty_fields_are_the_limit(chimp: Chimp) -> None:
    for n in range(26):
        make(chimp, f"F{n}")
    with refused(400, "maximum of 30"):
        make(chimp, "ONEMORE")


def test_a_value_is_erased_with_an_empty_text(chimp: Chimp) -> None:
    assert chimp.patch(ANN, merge_fields={"FNAME": ""})["merge_fields"]["FNAME"] == ""


def test_an_unknown_tag_is_passed_over(chimp: Chimp) -> None:
    assert "CLNOPE" not in chimp.patch(ANN, merge_fields={"CLNOPE": "x"})["merge_fields"]


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("text", "é" * 127, "é" * 127),
        ("text", 5, "5"),
        ("number", "5", 5),
        ("number", 2.5, 2.5),
        ("date", "2026-03-01", "2026-03-01"),
        ("date", "03/01/2026", "2026-03-01"),
        ("zip", "02130", "02130"),
        ("birthday", "02/29", "02/29"),
        ("url", "https://example.org/a", "https://example.org/a"),
    ],
)
def test_values_that_fit_are_kept(chimp: Chimp, kind: str, given: object, kept: object) -> None:
    make(chimp, "X", kind)
    assert chimp.patch(ANN, merge_fields={"X": given})["merge_fields"]["X"] == kept


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("text", "é" * 128),
        ("text", ["a"]),
        ("text", None),
        ("text", True),
        ("number", "five"),
        ("date", "1 March"),
        ("zip", "2130"),
        ("birthday", "March"),
        ("url", "example"),
    ],
)
def test_values_that_do_not_fit_change_nothing(chimp: Chimp, kind: str, given: object) -> None:
    make(chimp, "X", kind)
    with refused(400, "merge fields were invalid", '"field": "X"'):
        chimp.patch(ANN, merge_fields={"X": given, "FNAME": "Changed"})
    assert chimp.member(ANN)["merge_fields"]["FNAME"] == "Ann"


def test_a_choice_is_one_of_the_choices(chimp: Chimp) -> None:
    make(chimp, "X", "dropdown", options={"choices": ["yes", "no"]})
    assert chimp.patch(ANN, merge_fields={"X": "yes"})["merge_fields"]["X"] == "yes"
    with refused(400, "one of the choices"):
        chimp.patch(ANN, merge_fields={"X": "perhaps"})


def test_an_address_is_complete(chimp: Chimp) -> None:
    home = {"addr1": "1 Centre St", "city": "Boston", "state": "MA", "zip": "02130"}
    kept = chimp.patch(ANN, merge_fields={"ADDRESS": home})["merge_fields"]["ADDRESS"]
    assert kept == {**home, "addr2": "", "country": "US"}
    with refused(400, "complete address"):
        chimp.patch(ANN, merge_fields={"ADDRESS": {"city": "Boston"}})


def test_a_required_field_must_be_filled_unless_validation_is_skipped(chimp: Chimp) -> None:
    make(chimp, "X", required=True)
    with refused(400, "Please enter a value"):
        chimp.put(NEW, status_if_new="subscribed")
    item = chimp.batch({"email_address": NEW, "status": "subscribed"})["errors"][0]
    assert (item["field"], item["field_message"]) == ("X", "Please enter a value")
    body = {"email_address": NEW, "status": "subscribed"}
    assert chimp.lists.add_list_member(LIST, body, skip_merge_validation=True)["id"]
