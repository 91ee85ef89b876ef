"""Prefect's own server behind our door and our net, run as `python -m flows.scheduler.server FD`.

Its door: every request needs the secret that its environment brings, a `Host` of this machine (or
its public name, where TLS stands before it), and no `Origin` but its own page's. Prefect checks the
secret alone, and not on its page's files; a web page opened on this machine could reach the rest by
a name that leads to 127.0.0.1. Its net: it reaches itself, and its database where that is
elsewhere. It is told counts only; all the same an automation, a webhook or a library of its own
could call somebody.

FD is a listening socket that whoever started it keeps: nobody else can take its port, not even
while it is started again. It ends when its standard input does, which is when its parent is gone.
"""

import json
import os
import signal
import socket
import sys
import threading
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from starlette.datastructures import Headers
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from connectors.net.network_allowlist import AllowedHost, allow, exit_to, install_network_guard
from models.errors import FixTheSettings

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
"""What this machine may be called by whoever asks; any other name was made to lead here."""


OPENER = build_opener(ProxyHandler({}))
"""Asks a server past the proxies of the environment, which are no exits."""


def prefect_exit(url: str) -> AllowedHost:
    """Return the host and port of the Prefect server.

    Raises:
        FixTheSettings: this is no address of one.
    """
    if not _is_address(url):
        raise FixTheSettings(
            "this is no address of a Prefect server",
            where="PREFECT_API_URL",
            next_step="write it as http://127.0.0.1:4200/api, with your server's host and port",
        )
    return exit_to(url, "the Prefect server, which is told counts only")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return named and parts.scheme in ("http", "https") and url.isprintable() and " " not in url


def is_open_to_all(url: str) -> bool:
    """Whether the server behind an API address answers somebody who brings no secret.

    Raises:
        OSError: no Prefect server answers there.
    """
    try:
        with OPENER.open(f"{url}/admin/version", timeout=5) as answer:
            if isinstance(json.load(answer), str):
                return True
    except HTTPError as refusal:
        refusal.close()
        if refusal.code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            return False
    except (HTTPException, ValueError):
        pass  # somebody else answers
    raise ConnectionError("no Prefect server answers")


class OwnOrigin:
    """Refuses what a page of another origin asks for, over HTTP and websockets alike."""

    def __init__(self, app: ASGIApp, port: int, public: str) -> None:
        self._app, self._own = app, {f"http://{name}:{port}" for name in NAMES}
        self._own |= {public} - {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what comes from no page, or from the server's own."""
        asked = scope["type"] in ("http", "websocket")
        origin = Headers(scope=scope).get("origin") if asked else None
        if origin is None or origin in self._own:
            await self._app(scope, receive, send)
        else:
            refusal = PlainTextResponse("Foreign Origin", HTTPStatus.FORBIDDEN)
            await refusal(scope, receive, send)


def locked(app: ASGIApp, port: int, public: str = "") -> ASGIApp:
    """An application behind the door of this machine.

    Args:
        public: what others call it, `https://engine.example.org`, where TLS stands before it.
    """
    names = [*NAMES, *filter(None, [urlsplit(public).hostname])]
    door = OwnOrigin(app, port, public)
    return TrustedHostMiddleware(door, allowed_hosts=names, www_redirect=False)


def main(listening: int) -> None:
    """Serve on a listening socket until told to stop."""
    listener = socket.socket(fileno=listening)
    port: int = listener.getsockname()[1]
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    install_network_guard()
    allow([AllowedHost(name, port, "the server itself") for name in NAMES])
    import uvicorn
    from prefect.server.api.server import create_app
    from prefect.settings import get_current_settings

    settings = get_current_settings().server
    url = settings.database.connection_url
    if url and not (where := url.get_secret_value()).startswith("sqlite"):
        allow([exit_to(where, "the server's own database")])
    server = uvicorn.Server(
        uvicorn.Config(
            locked(create_app(final=True), port, (settings.ui.api_url or "").removesuffix("/api")),
            log_config=None,  # Prefect has set logging up, with our formatter
            access_log=False,
            timeout_keep_alive=settings.api.keepalive_timeout,
            timeout_graceful_shutdown=10,
        )
    )
    server.run(sockets=[listener])


def _end_with_the_parent() -> None:
    """Without whoever started it nobody could stop it, and two would share one database."""
    while os.read(0, 1024):  # not through Python's own buffer, whose lock an ending process wants
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(int(sys.argv[1]))
