"""Keys, problems, paging and trimming, as Mailchimp has them."""

from collections.abc import Iterator

import pytest

from tests.connectors.sandbox.mailchimp_clients import ANN, BEN, LIST, Chimp, refused, running

MEMBERS = f"/lists/{LIST}/members"


@pytest.fixture
def chimp() -> Iterator[Chimp]:
    with running() as chimp:
        yield chimp


@pytest.mark.parametrize(
    ("key", "title"), [({"auth": ("u", "wrong-us1")}, "Invalid"), ({"auth": None}, "Missing")]
)
def test_without_the_right_key_nothing_is_told(chimp: Chimp, key: object, title: str) -> None:
    answer = chimp.raw("GET", "/lists", **key)  # type: ignore[arg-type]  # one keyword
    assert (answer.status_code, answer.json()["title"]) == (401, f"API Key {title}")


def test_the_key_may_come_as_a_bearer_token(chimp: Chimp) -> None:
    header = {"Authorization": f"Bearer {chimp.state.api_key}"}
    assert chimp.raw("GET", "/ping", auth=None, headers=header).ok


def test_a_problem_is_no_application_json(chimp: Chimp) -> None:
    """So the official library hands its text over instead of a dict."""
    answer = chimp.raw("GET", "/lists/nowhere")
    assert answer.headers["content-type"] == "application/problem+json; charset=utf-8"
    assert set(answer.json()) == {"type", "title", "status", "detail", "instance"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/automations", 404), ("PATCH", "/ping", 405), ("PUT", f"/lists/{LIST}", 405)],
)
def test_strange_paths_and_methods_are_told_apart(
    chimp: Chimp, method: str, path: str, status: int
) -> None:
    assert chimp.raw(method, path).status_code == status


def test_what_has_nothing_to_say_has_no_content_type(chimp: Chimp) -> None:
    answer = chimp.raw("DELETE", f"{MEMBERS}/{ANN}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert "content-type" not in answer.headers


@pytest.mark.parametrize("body", ["{", "[]", '{"members": 5}'])
def test_a_body_that_is_not_what_it_should_be_is_refused(chimp: Chimp, body: str) -> None:
    assert chimp.raw("POST", f"/lists/{LIST}", data=body).status_code == 400


def test_a_page_has_ten_unless_one_asks(chimp: Chimp) -> None:
    for n in range(20):
        chimp.state.add_member(LIST, f"p{n}@example.org")
    page = chimp.lists.get_list_members_info(LIST)
    assert (len(page["members"]), page["total_items"]) == (10, 22)
    rest = chimp.lists.get_list_members_info(LIST, count=1000, offset=15)
    assert len(rest["members"]) == 7


@pytest.mark.parametrize("query", ["count=1001", "count=-1", "count=ten", "offset=-5"])
def test_a_page_that_cannot_be_is_refused(chimp: Chimp, query: str) -> None:
    answer = chimp.raw("GET", f"{MEMBERS}?{query}")
    assert answer.json()["errors"][0]["field"] in query


def test_fields_keep_and_exclude_fields_drop(chimp: Chimp) -> None:
    kept = chimp.lists.get_list_members_info(
        LIST, fields=["members.email_address", "members.merge_fields.FNAME", "total_items"]
    )
    assert kept == {
        "members": [
            {"email_address": ANN, "merge_fields": {"FNAME": "Ann"}},
            {"email_address": BEN, "merge_fields": {"FNAME": "Ben"}},
        ],
        "total_items": 2,
    }
    left = chimp.lists.get_list_members_info(LIST, exclude_fields=["members.tags", "_links"])
    assert "tags" not in left["members"][0]
    assert "email_address" in left["members"][0]
    assert "_links" not in left
    assert chimp.raw("GET", f"{MEMBERS}?fields=members&exclude_fields=_links").status_code == 400


def test_only_the_total_may_be_asked_for(chimp: Chimp) -> None:
    assert chimp.lists.get_list_members_info(LIST, fields=["total_items"]) == {"total_items": 2}


def test_the_account_answers(chimp: Chimp) -> None:
    assert chimp.ping.get() == {"health_status": "Everything's Chimpy!"}
    assert chimp.root.get_root()["total_subscribers"] == 2
    assert chimp.lists.get_all_lists()["lists"][0]["stats"]["member_count"] == 2
    with refused(404, "Resource Not Found"):
        chimp.lists.get_list("nowhere")
