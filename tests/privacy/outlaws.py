"""Every way a library may try to send something out, run in a process behind the net.

Started by `test_exits.py` with the port of a listener that is listed and of one that is not; says
as JSON how each attempt ended. `docs/guard.md` lists them all. Before each it asks for a file that
is not there, by the attempt's name: who watches from outside sees where each begins.
"""

import _socket
import asyncio
import json
import os
import platform
import smtplib
import socket
import ssl
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import requests
import websockets.sync.client

from connectors.net.http import GuardedAdapter
from connectors.net.network_allowlist import AllowedHost, allow, install_network_guard
from models.errors import ClerkError
from tests.privacy import outlaws_in_c, outlaws_programs

LISTED, UNLISTED = map(int, sys.argv[1:] if __name__ == "__main__" else (1, 2))
HERE = ("127.0.0.1", UNLISTED)
ELSEWHERE = f"http://127.0.0.1:{UNLISTED}/member@example.org"
NAME = "member.example.org"  # no such host; looking it up would tell a name server about a member
NUMBER_AND_NAME = f"127.0.0.1%.{NAME}"  # only a number of IPv6 has an interface after it
TWO_NAMES = f"localhost%.{NAME}"
TCP, UDP = socket.SOCK_STREAM, socket.SOCK_DGRAM
BODY = b"member@example.org"


def _door(url: str) -> object:
    session = requests.Session()
    session.mount(
        "http://",
        GuardedAdapter("Trial", {f"127.0.0.1:{LISTED}": "a trial"}, (5, 5), lambda _: None),
    )
    return session.get(url)


def _with(kind: int, then: Callable[[Any], object], family: int = socket.AF_INET) -> None:
    with socket.socket(family, kind) as sender:
        sender.setblocking(False)
        then(sender)


async def _stream(host: str, port: int) -> None:
    _, writer = await asyncio.open_connection(host, port)
    writer.close()


async def _datagrams() -> None:
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=HERE)


def _secured(where: tuple[str, int]) -> None:
    context = ssl.create_default_context()
    with context.wrap_socket(socket.socket(), server_hostname=NAME) as sender:
        sender.connect(where)


def _to_a_socket_of_this_machine() -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, UDP) as listener:
        listener.bind(path := str(Path(folder) / "s"))
        _with(UDP, lambda s: s.connect(path), socket.AF_UNIX)


def _kind(family: str, number: int, kind: int = UDP, protocol: int = 0) -> Callable[[], object]:
    return lambda: socket.socket(getattr(socket, family, number), kind, protocol).close()


