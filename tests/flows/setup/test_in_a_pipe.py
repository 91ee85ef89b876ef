"""`clerk init` as a command: in a terminal, and in a pipe."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from flows.cli.main import app
from flows.setup.interview import KEPT
from models.errors import FixTheSettings
from tests.flows.setup.person import BOOK, Stage, address

CLERK = Path(sys.executable).with_name("clerk")


def piped(stage: Stage, *lines: str) -> Result:
    typed = "".join(f"{line}\n" for line in lines)
    return CliRunner().invoke(app, ["init", str(stage.folder)], input=typed)


def test_in_a_pipe_it_takes_lines_says_what_is_missing_and_goes_on(stage: Stage) -> None:
    stage.usual()
    keys = [str(stage.keys / "google.json"), str(stage.keys / "mailchimp.key")]
    first = piped(stage, "Rivertown Progressives", "", *keys)
    assert isinstance(first.exception, FixTheSettings)
    assert "no answer was given to “Which Mailchimp audience has" in first.exception.fact
    assert "run it again in a terminal" in first.exception.next_step
    assert set(json.loads((stage.folder / KEPT).read_text())) == {
        "name", "website", "google key", "mailchimp key",
    }  # fmt: skip
    book = address("spreadsheet", BOOK)
    box = "I agree to receive mail"
    rest = ["", "", "hello@rivertown.example.org", book, *[""] * 10, box, "", "1", "", ""]
    second = piped(stage, *rest)
    assert second.exit_code == 0, second.output
    assert "voting members" in second.output
    assert (stage.folder / "chapter.toml").exists()
    assert stage.sandbox.mailchimp.api_key not in first.output + second.output


def test_a_pipe_that_is_one_line_off_stops_at_the_wrong_answer(stage: Stage) -> None:
    """Else the answers that follow are taken for those of other questions."""
    stage.usual()
    keys = [str(stage.keys / "google.json"), str(stage.keys / "mailchimp.key")]
    start = ["Rivertown Progressives", "", *keys, "", "", "hello@rivertown.example.org"]
    done = piped(stage, *start, address("spreadsheet", BOOK), "Events", "1", *["1"] * 20)
    assert isinstance(done.exception, FixTheSettings)
    assert "the answer to “What is “Events”?” cannot be taken: type a number" in str(done.exception)
    assert "run it again with the answers from this question on" in done.exception.next_step
    assert not (stage.folder / "chapter.toml").exists()
    assert list(json.loads((stage.folder / KEPT).read_text()))[-1] == "spreadsheet"


def test_a_pipe_that_ends_in_a_choice_of_columns_is_told_the_question(stage: Stage) -> None:
    stage.usual()
    keys = [str(stage.keys / "google.json"), str(stage.keys / "mailchimp.key")]
    start = ["Rivertown Progressives", "", *keys, "", "", "hello@rivertown.example.org"]
    done = piped(stage, *start, address("spreadsheet", BOOK), "1", "2")
    assert "no answer was given to “Which column has the date?" in str(done.exception)


def test_in_a_pipe_too_a_domain_is_taken_that_is_not_verified_yet(stage: Stage) -> None:
    stage.usual()
    keys = [str(stage.keys / "google.json"), str(stage.keys / "mailchimp.key")]
    other = ["hello@elsewhere.example.com"] * 2
    done = piped(stage, "Rivertown Progressives", "", *keys, "", "", *other)
    assert "no answer was given to “Paste the address of a spreadsheet" in str(done.exception)


@pytest.mark.slow
def test_without_anybody_to_ask_the_command_says_so_and_ends_with_its_code(stage: Stage) -> None:
    command = [str(CLERK), "init", str(stage.folder)]
    done = subprocess.run(command, input="", capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert "clerk init: no answer was given to “The chapter's name" in done.stderr
    assert "Next: run it again in a terminal" in done.stderr


@pytest.mark.slow
def test_in_a_terminal_ctrl_c_keeps_what_was_answered(stage: Stage) -> None:
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "dumb", "COLUMNS": "200"}
    command = [str(CLERK), "init", str(stage.folder)]
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment,
        start_new_session=True, preexec_fn=_own_terminal,
    ) as running, ExitStack() as ended:  # fmt: skip
        os.close(theirs)
        ended.callback(running.kill)
        _until(ours, "name, as members know it")
        os.write(ours, b"Rivertown\n")
        _until(ours, "Its website")
        os.write(ours, b"\x03")
        said = _until(ours, "goes on from here")
        assert running.wait(timeout=60) == 3
    os.close(ours)
    assert "What you answered is kept." in said
    assert json.loads((stage.folder / KEPT).read_text()) == {"name": "Rivertown"}


def test_the_template_is_a_command_too(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["init", "--template", str(tmp_path / "sheets")])
    assert done.exit_code == 0
    assert "READ ME FIRST.txt" in done.output


def _own_terminal() -> None:
    import fcntl
    import termios

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests may ignore it
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _until(terminal: int, text: str) -> str:
    """What is shown, up to a text."""
    shown = ""
    while text not in shown:
        ready, _, _ = select.select([terminal], [], [], 30)
        assert ready, shown
        shown += os.read(terminal, 4096).decode(errors="replace")
    return shown
