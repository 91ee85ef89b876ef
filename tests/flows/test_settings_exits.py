"""Settings that cannot be read end a command with exit code 4 and a place, never with a bug's 1."""

import os
import subprocess
import sys
from pathlib import Path

from tests.connectors.test_settings import LEAST

CLERK = Path(sys.executable).with_name("clerk")


def end(folder: Path, *words: str) -> str:
    """What a command of its own process says before it ends with 4."""
    ended = subprocess.run(
        [str(CLERK), *words, "--chapter", str(folder)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert ended.returncode == 4, ended.stderr
    return ended.stdout + ended.stderr


def test_a_folder_among_the_settings(tmp_path: Path) -> None:
    (tmp_path / "chapter.toml").write_text(f'folder = "/elsewhere"\n{LEAST}')
    said = end(tmp_path, "roll")
    assert said.startswith("chapter.toml: folder: there is no such setting\nNext: ")


def test_settings_in_a_pipe_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "chapter.toml")
    assert "this is a pipe, not a file" in end(tmp_path, "doctor")


def test_a_committee_with_an_address_for_a_name(tmp_path: Path) -> None:
    (tmp_path / "chapter.toml").write_text(LEAST)
    (tmp_path / "committee.toml").write_text('[[members]]\n"thea@example.org" = 1\n')
    said = end(tmp_path, "committee")
    assert "committee.toml line 2: a name with @ (not shown) is not a setting" in said
    assert "thea" not in said
