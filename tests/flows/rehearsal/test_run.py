"""`clerk rehearse` as a process: one address, commands beside it, killed and taken up."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from connectors.settings import load_chapter
from tests.privacy.watched import watched

pytestmark = pytest.mark.slow
CLERK = str(Path(sys.executable).with_name("clerk"))
PATIENCE = 60
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
AWAY = re.compile(r'inet_addr\("(?!127\.)|AF_INET6, "(?!::1")')


@contextmanager
def running(home: Path, *before: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command in an empty folder, and the address that it printed."""
    said = home / "said"
    with said.open("w") as out:
        process = subprocess.Popen(
            [*before, CLERK, "rehearse", "--example", "--by", "Thea Novak"],
            cwd=home, stdout=out, stderr=subprocess.STDOUT, text=True, start_new_session=True,
            preexec_fn=_hears_ctrl_c,
        )  # fmt: skip
    try:
        yield process, _address(process, said)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _hears_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests may ignore it


def _address(process: subprocess.Popen[str], said: Path) -> str:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        if (found := ADDRESS.search(said.read_text())) and "Ctrl-C" in said.read_text():
            return found[0]
        time.sleep(0.05)
    raise AssertionError(said.read_text())


def stop(process: subprocess.Popen[str]) -> int:
    os.killpg(process.pid, signal.SIGINT)
    return process.wait(PATIENCE)


def beside(home: Path, *words: str) -> str:
    """A command in another terminal."""
    folder = home / "rehearsal-example" / "rehearsal"
    ended = subprocess.run(
        [CLERK, *words, "--chapter", str(folder)],
        capture_output=True, text=True, check=True, timeout=PATIENCE,
    )  # fmt: skip
    return ended.stdout


def opened(address: str) -> str:
    answer = requests.get(address, timeout=PATIENCE)
    assert answer.status_code == 200
    return answer.text


def test_pages_and_commands_beside_it_stopped_and_taken_up(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with running(tmp_path) as (process, address):
        assert "ehears" in opened(address)
        folder = tmp_path / "rehearsal-example" / "rehearsal"
        desk = load_chapter(folder).desk
        assert desk
        assert "officers" in opened(f"http://127.0.0.1:{desk.port}/sign-in").casefold()
        assert "to review" in beside(tmp_path, "tick", "--night")
        assert "voting members" in beside(tmp_path, "roll")
        assert stop(process) == 0
    assert not (folder / "running").exists()
    with running(tmp_path) as (process, address):
        assert "voting members" in beside(tmp_path, "roll")
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    with running(tmp_path) as (process, address):
        assert "It was not stopped last time" in (tmp_path / "said").read_text()
        assert "ehears" in opened(address)
        assert stop(process) == 0
    chapter = tmp_path / "rehearsal-example"
    over = subprocess.run(
        [CLERK, "rehearse", "--over", "--chapter", str(chapter)],
        capture_output=True, text=True, check=True, timeout=PATIENCE,
    )  # fmt: skip
    assert "The rehearsal is over" in over.stdout
    assert not folder.exists()
    assert "Taken up again twice" in (chapter / "rehearsal-report.txt").read_text()


def test_no_connection_leaves_this_computer(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    trace = tmp_path / "calls"
    before = watched(trace)
    if not before:
        pytest.skip("strace is not installed, or may not watch here")
    with running(tmp_path, *before) as (process, address):
        opened(address)
        opened(f"{address}/inbox")
        beside(tmp_path, "tick", "--night")
        stop(process)
    calls = trace.read_text()
    assert 'inet_addr("127.0.0.1")' in calls  # the watcher sees
    assert [line for line in calls.splitlines() if AWAY.search(line)] == []
