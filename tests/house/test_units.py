"""The units of docs: systemd takes them as they are, and a chapter's are as tight as said."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.kept import DOCS
from tests.house.project import text

ANALYZE = shutil.which("systemd-analyze")
OFFLINE = 250
"""The systemd from which on `security` reads a unit that is not loaded."""
REACHED = 12
"""Tenths of the exposure level, as systemd 252 counts it; the page says so too."""
UNITS = dict(
    re.findall(
        r"`/etc/systemd/system/([\w@.-]+)`[^\n]*\n\n```ini\n(.*?)```",
        text(DOCS / "running.md") + text(DOCS / "state.md"),
        re.DOTALL,
    )
)
OF_THE_STATE = ["clerk-engine.service", "clerk-worker.service"]
SERVICES = [name for name in UNITS if name.endswith("@.service")]


def _version() -> int:
    said = subprocess.run([str(ANALYZE), "--version"], capture_output=True, text=True).stdout
    found = re.search(r"\d+", said)
    return int(found[0]) if found else 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The units as instances of a chapter, of a program that is there."""
    if not ANALYZE:
        pytest.skip("systemd is not installed")
    there = shutil.which("true")
    for name, unit in UNITS.items():
        instance = tmp_path / name.replace("@.", "@rivertown.")
        instance.write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={there}", unit))
    return tmp_path


def test_the_page_has_the_units_it_speaks_of() -> None:
    assert sorted(set(UNITS) - {*OF_THE_STATE}) == [
        "clerk-doctor@.service", "clerk-doctor@.timer", "clerk@.service",
    ]  # fmt: skip
    assert set(OF_THE_STATE) < set(UNITS)


def test_a_worker_can_become_other_accounts_and_do_nothing_else_of_roots() -> None:
    caps = re.findall("(?m)^CapabilityBoundingSet=(.*)$", UNITS["clerk-worker.service"])
    assert caps == ["CAP_SETUID CAP_SETGID CAP_KILL"]
    assert "CapabilityBoundingSet=\n" in UNITS["clerk-engine.service"]


@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_nothing_wrong(folder: Path, name: str) -> None:
    unit = folder / name.replace("@.", "@rivertown.")
    said = subprocess.run([str(ANALYZE), "verify", unit], capture_output=True, text=True)
    lines = (said.stdout + said.stderr).splitlines()
    assert [line for line in lines if "clerk" in line] == []  # of other units it may speak


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_as_tight_as_the_page_says(folder: Path, name: str) -> None:
    if _version() < OFFLINE:
        pytest.skip(f"systemd before {OFFLINE} judges only units that are loaded")
    unit = folder / name.replace("@.", "@rivertown.")
    said = subprocess.run(
        [str(ANALYZE), "security", "--offline=true", "--no-pager", f"--threshold={REACHED}", unit],
        capture_output=True, text=True,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout.splitlines()[-1]
    assert f"exposure {REACHED / 10} of 10" in text(DOCS / "running.md")


def test_the_check_is_as_tight_as_the_service() -> None:
    serve, check = (set(UNITS[name].splitlines()) for name in sorted(SERVICES, reverse=True))
    only = {"Restart", "RestartSec", "TimeoutStopSec", "Description", "Wants", "After", "ExecStart"}
    missing = {line.partition("=")[0] for line in serve - check if "=" in line}
    assert missing - only - {"WantedBy"} == set()
