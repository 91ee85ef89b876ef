"""No locked version has a known vulnerability: `make audit`, as a test.

Skipped, with the reason, where no feed of vulnerabilities can be reached. It is in the slow suite,
for it asks others, and a fault published today must not stop who works on something else.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.project import ROOT

FEEDS = ("pypi", "osv")


@pytest.mark.slow
@pytest.mark.parametrize("lock", ["run.lock", "dev.lock"])
def test_no_locked_version_has_a_known_vulnerability(lock: str) -> None:
    wanted = _names(ROOT / "requirements" / lock)
    for feed in FEEDS:
        said = _audit(ROOT / "requirements" / lock, feed)
        asked = [one for one in said if "skip_reason" not in one]
        if asked:
            assert {one["name"] for one in asked} == wanted, f"{feed} knows only some of them"
            faults = {one["name"]: one["vulns"] for one in asked if one["vulns"]}
            assert faults == {}
            return
    pytest.skip(f"no feed of vulnerabilities can be reached (tried {', '.join(FEEDS)})")


def _names(lock: Path) -> set[str]:
    lines = lock.read_text().splitlines()
    return {line.partition("==")[0] for line in lines if "==" in line and line[0].isalnum()}


def _audit(lock: Path, feed: str) -> list[dict[str, object]]:
    """What a feed says of each locked version; nothing when it cannot be reached."""
    command = [
        str(Path(sys.executable).with_name("pip-audit")), "--no-deps", "--disable-pip",
        "--require-hashes", "--requirement", str(lock), "--vulnerability-service", feed,
        "--format", "json", "--progress-spinner", "off", "--timeout", "15",
    ]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, timeout=300)
    try:
        found: list[dict[str, object]] = json.loads(said.stdout)["dependencies"]
    except ValueError:
        return []
    return found


def test_a_vulnerability_would_be_found(tmp_path: Path) -> None:
    """Whatever the feeds say: the lock is read whole, and a fault in it is no skip."""
    lock = tmp_path / "a.lock"
    lock.write_text("one==1.0 \\\n    --hash=sha256:00\ntwo==2 ; python_version < '3'\n# x==1\n")
    assert _names(lock) == {"one", "two"}
