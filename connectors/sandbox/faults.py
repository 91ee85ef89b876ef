"""Injected faults: what can go wrong between two computers, on demand and countable."""

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from connectors.sandbox.exchange import Exchange

Kind = Literal[
    "429",  # too many requests, said as the service says it, without Retry-After
    "500",  # the service's own error, said as the service says it
    "503-html",  # a proxy's page instead of an answer
    "empty-500",  # no body and no content type: the Mailchimp library raises nothing
    "empty-429",
    "reset",  # a read's answer breaks off midway; a write's connection breaks before the work
    "lost-answer",  # the work is done and the connection closes without a word
    "slow",  # the work is done and the answer comes after the client's patience
    "partial-errors",  # Mailchimp's batch upsert: 200, and its first item refused
    # Something else answers in the service's place, and the work is not done:
    "html-200",  # a sign-in page of the network
    "garbage-200",
    "null-200",
    "list-200",
    "other-200",  # an object of some other program's
    "empty-200",  # {}
    "nothing-204",
    "html-404",
    "akamai-403",  # the gate before Mailchimp lets nothing from this address pass, for hours
    "away-302",  # to another host
    "html-after",  # the work is done, and a page comes instead of its answer
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Hook = Callable[[int, str, Exchange], None]


@dataclass
class Rule:
    """One fault in waiting: by number, or by method and path."""

    kind: Kind
    times: int
    seconds: float
    nth: int | None = None
    method: str = ""
    path_regex: str = ""

    def strikes(self, number: int, exchange: Exchange) -> bool:
        if self.nth is not None:
            return self.nth <= number < self.nth + self.times
        fits = self.method in ("", exchange.method) and re.search(self.path_regex, exchange.path)
        if fits and self.times:
            self.times -= 1
            return True
        return False


class Faults:
    """The faults still to come. Numbers are 1-based and count from the last `restart()`.

    `on_request`, if set, is called with (number, "before" or "after" the work, exchange), on the
    server's thread: a test may kill a client process there.
    """

    def __init__(self) -> None:
        self.on_request: Hook | None = None
        self._rules: list[Rule] = []
        self._seen = 0
        self._lock = threading.Lock()

    def at(self, nth: int, kind: Kind, times: int = 1, seconds: float = 2.0) -> None:
        """Strike the nth request from the last restart on, and the `times - 1` after it."""
        self._add(Rule(kind, times, seconds, nth=nth))

    def matching(
        self, method: str, path_regex: str, kind: Kind, times: int = 1, seconds: float = 2.0
    ) -> None:
        """Strike the next `times` requests of that method ("" = any) whose path has the pattern."""
        self._add(Rule(kind, times, seconds, method=method.upper(), path_regex=path_regex))

    def restart(self) -> None:
        """Count from 1 again; faults in waiting stay."""
        with self._lock:
            self._seen = 0

    def clear(self) -> None:
        """Forget every fault in waiting and count from 1 again."""
        with self._lock:
            self._rules.clear()
            self._seen = 0

    @property
    def quiet(self) -> bool:
        """Whether nothing is in waiting, and nobody is told."""
        return not self._rules and self.on_request is None

    @property
    def seen(self) -> int:
        """Requests since the last restart."""
        return self._seen

    def next(self, exchange: Exchange) -> tuple[int, Rule | None]:
        """Count a request in: its number, and the fault that strikes it."""
        with self._lock:
            self._seen += 1
            struck = (rule for rule in self._rules if rule.strikes(self._seen, exchange))
            return self._seen, next(struck, None)

    def tell(self, number: int, moment: str, exchange: Exchange) -> None:
        """Call the hook, if there is one."""
        if self.on_request:
            self.on_request(number, moment, exchange)

    def _add(self, rule: Rule) -> None:
        if rule.kind not in KINDS:
            raise ValueError(f"no such fault: {rule.kind}; there are {', '.join(KINDS)}")
        with self._lock:
            self._rules.append(rule)


STRANGERS: dict[Kind, tuple[int, str, bytes]] = {
    "html-200": (
        200,
        "text/html; charset=UTF-8",
        b"<!DOCTYPE html><h1>Sign in to the network</h1>",
    ),
    "garbage-200": (200, "application/json", b'{"\x00\xff\xd8":'),
    "null-200": (200, "application/json; charset=utf-8", b"null"),
    "list-200": (200, "application/json; charset=utf-8", b"[]"),
    "other-200": (
        200,
        "application/json; charset=utf-8",
        b'{"id":"7","status":"ok","version":"1.0","name":"portal","items":[],"total_items":0}',
    ),
    "empty-200": (200, "application/json; charset=utf-8", b"{}"),
    "nothing-204": (204, "", b""),
    "html-404": (404, "text/html; charset=UTF-8", b"<!DOCTYPE html><h1>Not Found</h1>"),
    "akamai-403": (
        403,
        "text/html",
        b"<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD></HTML>",
    ),
    "away-302": (302, "text/html; charset=UTF-8", b"<h1>Moved</h1>"),
    "html-after": (200, "text/html; charset=UTF-8", b"<!DOCTYPE html><h1>Session ended</h1>"),
}
"""What answers in a service's place: status, content type, body."""
PAGE = b"<!DOCTYPE html><title>Error 503</title><h1>Service Unavailable</h1><p>Try again later.</p>"
QUOTA = (
    "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user'"
    " of service 'sheets.googleapis.com'."
)
GOOGLE_SAYS = {
    429: ("RESOURCE_EXHAUSTED", QUOTA),
    500: ("INTERNAL", "Internal error encountered."),
}
MAILCHIMP_SAYS = {
    429: ("Too Many Requests", "You have exceeded the limit of 10 simultaneous connections."),
    500: ("InternalServerError", "An unexpected internal error has occurred."),
}


def canned(kind: Kind, service: str) -> tuple[int, str, bytes] | None:
    """Status, content type and body that are sent instead of doing the work, if `kind` is such."""
    if kind in STRANGERS:
        return STRANGERS[kind]
    match kind:
        case "503-html":
            return 503, "text/html; charset=UTF-8", PAGE
        case "empty-500" | "empty-429":
            return int(kind[-3:]), "", b""
        case "429" | "500":
            return _spoken(int(kind), service)
        case _:
            return None


def _spoken(status: int, service: str) -> tuple[int, str, bytes]:
    if service == "google":
        name, message = GOOGLE_SAYS[status]
        error = {"error": {"code": status, "message": message, "status": name}}
        return status, "application/json; charset=UTF-8", json.dumps(error).encode()
    title, detail = MAILCHIMP_SAYS[status]
    problem = {
        "type": "https://mailchimp.com/developer/marketing/docs/errors/",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": f"fault-{status}",
    }
    return status, "application/problem+json; charset=utf-8", json.dumps(problem).encode()
