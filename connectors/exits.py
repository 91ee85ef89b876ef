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
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from models.errors import Refused

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


class NotStarted(Refused, PermissionError):
    """A program that was not let. An `OSError` is what whoever starts one knows to do without: so
    does Python itself, which asks the program `file` what it was built for."""


class _Net:
    """What is listed, and which addresses the listed names stand for."""

    def __init__(self) -> None:
        self.exits: dict[tuple[str, int], Exit] = {}
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        self.programs: set[str] = set()

    def allow(self, exits: Iterable[Exit]) -> None:
        self.exits |= {(each.host.casefold(), each.port): each for each in exits}

    def look_up(self, host: object) -> None:
        """A name may be looked up when it is listed, at whatever port."""
        name = _text(host)
        if name and not _is_number(name) and all(name != listed for listed, _ in self.exits):
            raise _refused(name)

    def remember(self, host: object, found: Iterable[tuple[Any, ...]]) -> None:
        """The addresses a listed name was found at are that exit's too."""
        for *_, address in found:
            self.names[_text(address[0])].add(_text(host))

    def reach(self, address: Any) -> None:
        """A connection or datagram may go where the list says."""
        if not isinstance(address, tuple) or len(address) < 2:
            raise _refused("an unknown kind of address")
        host, port = _text(address[0]), address[1]
        if not any((name, port) in self.exits for name in (host, *self.names.get(host, ()))):
            raise _refused(f"{host}:{port}")

    def start(self, program: object) -> None:
        """A program may be started when it was let; what it is told is not repeated."""
        if os.fsdecode(program) not in self.programs:  # type: ignore[arg-type]  # Python checked it
            raise _not_started("another program")


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


def allow(exits: Iterable[Exit]) -> None:
    """List exits. Without the net there is nothing to open: a session's own check still holds."""
    if _net is not None:
        _net.allow(exits)


def let_start(program: str) -> None:
    """Let a program be started by this process; it has to hang a net of its own."""
    if _net is not None:
        _net.programs.add(program)


def hold_to_the_list(way: Exit) -> None:
    """For whoever opens sockets that the net cannot see: refuse an exit that is not listed."""
    if _net is not None:
        _net.reach((way.host, way.port))


def listed() -> list[Exit]:
    """What this process may reach now."""
    return list(_net.exits.values()) if _net else []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not event.startswith(("socket.", "subprocess.", "os.", "ctypes.")) or _net is None:
        return
    match event:
        case "subprocess.Popen" | "os.exec" | "os.posix_spawn":
            _net.start(arguments[0])
        case "os.system":
            raise _not_started("a shell")
        case "ctypes.dlsym" if not str(arguments[1]).startswith("Py"):
            raise _not_started("a function in C")
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


def _refused(host: str) -> Refused:
    return Refused(
        f"{host} is not on the list of exits",
        where="network",
        rule="DP-3",
        next_step="`clerk doctor` prints the list",
    )


def _not_started(what: str) -> NotStarted:
    return NotStarted(
        f"{what} is not started: its connections could not be held to the list of exits",
        where="network",
        rule="DP-3",
        next_step="run it yourself if it must be run; report this if clerk did it by itself",
    )
