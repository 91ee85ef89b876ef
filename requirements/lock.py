"""Resolve the dependencies anew into run.lock and dev.lock: versions with hashes, no addresses.

uv does the resolving, in a folder of its own that is thrown away; pip alone installs from the
result (`pip install --require-hashes`), so that a chapter needs nothing but Python.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent


def main() -> None:
    """Write both lock files; raises CalledProcessError when the resolver finds no solution."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / "bin" / "python")
        subprocess.run([python, "-m", "pip", "-q", "install", "uv"], check=True)  # noqa: S603 - our own interpreter
        common = [
            python, "-m", "uv", "pip", "compile", "--quiet", "--universal",
            "--python-version", "3.11", "--generate-hashes",
            "--upgrade",  # else it keeps what stands in the files
            "--no-emit-index-url", "--no-header", "--no-annotate",
        ]  # fmt: skip
        # The build backend is locked with the rest: the project itself is installed offline.
        (Path(folder) / "build.in").write_text("hatchling\neditables\n")
        build = str(Path(folder) / "build.in")
        for arguments in (
            ["pyproject.toml", build, "-o", "requirements/run.lock"],
            ["pyproject.toml", build, "--group", "dev", "-o", "requirements/dev.lock",
             "-c", "requirements/run.lock"],
        ):  # fmt: skip
            subprocess.run([*common, *arguments], check=True, cwd=ROOT)  # noqa: S603 - arguments are ours


if __name__ == "__main__":
    sys.exit(main())
