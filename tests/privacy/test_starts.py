"""What a process behind the net starts: nothing, or its own Python in three forms.

Rules: DP-3. `clerk serve` starts its jobs by multiprocessing and its own Prefect server; the child
is given an environment by which no other code comes in, and a job is born behind the net.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from connectors.net import starts
from connectors.net.network_allowlist import clean_environment
from connectors.net.refusals import NotDone
from connectors.net.starts import hold_to_the_forms
from models.errors import Refused
from tests.privacy.test_exits import ROOT, Host

PYTHON = sys.executable
SAFE = {"PATH": "/usr/bin", "PYTHONSAFEPATH": "1"}
SPAWN = "from multiprocessing.spawn import spawn_main; spawn_main(tracker_fd=5, pipe_handle=7)"
TRACKER = "from multiprocessing.resource_tracker import main;main(5)"
JOB = ["-c", SPAWN, "--multiprocessing-fork"]
SERVER = ["-m", "flows.scheduler.server", "5"]


@pytest.fixture(autouse=True)
def _without_flags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "_args_from_interpreter_flags", lambda: ["-P"])


@pytest.mark.parametrize("words", [JOB, SERVER, ["-c", TRACKER], ["-P", *JOB], ["-P", *SERVER]])
def test_three_forms_are_started(words: list[str]) -> None:
    hold_to_the_forms([PYTHON], [PYTHON, *words], SAFE)


@pytest.mark.parametrize(
    "words",
    [
        [], ["-"], ["script.py"], ["-c", "print()"], ["-m", "prefect.engine"],
        ["-m", "flows.scheduler.server"], ["-m", "flows.scheduler.server", "5", "6"],
        ["-m", "flows.scheduler.servers", "5"], ["-m", "flowsxschedulerxserver", "5"],
        ["-c", f"{SPAWN}; print()", "--multiprocessing-fork"], ["-c", SPAWN],
        ["-c", f"print(); {SPAWN}", "--multiprocessing-fork"], ["-c", f"{TRACKER};print()"],
        [f"-c {SPAWN}", "--multiprocessing-fork"], [" ".join(JOB)], ["-c", f"{SPAWN} {JOB[2]}"],
        [f"-c {TRACKER}"], ["-m flows.scheduler.server", "5"], ["-m", "flows.scheduler.server 5"],
        ["-X", "importtime", *JOB], ["-W", "error::elsewhere.Warned", *SERVER], ["-i", *SERVER],
        ["-c", "from multiprocessing.forkserver import main; main(5, 6, ['__main__'], **{})"],
    ],
)  # fmt: skip
def test_no_other_form_is(words: list[str]) -> None:
    with pytest.raises(NotDone, match="for other work"):
        hold_to_the_forms([PYTHON], [PYTHON, *words], SAFE)


@pytest.mark.parametrize("path", ["/bin/sh", "python", os.path.realpath(PYTHON) + "x"])
def test_no_other_program_is(path: str) -> None:
    for paths in ([path], [PYTHON, path]):
        with pytest.raises(NotDone, match="another program"):
            hold_to_the_forms(paths, [PYTHON, *SERVER], SAFE)


def test_the_same_python_by_another_path_is_another_program(tmp_path: Path) -> None:
    """Beside its path it finds `pyvenv.cfg`, and so other packages."""
    (link := tmp_path / "python").symlink_to(PYTHON)
    with pytest.raises(NotDone, match="another program"):
        hold_to_the_forms([str(link)], [PYTHON, *SERVER], SAFE)


FOREIGN = [
    "PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONWARNINGS", "PYTHONSAFEPATHS", "PYTHON_GIL",
    "LD_PRELOAD", "LD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "GLIBC_TUNABLES", "MALLOC_ARENA_MAX",
    "GCONV_PATH", "LOCPATH", "RES_OPTIONS", "OPENSSL_CONF", "OPENSSL_MODULES", "SSLKEYLOGFILE",
]  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_an_environment_by_which_code_comes_in_is_refused(name: str) -> None:
    with pytest.raises(NotDone, match=f"Python with {name} in its environment"):
        hold_to_the_forms([PYTHON], [PYTHON, *SERVER], SAFE | {name: "/elsewhere"})


def test_the_folder_it_is_started_in_brings_no_code() -> None:
    for own in (["-I"], []):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(subprocess, "_args_from_interpreter_flags", lambda own=own: own)
            hold_to_the_forms([PYTHON], [PYTHON, *own, *SERVER], SAFE)
            if own:
                hold_to_the_forms([PYTHON], [PYTHON, *own, *SERVER], {})
    with pytest.raises(NotDone, match="without PYTHONSAFEPATH"):
        hold_to_the_forms([PYTHON], [PYTHON, *SERVER], {"PATH": "/usr/bin"})


def test_an_environment_is_cleaned_of_them_and_of_nothing_else() -> None:
    kept = SAFE | {
        "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1", "HOME": "/srv", "LANG": "C.UTF-8",
        "CLERK_CHAPTER": "/srv/chapters/rivertown", "PGHOST": "db.example.org",
    }  # fmt: skip
    environment = kept | dict.fromkeys(FOREIGN, "x")
    clean_environment(environment)
    assert environment == kept


SERVED = """
import json, multiprocessing, os, socket, sys
from connectors.net import network_allowlist as net
from connectors.net.network_allowlist import allow, clean_environment, let_start_python
from tests.privacy.test_starts import job, starting_another
net.install_network_guard()
allow([net.AllowedHost("127.0.0.1", int(sys.argv[1]), "a trial")])
let_start_python()
clean_environment(os.environ)
os.environ["PYTHONSAFEPATH"] = "1"
spawn = multiprocessing.get_context("spawn")
said = {}
own = socket.create_server(("127.0.0.1", 0))  # as Prefect's runner does, to tell a job to stop
for name, port in dict(zip(("listed", "unlisted"), sys.argv[1:]), own=own.getsockname()[1]).items():
    answers = spawn.SimpleQueue()
    child = spawn.Process(target=job, args=(int(port), answers))
    child.start()
    said[name] = answers.get()
    child.join()
