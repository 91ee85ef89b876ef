"""Every way a library may try to send something out, run in a process behind the net.

Started by `test_exits.py` with the port of a listener that is listed and of one that is not; says
as JSON how each attempt ended.
"""

import asyncio
import ctypes
import json
import os
import platform
import smtplib
import socket
import struct
import subprocess
import sys
import urllib.request
from collections.abc import Callable

import httpx
import requests

from connectors.exits import Exit, allow, guard
from connectors.http import Door
from models.errors import Refused

LISTED, UNLISTED = map(int, sys.argv[1:] if __name__ == "__main__" else (1, 2))
ELSEWHERE = f"http://127.0.0.1:{UNLISTED}/member@example.org"
NAME = "member.example.org"  # no such host; looking it up would tell a name server about a member


def _door(url: str) -> object:
    session = requests.Session()
    session.mount(
        "http://", Door("Trial", {f"127.0.0.1:{LISTED}": "a trial"}, (5, 5), lambda _: None)
    )
    return session.get(url)


def _datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"member@example.org", ("127.0.0.1", UNLISTED))


def _message() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendmsg([b"member@example.org"], [], 0, ("127.0.0.1", UNLISTED))


def _raw() -> None:
    with socket.socket() as sender:
        sender.connect(("127.0.0.1", UNLISTED))


def _not_waiting() -> None:
    with socket.socket() as sender:
        sender.setblocking(False)
        sender.connect_ex(("127.0.0.1", UNLISTED))


def _sixth() -> None:
    with socket.socket(socket.AF_INET6) as sender:
        sender.connect(("::1", UNLISTED))


CHILD = f"import socket; socket.create_connection(('127.0.0.1', {UNLISTED}), timeout=5)"


def _fork_and_become() -> None:
    if child := os.fork():
        assert os.waitpid(child, 0)[1], "the child became another program"
        raise Refused("the child was refused")
    try:
        os.execv(sys.executable, [sys.executable, "-c", CHILD])  # noqa: S606 - it is what is tried
    finally:
        os._exit(1)


def _by_the_c_library() -> None:
    c = ctypes.CDLL(None)
    where = struct.pack("=HH4s8x", socket.AF_INET, socket.htons(UNLISTED), bytes((127, 0, 0, 1)))
    assert c.connect(c.socket(socket.AF_INET, socket.SOCK_STREAM, 0), where, len(where)) == 0


async def _stream(host: str, port: int) -> None:
    _, writer = await asyncio.open_connection(host, port)
    writer.close()


ATTEMPTS: dict[str, Callable[[], object]] = {
    "requests": lambda: requests.get(ELSEWHERE, timeout=5),
    "httpx": lambda: httpx.get(ELSEWHERE),
    "urllib": lambda: urllib.request.urlopen(ELSEWHERE, timeout=5),
    "smtplib": lambda: smtplib.SMTP("127.0.0.1", UNLISTED, timeout=5),
    "asyncio": lambda: asyncio.run(_stream("127.0.0.1", UNLISTED)),
    "a socket": _raw,
    "a socket that does not wait": _not_waiting,
    "a socket over IPv6": _sixth,
    "a datagram": _datagram,
    "a message": _message,
    "requests by name": lambda: requests.get(f"https://{NAME}/", timeout=5),
    "httpx by name": lambda: httpx.get(f"https://{NAME}/"),
    "urllib by name": lambda: urllib.request.urlopen(f"https://{NAME}/", timeout=5),
    "smtplib by name": lambda: smtplib.SMTP(NAME, timeout=5),
    "asyncio by name": lambda: asyncio.run(_stream(NAME, 25)),
    "a look-up": lambda: socket.getaddrinfo(NAME, 443),
    "an old look-up": lambda: socket.gethostbyname(NAME),
    "a look-up backwards": lambda: socket.getnameinfo(("192.0.2.1", 53), 0),
    "a redirect behind the door": lambda: _door(f"http://127.0.0.1:{LISTED}/elsewhere"),
    "a redirect past the door": lambda: requests.get(
        f"http://127.0.0.1:{LISTED}/elsewhere", timeout=5
    ),
}
ATTEMPTS |= {
    "a program": lambda: subprocess.run([sys.executable, "-c", CHILD], check=True),
    "a program of the shell": lambda: os.system(f'{sys.executable} -c "{CHILD}"'),  # noqa: S605 - as above
    "a program, spawned": lambda: os.posix_spawn(
        sys.executable, [sys.executable, "-c", CHILD], os.environ
    ),
    "a program after a fork": _fork_and_become,
    "the C library": _by_the_c_library,
}
ALLOWED: dict[str, Callable[[], object]] = {
    "requests, listed": lambda: requests.get(f"http://127.0.0.1:{LISTED}/", timeout=5),
    "requests, listed by another name": lambda: requests.get(
        f"http://localhost:{LISTED}/", timeout=5
    ),
    "httpx, listed": lambda: httpx.get(f"http://127.0.0.1:{LISTED}/"),
    "the door, listed": lambda: _door(f"http://127.0.0.1:{LISTED}/"),
    "a pair of sockets of this process": lambda: socket.socketpair()[0].close(),
    "what Python asks a program for": platform.architecture,  # refused, it takes what it knows
    "the interpreter's own C": lambda: ctypes.pythonapi.PyLong_AsLong(ctypes.py_object(1)),
}


def ended(attempt: Callable[[], object]) -> str:
    """How an attempt ended: the error's first cause by name, or "done"."""
    try:
        attempt()
    except Refused:
        return Refused.__name__
    except Exception as exc:  # noqa: BLE001 - whatever it is, its name is the answer
        return type(exc).__name__
    return "done"


if __name__ == "__main__":
    guard()
    allow([Exit("127.0.0.1", LISTED, "a trial"), Exit("localhost", LISTED, "a trial")])
    print(json.dumps({name: ended(attempt) for name, attempt in (ATTEMPTS | ALLOWED).items()}))
