"""The page's own server: on this machine only, until it is told to stop."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from connectors.settings import Chapter, load_chapter
from flows.context import Clock, utc_now
from flows.web.access import HOW_TO_NAME, desk_of
from flows.web.app import application
from models.errors import FixTheSettings, TryAgainLater


def serve(folder: Path, now: Clock = utc_now) -> None:
    """Serve the page until the process is told to stop.

    Raises:
        FixTheSettings: the settings are wrong, or nobody may sign in.
        TryAgainLater: something else has its port.
    """
    chapter = load_chapter(folder)
    _server(chapter, folder, now).run(sockets=[_listen(chapter)])


@contextmanager
def serving(app: Any, listening: socket.socket) -> Iterator[None]:
    """Serve an application of ours in a thread for as long as the block runs."""
    with _in_a_thread(_server_of(app), listening):
        yield


@contextmanager
def beside(folder: Path, now: Clock = utc_now) -> Iterator[None]:
    """Serve it in a thread for as long as the block runs.

    Raises:
        As `serve`.
    """
    chapter = load_chapter(folder)
    with _in_a_thread(_server(chapter, folder, now), _listen(chapter)):
        yield


@contextmanager
def _in_a_thread(server: uvicorn.Server, listening: socket.socket) -> Iterator[None]:
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while thread.is_alive() and not server.started:
        time.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=5)


class _Quiet(H11Protocol):
    """Writes no line about a request, however logging is set up: a sign-in link would be in it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.access_log = False


def _server(chapter: Chapter, folder: Path, now: Clock) -> uvicorn.Server:
    if not chapter.officers:
        raise FixTheSettings(
            "no officers are named, so no one can sign in",
            where="chapter.toml [[officers]]",
            next_step=HOW_TO_NAME,
        )
    return _server_of(application(folder, now))


def _server_of(app: Any) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        lifespan="off",
        http=_Quiet,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=1,
        limit_concurrency=64,
        h11_max_incomplete_event_size=64 * 1024,
    )
    return uvicorn.Server(config)


def listen(port: int) -> socket.socket:
    """Take a port of this machine; 0 takes a free one.

    Raises:
        OSError: something else has it.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError:
        listening.close()
        raise
    return listening


def _listen(chapter: Chapter) -> socket.socket:
    port = desk_of(chapter).port
    try:
        return listen(port)
    except OSError:
        raise TryAgainLater(
            f"something else on this computer uses port {port}",
            where="chapter.toml [desk] port",
            next_step="if the officers' page runs already, open it; otherwise choose another port",
        ) from None
