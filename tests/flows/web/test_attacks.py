"""What somebody tries who is not let in, or was let in elsewhere: on the wire, by cookies."""

import logging
import socket
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from flows.web import render
from flows.web.forms import LARGEST
from flows.web.pages import ASKED
from flows.web.rolls import Rolls
from models.unmask import reveal
from tests.conftest import Clock
from tests.flows.town import Town
from tests.flows.web.desk import ACTS, LOOKS, DeskClient, hidden, opened, words


def wire(desk: DeskClient, said: str) -> str:
    """Send bytes as they are. Returns all that comes back."""
    port = int(desk.home.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        parts = []
        with suppress(OSError):  # what is too long is not read to its end
            line.sendall(said.replace("\n", "\r\n").encode())
            line.shutdown(socket.SHUT_WR)
            while part := line.recv(65536):
                parts.append(part)
    return b"".join(parts).decode("latin-1")


def status(answer: str) -> int:
    return int(answer.split(" ", 2)[1]) if answer else 0


def test_a_session_of_another_chapter_on_this_machine_is_none_here(
    desk: DeskClient, tmp_path: Path, clock: Clock
) -> None:
    key = desk.sign_in().key
    with opened(Town.found(desk.town.sandbox, clock, tmp_path / "other", people=5)) as other:
        name = next(iter(other.sign_in().browser.cookies)).name
        other.browser.cookies.clear()
        other.browser.cookies.set(name, key, domain="127.0.0.1")
        assert "You are not signed in." in other.text("/")
        other.post("/sign-in", {"key": desk.invitation()})
        assert "You are not signed in." in other.text("/")


def test_hosts_are_told_once_and_are_ours(desk: DeskClient) -> None:
    mine = desk.home.removeprefix("http://")
    for headers in (
        f"Host: {mine}\nHost: evil.example.org",
        f"Host: evil.example.org\nHost: {mine}",
        f"Host: {mine}\nHost: {mine}",
        f"Host: {mine}, evil.example.org",
        f"Host: user@{mine}",
        f"Host: {mine}.evil.example.org",
        f"X-Forwarded-Host: {mine}\nHost: evil.example.org",
        f"Forwarded: host={mine}\nHost: evil.example.org",
        "Host:",
    ):
        answer = wire(desk, f"GET /sign-in HTTP/1.1\n{headers}\nConnection: close\n\n")
        assert status(answer) in (400, 421), headers
        assert "sign-in link" not in answer
    answer = wire(desk, "GET http://evil.example.org/sign-in HTTP/1.1\nHost: evil.example.org\n\n")
    assert status(answer) == 421
    assert status(wire(desk, "GET /sign-in HTTP/1.0\n\n")) == 421


def test_one_request_is_not_read_as_two(desk: DeskClient) -> None:
    """Smuggling: a length and chunks at once, two lengths, a broken chunk."""
    host = f"Host: {desk.home.removeprefix('http://')}\nOrigin: {desk.home}"
    inner = f"GET /static/desk.css HTTP/1.1\n{host}\n\n"
    for headers, body in (
        ("Content-Length: 4\nTransfer-Encoding: chunked", f"0\n\n{inner}"),
        ("Content-Length: 4\nContent-Length: 40", f"abcd{inner}"),
        ("Transfer-Encoding: chunked", f"zz\n{inner}"),
        ("Transfer-Encoding: xchunked", f"0\n\n{inner}"),
    ):
        answer = wire(desk, f"POST /sign-in HTTP/1.1\n{host}\n{headers}\n\n{body}")
        assert answer.count("HTTP/1.1 200") == 0, headers
        assert "--paper" not in answer, headers


def test_other_methods_do_nothing(desk: DeskClient) -> None:
    for method in ("OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"):
        for path in ("/", "/sign-in", "/sign-out", "/static/desk.css", "/nowhere"):
            answer = desk.browser.request(method, desk.home + path, timeout=10)
            assert answer.status_code == 405
            assert "access-control-allow-origin" not in answer.headers
    desk.follow = False
    for one in ASKED:
        answer = desk.browser.head(desk.home + one.path.replace("{", "").replace("}", ""))
        assert answer.status_code in (303, 405)
        assert not answer.content


def test_too_much_is_refused_before_it_is_read(desk: DeskClient) -> None:
    big = desk.browser.get(desk.home + "/sign-in", headers={"X-Much": "x" * 40_000}, timeout=10)
    assert big.status_code in (400, 431)
    longest = wire(desk, f"GET /{'x' * 200_000} HTTP/1.1\n\n")
    assert status(longest) in (0, 400, 414, 431)
    desk.sign_in()
    fields = hidden(desk.get("/"), "/sign-out")
    many = {**fields, **{f"f{n}": "" for n in range(3000)}}
    assert desk.post("/sign-out", many).status_code == 409
    assert "Signed in as" in desk.text("/")
    much = desk.post("/sign-in", {"key": "x" * (LARGEST + 1)})
    assert much.status_code == 403


def test_who_is_slow_keeps_nobody_waiting(desk: DeskClient) -> None:
    port = int(desk.home.rpartition(":")[2])
    with ExitStack() as lines:
        for _ in range(20):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            line.sendall(b"POST /sign-in HTTP/1.1\r\nContent-Length: 100\r\nHost: ")
        assert "Signed in as" in desk.sign_in().text("/")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py",
        "/static/%2fetc%2fpasswd",
        "/static//etc/passwd", "/static/", "/static", "/static/desk.css/", "/static/desk.css%00.py",
        "/static/htmx.LICENSE", "/static/..%5capp.py", "/static/.%2e/templates/base.html",
        "/templates/base.html", "/../chapter.toml", "/chapter.toml", "/secrets/google.json",
    ],
)  # fmt: skip
def test_no_path_leads_to_another_file(desk: DeskClient, path: str) -> None:
    host = desk.home.removeprefix("http://")
    answer = wire(desk, f"GET {path} HTTP/1.1\nHost: {host}\nConnection: close\n\n")
    assert status(answer) in (303, 307, 400, 404), path
    body = answer.partition("\r\n\r\n")[2]
    assert body in ("", "Not Found", "Not found.")


