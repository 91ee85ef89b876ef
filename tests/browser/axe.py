"""axe-core from npm, at the version and with the digest of `package-lock.json` beside this file.

Where npm is missing the tests that need it skip and say so, but not on a build machine (`CI`).
"""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Final, NoReturn

import pytest
from filelock import FileLock

HERE: Final = Path(__file__).parent
SCRIPT: Final = HERE / "node_modules/axe-core/axe.min.js"


def needed() -> None:
    """Bring it, once; several test processes may ask at the same time."""
    with FileLock(HERE / ".npm.lock"):
        if SCRIPT.exists():
            return
        npm = shutil.which("npm")
        if npm is None:
            _missing("npm is not installed")
        done = subprocess.run([npm, "ci"], cwd=HERE, capture_output=True, text=True, check=False)
        if done.returncode:
            _missing(f"npm could not install it: {done.stderr.strip()[-300:]}")


def _missing(why: str) -> NoReturn:
    if os.environ.get("CI"):
        raise FileNotFoundError(f"axe-core is not here: {why}")
    pytest.skip(f"axe-core is not here: {why}")


@cache
def script() -> str:
    """Its source, to be run in a page."""
    return SCRIPT.read_text("utf-8")
