"""The middleware between the wire and the two services: it journals, counts and breaks things."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from connectors.sandbox.exchange import Exchange, named
from connectors.sandbox.faults import Faults, canned

Answer = tuple[int, list[tuple[bytes, bytes]], bytes]
NO_CONTENT, AWAY = 204, 302
MAILCHIMP_HOST = "api.mailchimp.com"


class Recorder:
    """Outermost ASGI application: one `Exchange` a request, the fault that strikes it, the answer.

    Args:
        keep: whether bodies stay in the journal; the counts are kept in any case.
    """

    def __init__(self, app: ASGIApp, faults: Faults, *, keep: bool) -> None:
        self.app, self.faults, self.keep = app, faults, keep
        self.journal: list[Exchange] = []
        self.counts: Counter[str] = Counter()
        self._numbers = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(("/google/", "/mailchimp/")):
            await self.app(scope, receive, send)
            return
        body = await _body(receive)
        if body is None:
            return
        exchange = self._open(scope, body)
        number, rule = self.faults.next(exchange)
        kind = rule.kind if rule else None
        exchange.fault = kind
        scope.setdefault("state", {})["partial_errors"] = kind == "partial-errors"
        self.faults.tell(number, "before", exchange)
        try:
            if kind == "reset" and exchange.writes:
                self._close(exchange, scope, None)
                await _hang_up(receive, send)
                return
            said = canned(kind, exchange.service) if kind else None
            if said is None or kind == "html-after":
                answer = await self._work(scope, exchange)
            if said:
                answer = _answer(*said)
            self._close(exchange, scope, None if kind == "lost-answer" else answer)
        finally:
            self.faults.tell(number, "after", exchange)
        if rule and kind == "slow":
            await asyncio.sleep(rule.seconds)
        if kind == "lost-answer":
            await _hang_up(receive, send)
        elif kind == "reset":
            await _say(send, answer, half=True)
            await _hang_up(receive, send)
        else:
            await _say(send, answer)

    def clear(self) -> None:
        """Start the journal and its counts anew."""
        self.journal.clear()
        self.counts.clear()
        self._numbers = 0

    def recall(self, exchanges: Iterable[Exchange]) -> None:
        """Count and keep what was asked earlier, as if it had been asked anew."""
        for exchange in exchanges:
            self._numbers += 1
            self.faults.next(exchange)
            self.journal.append(replace(exchange, number=self._numbers))
            self._count(exchange)

    def _open(self, scope: Scope, body: bytes) -> Exchange:
        self._numbers += 1
        _, service, rest = scope["path"].split("/", 2)
        host, _, path = rest.partition("/") if service == "google" else (MAILCHIMP_HOST, "/", rest)
        exchange = Exchange(
            number=self._numbers,
            service=service,
            method=scope["method"],
            host=host,
            path=f"/{path}",
            query=parse_qsl(scope["query_string"].decode(), keep_blank_values=True),
            request=body,
            request_type=dict(scope["headers"]).get(b"content-type", b"").decode(),
        )
        if self.keep:
            self.journal.append(exchange)
        return exchange

    def _close(self, exchange: Exchange, scope: Scope, answer: Answer | None) -> None:
        exchange.pattern = named(exchange.path, scope.get("path_params", {}).items())
        self._count(exchange)
        if answer:
            exchange.status, headers, exchange.response = answer
            exchange.response_type = dict(headers).get(b"content-type", b"").decode()

    def _count(self, exchange: Exchange) -> None:
        self.counts[f"{exchange.method} {exchange.host}{exchange.pattern}"] += 1

    async def _work(self, scope: Scope, exchange: Exchange) -> Answer:
        """Let the service answer, and keep what it says. Its own bugs are kept as `crash`."""
        status, headers, parts = 500, [], []

        async def keep(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status, headers = message["status"], list(message["headers"])
            else:
                parts.append(message.get("body", b""))

        try:
            await self.app(scope, _once(exchange.request), keep)
        except Exception as exc:
            exchange.crash = exc
            raise
        return status, headers, b"".join(parts)


def _answer(status: int, media_type: str, body: bytes) -> Answer:
    headers = [(b"content-length", str(len(body)).encode())] if status != NO_CONTENT else []
    if media_type:
        headers.append((b"content-type", media_type.encode()))
    if status == AWAY:
        headers.append((b"location", b"https://portal.example.org/"))
    return status, headers, body


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None if the client went away while sending it."""
    parts, more = [], True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _once(body: bytes) -> Callable[[], Awaitable[Message]]:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _say(send: Send, answer: Answer, *, half: bool = False) -> None:
    status, headers, body = answer
    await send({"type": "http.response.start", "status": status, "headers": headers})
    part = body[: len(body) // 2] if half else body
    await send({"type": "http.response.body", "body": part, "more_body": half})


async def _hang_up(receive: Receive, send: Any) -> None:
    """Close the connection under the client; what was written before still arrives."""
    send.__self__.transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass
