"""The server itself: journal, counts, control endpoints, a process of its own."""

import json
import signal
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import gspread
import pytest
import requests
from starlette.routing import Route

from connectors.sandbox.google import routes as google_routes
from connectors.sandbox.google.state import GoogleState
from connectors.sandbox.server import Sandbox


def test_the_journal_keeps_requests_in_order(sandbox: Sandbox, sheet: gspread.Worksheet) -> None:
    sandbox.reset()
    sheet.update([["a"]], "A1")
    sheet.get("A1")
    write, read = sandbox.requests("google")
    assert [write.number, read.number] == [1, 2]
    assert (write.method, write.host) == ("PUT", "sheets.googleapis.com")
    assert write.path == "/v4/spreadsheets/book/values/'Sheet1'!A1"
    assert write.pattern == "/v4/spreadsheets/{spreadsheet_id}/values/{range}"
    assert write.query == [("valueInputOption", "RAW")]
    assert write.request_json == {"majorDimension": None, "values": [["a"]]}
    assert read.response_json["values"] == [["a"]]
    assert sandbox.requests(writes_only=True) == [write]
    assert sandbox.requests("mailchimp") == []
    assert sandbox.counts == {
        "PUT sheets.googleapis.com/v4/spreadsheets/{spreadsheet_id}/values/{range}": 1,
        "GET sheets.googleapis.com/v4/spreadsheets/{spreadsheet_id}/values/{range}": 1,
    }


def test_without_a_journal_the_counts_stay() -> None:
    with Sandbox(journal=False) as sandbox:
        requests.get(f"{sandbox.google_url}/sheets.googleapis.com/v4/spreadsheets/x", timeout=2)
        assert sandbox.journal == []
        assert sandbox.counts.total() == 1


def test_half_a_request_is_none(sandbox: Sandbox) -> None:
    host, port = sandbox.google_url.split("/")[2].split(":")
    with socket.create_connection((host, int(port))) as client:
        client.sendall(
            b"POST /google/sheets.googleapis.com/v4/spreadsheets HTTP/1.1\r\nHost: x\r\n"
        )
        client.sendall(b"Content-Length: 100\r\n\r\n{")
    answer = requests.get(f"{sandbox.google_url}/sheets.googleapis.com/v4/x", timeout=2)
    assert answer.status_code == 404
    assert [exchange.method for exchange in sandbox.journal] == ["GET"]


def test_a_bug_in_the_sandbox_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> list[Route]:
        return [Route("/sheets.googleapis.com/", lambda request: 1 / 0)]

    monkeypatch.setattr(google_routes, "routes", broken)
    sandbox = Sandbox().__enter__()
    answer = requests.get(f"{sandbox.google_url}/sheets.googleapis.com/", timeout=2)
    assert answer.status_code == 500
    with pytest.raises(RuntimeError, match="the sandbox itself failed"):
        sandbox.__exit__(None, None, None)


def test_a_state_survives_json() -> None:
    state = GoogleState()
    when = datetime(2024, 3, 4, 18, 30)  # noqa: DTZ001 - a sheet's dates have no zone
    state.add_workbook("b", "Book", {"T": [["x", 1, 1.5, True, when, when.date()]]})
    form = state.add_form("f", "Form")
    form.submit({form.add_text("Code"): "abc"}, state.now())
    copy = GoogleState()
    copy.load(json.loads(json.dumps(state.dump())))
    assert copy.workbooks == state.workbooks
    assert copy.forms == state.forms


def test_control_endpoints(sandbox: Sandbox, sheet: gspread.Worksheet) -> None:
    def control(name: str, body: object = None) -> object:
        url = f"{sandbox.control_url}/{name}"
        answer = (
            requests.get(url, timeout=2)
            if body is None
            else requests.post(url, json=body, timeout=2)
        )
        answer.raise_for_status()
        return answer.json()

    control("reset", {})
    sheet.acell("A1")
    read = "GET sheets.googleapis.com/v4/spreadsheets/{spreadsheet_id}/values/{range}"
    assert control("journal") == {"total": 1, "counts": {read: 1}}
    control("faults", {"at": 2, "kind": "500"})
    control("faults", {"method": "GET", "path_regex": "values", "kind": "429"})
    codes = []
    for _ in range(2):
        with pytest.raises(gspread.exceptions.APIError) as refused:
            sheet.acell("A1")
        codes.append(refused.value.code)
    assert codes == [500, 429]
    control("faults", {"clear": True})
    state = control("state")
    sheet.update([["gone again"]], "A1")
    control("state", state)
    assert sheet.acell("A1").value is None
    assert isinstance(key := control("key"), dict)
    assert key["client_email"] in sandbox.google.public_keys


def test_a_process_of_its_own(tmp_path: Path) -> None:
    state = GoogleState()
    state.add_workbook("b", "Seeded", {"T": [["hello"]]})
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"google": state.dump()}))
    command = [sys.executable, "-m", "connectors.sandbox", "--seed", str(seed), "--no-journal"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        urls = json.loads(process.stdout.readline())
        seen = requests.get(f"{urls['control_url']}/state", timeout=5).json()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert seen["google"]["workbooks"][0]["title"] == "Seeded"
    assert urls["mailchimp_url"].endswith("/mailchimp/3.0")
