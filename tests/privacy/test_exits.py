"""One list of exits: whatever library tries it, nothing unlisted is reached or even looked up.

Rules: DP-3 (personal data leaves the process to exactly two places).
"""

import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from connectors.net import network_allowlist as exits
from connectors.net.network_allowlist import AllowedHost, exit_to
from connectors.net.sockets import text
from connectors.settings import load_chapter
from flows.context import ChapterContext
from flows.doctor import examine
from flows.service.nightly_flow import Failed
from models.errors import Refused
from tests.flows.town import Town
from tests.privacy.outlaws import ALLOWED, ATTEMPTS, OPEN
from tests.privacy.watched import by_attempt, messages, watched

ROOT = Path(__file__).parents[2]
POSTGRESQL = "postgresql+psycopg://clerk:secret@db.example.org/ledger"


class Host:
    """A server on loopback that counts who comes."""

    def __init__(self, redirect_to: str = "") -> None:
        self.visits = visits = [0]

        class Handler(BaseHTTPRequestHandler):
            timeout = 1  # who speaks another protocol is not kept waiting

            def do_GET(self) -> None:
                gone = self.path == "/elsewhere"
                self.send_response(302 if gone else 200)
                if gone:
                    self.send_header("Location", redirect_to)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def get_request(self) -> Any:
                visits[0] += 1
                return super().get_request()

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Tried(NamedTuple):
    """What became of the attempts."""

    ended: dict[str, str]
    visits: int
    """How many came to the unlisted host."""
    listed: int
    """The port of the listed one."""
    calls: dict[str, list[str]]
    """What each attempt asked of the kernel, where strace could watch."""


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    """Every attempt, in a process of its own that is watched from outside."""
    unlisted = Host()
    listed = Host(redirect_to=f"http://127.0.0.1:{unlisted.port}/member@example.org")
    trace = tmp_path_factory.mktemp("trace") / "calls"
    trace.touch()
    said = subprocess.run(
        [*watched(trace), sys.executable, "-m", "tests.privacy.outlaws",
         str(listed.port), str(unlisted.port)],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    calls = by_attempt(trace.read_text())
    yield Tried(json.loads(said.stdout), unlisted.visits[0], listed.port, calls)
    unlisted.close()
    listed.close()


@pytest.mark.parametrize("way", ATTEMPTS)
def test_nothing_unlisted_is_reached(tried: Tried, way: str) -> None:
    assert tried.ended[way] == "refused"


@pytest.mark.parametrize("way", ATTEMPTS)
def test_what_is_refused_sends_nothing_and_starts_nothing(tried: Tried, way: str) -> None:
    if not tried.calls:
        pytest.skip("strace is not installed, or may not watch here")
    assert messages(tried.calls[way], tried.listed) == []


def test_the_watcher_sees_what_is_sent(tried: Tried) -> None:
    if not tried.calls:
        pytest.skip("strace is not installed, or may not watch here")
    sent = [way for way, calls in tried.calls.items() if messages(calls, 0)]
    assert {*OPEN, "httpx, listed", "asyncio, listed"} <= {*sent}


@pytest.mark.parametrize("way", ALLOWED)
def test_what_is_listed_is_reached(tried: Tried, way: str) -> None:
    assert tried.ended[way] == "done"


def test_no_byte_arrived_at_the_unlisted_host_but_by_what_is_said_to_be_open(tried: Tried) -> None:
    assert {way: tried.ended[way] for way in OPEN} == dict.fromkeys(OPEN, "done")
    assert tried.visits == len(OPEN)


def test_the_docs_say_of_each_attempt_how_it_ended(tried: Tried) -> None:
    page = (ROOT / "docs" / "guard.md").read_text("utf-8")
    said = dict(re.findall(r"^\| (.+?) \| (refused|done|not seen) \|", page, re.MULTILINE))
    saw = {way: "not seen" if way in OPEN else how for way, how in tried.ended.items()}
    assert said == saw


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sheets.googleapis.com", ("sheets.googleapis.com", 443)),
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("http://127.0.0.1:4200/api", ("127.0.0.1", 4200)),
        ("https://prefect.example.org/api", ("prefect.example.org", 443)),
        ("postgresql+psycopg://clerk:secret@db.example.org/ledger", ("db.example.org", 5432)),
        ("postgresql+asyncpg:///prefect?host=/run/pg", ("/run/pg/.s.PGSQL.5432", 0)),
    ],
)
def test_a_url_becomes_host_and_port_without_its_password(
    url: str, expected: tuple[str, int]
) -> None:
    found = exit_to(url, "a trial")
    assert found[:2] == expected
    assert "secret" not in str(found)


