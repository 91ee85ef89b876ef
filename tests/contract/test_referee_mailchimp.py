"""The offline referee passes what the specification allows, and notices what it does not."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from connectors.sandbox.exchange import Exchange
from connectors.sandbox.server import Sandbox
from tests.contract.mailchimp_tour import chapter, client, tour
from tests.contract.prism import needed
from tests.contract.referee_mailchimp import check_mailchimp


@pytest.fixture(scope="module")
def journal() -> Iterator[list[Exchange]]:
    needed()
    with Sandbox(mailchimp=chapter()) as sandbox:
        tour(client(sandbox.mailchimp, sandbox.mailchimp_url))
        yield sandbox.requests("mailchimp")


def one(journal: list[Exchange], method: str, ending: str) -> Exchange:
    """The first exchange the service agreed to, by method and the end of its path."""
    fit = (e for e in journal if e.method == method and e.path.endswith(ending))
    return next(e for e in fit if e.status == 200)


def test_the_tour_passes(journal: list[Exchange]) -> None:
    assert [f for one in journal for f in check_mailchimp(one, by_the_library=True)] == []
    assert [f for one in journal for f in check_mailchimp(one)], "its quirks are met on the tour"


def test_an_answer_with_a_field_of_our_own_is_noticed(journal: list[Exchange]) -> None:
    lists = one(journal, "GET", "/lists")
    body = json.dumps({**lists.response_json, "ours": 1}).encode()
    assert "ours" in check_mailchimp(replace(lists, response=body))[0]


def test_an_answer_with_an_empty_time_is_noticed(journal: list[Exchange]) -> None:
    member = one(journal, "GET", "/members")
    told = member.response_json
    told["members"][0]["last_changed"] = ""
    faults = check_mailchimp(replace(member, response=json.dumps(told).encode()))
    assert "response.body.members.0.last_changed" in faults[0]


def test_a_request_with_a_misspelt_field_is_noticed(journal: list[Exchange]) -> None:
    batch = one(journal, "POST", "/a1b2c3d4e5")
    body = json.dumps({"members": [], "update_exsting": True}).encode()
    assert "update_exsting" in check_mailchimp(replace(batch, request=body))[0]


@pytest.mark.parametrize("query", [("cuont", "5"), ("count", "many"), ("count", "1001")])
def test_a_wrong_query_is_noticed(journal: list[Exchange], query: tuple[str, str]) -> None:
    assert query[0] in check_mailchimp(replace(one(journal, "GET", "/lists"), query=[query]))[0]


def test_a_path_the_specification_does_not_have_is_noticed(journal: list[Exchange]) -> None:
    stray = replace(one(journal, "GET", "/lists"), path="/3.0/list")
    assert "no such operation" in check_mailchimp(stray)[0]


def test_no_fault_repeats_an_address(journal: list[Exchange]) -> None:
    member = one(journal, "GET", "/members")
    told = member.response_json
    told["members"][0]["email_address"] = ["ann@example.org"]
    faults = check_mailchimp(replace(member, response=json.dumps(told).encode()))
    assert faults
    assert "ann@" not in "".join(faults)
