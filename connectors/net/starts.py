"""Which programs a process behind the net may start: none, or its own Python in three forms.

The three are what `clerk serve` needs: multiprocessing's child (a job), multiprocessing's tracker
of its own leftovers, and our Prefect server. Each is known by its whole command line. A job is born
behind a net, with its parent's list; the server hangs its own; the tracker runs nothing of others.
The environment they get must be one by which no other code can come in.
"""

import _posixsubprocess
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from typing import Any

from connectors.net.refusals import not_started

INTERPRETER = sys.executable
"""By its path, not by what the path leads to: beside it lies `pyvenv.cfg`, which says what code is
installed."""
SAFE_PATH = "PYTHONSAFEPATH"
Start = Callable[[Iterable[Any], Sequence[Any], Mapping[Any, Any] | None], None]
"""Is asked with programs, a command line and an environment, and refuses by raising."""
_FOREIGN = re.compile(
    r"PYTHON(?!(SAFEPATH|DONTWRITEBYTECODE|UNBUFFERED)$)|OPENSSL_|LD_|DYLD_|MALLOC_"
    r"|(GLIBC_TUNABLES|GCONV_PATH|GETCONF_DIR|HOSTALIASES|LOCALDOMAIN|LOCPATH|NIS_PATH|NLSPATH"
    r"|RESOLV_HOST_CONF|RES_OPTIONS|SSLKEYLOGFILE)$"
)
"""Python's own names; OpenSSL's, which load libraries and write down keys; and those that the C
library ignores in a program that is set-uid (ld.so(8), "Secure-execution mode")."""
_SPAWN = (
    r"from multiprocessing\.spawn import spawn_main; spawn_main\(tracker_fd=\d+, pipe_handle=\d+\)"
)
_TRACKER = r"from multiprocessing\.resource_tracker import main;\s?main\(\d+\)"
_FORMS: tuple[tuple[str, ...], ...] = (
    ("-c", _SPAWN, "--multiprocessing-fork"),
    ("-c", _TRACKER),
    ("-m", r"flows\.scheduler\.server", r"\d+"),
)
"""Word by word: joined, two command lines could look like one."""


def clean_environment(environment: MutableMapping[str, str]) -> None:
    """Take out every name by which code could come into a Python that is started with it."""
    for name in [name for name in environment if _FOREIGN.match(name)]:
        del environment[name]


def hold_to_the_forms(
    programs: Iterable[object], command: Sequence[object], environment: Mapping[str, str]
) -> None:
    """Let pass what may be started.

    Args:
        programs: the paths that are tried, one after the other.
        command: the command line, with the program's name first.
        environment: what the program would get.

    Raises:
        NotDone: it may not; what it was told is not repeated.
    """
    if {os.fsdecode(program) for program in programs} != {INTERPRETER}:  # type: ignore[arg-type]  # whoever starts one has checked it
        raise not_started("another program")
    flags, words = _own_flags(command)
    if not any(_has_the_form(words, form) for form in _FORMS):
        raise not_started("Python for other work than the jobs and their server")
    if foreign := sorted(filter(_FOREIGN.match, environment)):
        raise not_started(f"Python with {foreign[0]} in its environment")
    if not ({"-P", "-I"} & {*flags} or environment.get(SAFE_PATH)):
        raise not_started(f"Python without {SAFE_PATH} in its environment")


def _has_the_form(words: Sequence[str], form: Sequence[str]) -> bool:
    return len(words) == len(form) and all(map(re.fullmatch, form, words))


def _is_a_job(word: Any) -> bool:
    return bool(re.fullmatch(_SPAWN, os.fsdecode(word)))


def _own_flags(command: Sequence[object]) -> tuple[list[str], list[str]]:
    """A command line's flags, if they are what this interpreter runs with, and its other words."""
    words = [os.fsdecode(word) for word in command[1:]]  # type: ignore[arg-type]  # as above
    own: list[str] = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]  # multiprocessing uses it too
    return (own, words[len(own) :]) if words[: len(own)] == own else ([], words)


def hold_what_is_forked(start: Start, born: Callable[[], str]) -> None:
    """Ask before a child process is forked.

    `fork_exec` raises no audit event, and multiprocessing calls it without `subprocess`.

    Args:
        start: whether it may be; refuses by raising.
        born: what multiprocessing's child runs before anything else, as Python.
    """
    fork_exec = _posixsubprocess.fork_exec

    def asked(command: Any, programs: Any, *rest: Any) -> int:
        close, keep, folder, given, *others = rest
        # What is asked about is what it gets: C's own environment could say something else.
        given = [b"%s=%s" % pair for pair in os.environb.items()] if given is None else given
        start(programs, command, dict(each.split(b"=", 1) for each in given))
        words = [f"{born()}; {word}" if _is_a_job(word) else word for word in command]
        return fork_exec(words, programs, close, keep, folder, given, *others)

    _posixsubprocess.fork_exec = asked
    subprocess._fork_exec = asked  # type: ignore[attr-defined]  # the name under which it kept it
