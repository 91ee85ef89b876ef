"""What stands in a cell or a file gives a terminal no orders, and stops no command."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from flows import console
from flows.printable import json_text, printable
from models.errors import FixTheData

ORDERS = [
    "\x1b[2J",  # clears the screen
    "\x1b]0;title\x07",  # renames the window
    "\x9b31m",  # the same escape in one character
    "\x00",
    "\x08\x08",
    "\r",
    "\u202egnp.exe",  # written backwards
    "\u2066",
    "\u200b",  # not to be seen
    "\ufeff",
    "\ud800",  # half a character
    "\u2028",  # a line break that no pipe's reader expects
    "\u2029",
]


def acts(text: str) -> bool:
    """Whether a text does anything to a screen but show."""
    return any(order in text for order in ORDERS) or "\x1b" in text


@pytest.mark.parametrize("order", ORDERS, ids=ascii)
@pytest.mark.parametrize("terminal", [True, False])
def test_a_text_gives_the_terminal_no_orders(
    order: str, terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = io.StringIO()
    shown = Console(file=screen, force_terminal=terminal, color_system=None, soft_wrap=True)
    monkeypatch.setattr(console, "out", shown)
    monkeypatch.setattr(console, "err", shown)
    text = f"Ann{order} Alder"
    console.say(text)
    console.title(text)
    console.warn(text)
    console.table((text,), [(text,)])
    console.csv_rows((text,), [(text,)])
    console.print_json({text: text})
    console.print_error(FixTheData(text, where=text, next_step=text))
    with console.working(text) as tell:
        tell(text)
    told = screen.getvalue() + capsys.readouterr().out
    assert told.count("Ann") >= 8
    spun = ("\x1b[?25l", "\x1b[?25h", "\x1b[1A", "\x1b[2K", "\r")  # the spinner's own
    for own in spun:
        told = told.replace(own, "")
    assert not acts(told)
    told.encode()


def test_json_says_what_was_there_all_the_same() -> None:
    for order in ORDERS:
        assert json.loads(json_text({"name": f"Ann{order}"})) == {"name": f"Ann{order}"}
        assert not acts(json_text(order))


def test_what_people_write_is_left_alone() -> None:
    for text in ("José Núñez", "李小龍", "👩‍🎓 forum", "می‌خواهم", "a\nb\tc", "a\u00a0b", "{[b]}"):
        assert printable(text) == text


def test_a_row_in_a_pipe_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Lines are rows and tabs are columns there, whatever a cell holds."""
    console.table(("Where", "What"), [("a\tb", "c\nd")])
    assert capsys.readouterr().out == "Where\tWhat\na b\tc d\n"


def test_a_name_that_looks_like_markup_stops_no_spinner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "err", Console(file=io.StringIO(), force_terminal=True))
    with console.working("[/red]") as tell:
        tell("workbook [/bold]")


@pytest.mark.parametrize("piped", [True, False])
def test_a_terminal_of_few_letters_shows_question_marks(tmp_path: Path, piped: bool) -> None:
    """A machine without UTF-8 cannot print “José”; the command goes on all the same."""
    file = tmp_path / "out"
    program = (
        "from flows import console; import sys\n"
        f"sys.stdout.isatty = lambda: {not piped}\n"
        "console.outlive_readers(); print('José'); console.say('José – “\\ud800”')"
    )
    with file.open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONIOENCODING": "ascii:strict"},
            stdout=out,
            check=False,
        )
    assert done.returncode == 0
    assert b"Jos" in file.read_bytes()
