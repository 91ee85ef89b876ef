"""Build what `pipx install` and `uv tool install` take, to be used without a network: `make dist`.

`dist/wheels` holds the program and the locked versions of all it needs, for this kind of machine;
`dist/constraints.txt` holds their numbers.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
LOCK = HERE / "run.lock"


def main(out: Path = ROOT / "dist") -> None:
    """Write the folder anew.

    Raises:
        CalledProcessError: a locked version is not to be had, or its hash differs.
    """
    shutil.rmtree(out, ignore_errors=True)
    wheels = out / "wheels"
    wheels.mkdir(parents=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    fetch = [*pip, "wheel", "--no-deps", "--require-hashes", "-r", str(LOCK), "-w", str(wheels)]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(wheels), str(ROOT)]
    for command in (fetch, build):
        subprocess.run(command, check=True)  # noqa: S603 - our own interpreter
    (out / "constraints.txt").write_text(constraints(LOCK.read_text("utf-8")), encoding="utf-8")
    given = f"--no-index --find-links {wheels} --constraint {out / 'constraints.txt'}"
    print(f'pipx install --pip-args="{given}" chapter-clerk')  # noqa: T201 - what its caller runs next
    print(f"uv tool install {given.replace('--constraint', '--constraints')} chapter-clerk")  # noqa: T201 - the same


def constraints(lock: str) -> str:
    """The lock's versions alone, where they apply; installers take hashes of no constraint."""
    return "".join(f"{line}\n" for line in re.findall(r"^([\w.-]+==[^\\\n]+?) *\\?$", lock, re.M))


if __name__ == "__main__":
    main(Path(os.environ.get("OUT", ROOT / "dist")))
