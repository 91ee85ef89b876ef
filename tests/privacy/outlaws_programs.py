"""Ways to have another program do the sending, for `outlaws.py`."""

import _posixsubprocess
import asyncio
import multiprocessing
import os
import pty
import subprocess
import sys
from collections.abc import Callable

from models.errors import Refused


def attempts(unlisted: int) -> dict[str, Callable[[], object]]:
    """Each way, by the name under which the docs list it."""
    code = f"import socket; socket.create_connection(('127.0.0.1', {unlisted}), timeout=5)"
    python = [sys.executable, "-c", code]
    multi = multiprocessing.get_context
    return {
        "`subprocess`": lambda: subprocess.run(python, check=True),
        "`subprocess` with a shell": lambda: subprocess.run("exit 0", shell=True),  # noqa: S602 - it is what is tried
        "`asyncio`'s subprocess": lambda: asyncio.run(asyncio.create_subprocess_exec(*python)),  # type: ignore[arg-type]  # a coroutine
        "`os.system`": lambda: os.system(f'{sys.executable} -c "{code}"'),  # noqa: S605 - as above
        "`os.popen`": lambda: os.popen("exit 0").close(),  # noqa: S605 - as above
        "`os.posix_spawn`": lambda: os.posix_spawn(python[0], python, os.environ),
        "`os.posix_spawnp`": lambda: os.posix_spawnp(python[0], python, os.environ),
        "`os.spawnv`": lambda: _no_more_than_127(os.spawnv(os.P_WAIT, python[0], python)),  # noqa: S606 - as above
        "`os.execv` after a fork": lambda: _in_a_child(lambda: os.execv(python[0], python)),  # noqa: S606 - as above
        "`pty.spawn`": lambda: pty.spawn(python),
        "`fork_exec`, called directly": lambda: _fork_exec(python),
        "`fork_exec`, loaded anew": _loaded_anew,
        "multiprocessing, spawned": lambda: multi("spawn").Process(target=print).start(),
        "multiprocessing, from its server": lambda: (
            multi("forkserver").Process(target=print).start()
        ),
        "multiprocessing, forked": lambda: _in_a_child(lambda: exec(code)),  # noqa: S102 - as above
    }


def _in_a_child(what: Callable[[], object]) -> None:
    child = multiprocessing.get_context("fork").Process(target=what)
    child.start()
    child.join()
    assert child.exitcode, "the child did it"
    raise Refused("the child was refused")


def _no_more_than_127(code: int) -> None:
    """What `os.spawnv` says where the child could not become a program."""
    assert code == 127, "the child became another program"
    raise Refused("the child was refused")


def _fork_exec(command: list[str]) -> None:
    reading, writing = os.pipe()
    _posixsubprocess.fork_exec(
        command, [os.fsencode(command[0])], True, (writing,), None, None,
        -1, -1, -1, -1, -1, -1, reading, writing, False, False, -1, None, None, None, -1, None,
        True,
    )  # fmt: skip


def _loaded_anew() -> None:
    known = sys.modules.pop("_posixsubprocess")
    try:
        import _posixsubprocess  # noqa: F401 - loading it is what is tried
    finally:
        sys.modules["_posixsubprocess"] = known
