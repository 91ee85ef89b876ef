"""An officer at every page of `clerk desk`, a process of its own that loads the watcher."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import requests

from connectors.sandbox.google.cells import Cell
from tests.flows.setup.person import address
from tests.flows.town import Town
from tests.flows.web.desk import ACTS, OFFICERS, DeskClient, free_port, words
from tests.flows.web.setups import SetUp
from tests.flows.web.walk import Walk
from tests.privacy.colony import Colony

BROWSER = "browser"
"""The wire to the officer's browser is named so."""
PATIENCE = 120


def officer_everywhere(colony: Colony) -> Walk:
    """Look at all that an officer can reach, and for people by address, name and phone."""
    with _opened(colony) as desk:
        key = re.search(r"/sign-in/([\w-]+)", colony.run("desk", "invite", ACTS).out)
        assert key
        answer = desk.post("/sign-in", {"key": key[1]})
        assert f"Signed in as {ACTS}" in words(answer), words(answer)
        voter, *_ = colony.people
        walk = Walk(desk, (voter.address, voter.last, voter.phone)).everywhere()
        _sets_up(colony, desk)
    assert any(voter.last in page.text for page in walk.pages.values())
    colony.run("desk", "officers")
    colony.run("desk", "sign-out", ACTS)
    return walk


def _sets_up(colony: Colony, desk: DeskClient) -> None:
    """Add a sheet with people in its rows, and in a row where headers belong; stop at the end."""
    person = colony.people[0]
    row: list[Cell] = [person.name, person.address, person.phone]
    headers: list[Cell] = ["Volunteer", "E-mail", "Phone", "Activity", "Date"]
    tabs = {"Headless": [row], "Help": [headers, [*row, "Canvass", "2026-03-01"]]}
    colony.sandbox.google.add_workbook("4Sheet0SetUp", person.name, tabs)
    officer = SetUp(desk).begin().answers(address("spreadsheet", "4Sheet0SetUp"))
    assert "row 1 has an address in it" in officer.said
    officer.asks("What is “Help”?").answers("volunteers")
    while "Which column has" in officer.said:
        officer.answers("B")
    officer.asks("Is “Help” read in the right way?").press("stop")


@contextmanager
def _opened(colony: Colony) -> Iterator[DeskClient]:
    port = free_port()
    with (colony.chapter / "chapter.toml").open("a") as settings:
        settings.write(OFFICERS.format(port=port))
    home, before = f"http://127.0.0.1:{port}", set(colony.wire.iterdir())
    with (colony.home / "desk.log").open("wb") as log:
        page = subprocess.Popen(
            [str(Path(sys.executable).with_name("clerk")), "desk"],
            stdout=log, stderr=log, env=colony.environment(WATCH_DEBUG="1"), cwd=colony.home,
        )  # fmt: skip
    try:
        _wait(page, home)
        yield DeskClient(Town(colony.sandbox, lambda: datetime.now(UTC), colony.chapter), home)
    finally:
        page.terminate()
        page.wait(timeout=60)
    for sent in set(colony.wire.iterdir()) - before:
        if not sent.read_bytes().startswith(b"(connected)") and sent.name != "look-up_0":
            sent.rename(sent.with_name(f"{BROWSER}_{sent.name.rpartition('_')[2]}"))


def _wait(page: "subprocess.Popen[bytes]", home: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while page.poll() is None and time.monotonic() < deadline:
        try:
            requests.get(f"{home}/sign-in", timeout=5)
            return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise AssertionError("the page did not open")
