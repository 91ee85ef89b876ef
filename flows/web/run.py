"""The page's own server: on this machine only, until it is told to stop."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from connectors.settings import Chapter, load_chapter
from flows import console
from flows.clock import Clock, utc_now
from flows.web.access import HOW_TO_NAME, desk_of, home_of
from flows.web.app import application
from flows.web.works import Works
from models.errors import FixTheSettings, TryAgainLater
from models.text.formats import amount

WAITED: Final = 30
"""Seconds that a stop waits for works: what sends is safe to break off, and not pleasant."""


def serve(folder: Path, now: Clock = utc_now) -> None:
    """Serve the page until the process is told to stop.

    Raises:
        FixTheSettings: the settings are wrong, or nobody may sign in.
        TryAgainLater: something else has its port.
    """
    chapter = load_chapter(folder)
    server, listening = _server(chapter, folder, now), _listen(chapter)
    console.say(f"The officers' page: {home_of(chapter)}. Press Ctrl-C to stop.")
    console.say("To sign in, an officer needs a link: clerk desk invite NAME")
    server.run(sockets=[listening])


@contextmanager
def serving(app: Any, listening: socket.socket, works: Works) -> Iterator[None]:
    """Serve an application of ours, with its works, in a thread for as long as the block runs."""
    with _in_a_thread(_server_of(app, works), listening):
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
        thread.join(timeout=WAITED + 5)


class _Server(uvicorn.Server):
    """Stops when what officers started has ended, or after `WAITED` seconds, or if told again."""

    def __init__(self, config: uvicorn.Config, works: Works) -> None:
        super().__init__(config)
        self._works = works

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        for stop in self._works.at_stop:
            stop()
        if self._works.going:
            console.say("The page waits for what officers started. To stop at once, press Ctrl-C.")
        until = time.monotonic() + WAITED
        while self._works.going and not self.force_exit and time.monotonic() < until:
            await asyncio.sleep(0.05)
        if many := len(self._works.going):
            console.say(
                f"Interrupted: {amount(many, 'job')} that officers started. "
                "What is half done is completed at the next check, or when they start it again."
            )


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
    works = Works()
    return _server_of(application(folder, now, works), works)


def _server_of(app: Any, works: Works) -> uvicorn.Server:
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
    return _Server(config, works)


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