said["another"] = starting_another()
os.putenv("PYTHONPATH", "/elsewhere")  # in C's own environment, of which Python knows nothing
child = spawn.Process(target=print)
child.start()
child.join()
said["after putenv"] = str(child.exitcode)
print(json.dumps(said))
"""


def job(port: int, answers: object) -> None:
    """A child's work, which hangs no net by itself: where does it get, and what can it start?"""
    import socket

    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        ended = "connected"
    except Refused:
        ended = "refused"
    answers.put([ended, starting_another(), os.environ.get("PYTHONPATH")])  # type: ignore[attr-defined]  # a queue


def starting_another() -> str:
    """Whether Python may be started with other code."""
    try:
        subprocess.run([sys.executable, "-c", ""], check=True)
    except Refused:
        return "refused"
    return "started"


def test_a_job_is_born_behind_its_parents_net() -> None:
    listed, unlisted = Host(), Host()
    said = subprocess.run(
        [PYTHON, "-c", SERVED, str(listed.port), str(unlisted.port)],
        capture_output=True, text=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout) == {
        "listed": ["connected", "refused", None],
        "own": ["connected", "refused", None],
        "unlisted": ["refused", "refused", None],
        "another": "refused",
        "after putenv": "0",
    }
    assert (listed.visits[0], unlisted.visits[0]) == (1, 0)
    listed.close()
    unlisted.close()


def test_the_forms_are_those_that_python_uses() -> None:
    from multiprocessing import spawn

    (*_, dash, code, fork) = spawn.get_command_line(tracker_fd=5, pipe_handle=7)
    assert [dash, code, fork] == JOB
    assert starts._is_a_job(code)
