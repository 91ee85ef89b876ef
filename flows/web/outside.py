"""What holds for every request, signed in or not: hosts, origins, headers.

A page on this machine is open to every program on it, and to every web page that its owner visits:
a name that leads to this machine (DNS rebinding), a form of another site, a frame around ours are
refused here, before anything is read.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FRAMED: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox"
)
"""Of a document in a frame of ours: it may do nothing."""
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# "no-referrer" would make browsers send "Origin: null" with our own forms.
_LARGEST_HEADERS = 32 * 1024


def origins_of(address: str, port: int) -> frozenset[str]:
    """The origins under which the page is opened: this machine's, or its reverse proxy's."""
    if address:
        return frozenset((address,))
    return frozenset(f"http://{host}:{port}" for host in ("127.0.0.1", "localhost", "[::1]"))


class Outside:
    """Refuses what is none of ours, and sends its headers with every answer.

    Args:
        origins: under which the page is opened; others are refused.
    """

    def __init__(self, app: ASGIApp, origins: frozenset[str]) -> None:
        self._app, self._origins = app, origins
        self._hosts = frozenset(urlsplit(one).netloc for one in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope["method"], Headers(scope=scope))
        app = _refused(*refusal) if refusal else self._app
        await app(scope, receive, _with_headers(send))

    def _refusal(self, method: str, asked: Headers) -> tuple[int, str] | None:
        if sum(len(name) + len(value) for name, value in asked.raw) > _LARGEST_HEADERS:
            return 431, "The request is too large."
        if "transfer-encoding" in asked:  # no browser sends a form so; two could read it as two
            return 400, "The request cannot be read."
        if asked.getlist("host") not in [[host] for host in self._hosts]:
            return 421, "This page is not at this address."
        if method not in ("GET", "HEAD", "POST"):
            return 405, "This cannot be done here."
        if method == "POST" and not self._is_from_here(asked):
            return 403, "This form is not one of this page's."
        return None

    def _is_from_here(self, asked: Headers) -> bool:
        """Browsers say with each form where it was made."""
        site = asked.get("sec-fetch-site", "same-origin")
        origin = asked.getlist("origin")
        mine = [one for one in self._origins if urlsplit(one).netloc == asked["host"]]
        return origin == mine[:1] and site == "same-origin"


def _refused(status: int, why: str) -> PlainTextResponse:
    """An answer after which nothing more is read on this line."""
    return PlainTextResponse(why, status, headers={"Connection": "close"})


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            message["headers"] = headers.raw
        await send(message)

    return sending
