"""Other sites, other names, other frames: what a page on this machine is open to, and refuses."""

import pytest

from tests.flows.web.desk import DeskClient, hidden, words


@pytest.mark.parametrize("host", ["evil.example.org", "127.0.0.1:99", "127.0.0.1", "[::1]:98"])
def test_a_name_that_leads_here_is_not_answered(desk: DeskClient, host: str) -> None:
    """DNS rebinding: another site's name, pointed at this machine."""
    answer = desk.sign_in().get("/", Host=host)
    assert (answer.status_code, answer.text) == (421, "This page is not at this address.")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example.org"},
        {"Origin": "null"},
        {},
        {"Origin": "{home}", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost"},
    ],
    ids=["another site", "a frame without origin", "none", "as the browser sees it", "its twin"],
)
def test_a_form_of_another_site_is_not_answered(desk: DeskClient, headers: dict[str, str]) -> None:
    fields = hidden(desk.sign_in().get("/"), "/sign-out")
    said = {name: value.format(home=desk.home) for name, value in headers.items()}
    answer = desk.post("/sign-out", fields, said)
    assert answer.status_code == 403
    assert "Signed in as" in desk.text("/")


def test_a_token_of_another_form_is_refused(desk: DeskClient) -> None:
    fields = hidden(desk.sign_in().get("/"), "/language")
    assert desk.post("/sign-out", fields).status_code == 409
    assert "Signed in as" in desk.text("/")


def test_every_answer_has_its_headers(desk: DeskClient) -> None:
    desk.sign_in()
    for path in ("/", "/sign-in", "/nowhere", "/static/desk.css"):
        said = desk.get(path).headers
        assert "default-src 'none'" in said["content-security-policy"]
        assert "frame-ancestors 'none'" in said["content-security-policy"]
        assert said["cache-control"] == "no-store"
        assert said["x-frame-options"] == "DENY"
        assert said["x-content-type-options"] == "nosniff"
        assert said["referrer-policy"] == "same-origin"
        assert "server" not in said


@pytest.mark.parametrize(
    "back", ["//evil.example.org", "/\\evil.example.org", "https://evil.example.org/", "/a//b", ""]
)
def test_no_form_leads_to_another_site(desk: DeskClient, back: str) -> None:
    desk.sign_in().follow = False
    answer = desk.press("/", "/language", {"language": "es", "back": back})
    assert answer.headers["location"] == "/"


def test_a_page_is_in_the_language_that_was_chosen(desk: DeskClient) -> None:
    answer = desk.sign_in().press("/", "/language", {"language": "es"})
    assert "Cerrar la sesión" in words(answer)
    assert '<html lang="es">' in answer.text


def test_too_much_is_not_read(desk: DeskClient) -> None:
    fields = hidden(desk.sign_in().get("/"), "/sign-out")
    answer = desk.post("/sign-out", {**fields, "much": "x" * 200_000})
    assert answer.status_code == 409
    assert "Signed in as" in desk.text("/")


def test_settings_that_are_wrong_tell_nobody_why(desk: DeskClient) -> None:
    desk.sign_in()
    desk.town.rewrite('zone = "', 'zone = "Mars/')
    answer = desk.get("/")
    assert answer.status_code == 503
    assert "Mars" not in answer.text
    assert "clerk doctor" in answer.text


def test_a_path_of_any_kind_is_looked_at_in_no_time(desk: DeskClient) -> None:
    """A pattern that tries every way to read a path would stop the whole process."""
    back = "/" + "a" * 200 + "!"
    answer = desk.sign_in().press("/", "/language", {"language": "es", "back": back})
    assert answer.url == f"{desk.home}/"


def test_whoever_is_not_signed_in_meets_no_bug(desk: DeskClient) -> None:
    assert desk.get("/static/desk.js").status_code == 404
    answer = desk.get("/sign-in/somebody@example.org")
    assert answer.status_code == 200
    assert "somebody" not in answer.text


def test_what_was_done_is_said_where_it_was_to_be_said(desk: DeskClient) -> None:
    """Another tab that is loaded in between does not take the words away."""
    desk.sign_in().follow = False
    fields = {"officer": "Lou Grant"}
    desk.press("/privacy/access", "/privacy/access/sign-out", fields)
    assert "Lou Grant" not in words(desk.get("/"))
    assert "Lou Grant is signed out" in words(desk.get("/privacy/access"))
    assert "Lou Grant is signed out" not in words(desk.get("/privacy/access"))
