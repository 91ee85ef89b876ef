"""`clerk help`: the docs in the terminal, from the clone and from the wheel."""

import os
import pty
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from typer.testing import CliRunner, Result

from flows import console
from flows.cli import manual
from flows.cli.main import app
from tests.house.project import ROOT


def clerk(*words: str) -> Result:
    return CliRunner().invoke(app, ["help", *words])


def test_every_page_of_the_docs_has_a_sentence() -> None:
    pages = {page.stem for page in (ROOT / "docs").glob("*.md")}
    assert pages - {"bench"} == manual.TOPICS.keys() - {"bench"}
    said = clerk().output.splitlines()
    listed = dict(line.split("\t") for line in said[1:-1])
    assert listed.keys() == pages
    assert all(sentence.endswith(".") for sentence in listed.values())
    assert said[-1] == "Next: clerk help TOPIC"


@pytest.mark.parametrize("typed", ["alerts", "docs/alerts.md", "alerts.md#set-it-up", "Alerts"])
def test_in_a_pipe_a_page_is_as_it_is_written(typed: str) -> None:
    assert clerk(typed).output == (ROOT / "docs" / "alerts.md").read_text()


def test_what_only_the_docs_builder_reads_is_left_out() -> None:
    said = clerk("settings").output
    assert "<!--" not in said
    assert "| `name` | text | required |" in said


@pytest.mark.parametrize("typed", ["VM-1", "vm-1", "EN-R3"])
def test_a_rule_is_shown_by_its_id(typed: str) -> None:
    """Messages cite rules by their ids."""
    lines = clerk(typed).output.splitlines()
    assert lines[0].startswith(f"{typed.upper()}: ")
    assert "](" not in lines[0]
    assert lines[-1] == "Next: clerk help rules"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["runing"], "did you mean `clerk help running`?"),
        (["hand-over"], "did you mean `clerk help handover`?"),
        (["election", "new"], "for the command, type `clerk election new --help`"),
        (["backup"], "for the command, type `clerk backup --help`"),
        (["../secrets"], "`clerk help` lists"),
        (["vm-x"], "`clerk help` lists"),
    ],
)
def test_an_unknown_topic_names_the_nearest(typed: list[str], told: str) -> None:
    refused = clerk(*typed)
    assert refused.exit_code == 2
    assert told in " ".join(re.sub("[│╭╮╰╯─]", " ", refused.output).split())


def test_on_a_terminal_a_page_comes_by_screens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return "" if len(asked) < 3 else "q"

    monkeypatch.setattr(console, "is_for_eyes_alone", lambda: True)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr(type(console.out), "height", 20)
    manual._show((ROOT / "docs" / "running.md").read_text())
    shown = capsys.readouterr().out
    assert asked == [manual.MORE] * 3
    assert len(shown.splitlines()) == 3 * 19
    assert "Keeping it running" in "".join(shown.splitlines()[:3])
    assert "](" not in shown


def test_a_page_is_laid_out_for_the_screen() -> None:
    shown = "\n".join(console.laid_out("# Title\n\n- **one**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"))
    assert "**" not in shown
    assert "|---|" not in shown
    assert "• one" in shown


def test_no_other_program_pages_it() -> None:
    """The guard refuses to start one; the whole command runs behind it."""
    done = subprocess.run([Path(sys.executable).with_name("clerk"), "help", "alerts"],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == (ROOT / "docs" / "alerts.md").read_text()


def test_a_real_terminal_gets_one_screen_and_is_asked() -> None:
    """The whole command, behind the guard, with a terminal of twenty lines."""
    ours, its = pty.openpty()
    command = [Path(sys.executable).with_name("clerk"), "help", "alerts"]
    size = {"LINES": "20", "COLUMNS": "90", "TERM": "xterm", "LANG": "C.UTF-8"}
    with subprocess.Popen(command, stdin=its, stdout=its, stderr=its, env=os.environ | size) as one:
        os.close(its)
        shown = b""
        while manual.MORE.encode() not in shown:
            shown += os.read(ours, 4096)
        os.write(ours, b"q\n")
        assert one.wait(timeout=30) == 0
    os.close(ours)
    assert shown.count(b"\n") == 19
    assert b"\x1b[" in shown


def test_the_wheel_has_the_docs_and_shows_them_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as held:
        packed = {name for name in held.namelist() if name.startswith("flows/docs/")}
        held.extractall(tmp_path / "installed", packed)
    assert {f"flows/docs/{name}.md" for name in manual.topics()} <= packed
    monkeypatch.setattr(manual, "files", lambda _: tmp_path / "installed" / "flows")
    (tmp_path / "installed" / "docs").mkdir()  # of another package
    assert manual.docs() == tmp_path / "installed" / "flows" / "docs"
    assert clerk("alerts").output == (ROOT / "docs" / "alerts.md").read_text()
