"""A process as the kernel sees it: strace's lines, attempt by attempt."""

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

CALLS = "connect,sendto,sendmsg,sendmmsg,bind,listen,execve,execveat,access,faccessat,faccessat2"
_MARK = re.compile(r'access\w*\((?:AT_FDCWD, )?"/attempt/([^"]+)"')
_CALL = re.compile(r"^\d+ +((\w+)\(.*)")


@cache
def _may_watch(strace: str) -> bool:
    return subprocess.run([strace, "-f", "true"], capture_output=True).returncode == 0


def watched(into: Path) -> list[str]:
    """What to put before a command so that its calls are written down; nothing where none can."""
    strace = shutil.which("strace")
    if not strace or not _may_watch(strace):
        return []
    return [strace, "-f", "-s", "200", "-o", str(into), "-e", f"trace={CALLS}"]


def by_attempt(trace: str) -> dict[str, list[str]]:
    """The calls that followed each mark."""
    found: dict[str, list[str]] = {}
    calls: list[str] = []
    for line in trace.splitlines():
        if mark := _MARK.search(line):
            calls = found.setdefault(mark[1], [])
        elif (call := _CALL.match(line)) and "access" not in call[2]:
            calls.append(call[1])
    return found


def messages(calls: list[str], listed: int) -> list[str]:
    """The calls that tell somebody something.

    A program that starts, a place that others reach, or an address other than a listed port of this
    machine. A name server's is one, so is nscd's.
    """
    ours = f'sin_port=htons({listed}), sin_addr=inet_addr("127.0.0.1")'
    return [call for call in calls if not _is_quiet(call, ours)]


def _is_quiet(call: str, ours: str) -> bool:
    name = call.partition("(")[0]
    if name == "bind":
        return "sa_family=AF_UNIX" in call
    return ours in call or (name.startswith("send") and "sa_family" not in call)
