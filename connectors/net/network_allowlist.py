"""One list of exits, and a net under everything: what is not listed is not reached (DP-3).

`install_network_guard` hangs an audit hook on Python's sockets, on its starting of programs and on
its calls into C. Whatever library tries it, a name that is not listed is not looked up (a look-up
is a message too), and a connection or datagram to a host or port that is not listed is refused
before a byte leaves. The list starts empty and grows by the services that a command really uses,
so that `clerk roll` can reach nobody at all.

A library with sockets in C of its own is not seen: PostgreSQL's libpq is one, and the ledger holds
its URL to the list before it is asked. It is a net against libraries that talk, not a wall against
a program that wants to get around it; `docs/guard.md` says what was tried and what remains.
"""

import os
import socket
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from connectors.net.libraries import hold_functions, hold_libraries, hold_modules
from connectors.net.refusals import not_done, not_listed, not_started
from connectors.net.sockets import (
    ask_first,
    hold_to_the_kinds,
    hold_to_this_machine,
    is_number,
    place_of,
    text,
)
from connectors.net.starts import clean_environment, hold_to_the_forms, hold_what_is_forked

__all__ = [
    "PORTS",
    "AllowedHost",
    "allow",
    "clean_environment",
    "exit_to",
    "exits_to",
    "install_network_guard",
    "let_start_python",
    "listed",
    "refuse_unlisted",
]  # fmt: skip

PORTS = {"https": 443, "http": 80, "postgresql": 5432}


class AllowedHost(NamedTuple):
    """A host and port, or a path of this machine and 0, that may be reached, and why."""

    host: str
    port: int
    why: str

    def __str__(self) -> str:
        return f"{self.host}{f':{self.port}' if self.port else ''} ({self.why})"


def exit_to(url: str, why: str) -> AllowedHost:
    """The exit that a URL or a `host[:port]` (https then) needs."""
    parts = urlsplit(url if "//" in url else f"https://{url}")
    scheme = parts.scheme.partition("+")[0]
    port = parts.port or PORTS.get(scheme, 443)
    folder = parse_qs(parts.query).get("host", [""])[0]
    if scheme == "postgresql" and folder.startswith("/"):  # a socket of this machine
        return AllowedHost(f"{folder}/.s.PGSQL.{port}", 0, why)
    return AllowedHost(parts.hostname or "", port, why)


def exits_to(hosts: Mapping[str, str]) -> list[AllowedHost]:
    """The exits of one service, as its connector names them: host[:port] → why."""
    return [exit_to(host, why) for host, why in hosts.items()]


class _Net:
    """What is listed, and which addresses the listed names stand for."""

    def __init__(self) -> None:
        self.exits: dict[tuple[str, int], AllowedHost] = {}
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        self.own: set[tuple[str, int]] = set()
        self.starts_python = False

    def allow(self, exits: Iterable[AllowedHost]) -> None:
        for each in exits:  # a host's name has no case; a socket's path has
            self.exits[each.host.casefold() if each.port else each.host, each.port] = each

    def look_up(self, host: object, *_: object) -> None:
        """A name may be looked up when it is listed, at whatever port; this machine's always."""
        name = text(host)
        known = not name or name == "localhost" or is_number(name)
        if not known and all(name != listed for listed, _ in self.exits):
            raise not_listed(name)

    def remember(self, host: object, found: Iterable[tuple[Any, ...]]) -> None:
        """The addresses a listed name was found at are that exit's too."""
        for *_, address in found:
            self.names[text(address[0])].add(text(host))

    def reach(self, place: tuple[str, int]) -> None:
        """A connection or datagram may go where the list says, and to what listens here itself."""
        host, port = place
        ways = {(name, port) for name in (host, *self.names.get(host, ()))}
        if ways.isdisjoint(self.exits) and ways.isdisjoint(self.own):
            raise not_listed(f"{host}:{port}" if port else "a socket of this machine")

    def start(
        self, programs: Iterable[object], command: Sequence[object], environment: Mapping[str, str]
    ) -> None:
        """A program may be started as it was let; what it is told is not repeated."""
        if not self.starts_python:
            raise not_started("another program")
        hold_to_the_forms(programs, command, environment)


_net: _Net | None = None
_hung = False


