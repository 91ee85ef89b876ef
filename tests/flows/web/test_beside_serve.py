"""`clerk serve`, the officers' page and commands, at the same time, as processes of their own."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from flows.doctor import examine
from tests.flows.served import Served
from tests.flows.town import Town
from tests.flows.web.desk import LOOKS, OFFICERS, DeskClient, free_port, hidden, words

pytestmark = pytest.mark.slow

CLERK = str(Path(sys.executable).with_name("clerk"))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, DeskClient]]:
    """A chapter with `[desk]`, served."""
    port = free_port()
    with (
        Sandbox() as sandbox,
        Served(
            sandbox, tmp_path_factory.mktemp("served"), more=OFFICERS.format(port=port)
        ) as chapter,
    ):
        town = Town(sandbox, lambda: datetime.now(UTC), chapter.folder)
        yield chapter, DeskClient(town, f"http://127.0.0.1:{port}")


def clerk(served: Served, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [CLERK, *command, "--chapter", str(served.folder)],
        capture_output=True, text=True, check=False, timeout=300, cwd="/",
    )  # fmt: skip


def test_serve_shows_the_page_and_a_command_invites(served: tuple[Served, DeskClient]) -> None:
    chapter, desk = served
    assert f"The officers' page: {desk.home}" in chapter.log.read_text()
    said = clerk(chapter, "desk", "invite", "Ana Reyes").stdout
    key = re.search(r"/sign-in/([\w-]+)", said)
    assert key
    assert "Signed in as Ana Reyes" in words(desk.post("/sign-in", {"key": key[1]}))


def test_commands_and_the_page_work_at_the_same_time(served: tuple[Served, DeskClient]) -> None:
    chapter, desk = served
    desk.sign_in()
    with ThreadPoolExecutor(1) as pool:
        night = pool.submit(clerk, chapter, "sync", "--apply", "--tell-everyone")
        looked = 0
        while not night.done():
            answer = desk.get("/privacy/access")
            assert answer.status_code == 200, words(answer)
            answer = desk.post(
                "/privacy/access/invite",
                {**hidden(answer, "/privacy/access/invite"), "officer": LOOKS},
            )
            assert answer.status_code in (200, 503), words(answer)
            looked += 1
            time.sleep(0.5)
        done = night.result()
    assert done.returncode == 0, done.stderr
    assert looked > 1
    assert clerk(chapter, "audit").returncode == 0


def test_the_doctor_knows_the_page_that_runs(served: tuple[Served, DeskClient]) -> None:
    chapter, _ = served
    (check,) = [one for one in examine(chapter.folder) if one.what == "officers' page"]
    assert check.fine
    assert "running on port" in check.found


def test_a_second_page_says_who_has_its_port(served: tuple[Served, DeskClient]) -> None:
    chapter, desk = served
    done = clerk(chapter, "desk")
    assert done.returncode == 7
    assert f"something else on this computer uses port {desk.home.rpartition(':')[2]}" in (
        done.stderr + done.stdout
    )


def test_the_log_of_serve_holds_no_name_and_no_key(served: tuple[Served, DeskClient]) -> None:
    chapter, desk = served
    desk.sign_in()
    key = desk.key
    desk.get("/privacy")
    said = chapter.log.read_text()
    assert key not in said
    assert "/privacy" not in said
    assert "@" not in said.replace("prefect@", "")
