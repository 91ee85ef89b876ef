"""One list of exits, and a net under everything: what is not listed is not reached (DP-3).

`guard` hangs an audit hook on Python's sockets. Whatever library tries it, a name that is not
listed is not looked up (a look-up is a message too) and a connection or datagram to a host or port
that is not listed is refused before a byte leaves. The list starts empty and grows by the services
that a command really uses, so that `clerk roll` can reach nobody at all.

A program that is started, and the C library when it is called through ctypes, would have sockets
that the net cannot see: no program is started but those that are let, and ctypes finds nothing but
the interpreter's own functions. A library with sockets in C of its own is not seen: PostgreSQL's
libpq is one, and the ledger holds its URL to the list before it is asked. `clerk serve` and the
demo start Python, for Prefect's server and the jobs: each hangs a net of its own. It is a net
against libraries that talk, not a wall against a program that wants to get around it.
"""

import ipaddress
import os
import socket
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from connectors.net.refusals import not_listed, not_started
from connectors.net.starts import clean_environment, hold_to_the_forms, hold_what_is_forked

__all__ = [
    "PORTS", "Exit", "allow", "clean_environment", "exit_to", "exits_to", "guard",
    "hold_to_the_list", "let_start", "let_start_python", "listed",
]  # fmt: skip

PORTS = {"https": 443, "http": 80, "postgresql": 5432}
_LOCAL_FAMILIES = {"AF_UNIX", "AF_NETLINK"}
"""Sockets that end on this machine whatever is written to them."""


class Exit(NamedTuple):
    """A host and port that may be reached, and why."""

    host: str
    port: int
    why: str

    def __str__(self) -> str:
        return f"{self.host}:{self.port} ({self.why})"


def exit_to(url: str, why: str) -> Exit:
    """The exit that a URL or a `host[:port]` (https then) needs."""
    parts = urlsplit(url if "//" in url else f"https://{url}")
    scheme = parts.scheme.partition("+")[0]
    return Exit(parts.hostname or "", parts.port or PORTS.get(scheme, 443), why)


def exits_to(hosts: Mapping[str, str]) -> list[Exit]:
    """The exits of one service, as its connector names them: host[:port] → why."""
    return [exit_to(host, why) for host, why in hosts.items()]


class _Net:
    """What is listed, and which addresses the listed names stand for."""

    def __init__(self) -> None:
        self.exits: dict[tuple[str, int], Exit] = {}
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        self.programs: set[str] = set()
        self.starts_python = False

    def allow(self, exits: Iterable[Exit]) -> None:
        self.exits |= {(each.host.casefold(), each.port): each for each in exits}

    def look_up(self, host: object) -> None:
        """A name may be looked up when it is listed, at whatever port."""
        name = _text(host)
        if name and not _is_number(name) and all(name != listed for listed, _ in self.exits):
            raise not_listed(name)

    def remember(self, host: object, found: Iterable[tuple[Any, ...]]) -> None:
        """The addresses a listed name was found at are that exit's too."""
        for *_, address in found:
            self.names[_text(address[0])].add(_text(host))

    def reach(self, address: Any) -> None:
        """A connection or datagram may go where the list says."""
        if not isinstance(address, tuple) or len(address) < 2:
            raise not_listed("an unknown kind of address")
        host, port = _text(address[0]), address[1]
        if not any((name, port) in self.exits for name in (host, *self.names.get(host, ()))):
            raise not_listed(f"{host}:{port}")

    def start(
        self, programs: Iterable[object], command: Sequence[object], environment: Mapping[str, str]
    ) -> None:
        """A program may be started as it was let; what it is told is not repeated."""
        if {os.fsdecode(program) for program in programs} <= self.programs:  # type: ignore[arg-type]  # Python checked it
            return
        if not self.starts_python:
            raise not_started("another program")
        hold_to_the_forms(programs, command, environment)


_net: _Net | None = None
_hung = False


def guard() -> None:
    """Hang the net: from now on this process reaches nothing that `allow` has not listed."""
    global _net, _hung
    if _net is None:
        _net = _Net()
    if not _hung:
        _hung = True
        sys.addaudithook(_audit)
        _note_what_names_stand_for()
        hold_what_is_forked(_start)


def allow(exits: Iterable[Exit]) -> None:
    """List exits. Without the net there is nothing to open: a session's own check still holds."""
    if _net is not None:
        _net.allow(exits)


def let_start(program: str) -> None:
    """Let a program be started by this process; it has to hang a net of its own."""
    if _net is not None:
        _net.programs.add(program)


def let_start_python() -> None:
    """Let this process start its own Python: jobs and their server, and nothing else of it."""
    if _net is not None:
        _net.starts_python = True


def hold_to_the_list(way: Exit) -> None:
    """For whoever opens sockets that the net cannot see: refuse an exit that is not listed."""
    if _net is not None:
        _net.reach((way.host, way.port))


def listed() -> list[Exit]:
    """What this process may reach now."""
    return list(_net.exits.values()) if _net else []


def _start(programs: Iterable[Any], command: Any, environment: Any) -> None:
    if _net is not None:
        given = os.environb if environment is None else environment
        names = {os.fsdecode(name): os.fsdecode(value) for name, value in given.items()}
        _net.start(programs, [command] if isinstance(command, str | bytes) else command, names)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not event.startswith(("socket.", "subprocess.", "os.", "ctypes.")) or _net is None:
        return
    match event:
        case "subprocess.Popen" | "os.posix_spawn":
            program, command, *_, environment = arguments
            _start([program], command, environment)
        case "os.exec" if os.fsdecode(arguments[0]) not in _net.programs:
            raise not_started("another program")
        case "os.system":
            raise not_started("a shell")
        case "ctypes.dlsym" if not str(arguments[1]).startswith("Py"):
            raise not_started("a function in C")
        case "socket.getaddrinfo" | "socket.gethostbyname" | "socket.gethostbyaddr":
            _net.look_up(arguments[0])
        case "socket.getnameinfo":
            _net.reach(arguments[0])
        case "socket.connect" | "socket.sendto" | "socket.sendmsg":
            sender, address = arguments[0], arguments[1]
            if address is not None and sender.family.name not in _LOCAL_FAMILIES:
                _net.reach(address)


def _note_what_names_stand_for() -> None:
    """The hook sees a look-up begin and not what it finds; whoever looks up otherwise is refused
    at the connection."""
    look_up = socket.getaddrinfo

    def noted(host: Any, *arguments: Any, **options: Any) -> Any:
        found = look_up(host, *arguments, **options)
        if _net is not None and host:
            _net.remember(host, found)
        return found

    socket.getaddrinfo = noted


def _text(host: object) -> str:
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    return text.casefold().partition("%")[0]


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return True
