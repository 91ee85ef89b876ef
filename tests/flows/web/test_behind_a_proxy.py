"""Behind a reverse proxy with TLS: its address alone, and a cookie that no other host can set."""

from collections.abc import Iterator

import pytest
import requests

from flows.web.access import invite
from tests.flows.town import Town
from tests.flows.web.desk import OFFICERS, DeskClient, hidden, opened, words

ADDRESS, HOST = "https://clerk.example.org", "clerk.example.org"


@pytest.fixture
def desk(town: Town) -> Iterator[DeskClient]:
    with opened(town, OFFICERS + f'address = "{ADDRESS}"\n') as client:
        client.follow = False
        yield client


def sign_in(desk: DeskClient) -> requests.Response:
    """As the proxy passes it on; the browser says where the form was made."""
    with desk.town.context() as context:
        link, _ = invite(context, "Ana Reyes")
    assert link.startswith(f"{ADDRESS}/sign-in/")
    return desk.post(
        "/sign-in",
        {"key": link.rpartition("/")[2]},
        {"Host": HOST, "Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"},
    )


def cookie(answer: requests.Response) -> str:
    return answer.headers["set-cookie"].partition(";")[0]


def test_the_cookie_is_this_hosts_alone_and_never_sent_in_the_open(desk: DeskClient) -> None:
    said = sign_in(desk).headers["set-cookie"]
    assert said.startswith("__Host-clerk_desk_")
    for part in ("Secure", "HttpOnly", "SameSite=strict", "Path=/"):
        assert part in said
    assert "domain" not in said.casefold()


def test_pages_and_forms_work_through_the_proxy(desk: DeskClient) -> None:
    kept = cookie(sign_in(desk))
    page = desk.get("/", Host=HOST, Cookie=kept)
    assert "Signed in as Ana Reyes" in words(page)
    fields = hidden(page, "/language") | {"language": "es"}
    done = desk.post("/language", fields, {"Host": HOST, "Origin": ADDRESS, "Cookie": kept})
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert "clerk_language=es" in done.headers["set-cookie"]
    assert "Secure" in done.headers["set-cookie"]


def test_the_cookie_of_a_page_without_a_proxy_is_none_here(desk: DeskClient) -> None:
    name, _, key = cookie(sign_in(desk)).partition("=")
    answer = desk.get("/", Host=HOST, Cookie=f"{name.removeprefix('__Host-')}={key}")
    assert answer.headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    "host", ["127.0.0.1:{port}", "localhost:{port}", "clerk.example.org:8460", "example.org"]
)
def test_only_the_proxys_address_is_answered(desk: DeskClient, host: str) -> None:
    """A proxy that does not keep the Host would hide who asks."""
    said = host.format(port=desk.home.rpartition(":")[2])
    assert desk.get("/sign-in", Host=said).status_code == 421


@pytest.mark.parametrize("origin", ["http://clerk.example.org", "https://example.org", "{home}"])
def test_only_forms_made_at_the_proxys_address_are_taken(desk: DeskClient, origin: str) -> None:
    headers = {"Host": HOST, "Origin": origin.format(home=desk.home)}
    assert desk.post("/sign-in", {"key": "x"}, headers).status_code == 403
