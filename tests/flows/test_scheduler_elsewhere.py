"""A Prefect server that is not ours: whether it asks for a password, and what becomes of its end.

Rules: DP-3. Its auth string is read as Prefect's clients do, from PREFECT_API_AUTH_STRING.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from connectors.settings import load_chapter
from flows.doctor import Check, examine, fit_to_run
from flows.scheduler.own_server import answers
from flows.scheduler.server import is_open_to_all
from flows.service import deployments
from models.errors import FixTheSettings, TryAgainLater
from tests.flows.town import Town

Server = Callable[..., str]


@pytest.fixture
def answering() -> Iterator[Server]:
    """A server that answers everybody alike; its API's address."""
    running: list[ThreadingHTTPServer] = []

    def start(status: int, said: bytes = b'"3.9.1"') -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        running.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}/api"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def _check(town: Town) -> Check:
    (found,) = [check for check in examine(town.folder) if check.what == "scheduler"]
    return found


@pytest.mark.parametrize(("status", "open_"), [(200, True), (401, False), (403, False)])
def test_only_a_refusal_is_a_lock(answering: Server, status: int, open_: bool) -> None:
    assert is_open_to_all(answering(status)) is open_


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, b"<html>"),
        (200, b""),
        (200, b"{}"),
        (200, b"\xff"),
        (404, b""),
        (502, b""),
        (302, b""),
    ],
)
def test_somebody_else_who_answers_is_neither(
    town: Town, answering: Server, monkeypatch: pytest.MonkeyPatch, status: int, said: bytes
) -> None:
    url = answering(status, said)
    with pytest.raises(OSError, match="no Prefect server answers"):
        is_open_to_all(url)
    monkeypatch.setenv("PREFECT_API_URL", url)
    assert "does not respond" in _check(town).found


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:abc/api", "http://127.0.0.1:99999/api", "http://[::1/api", "nonsense",
     "http://127.0.0.1:4200/a b", "127.0.0.1:4200/api", "ftp://127.0.0.1/api", "http://",
     "file:///x", "http://127.0.0.1:0/api", "http://127.0.0.1:4200/\n"],
)  # fmt: skip
def test_what_is_no_address_is_told(town: Town, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("PREFECT_API_URL", url)
    wrong = [check for check in examine(town.folder) if not check.fine]
    assert any("no address of a Prefect server" in check.found for check in wrong)
    with pytest.raises(FixTheSettings, match="no address of a Prefect server"):
        fit_to_run(town.folder)


def test_a_port_that_speaks_otherwise_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            for _ in range(2):
                peer, _ = listener.accept()
                with peer:
                    peer.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")

        threading.Thread(target=greet, daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        assert not answers(url)
        with pytest.raises(OSError, match="no Prefect server answers"):
            is_open_to_all(url)


def test_doctor_says_when_it_answers_without_a_password(
    town: Town, answering: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", answering(200))
    check = _check(town)
    assert not check.fine
    assert "the Prefect server does not ask for a password: anyone who can reach" in check.found
    assert "PREFECT_SERVER_API_AUTH_STRING" in check.next_step


def test_doctor_is_content_with_one_that_asks(
    town: Town, answering: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", answering(401))
    assert _check(town).fine


def test_doctor_says_when_it_is_not_there(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    check = _check(town)
    assert (check.fine, check.exit_code) == (False, TryAgainLater.exit_code)


def test_doctor_says_when_its_password_crosses_the_net_in_the_open(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.doctor.scheduler.is_open_to_all", lambda _: False)
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example.org:4200/api")
    assert (
        "the connection to the Prefect server uses http, so others could read" in _check(town).found
    )
    monkeypatch.setenv("PREFECT_API_URL", "https://prefect.example.org/api")
    assert _check(town).fine


def test_doctor_asks_nothing_of_the_one_that_serve_brings(town: Town) -> None:
    assert not [check for check in examine(town.folder) if check.what == "scheduler"]


def test_its_end_is_told_as_what_it_is(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prefect gives up after minutes, with a group of its own errors."""

    class Gone:
        handle_sigterm = None

        async def start(self) -> None:
            raise ExceptionGroup("unhandled errors in a TaskGroup", [ConnectionError()])

    class Elsewhere:
        url, access, ours = "http://127.0.0.1:9/api", None, False

    monkeypatch.setattr(deployments, "runner_of", lambda *_: Gone())
    with pytest.raises(TryAgainLater, match="no longer responds"):
        deployments._serve(load_chapter(town.folder), Elsewhere(), deployments.own_jobs())  # type: ignore[arg-type]