def test_cookies_that_others_set_make_nobody_an_officer(desk: DeskClient) -> None:
    """A page at another port of this machine can set cookies for it."""
    key, name = desk.sign_in().key, next(iter(desk.browser.cookies)).name
    desk.browser.cookies.clear()
    for cookies in (
        f"{name}=", f"{name}={key[:-1]}", f"{name}={key}x", f"{name}='{key}", f"x{name}={key}",
        f"{name.upper()}={key}", f"__Host-{name}={key}", f"{name}=%00", f"{name}={'x' * 5000}",
    ):  # fmt: skip
        assert "You are not signed in." in words(desk.get("/", Cookie=cookies)), cookies
    for cookies in (f"{name}=evil; {name}={key}", f"{name}={key}; {name}=evil"):
        said = words(desk.get("/", Cookie=cookies))
        assert "Signed in as Ana Reyes" in said or "You are not signed in." in said
    odd = desk.get("/", Cookie=f"{name}={key}; clerk_language=<script>")
    assert "Signed in as Ana Reyes" in words(odd)
    assert "<script>" not in odd.text


def test_a_form_of_one_session_is_none_of_another(desk: DeskClient) -> None:
    page, action = "/privacy/access", "/privacy/access/sign-out"
    fields = {**hidden(desk.sign_in(ACTS).get(page), "/sign-out"), "officer": ACTS}
    desk.sign_in(LOOKS)
    assert desk.post("/sign-out", fields).status_code == 409
    assert desk.post(action, {**fields, "officer": LOOKS}).status_code == 409


def test_a_handle_of_one_session_is_none_of_another(desk: DeskClient) -> None:
    found = desk.sign_in().press("/privacy", "/privacy/find", {"wanted": "a"})
    path = found.url.removeprefix(desk.home)
    if not path.startswith("/privacy/person/"):
        path = found.text.partition('href="/privacy/person/')[2].partition('"')[0]
        path = f"/privacy/person/{path}"
    assert desk.get(path).status_code == 200
    assert desk.sign_in(LOOKS).get(path).status_code == 409


def test_whoever_is_not_signed_in_learns_nothing_of_the_chapter(desk: DeskClient) -> None:
    said = []
    desk.follow = False
    for path in ["/", "/sign-in", "/sign-in/x", "/nowhere", "/static/desk.css", "/favicon.ico",
                 *(one.path for one in ASKED)]:  # fmt: skip
        for answer in (desk.get(path), desk.post(path, {"key": "x", "wanted": "Ana"})):
            said += [answer.text, str(answer.headers), str(answer.cookies)]
    told = "".join(said).casefold()
    with desk.town.ledger() as ledger:
        held = ledger.ids()
    people = {reveal(name) for _, name in held if name} | {reveal(one) for one, _ in held}
    ours = {*people, *map(str, held.values()), "rivertown", "ana reyes", "lou grant"}
    assert [one for one in ours if one in told] == []


def test_nothing_is_written_of_who_came_or_was_looked_at(
    desk: DeskClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    invitation = desk.invitation()
    desk.get(f"/sign-in/{invitation}")
    key = desk.sign_in().key
    desk.press("/privacy", "/privacy/find", {"wanted": "Zacharias"})
    desk.get("/privacy/person/none")

    def fails(*_: object, **__: object) -> None:
        raise ValueError("Zacharias")

    monkeypatch.setattr(Rolls, "known", fails)
    broken = desk.get("/")
    assert broken.status_code == 500
    assert "Zacharias" not in broken.text
    out = "".join(capfd.readouterr())
    logged = "\n".join(
        one.getMessage()
        for one in caplog.records
        if not one.name.startswith(("urllib3", "asyncio"))
    )
    for secret in (invitation, key, "Zacharias", "zacharias", "Ana Reyes"):
        assert secret not in out
        assert secret not in logged


def test_a_page_of_a_fault_that_fails_itself_says_nothing(
    desk: DeskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk.sign_in()

    def fails(*_: object, **__: object) -> str:
        raise ValueError("Zacharias")

    monkeypatch.setattr(render, "page", fails)
    answer = desk.get("/")
    assert answer.status_code == 500
    assert "This page cannot be shown right now" in words(answer)
    assert "Zacharias" not in answer.text + caplog.text
