"""The version, and what a shell is told that asks for the words that fit."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CLERK = Path(sys.executable).with_name("clerk")


def _asked(*words: str, **more: str) -> str:
    return subprocess.run(
        [CLERK, *words], check=True, capture_output=True, text=True, env={**os.environ, **more}
    ).stdout


def test_the_version_names_what_a_report_needs() -> None:
    first, second = _asked("--version").splitlines()
    assert first == "Chapter Clerk 0.1.0"
    assert second.startswith("Python 3.")
    assert ", prefect 3." in second


@pytest.mark.parametrize(
    ("typed", "fit"), [("election c", {"check", "cancel", "calls"}), ("des", {"desk"})]
)
def test_a_shell_is_told_what_fits(typed: str, fit: set[str]) -> None:
    words = ["clerk", *typed.split()]
    asking = {"_CLERK_COMPLETE": "complete_bash", "COMP_WORDS": " ".join(words),
              "COMP_CWORD": str(len(words) - 1)}  # fmt: skip
    assert set(_asked(**asking).split()) == fit


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_the_script_is_one_that_bash_reads(tmp_path: Path) -> None:
    script = tmp_path / "completion.sh"
    script.write_text(_asked("completion", "bash"))
    asked = f"source {script}; complete -p clerk"
    said = subprocess.run(["bash", "-c", asked], check=True, capture_output=True, text=True).stdout
    assert "_clerk_completion" in said