def install_network_guard() -> None:
    """Hang the net: from now on this process reaches nothing that `allow` has not listed."""
    global _net, _hung
    if _net is None:
        _net = _Net()
    if not _hung:
        _hung = True
        sys.addaudithook(_audit)
        ask_first(_go, _bound)
        _note_what_names_stand_for()
        hold_what_is_forked(_start, _born)


def allow(exits: Iterable[AllowedHost]) -> None:
    """List exits. Without the net there is nothing to open: a session's own check still holds."""
    if _net is not None:
        _net.allow(exits)


def let_start_python() -> None:
    """Let this process start its own Python: jobs and their server, and nothing else of it."""
    if _net is not None:
        _net.starts_python = True


def refuse_unlisted(way: AllowedHost) -> None:
    """Refuse a host that is not on the allowlist.

    Call this before a C library opens its own sockets, which the guard cannot see.
    """
    if _net is not None:
        _net.reach((way.host, way.port))


def listed() -> list[AllowedHost]:
    """What this process may reach now."""
    return list(_net.exits.values()) if _net else []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if _net is not None and (held := _HELD.get(event)):
        held(*arguments)


def _never(what: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise not_done(what)

    return refuse


def _look_up(host: object, *_: object) -> None:
    if _net is not None:
        _net.look_up(host)


def _go(sender: Any, address: Any) -> None:
    if _net is not None and (place := place_of(sender, address)):
        _net.reach(place)


def _bound(place: tuple[str, int]) -> None:
    if _net is not None:
        _net.own.add(place)


def _start(programs: Iterable[Any], command: Any, environment: Mapping[Any, Any] | None) -> None:
    if _net is not None:
        given = os.environb if environment is None else environment
        names = {os.fsdecode(name): os.fsdecode(value) for name, value in given.items()}
        _net.start(programs, [command] if isinstance(command, str | bytes) else command, names)


def _born() -> str:
    """How a job hangs its net before anything else: with the list of whoever starts it."""
    own = [
        AllowedHost(*place, "the process that started it") for place in (_net.own if _net else ())
    ]
    ways = [tuple(each) for each in (*listed(), *own)]
    return (
        "import connectors.net.network_allowlist as e; e.install_network_guard(); "
        f"e.allow(e.AllowedHost(*each) for each in {ways!r})"
    )


_HELD: dict[str, Callable[..., None]] = {
    "socket.__new__": hold_to_the_kinds,
    "socket.getaddrinfo": _look_up,
    "socket.gethostbyname": _look_up,
    "socket.gethostbyaddr": _never("asking a name server for the name of an address"),
    "socket.getnameinfo": _never("asking a name server for the name of an address"),
    "socket.connect": _go,
    "socket.sendto": _go,
    "socket.sendmsg": _go,
    "socket.bind": hold_to_this_machine,
    "socket.sethostname": _never("giving this machine another name"),
    "subprocess.Popen": lambda program, command, _, environment: _start(
        [program], command, environment
    ),
    "os.posix_spawn": lambda program, command, environment: _start([program], command, environment),
    "os.exec": _never("becoming another program"),
    "os.system": _never("a shell"),
    "pty.spawn": _never("a program with a terminal"),
    "import": hold_modules,
    "ctypes.dlopen": hold_libraries,
    "ctypes.dlsym": hold_functions,
    "ctypes.dlsym/handle": hold_functions,
    "ctypes.call_function": _never("calling a function in C by its address"),
    "sqlite3.enable_load_extension": _never("a library in C for SQLite"),
    "sqlite3.load_extension": _never("a library in C for SQLite"),
    "cpython.PyInterpreterState_New": _never("another interpreter in this process"),
}
"""Python's audit events that are held, each by what it is asked (docs.python.org, "Audit events
table")."""


def _note_what_names_stand_for() -> None:
    """Record the addresses that an allowed name resolves to.

    The audit hook sees only the start of a lookup. A lookup that bypasses this is refused when it
    connects.
    """
    look_up = socket.getaddrinfo

    def noted(host: Any, *arguments: Any, **options: Any) -> Any:
        found = look_up(host, *arguments, **options)
        if _net is not None and host:
            _net.remember(host, found)
        return found

    socket.getaddrinfo = noted
