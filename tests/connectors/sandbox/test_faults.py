"""Each fault as a client meets it, and what was done at the service meanwhile."""

from collections.abc import Iterator

import gspread
import pytest
import requests
from google.auth.transport.requests import Request
from gspread.exceptions import APIError

from connectors.sandbox.exchange import Exchange
from connectors.sandbox.faults import KINDS, Kind
from connectors.sandbox.server import Sandbox
from tests.connectors.sandbox.google_clients import credentials

TITLE = {"properties": {"title": "Made anyway"}}


class Client:
    """A plain HTTP client with a token, to see answers as they come."""

    def __init__(self, sandbox: Sandbox) -> None:
        known = credentials(sandbox, "spreadsheets")
        known.refresh(Request())  # type: ignore[no-untyped-call]  # google-auth has no types here
        self.headers = {"Authorization": f"Bearer {known.token}"}
        self.url = f"{sandbox.google_url}/sheets.googleapis.com/v4/spreadsheets"
        self.session = requests.Session()

    def read(self) -> requests.Response:
        return self.session.get(f"{self.url}/book", headers=self.headers, timeout=0.4)

    def write(self) -> requests.Response:
        return self.session.post(self.url, headers=self.headers, json=TITLE, timeout=0.4)


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[Client]:
    sandbox.google.add_workbook("book", "A book", {"Sheet1": []})
    made = Client(sandbox)
    sandbox.faults.restart()
    yield made
    made.session.close()


def made(sandbox: Sandbox) -> bool:
    return any(book.title == "Made anyway" for book in sandbox.google.workbooks.values())


@pytest.mark.parametrize(
    ("kind", "status", "media_type", "start"),
    [
        ("429", 429, "application/json; charset=UTF-8", '{"error": {"code": 429'),
        ("500", 500, "application/json; charset=UTF-8", '{"error": {"code": 500'),
        ("503-html", 503, "text/html; charset=UTF-8", "<!DOCTYPE html>"),
        ("empty-500", 500, None, ""),
        ("empty-429", 429, None, ""),
    ],
)
def test_an_answer_instead_of_the_work(
    sandbox: Sandbox, client: Client, kind: Kind, status: int, media_type: str, start: str
) -> None:
    sandbox.faults.at(1, kind)
    answer = client.write()
    assert (answer.status_code, answer.headers.get("content-type")) == (status, media_type)
    assert "retry-after" not in answer.headers
    assert answer.text.startswith(start)
    assert bool(answer.text) == bool(start)
    assert not made(sandbox)
    assert client.write().ok, "the fault strikes once"


def test_a_read_that_is_reset_breaks_off_midway(sandbox: Sandbox, client: Client) -> None:
    sandbox.faults.at(1, "reset")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        client.read()
    assert client.read().ok


def test_a_write_that_is_reset_was_not_done(sandbox: Sandbox, client: Client) -> None:
    sandbox.faults.at(1, "reset")
    with pytest.raises(requests.ConnectionError):
        client.write()
    assert not made(sandbox)


@pytest.mark.parametrize(
    ("kind", "error"),
    [("lost-answer", requests.ConnectionError), ("slow", requests.ReadTimeout)],
)
def test_the_work_is_done_and_the_client_does_not_hear_of_it(
    sandbox: Sandbox, client: Client, kind: Kind, error: type[Exception]
) -> None:
    sandbox.faults.at(1, kind, seconds=0.6)
    with pytest.raises(error):
        client.write()
    assert made(sandbox)


def test_partial_errors_leave_google_alone(sandbox: Sandbox, client: Client) -> None:
    sandbox.faults.at(1, "partial-errors")
    assert client.write().ok


def test_times_and_places(sandbox: Sandbox, client: Client) -> None:
    sandbox.faults.at(2, "500", times=2)
    assert [client.read().status_code for _ in range(4)] == [200, 500, 500, 200]
    sandbox.faults.matching("POST", r"/spreadsheets$", "429")
    assert client.read().ok, "the fault waits for its method and path"
    assert [client.write().status_code for _ in range(2)] == [429, 200]


def test_every_kind_is_known_and_no_other(sandbox: Sandbox) -> None:
    for kind in KINDS:
        sandbox.faults.at(99, kind)
    with pytest.raises(ValueError, match="no such fault"):
        sandbox.faults.at(1, "418")  # type: ignore[arg-type]  # the mistake under test


def test_the_hook_hears_before_and_after_the_work(sandbox: Sandbox, client: Client) -> None:
    heard: list[tuple[int, str, bool, int | None]] = []

    def hear(number: int, moment: str, exchange: Exchange) -> None:
        heard.append((number, moment, made(sandbox), exchange.status))

    sandbox.faults.on_request = hear
    client.write()
    assert heard == [(1, "before", False, None), (1, "after", True, 200)]


@pytest.mark.parametrize(("kind", "code"), [("500", 500), ("503-html", -1), ("empty-500", -1)])
def test_how_gspread_tells_it(
    sandbox: Sandbox, sheet: gspread.Worksheet, kind: Kind, code: int
) -> None:
    sandbox.faults.matching("GET", "values", kind)
    with pytest.raises(APIError) as caught:
        sheet.get_all_values()
    assert caught.value.code == code


def test_the_journal_names_the_fault(sandbox: Sandbox, client: Client) -> None:
    sandbox.faults.at(1, "500")
    client.read()
    assert (sandbox.journal[-1].fault, sandbox.journal[-1].status) == ("500", 500)
