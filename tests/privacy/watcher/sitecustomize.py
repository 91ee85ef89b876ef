"""Loaded by every Python process of the canary runs, before anything else of theirs.

It keeps every byte a process sends, by destination; turns every log up to DEBUG; and breaks the
function it is told to break, with a person's address in the error and in the variables.

WATCH_WIRE: the folder for the bytes. WATCH_DEBUG: "1" for the logs. WATCH_BREAK: `module:function`
(or `module:Class.method`), which a file `break` beside WATCH_WIRE may name as well. WATCH_TEXT:
what the error says. WATCH_CLOCK: the moment at which the chapter's desk opens.
"""

import importlib
import logging
import os
import socket
import sys
from pathlib import Path
from typing import Any

WIRE = Path(os.environ["WATCH_WIRE"])


def _keep(where: object, data: object) -> None:
    if isinstance(where, tuple):
        name = f"{where[0]}_{where[1]}"
    else:
        return  # a socket of this machine's own
    with (WIRE / name.replace(":", "-")).open("ab") as out:
        out.write(bytes(data) + b"\n")  # type: ignore[call-overload]  # whatever a socket takes


def _peer(sender: socket.socket) -> object:
    try:
        return sender.getpeername()
    except OSError:
        return None


def _wrap(name: str) -> None:
    true = getattr(socket.socket, name)

    def watched(self: socket.socket, data: Any, *more: Any) -> Any:
        to = more[-1] if name == "sendto" else _peer(self)
        for part in data if name == "sendmsg" else (data,):
            _keep(to, part)
        return true(self, data, *more)

    setattr(socket.socket, name, watched)


for each in ("send", "sendall", "sendto", "sendmsg"):
    _wrap(each)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    """Where it goes at all, whatever it sends there."""
    if event == "socket.connect" and arguments[1][1:2] != (DISCARD,):
        _keep(arguments[1], b"(connected)")
    elif event == "socket.getaddrinfo":
        _keep(("look-up", 0), str(arguments[0]).encode())


sys.addaudithook(_audit)
DISCARD = 9
"""The port that a broken function tries to reach; nobody listens there."""


def _try_to_get_out() -> None:
    """Write down what became of a connection that nobody has listed."""
    try:
        socket.create_connection(("127.0.0.1", DISCARD), timeout=2)
        ended = "connected"
    except Exception as exc:  # noqa: BLE001 - its name is what is asked for
        ended = type(exc).__name__
    with WIRE.with_name("tried").open("a") as out:
        out.write(ended + "\n")


class _Unmasked:
    """Websocket frames are masked on the wire; they are kept as they were before."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "websockets.client":
            sys.meta_path.remove(self)
            frames: Any = importlib.import_module("websockets.frames")
            true = frames.apply_mask

            def kept(data: Any, mask: Any) -> Any:
                _keep(("websocket", os.getpid()), data)
                return true(data, mask)

            frames.apply_mask = kept


sys.meta_path.insert(0, _Unmasked())

if os.environ.get("WATCH_DEBUG"):
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.DEBUG)
    logging.getLogger("urllib3").setLevel(logging.DEBUG)

if moment := os.environ.get("WATCH_CLOCK"):
    desks: Any = importlib.import_module("flows.context")
    at = importlib.import_module("datetime").datetime.fromisoformat(moment)
    desks.open_chapter.__wrapped__.__defaults__ = (lambda: at,)

told = WIRE.with_name("break")
if broken := os.environ.get("WATCH_BREAK") or (told.read_text() if told.exists() else ""):
    module, _, path = broken.partition(":")
    owner: Any = importlib.import_module(module)
    *outer, last = path.split(".")
    for part in outer:
        owner = getattr(owner, part)

    def breaks(*arguments: Any, **options: Any) -> Any:
        who = os.environ["WATCH_TEXT"]
        _try_to_get_out()
        try:
            raise LookupError(who)
        except LookupError as exc:
            raise RuntimeError(f"cannot do it for {who}", {"person": who}) from exc

    setattr(owner, last, breaks)