BY_NUMBER: dict[str, Callable[[], object]] = {
    "requests": lambda: requests.get(ELSEWHERE, timeout=5),
    "httpx": lambda: httpx.get(ELSEWHERE),
    "urllib": lambda: urllib.request.urlopen(ELSEWHERE, timeout=5),
    "smtplib": lambda: smtplib.SMTP("127.0.0.1", UNLISTED, timeout=5),
    "websockets": lambda: websockets.sync.client.connect(ELSEWHERE.replace("http", "ws")),
    "asyncio": lambda: asyncio.run(_stream("127.0.0.1", UNLISTED)),
    "asyncio, datagrams": lambda: asyncio.run(_datagrams()),
    "a socket": lambda: socket.create_connection(HERE, timeout=5),
    "a socket that does not wait": lambda: _with(TCP, lambda s: s.connect_ex(HERE)),
    "a socket over IPv6": lambda: _with(
        TCP, lambda s: s.connect(("::1", UNLISTED)), socket.AF_INET6
    ),
    "a socket under TLS": lambda: _secured(HERE),
    "a datagram": lambda: _with(UDP, lambda s: s.sendto(BODY, HERE)),
    "a message": lambda: _with(UDP, lambda s: s.sendmsg([BODY], [], 0, HERE)),
    "the method in C, past Python's": lambda: _with(TCP, lambda s: _socket.socket.connect(s, HERE)),
    "a socket of the class in C": lambda: _socket.socket(),
    "a redirect behind the door": lambda: _door(f"http://127.0.0.1:{LISTED}/elsewhere"),
    "a redirect past the door": lambda: requests.get(
        f"http://127.0.0.1:{LISTED}/elsewhere", timeout=5
    ),
}
BY_NAME: dict[str, Callable[[], object]] = {
    "requests, by name": lambda: requests.get(f"https://{NAME}/", timeout=5),
    "httpx, by name": lambda: httpx.get(f"https://{NAME}/"),
    "urllib, by name": lambda: urllib.request.urlopen(f"https://{NAME}/", timeout=5),
    "smtplib, by name": lambda: smtplib.SMTP(NAME, timeout=5),
    "asyncio, by name": lambda: asyncio.run(_stream(NAME, 25)),
    "`connect`, by name": lambda: _with(TCP, lambda s: s.connect((NAME, 443))),
    "`connect_ex`, by name": lambda: _with(TCP, lambda s: s.connect_ex((NAME, 443))),
    "`connect` under TLS, by name": lambda: _secured((NAME, 443)),
    "`sendto`, by name": lambda: _with(UDP, lambda s: s.sendto(BODY, (NAME, 53))),
    "`sendto` with flags, by name": lambda: _with(UDP, lambda s: s.sendto(BODY, 0, (NAME, 53))),
    "`sendmsg`, by name": lambda: _with(UDP, lambda s: s.sendmsg([BODY], [], 0, (NAME, 53))),
    "`bind`, by name": lambda: _with(UDP, lambda s: s.bind((NAME, 0))),
    "`getaddrinfo`": lambda: socket.getaddrinfo(NAME, 443),
    "`getaddrinfo` in C": lambda: _socket.getaddrinfo(NAME, 443),
    "`gethostbyname`": lambda: socket.gethostbyname(NAME),
    "`gethostbyname_ex`": lambda: socket.gethostbyname_ex(NAME),
    "`getaddrinfo` of a number, `%` and a name": lambda: socket.getaddrinfo(NUMBER_AND_NAME, 443),
    "`getaddrinfo` of a listed name, `%` and a name": lambda: socket.getaddrinfo(TWO_NAMES, 443),
    "`gethostbyname` of a listed name, `%` and a name": lambda: socket.gethostbyname(TWO_NAMES),
    "`connect` to a number, `%` and a name": lambda: _with(
        TCP, lambda s: s.connect((NUMBER_AND_NAME, LISTED))
    ),
    "`connect` to a listed name, `%` and a name": lambda: _with(
        TCP, lambda s: s.connect((TWO_NAMES, LISTED))
    ),
    "`bind` to a number, `%` and a name": lambda: _with(
        UDP, lambda s: s.bind((NUMBER_AND_NAME, 0))
    ),
    "`gethostbyaddr` of a name": lambda: socket.gethostbyaddr(NAME),
    "`gethostbyaddr` of a number": lambda: socket.gethostbyaddr("192.0.2.1"),
    "`getnameinfo`": lambda: socket.getnameinfo(("192.0.2.1", 53), 0),
    "`getnameinfo` of what is listed": lambda: socket.getnameinfo(("127.0.0.1", LISTED), 0),
}
OF_OTHER_KINDS: dict[str, Callable[[], object]] = {
    "a socket of this machine": _to_a_socket_of_this_machine,
    "the machine's log": lambda: _with(UDP, lambda s: s.sendto(BODY, "/dev/log"), socket.AF_UNIX),
    "raw packets": _kind("AF_INET", 2, socket.SOCK_RAW, 1),
    "SCTP": _kind("AF_INET", 2, TCP, 132),
    "netlink": _kind("AF_NETLINK", 16, socket.SOCK_RAW),
    "the wire itself": _kind("AF_PACKET", 17, socket.SOCK_RAW),
    "the machine's host": _kind("AF_VSOCK", 40, TCP),
    "Bluetooth": _kind("AF_BLUETOOTH", 31, TCP, 3),
    "listening to other machines": lambda: socket.create_server(("0.0.0.0", 0)),  # noqa: S104 - it is what is tried
    "listening without an address": lambda: _with(TCP, lambda s: s.listen()),
}
ATTEMPTS = {
    **BY_NUMBER, **BY_NAME, **OF_OTHER_KINDS,
    **outlaws_programs.attempts(UNLISTED), **outlaws_in_c.attempts(UNLISTED),
}  # fmt: skip
OPEN = outlaws_in_c.open_ways(UNLISTED)
"""What the net cannot see, tried all the same: what is said of it must be true."""


def _own_server() -> None:
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    socket.create_connection(server.server_address).close()
    server.server_close()


ALLOWED: dict[str, Callable[[], object]] = {
    "requests, listed": lambda: requests.get(f"http://127.0.0.1:{LISTED}/", timeout=5),
    "requests, listed by another name": lambda: requests.get(
        f"http://localhost:{LISTED}/", timeout=5
    ),
    "httpx, listed": lambda: httpx.get(f"http://127.0.0.1:{LISTED}/"),
    "asyncio, listed": lambda: asyncio.run(_stream("127.0.0.1", LISTED)),
    "`connect` to a listed name": lambda: socket.socket().connect(("localhost", LISTED)),
    "the door, listed": lambda: _door(f"http://127.0.0.1:{LISTED}/"),
    "a server of this process, asked by itself": _own_server,
    "a pair of sockets of this process": lambda: socket.socketpair()[0].close(),
    "what Python asks a program for": platform.architecture,  # refused, it takes what it knows
    "what Python asks a name server for": socket.getfqdn,  # as above
    "the interpreter's own C": outlaws_in_c.of_the_interpreter,
    "a key of Google's kind": outlaws_in_c.a_key,
}


def ended(attempt: Callable[[], object]) -> str:
    """How an attempt ended: "refused", "done", or by the name of what else was raised."""
    try:
        attempt()
    except ClerkError:  # the door says of a redirect that it did not follow
        return "refused"
    except Exception as exc:  # noqa: BLE001 - whatever it is, its name is the answer
        refused = isinstance(exc.__cause__ or exc.__context__, ClerkError)
        return "refused" if refused else f"{type(exc).__name__}: {exc}"
    return "done"


def _each(name: str, attempt: Callable[[], object]) -> str:
    os.access(f"/attempt/{name}", os.F_OK)
    return ended(attempt)


if __name__ == "__main__":
    install_network_guard()
    allow(
        [AllowedHost("127.0.0.1", LISTED, "a trial"), AllowedHost("localhost", LISTED, "a trial")]
    )
    every = ATTEMPTS | ALLOWED | OPEN
    print(json.dumps({name: _each(name, attempt) for name, attempt in every.items()}))
