"""Canaries, the long way: every command, a real Prefect server with every log at DEBUG, the demo.

Rules: DP-3. Everything written under the processes' home and temporary folders, anything new in the
machine's own, and every byte sent to any socket but the two owners' is searched.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer.main

from connectors.sandbox.faults import KINDS
from connectors.sandbox.invented import LIST, WORKBOOK
from connectors.sandbox.server import Sandbox
from flows.cli.main import app
from flows.scheduler.own_server import access_to
from tests.flows.setup.person import address
from tests.privacy.at_desk import BROWSER, officer_everywhere
from tests.privacy.canaries import Hit, Search
from tests.privacy.colony import Colony
from tests.privacy.given import give_lists
from tests.privacy.test_canaries import ALLOWED, BREAKS, live, unexpected

pytestmark = pytest.mark.slow(minutes=10)
PATIENCE = 240
NIGHTLY = "/deployments/name/nightly-eligibility/nightly-rivertown-progressives"
LOUD = {"PREFECT_LOGGING_LEVEL": "DEBUG", "PREFECT_DEBUG_MODE": "true", "WATCH_DEBUG": "1",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1", "PREFECT_SERVER_LOGGING_LEVEL": "DEBUG"}  # fmt: skip
ELSEWHERE = {
    "demo": "run by its own test below, on its own invented people",
    "serve": "run below, for the whole time",
    "desk": "run below, with an officer at every page",
    "help": "shows the docs, and opens no chapter",
    "state": "of many chapters; flows/state/test_attack.py searches what reaches their server",
    "rehearse": "of invented people alone; test_made.py holds that nobody of the chapter comes in",
    "completion": "prints the shell's own lines, and opens no chapter",
    "count": "with addresses in every column, by test_canaries_election.py",
    "recount": "the same",
    "election": "every verb, by test_canaries_election.py",
}
"""Commands that `live` and `rights` do not run, and why."""


@pytest.fixture(scope="module")
def colony(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Colony]:
    with Sandbox() as sandbox:
        colony = Colony(sandbox, tmp_path_factory.mktemp("colony"), datetime.now(UTC).date())
        live(colony, BREAKS, KINDS)
        with Served(colony) as served:
            served.nights()
        officer_everywhere(colony)
        rights(colony)
        yield colony


def rights(colony: Colony) -> None:
    """Everything a chapter does with what it holds; last, for it erases."""
    voter, *_, wordy = colony.people
    give_lists(colony)
    for command in (
        ("roll",), ("sync", "--json"), ("review", "--json"), ("doctor", "--json"), ("audit",),
        ("bylaws", "join"),
        ("emails", "preview", "voting-member"), ("explain", voter.first, "--json"),
        ("letters", "again"), ("alerts", "list"), ("alerts", "test"),
        ("explain", "nobody@example.org"), ("person", "show", voter.address),
        ("person", "show", "q"), ("roll", "--csv", "--with-addresses"),
        ("roll", "--csv", "--with-addresses", "--by", "Thea", "--reason", "a letter on paper"),
        ("handover",), ("handover", "--json"), ("call-for-proposals",), ("towns",),
        ("cycle",), ("cycle", voter.address), ("cycle", "questionnaire", voter.address, "q"),
        ("scheduler",), ("tick",), ("tick", "--night"), ("retention",), ("retention", "--apply"),
        ("backup", str(colony.home / "clerk.backup")),
        ("backup", str(colony.home / "clerk.backup")), ("restore", str(colony.home / "nothing")),
        ("person", "forget", wordy.address, "--by", "Thea"),
        ("person", "forget", wordy.address, "--by", "Thea", "--yes"),
    ):  # fmt: skip
        colony.run(*command, WATCH_DEBUG="1")
    _committee(colony, voter.address)
    _volunteers(colony, voter.address)
    _requests(colony, voter.address)
    _set_up(colony)
    colony.run("person", "readmit", "--by", "Thea", typed=f"{wordy.address}\n")
    colony.run("restore", str(colony.home / "clerk.backup"), "--replace")
    settings = colony.chapter / "chapter.toml"
    settings.write_text('ledger_key_file = "secrets/ledger.key"\n' + settings.read_text())
    colony.run("roll")
    colony.run("ledger", "encrypt")
    colony.run("sync", "--apply", "--full")
    colony.run("roll", "--json")


def _committee(colony: Colony, address: str) -> None:
    """An address where a day belongs, and another as who steps aside."""
    file = colony.chapter / "committee.toml"
    for left in (f'"{address}"', "2026-10-01"):
        file.write_text(f'[[members]]\nname = "Bo"\nconfirmed = 2026-02-10\nleft = {left}\n')
        colony.run("committee", "--recused", address, WATCH_DEBUG="1")
        colony.run("committee", "--item", address, WATCH_DEBUG="1")
    colony.run("committee", "nominees", WATCH_DEBUG="1")
    for letter in ("call-for-members", "annual-meeting"):
        colony.run("committee", "letter", letter, WATCH_DEBUG="1")
        sent = ("--approve", address, "--by", "Thea")
        colony.run("committee", "letter", letter, *sent, WATCH_DEBUG="1")
    file.unlink()


def _volunteers(colony: Colony, address: str) -> None:
    """An address as an offer, as an event, and within the text of a call."""
    colony.run("call", "new", address, WATCH_DEBUG="1")
    colony.run("call", "new", "canvass", "--offer", address, WATCH_DEBUG="1")
    colony.run("call", "new", "canvass", WATCH_DEBUG="1")
    folder = colony.chapter / "calls" / "canvass"
    for call, text in (("", address), (f'replies = "{address}"', "At 10."), ("", "At 10.")):
        (folder / "call.toml").write_text(call)
        (folder / "email.txt").write_text(f"Subject: Come along\n\n{text}\n")
        (folder / "email-es.txt").unlink(missing_ok=True)
        colony.run("call", "show", "canvass", WATCH_DEBUG="1")
    shown = colony.run("call", "show", "canvass", WATCH_DEBUG="1").out
    for word in (address, shown.partition("--approve ")[2].partition(" ")[0]):
        colony.run("call", "send", "canvass", "--approve", word, "--by", "Thea", WATCH_DEBUG="1")
    shutil.rmtree(folder.parent)


def _requests(colony: Colony, address: str) -> None:
    """An address as an event, as a reason, as a code; each request shown, and some ended."""
    by = ("--by", "Thea")
    for number in map(str, range(12)):
        colony.run("requests", "show", number, WATCH_DEBUG="1")
        colony.run("requests", "code", number, address, *by, WATCH_DEBUG="1")
    for command in (
        ("list",), ("list", "--json"), ("accept", "6", "--event", address, *by),
        ("accept", "1", "--by", address), ("accept", "1", *by), ("accept", "3", *by),
        ("accept", "7", *by), ("take-back", "1", *by), ("answer", "7", "--why", address, *by),
        ("refuse", "6", "--why", "It is not ours.", *by), ("withdraw", "1", *by),
    ):  # fmt: skip
        colony.run("requests", *command, WATCH_DEBUG="1")
    colony.run("sync", "--apply", WATCH_DEBUG="1")
    colony.run("requests", "list", "--json", WATCH_DEBUG="1")


def _set_up(colony: Colony) -> None:
    """Another folder for the same sheets, list and keys: Enter takes each proposal."""
    keys, services = colony.chapter / "secrets", colony.sandbox
    answers = ["Rivertown", "", keys / "google.json", keys / "mailchimp.key", "", "",
               "hello@rivertown.example.org", address("spreadsheet", WORKBOOK)]  # fmt: skip
    typed = "\n".join(map(str, answers)) + "\n" * 17 + "1" + "\n" * 9
    colony.run(
        "init", str(colony.home / "second"), typed=typed,
        CLERK_GOOGLE__BASE_URL=services.google_url,
        CLERK_MAILCHIMP__BASE_URL=services.mailchimp_url, WATCH_DEBUG="1",
    )  # fmt: skip


class Served:
    """`clerk serve` with its own Prefect server, both as loud as they can be."""

    def __init__(self, colony: Colony) -> None:
        self.colony, self.log = colony, colony.home / "serve.log"

    def __enter__(self) -> "Served":
        with self.log.open("wb") as out:
            self.child = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("watched_serve.py"))],
                stdout=out, stderr=out, env=self.colony.environment(**LOUD), cwd=self.colony.home,
            )  # fmt: skip
        self._wait()
        page, secret = access_to(self.colony.chapter)
        user, _, password = secret.partition(":")
        self.api = httpx.Client(base_url=f"{page}/api", timeout=60, auth=(user, password))
        return self

    def __exit__(self, *exc: object) -> None:
        self.api.close()
        self.child.send_signal(signal.SIGTERM)
        self.child.wait(timeout=90)

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while "Press Ctrl-C to stop" not in (text := self.log.read_text(errors="replace")):
            assert time.monotonic() < deadline
            assert self.child.poll() is None, text[-2000:]
            time.sleep(0.5)

    def nights(self) -> None:
        """One that works, one for each break, one that the guards refuse."""
        assert self._run() == "COMPLETED", self.log.read_text(errors="replace")[-3000:]
        told = self.colony.root / "break"
        for broken in BREAKS[:3]:
            self._something_happens()
            told.write_text(broken)
            assert self._run() == "FAILED", broken
        told.unlink()
        with self.colony.sandbox.google.edit(WORKBOOK, "Sign-ins") as rows:
            kept = rows[1:]
            del rows[1:]
        assert self._run() == "FAILED"
        with self.colony.sandbox.google.edit(WORKBOOK, "Sign-ins") as rows:
            rows += kept

    def _something_happens(self) -> None:
        """A contact changes, and a row: a quiet night would pass by what is to break."""
        listed, now = self.colony.people[6].address, datetime.now(UTC)
        self.colony.sandbox.mailchimp.leave(LIST, listed, now)
        self.colony.sandbox.mailchimp.join(LIST, listed, now)
        with self.colony.sandbox.google.edit(WORKBOOK, "Sign-ins") as rows:
            rows.append(list(rows[-1]))

    def _run(self) -> str:
        deadline = time.monotonic() + PATIENCE
        while (found := self.api.get(NIGHTLY)).is_error:
            assert time.monotonic() < deadline
            time.sleep(0.5)
        asked = f"/deployments/{found.json()['id']}/create_flow_run"
        while (run := self.api.post(asked, json={})).is_error:  # its database is busy
            assert time.monotonic() < deadline, run.text
            time.sleep(0.5)
        while time.monotonic() < deadline:
            now: dict[str, Any] = self.api.get(f"/flow_runs/{run.json()['id']}").json()
            if now.get("state_type") in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}:
                return str(now["state_type"])
            time.sleep(0.5)
        raise AssertionError("the run did not end")


MORE: tuple[tuple[str, set[str], str], ...] = (
    ("file second/ledger/clerk.sqlite*", {"address", "name", "phone"}, "as the other ledger"),
    (f"wire to {BROWSER}*", {"name", "phone"}, "an officer's pages, to that officer; no addresses"),
    ("file clerk.backup*", {"address", "name", "phone"}, "a backup without a key holds the ledger"),
    ("file ledger/*.before-restore*", {"address", "name", "phone"}, "the ledger of before"),
    ("stdout of clerk person show*", {"address", "name", "phone"}, "what is held, for the person"),
    ("stdout of clerk roll --csv --with-addresses --by*", {"address", "name"}, "DP-1: recorded"),
)
"""What the longer list of commands may show besides."""


def test_a_canary_is_found_only_where_it_may_be(
    colony: Colony, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.privacy.test_canaries.ALLOWED", (*ALLOWED, *MORE))
    assert unexpected(colony.hits()) == []


def test_the_encrypted_ledger_shows_nobody(colony: Colony) -> None:
    ended = {said.command: said.exit_code for said in colony.said}
    assert ended["clerk ledger encrypt"] == 0, colony.said[-4:]
    held = {hit.place for hit in colony.search.files(colony.chapter / "ledger")}
    assert not {place for place in held if "before-restore" not in place}


def test_nothing_new_on_this_machine_holds_one(colony: Colony) -> None:
    search, mine = colony.marked, colony.root
    hits: set[Hit] = set()
    for root in {Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp"), Path.home(),
                 Path("/dev/shm")}:  # fmt: skip
        for folder, _, files in os.walk(root):
            here = Path(folder)
            if here.is_relative_to(mine) or ".git" in here.parts:
                continue
            for name in files:
                hits |= _new(here / name, colony.started, search)
    assert hits == set()


def _new(file: Path, since: float, search: Search) -> set[Hit]:
    try:
        facts = file.stat()
        if facts.st_mtime < since or facts.st_size > 30_000_000 or not file.is_file():
            return set()
        return search.bytes(str(file), file.read_bytes(), 1)
    except OSError:
        return set()


def test_nothing_went_anywhere_but_to_the_owners_and_prefect(colony: Colony) -> None:
    hosts = {sent.name.rpartition("_")[0] for sent in colony.wire.iterdir()}
    assert hosts <= {BROWSER, "127.0.0.1", "look-up", "websocket", "localhost", "--1"}
    assert set((colony.wire / "look-up_0").read_text().split()) <= {"127.0.0.1", "localhost", "(b'"}


def test_from_inside_a_flow_nothing_else_can_be_reached(colony: Colony) -> None:
    assert set((colony.root / "tried").read_text().split()) == {"Refused"}


def test_every_command_is_run_or_excused(colony: Colony) -> None:
    ran = {said.command.split()[1] for said in colony.said}
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]  # a click group
    assert commands - ran - ELSEWHERE.keys() == set()
    assert not ELSEWHERE.keys() - commands


def test_the_demo_leaves_no_address(tmp_path: Path, colony: Colony) -> None:
    environment = colony.environment(**LOUD)
    environment.pop("CLERK_CHAPTER")
    clerk = str(Path(sys.executable).with_name("clerk"))
    done = subprocess.run(
        [clerk, "demo", "--out", str(tmp_path / "demo")], capture_output=True, env=environment,
        cwd=tmp_path, timeout=400, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    hits = colony.search.files(tmp_path) | colony.search.bytes("said", done.stdout + done.stderr)
    allowed = "file demo/chapter/ledger/clerk.sqlite"
    assert not {hit for hit in hits if not hit.place.startswith(allowed)}
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    kept = [file for file in files if not {"ledger", "secrets"} & set(file.parts)]
    written = [done.stdout, done.stderr, *(file.read_bytes() for file in kept)]
    found = {a for held in written for a in re.findall(rb"[\w.+-]+@example\.(?:org|com)", held)}
    assert found == set()