def test_the_case_of_a_name_is_nothing_and_that_of_a_path_is_something() -> None:
    net = exits._Net()
    net.allow(
        [AllowedHost("DB.example.org", 5432, "a trial"), AllowedHost("/run/.s.PGSQL.5432", 0, "")]
    )
    net.reach(("db.example.org", 5432))
    net.reach(("/run/.s.PGSQL.5432", 0))
    with pytest.raises(Refused):
        net.reach(("/run/.s.pgsql.5432", 0))


def test_the_net_starts_closed_and_opens_by_what_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exits, "_net", exits._Net())
    assert exits.listed() == []
    exits.allow([AllowedHost("sheets.googleapis.com", 443, "the chapter's own workbooks")])
    assert [str(e) for e in exits.listed()] == [
        "sheets.googleapis.com:443 (the chapter's own workbooks)"
    ]


def test_an_address_is_reached_only_after_a_listed_name_was_found_there() -> None:
    net = exits._Net()
    net.allow([AllowedHost("sheets.googleapis.com", 443, "")])
    with pytest.raises(Refused):
        net.reach(("192.0.2.7", 443))
    net.remember("sheets.googleapis.com", [(2, 1, 6, "", ("192.0.2.7", 443))])
    net.reach(("192.0.2.7", 443))
    with pytest.raises(Refused, match=r"192\.0\.2\.7:25"):
        net.reach(("192.0.2.7", 25))


@pytest.mark.parametrize(
    ("host", "compared"),
    [
        ("FE80::1%eth0", "fe80::1"),
        (b"::1%lo", "::1"),
        ("sheets.googleapis.com%.evil.example.org", "sheets.googleapis.com%.evil.example.org"),
        ("127.0.0.1%.x.evil.example.org", "127.0.0.1%.x.evil.example.org"),
        ("a:b%.evil.example.org", "a:b%.evil.example.org"),
    ],
)
def test_only_a_number_of_ipv6_has_an_interface_after_it(host: str, compared: str) -> None:
    assert text(host) == compared


def test_a_socket_of_this_machine_is_reached_when_it_is_listed(tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    trial = (
        "import socket, sys\n"
        "from connectors.net.network_allowlist import AllowedHost, allow, install_network_guard\n"
        "install_network_guard(); allow([AllowedHost(sys.argv[1], 0, 'a trial')])\n"
        "socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
    )
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        subprocess.run([sys.executable, "-c", trial, path], check=True, cwd=ROOT)


def test_every_command_runs_behind_the_net() -> None:
    clerk = (
        "import requests, flows.cli.main as cli\n"
        "cli.app = lambda **_: requests.get('http://127.0.0.1:9/member@example.org')\n"
        "cli.main()"
    )
    said = subprocess.run([sys.executable, "-c", clerk], capture_output=True, text=True)
    assert said.returncode == Refused.exit_code
    assert "127.0.0.1:9 is not on the list of allowed hosts (DP-3)" in said.stderr
    assert "member" not in said.stderr


def test_doctor_prints_the_list(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4200/api")
    (line,) = [check.found for check in examine(town.folder) if check.what == "allowed hosts"]
    port = town.sandbox.google_url.split("/")[2]
    assert f"{port} (the sandbox for Google)" in line
    assert f"{port} (the sandbox for Mailchimp)" in line
    assert "127.0.0.1:4200 (the Prefect server, which is told counts only)" in line


def test_the_real_list_is_short_and_every_line_says_why(town: Town) -> None:
    settings = town.folder / "chapter.toml"
    lines = settings.read_text().replace("sqlite:///ledger/clerk.sqlite", POSTGRESQL).splitlines()
    settings.write_text("\n".join(line for line in lines if "base_url" not in line))
    chapter = load_chapter(town.folder)
    found = ChapterContext(chapter, None).exits()  # type: ignore[arg-type]  # the ledger is not opened
    assert {(one.host, one.port) for one in found} == {
        ("oauth2.googleapis.com", 443),
        ("sheets.googleapis.com", 443),
        ("www.googleapis.com", 443),
        ("forms.googleapis.com", 443),
        ("us1.api.mailchimp.com", 443),
        ("db.example.org", 5432),
    }
    assert all(one.why for one in found)
    assert "secret" not in str(found)


def test_what_the_orchestrator_is_told_of_a_failure_has_no_address() -> None:
    assert str(Failed("cannot do it for ann@example.org")) == "cannot do it for •••"
