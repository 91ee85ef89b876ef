"""Installed as people do: from the built wheel, without a network, in an empty home."""

import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def _dist() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dist", ROOT / "requirements" / "dist.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_constraints_are_the_locked_versions() -> None:
    lock = (ROOT / "requirements" / "run.lock").read_text("utf-8")
    said = _dist().constraints(lock).splitlines()
    assert len(said) == sum(line[:1].isalnum() for line in lock.splitlines()) > 100
    assert all("hash" not in line and "\\" not in line for line in said)
    assert any(line.startswith("prefect==") for line in said)


@pytest.mark.slow
def test_pipx_and_uv_install_it_offline_in_an_empty_home(tmp_path: Path) -> None:
    made = tmp_path / "dist"
    subprocess.run([sys.executable, ROOT / "requirements" / "dist.py"], check=True, cwd=ROOT,
                   env={**os.environ, "OUT": str(made)})  # fmt: skip
    venv.create(tmp_path / "tools", with_pip=True)
    tools = tmp_path / "tools" / "bin"
    subprocess.run([tools / "pip", "-q", "install", "pipx", "uv"], check=True)
    home = tmp_path / "home"
    home.mkdir()
    here = {"HOME": str(home), "PATH": f"{tools}:{os.environ['PATH']}", "LANG": "C.UTF-8",
            "UV_OFFLINE": "1"}  # fmt: skip
    given = ["--no-index", "--find-links", str(made / "wheels")]
    held = str(made / "constraints.txt")
    pipx = [tools / "pipx", "install", "--python", sys.executable,
            "--pip-args", " ".join([*given, "--constraint", held])]  # fmt: skip
    uv = [tools / "uv", "tool", "install", "--force", "--python", sys.executable, *given,
          "--constraints", held]  # fmt: skip
    for install in (pipx, uv):
        subprocess.run([*install, "chapter-clerk"], check=True, env=here, cwd=home)
        clerk = home / ".local" / "bin" / "clerk"
        said = subprocess.run([clerk, "--version"], check=True, env=here, cwd=home,
                              capture_output=True, text=True).stdout  # fmt: skip
        assert said.startswith("Chapter Clerk ")
        assert "prefect 3.9.1" in said
        page = subprocess.run([clerk, "help", "running"], check=True, env=here, cwd=home,
                              capture_output=True, text=True).stdout  # fmt: skip
        assert page == (ROOT / "docs" / "running.md").read_text("utf-8")
    demo = subprocess.run([clerk, "demo", "--out", home / "demo"], check=True, env=here, cwd=home,
                          capture_output=True, text=True)  # fmt: skip
    assert "voting members" in demo.stdout
