"""One way out: what passes the door, what comes back through it, and how often it is tried."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest
import requests
from requests.adapters import HTTPAdapter

from connectors.net import deadline, http
from connectors.net.http import BUSY, GuardedAdapter
from connectors.net.retries import RetryPolicy, host_of
from models.errors import ClerkError, FixTheSettings, Refused, TryAgainLater

DRIPS = {"body": b" ", "chunks": b"1\r\n \r\n", "headers": b" "}
BODIES = {"endless": b" " * 2**22, "packed": gzip.compress(b" " * 2**22)}
REFUSED = FixTheSettings("refused", where="elsewhere")


class Service(BaseHTTPRequestHandler):
    """Answers as the path says: /503, /slow, /broken, /away/HOST."""

    garbage = b""

    def do_GET(self) -> None:
        word = self.path.split("/")[1]
        if word == "slow":
            time.sleep(0.5)
        if word == "headers":
            self._drip(word)
        if word == "garbage":
            self.wfile.write(self.garbage)
            self.close_connection = True
            return
        self.send_response(int(word) if word.isdigit() else 302 if word == "away" else 200)
        if word == "away":
            self.send_header("Location", f"http://{self.path.split('/', 2)[2]}")
        if word == "429":
            self.send_header("Retry-After", unquote(self.path.split("/")[2]))
        if word == "packed":
            self.send_header("Content-Encoding", "gzip")
        if word == "chunks":
            self.send_header("Transfer-Encoding", "chunked")
        elif word in BODIES:
            self.send_header("Content-Length", str(len(BODIES[word])))
        else:
            self.send_header("Content-Length", "1000" if word in ("broken", "body") else "2")
        self.end_headers()
        if word in DRIPS:
            self._drip(word)
        with suppress(OSError):  # whoever asked has read enough
            self.wfile.write(BODIES.get(word, b"ok"))

    def _drip(self, word: str) -> None:
        """A byte now and then, for ever."""
        with suppress(OSError):  # whoever asked has gone
            for _ in range(100):
                self.wfile.write(DRIPS[word])
                self.wfile.flush()
                time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def get(host: str) -> Iterator[Callable[[str], requests.Response]]:
    """GET a path of the service through a door that knows this one exit."""
    with requests.Session() as session:
        door = GuardedAdapter("The service", {host: "a test"}, (0.3, 0.3), lambda response: REFUSED)
        session.mount("http://", door)
        yield lambda path: session.get(f"http://{host}{path}")


def test_an_answer_passes(get: Callable[[str], requests.Response]) -> None:
    assert get("/fine").text == "ok"


@pytest.mark.parametrize("status", sorted(BUSY))
def test_what_a_later_try_can_cure_says_so(
    get: Callable[[str], requests.Response], status: int
) -> None:
    with pytest.raises(TryAgainLater, match=f"status {status}"):
        get(f"/{status}/")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 422, 501])
def test_a_refusal_is_the_services_own(
    get: Callable[[str], requests.Response], status: int
) -> None:
    with pytest.raises(FixTheSettings) as refused:
        get(f"/{status}")
    assert refused.value is REFUSED


@pytest.mark.parametrize(
    ("path", "fact"), [("/slow", "no answer in time"), ("/broken", "the connection to 127.*failed")]
)
def test_a_bad_connection_is_tried_again(
    get: Callable[[str], requests.Response], path: str, fact: str
) -> None:
    with pytest.raises(TryAgainLater, match=f"The service: {fact}"):
        get(path)


@pytest.mark.parametrize("check", ["", "that the key is whole"])
def test_a_failed_connection_names_its_host(monkeypatch: pytest.MonkeyPatch, check: str) -> None:
    """A key that ends wrongly leads to a host that is not there."""

    def unknown(*_: object, **__: object) -> None:
        raise requests.ConnectionError

    monkeypatch.setattr(HTTPAdapter, "send", unknown)
    exits = {"us7.api.example.org": "a test"}
    with requests.Session() as session:
        session.mount("https://", GuardedAdapter("S", exits, (1, 1), lambda _: None, check))
        with pytest.raises(TryAgainLater) as failed:
            session.get("https://us7.api.example.org/3.0/lists/member")
    assert failed.value.fact == "the connection to us7.api.example.org failed"
    assert "this machine is online" in failed.value.next_step
    assert check in failed.value.next_step


def test_a_stand_in_that_is_not_running_is_not_waited_for() -> None:
    """Five tries a minute apart would be an hour."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening
        closed = f"127.0.0.1:{taken.getsockname()[1]}"
        with requests.Session() as session:
            door = GuardedAdapter("Google", {closed: "a test"}, (0.3, 0.3), lambda _: None)
            session.mount("http://", door)
            with pytest.raises(FixTheSettings, match="it is not running") as refused:
                RetryPolicy(5, 60)(session.get, f"http://{closed}/")
    assert refused.value.where == "chapter.toml [google] base_url"


@pytest.mark.parametrize("url", ["http://example.org/", "http://127.0.0.1:9/", "http://127.0.0.1/"])
def test_a_host_that_is_no_exit_is_not_reached(url: str) -> None:
    """DP-3; pytest's own guard would also stop it, with another error."""
    with requests.Session() as session:
        session.mount(
            "http://", GuardedAdapter("S", {"127.0.0.1:8": "a test"}, (1, 1), lambda _: None)
        )
        with pytest.raises(Refused, match="is not on the list of allowed hosts") as refused:
            session.get(url)
    assert refused.value.rule == "DP-3"


