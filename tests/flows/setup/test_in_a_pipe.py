"""`clerk init` as a command: in a terminal, and in a pipe."""

import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest

from flows.setup.interview import KEPT
from tests.flows.setup.person import BOOK, Stage, address

CLERK = Path(sys.executable).with_name("clerk")


def piped(stage: Stage, *lines: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(CLERK), "init", str(stage.folder)],
        input="".join(f"{line}\n" for line in lines), capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_in_a_pipe_it_takes_lines_says_what_is_missing_and_goes_on(stage: Stage) -> None:
    stage.usual()
    keys = [str(stage.keys / "google.json"), str(stage.keys / "mailchimp.key")]
    first = piped(stage, "Rivertown Progressives", "", *keys)
    assert first.returncode == 4, first.stderr
    assert "no answer was given to “Which Mailchimp audience has" in first.stderr
    assert "Next: run it again in a terminal" in first.stderr
    assert set(json.loads((stage.folder / KEPT).read_text())) == {
        "name", "website", "google key", "mailchimp key",
    }  # fmt: skip
    book = address("spreadsheet", BOOK)
    rest = ["", "", "hello@rivertown.example.org", book, *[""] * 6, "", "", "", "", "", "", "1"]
    second = piped(stage, *rest, *[""] * 4)
    assert second.returncode == 0, second.stdout + second.stderr
    assert "voting members" in second.stdout
    assert (stage.folder / "chapter.toml").exists()
    assert stage.sandbox.mailchimp.api_key not in first.stdout + second.stdout


def test_without_anybody_to_ask_it_says_so(stage: Stage) -> None:
    done = piped(stage)
    assert done.returncode == 4
    assert "no answer was given to “The chapter's name" in done.stderr


def test_in_a_terminal_ctrl_c_keeps_what_was_answered(stage: Stage) -> None:
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "dumb", "COLUMNS": "200"}
    command = [str(CLERK), "init", str(stage.folder)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment,
                          start_new_session=True, preexec_fn=_own_terminal) as running:  # fmt: skip
        os.close(theirs)
        _until(ours, "name, as members know it")
        os.write(ours, b"Rivertown\n")
        _until(ours, "Its website")
        os.write(ours, b"\x03")
        said = _until(ours, "goes on from here")
        assert running.wait(timeout=30) == 3
    os.close(ours)
    assert "What you answered is kept." in said
    assert json.loads((stage.folder / KEPT).read_text()) == {"name": "Rivertown"}


@pytest.mark.parametrize("again", [False, True])
def test_the_template_is_a_command_too(tmp_path: Path, again: bool) -> None:
    command = [str(CLERK), "init", "--template", str(tmp_path / "sheets")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if again:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == (3 if again else 0)
    assert ("READ ME FIRST.txt" in done.stdout) is not again


def _own_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _until(terminal: int, text: str) -> str:
    """What is shown, up to a text."""
    shown = ""
    while text not in shown:
        ready, _, _ = select.select([terminal], [], [], 30)
        assert ready, shown
        shown += os.read(terminal, 4096).decode(errors="replace")
    return shown
