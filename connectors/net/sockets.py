"""Sockets: of our class, of kinds that the list can speak of, and without a look-up unseen.

Python resolves a name that is given to `connect`, `sendto`, `sendmsg` or `bind` in C, and raises
its audit event only then: the name server has been told. So these methods of Python's own class ask
before, and a socket of any other class is not made. The event is held to the list as well, for the
C methods can be called without the class.
"""

import _socket
import ipaddress
import os
import socket
from collections.abc import Callable
from functools import wraps
from typing import Any

from connectors.net.refusals import not_done, not_listed

Ask = Callable[[Any, Any], None]
"""Is asked with a socket and an address, and refuses by raising."""

KINDS = {socket.SOCK_STREAM, socket.SOCK_DGRAM}
PROTOCOLS = {0, socket.IPPROTO_TCP, socket.IPPROTO_UDP}
INTERNET = {socket.AF_INET, socket.AF_INET6}
_FLAGS = getattr(socket, "SOCK_NONBLOCK", 0) | getattr(socket, "SOCK_CLOEXEC", 0)  # Linux's own
_UNSAID = -1
"""What Python passes where a socket is made of a descriptor, or with its defaults."""
_OURS = socket.socket
# Of C, which a subclass cannot change.
_family: Callable[[Any], int] = _socket.socket.family.__get__


def hold_to_the_kinds(made: object, family: int, kind: int, protocol: int) -> None:
    """Let a socket be made that the list can speak of: TCP, UDP, and sockets of this machine.

    Raises:
        NotDone: raw packets, other families, or a class whose methods do not ask.
    """
    plain = kind if kind == _UNSAID else kind & ~_FLAGS
    if not isinstance(made, _OURS):
        raise not_done("a socket of another class than Python's own")
    if (
        family not in {*INTERNET, socket.AF_UNIX, _UNSAID}
        or plain not in {*KINDS, _UNSAID}
        or protocol not in {*PROTOCOLS, _UNSAID}
    ):
        raise not_done("a socket that is neither TCP nor UDP nor of this machine")


def place_of(sender: Any, address: Any) -> tuple[str, int] | None:
    """Where an address leads: host and port, or a path and 0; None is where it leads already.

    Raises:
        Refused: an address of another kind.
    """
    if address is None:
        return None
    if _family(sender) == socket.AF_UNIX and isinstance(address, str | bytes):
        return os.fsdecode(address), 0
    if _family(sender) in INTERNET and isinstance(address, tuple) and len(address) > 1:
        return text(address[0]), address[1]
    raise not_listed("an unknown kind of address")


def hold_to_this_machine(listener: Any, address: Any) -> None:
    """Let a socket be bound where only this machine reaches it: who listens can be asked.

    Raises:
        NotDone: others could reach it, or a name would have to be looked up.
    """
    place = place_of(listener, address)
    if place and _family(listener) in INTERNET and not is_loopback(place[0]):
        raise not_done("listening to other machines")


def ask_first(go: Ask, bound: Callable[[tuple[str, int]], None]) -> None:
    """Have the methods of Python's class ask before C resolves a name.

    Args:
        go: whether a message may go to an address.
        bound: told of each place on this machine that is listened at.
    """
    for name, place in {"connect": 0, "connect_ex": 0, "sendto": -1, "sendmsg": 3}.items():
        setattr(_OURS, name, _asking(name, place, go))
    _OURS.bind = _asking("bind", 0, hold_to_this_machine)  # type: ignore[method-assign]  # what it is for
    listen = _socket.socket.listen

    @wraps(listen)
    def heard(self: Any, *arguments: Any) -> None:
        hold_to_this_machine(self, at := self.getsockname())  # unbound, it would be everywhere
        listen(self, *arguments)
        if _family(self) in INTERNET:
            bound((at[0], at[1]))

    _OURS.listen = heard  # type: ignore[method-assign]  # as above


def _asking(name: str, place: int, ask: Ask) -> Callable[..., Any]:
    plain = getattr(_socket.socket, name)

    @wraps(plain)
    def asked(self: Any, *arguments: Any) -> Any:
        if len(arguments) > abs(place):
            ask(self, arguments[place])
        return plain(self, *arguments)

    return asked


def text(host: object) -> str:
    """A host as it is compared: small letters, and a number of IPv6 without its interface.

    Of anything else a `%` is a part: such a name would be looked up whole.
    """
    said = host.decode("ascii", "replace") if isinstance(host, bytes | bytearray) else host
    whole = str(said or "").casefold()
    number = whole.partition("%")[0]
    return number if ":" in number and is_number(number) else whole


def is_loopback(host: str) -> bool:
    """Whether a number, or `localhost`, is this machine."""
    return host == "localhost" or (is_number(host) and ipaddress.ip_address(host).is_loopback)


def is_number(host: str) -> bool:
    """Whether nothing has to be looked up."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