@pytest.mark.parametrize("where", ["example.org", "here"])
def test_a_redirect_is_not_followed(
    get: Callable[[str], requests.Response], host: str, where: str
) -> None:
    """Neither service redirects; a network's sign-in page does, and turns a POST into a GET."""
    where = host if where == "here" else where
    with pytest.raises(TryAgainLater, match=r"sent elsewhere \(status 302\), and did not go"):
        get(f"/away/{where}/fine")


@pytest.mark.parametrize("unpacked", [False, True])
def test_an_answer_without_end_is_left(
    get: Callable[[str], requests.Response], monkeypatch: pytest.MonkeyPatch, unpacked: bool
) -> None:
    """As it comes, or as it unfolds: a small packed body may hold any number of bytes."""
    monkeypatch.setattr(http, "LARGEST", 2**20)
    with pytest.raises(TryAgainLater, match="the answer is larger than 1 MB"):
        get("/packed" if unpacked else "/endless")


@pytest.mark.parametrize("line", [b"HTTP/1.1 what 200\r\n", b"garbage\r\n\r\n", b"\xff" * 99999])
def test_what_is_no_http_is_a_failed_connection(
    get: Callable[[str], requests.Response], line: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Service, "garbage", line)
    with pytest.raises(TryAgainLater, match=r"the connection to .* failed"):
        get("/garbage")


@pytest.mark.parametrize(
    ("said", "after"),
    [("7", 7.0), ("-3", 0.0), ("soon", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
     ("Wed, 21 Oct 2015 07:28:00", None)],
)  # fmt: skip
def test_the_service_may_say_how_long_to_wait(
    get: Callable[[str], requests.Response], said: str, after: float | None
) -> None:
    with pytest.raises(TryAgainLater) as busy:
        get(f"/429/{said}")
    assert busy.value.after == after
    assert busy.value.by_the_minute


def test_host_of_a_url() -> None:
    assert host_of("https://example.org:8443/3.0?x=1") == "example.org:8443"


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each wait was, without waiting."""
    waited: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waited.append)
    return waited


def failing(*errors: ClerkError) -> Callable[[], str]:
    """Raises these one after the other, then works."""
    left = list(errors)

    def work() -> str:
        if left:
            raise left.pop(0)
        return "done"

    return work


def test_patience_waits_longer_each_time(naps: list[float]) -> None:
    work = failing(*[TryAgainLater("busy") for _ in range(4)])
    assert RetryPolicy(5, 1.0)(work) == "done"
    assert naps == [1, 2, 4, 8]


def test_patience_waits_as_long_as_it_is_asked_to(naps: list[float]) -> None:
    work = failing(TryAgainLater("busy", after=33), TryAgainLater("busy", after=9_999))
    assert RetryPolicy(3, 1.0)(work) == "done"
    assert naps == [33, 120]


def test_patience_waits_into_the_next_minute(naps: list[float]) -> None:
    """A quota of a minute outlasts one, two, four and eight seconds; 0 is no wait."""
    used_up = [TryAgainLater("busy", by_the_minute=True) for _ in range(3)]
    assert RetryPolicy(4, 1.0)(failing(*used_up)) == "done"
    assert naps == [60, 60, 60]
    assert RetryPolicy(4, 0)(failing(*used_up)) == "done"
    assert naps[3:] == [0, 0, 0]


def test_what_the_service_asks_goes_before_our_own_minute(naps: list[float]) -> None:
    assert (
        RetryPolicy(2, 1.0)(failing(TryAgainLater("busy", after=5, by_the_minute=True))) == "done"
    )
    assert naps == [5]


def test_a_long_wait_is_told_before_it_begins() -> None:
    told: list[tuple[str, float]] = []
    used_up = TryAgainLater("busy", where="Google", by_the_minute=True)
    work = failing(TryAgainLater("slow", where="Google"), used_up)
    waits: list[float] = []
    patience = RetryPolicy(3, 1.0, lambda who, long: told.append((who, long)), waits.append)
    assert patience(work) == "done"
    assert (told, waits) == ([("Google", 60)], [1, 60])


def test_patience_ends(naps: list[float]) -> None:
    work = failing(*[TryAgainLater("busy") for _ in range(3)])
    with pytest.raises(TryAgainLater):
        RetryPolicy(3, 0)(work)
    assert len(naps) == 2


@pytest.mark.parametrize("error", [Refused("no"), FixTheSettings("no")])
def test_patience_tries_nothing_twice_that_cannot_be_cured(
    naps: list[float], error: ClerkError
) -> None:
    with pytest.raises(type(error)):
        RetryPolicy(5, 1)(failing(error))
    assert naps == []


@pytest.mark.parametrize("what", DRIPS)
def test_a_service_that_drips_is_not_waited_for(
    get: Callable[[str], requests.Response], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Each byte comes in time, and the answer never ends."""
    monkeypatch.setattr(deadline, "LONGEST", 0.4)
    began = time.monotonic()
    with pytest.raises(TryAgainLater):
        get(f"/{what}")
    assert time.monotonic() - began < 2


def test_a_kept_connection_gives_each_answer_its_own_time(
    get: Callable[[str], requests.Response], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "LONGEST", 0.4)
    for _ in range(5):
        assert get("/fine").text == "ok"
        time.sleep(0.15)
