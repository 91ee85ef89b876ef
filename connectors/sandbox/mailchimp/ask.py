"""From a request to a handler and back: who may ask, what was asked, how the answer is written."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from connectors.sandbox.mailchimp.problems import Problem, T, missing, read
from connectors.sandbox.mailchimp.query import Query, Trim, page
from connectors.sandbox.mailchimp.sending import tick
from connectors.sandbox.mailchimp.state import Audience, MailchimpState

NOT_COMPATIBLE = (
    "The requested method and resource are not compatible. See the Allow header for this"
    " resource's available methods."
)
READERS = ("author", "viewer")
NO_ACCESS = "User does not have access to the requested operation"
WRONG_KEY = "Your API key may be invalid, or you've attempted to access the wrong datacenter."


@dataclass(frozen=True)
class Ask:
    """One request: what was asked, of which state, at what time.

    `partial_errors` is the injected fault that a batch upsert obeys.
    """

    state: MailchimpState
    now: datetime
    path: Mapping[str, str]
    query: Query
    raw: bytes
    links: list[dict[str, str]]
    partial_errors: bool = False

    def body(self, model: type[T]) -> T:
        """The request's body, or a problem."""
        return read(model, self.raw)

    @property
    def audience(self) -> Audience:
        """The audience the path names, or 404."""
        try:
            return self.state.lists[self.path["list_id"]]
        except KeyError:
            raise missing() from None

    def collection(
        self,
        key: str,
        found: Sequence[Any],
        look: Callable[[Trim], Callable[[Any], Any]],
        **more: Any,
    ) -> dict[str, Any]:
        """One page of a collection with its total; `look` says how items are shown, trimmed."""
        trim, shown = Trim.of(self.query), page(found, self.query)
        inside = trim.inside(key)
        items = list(map(look(inside), shown)) if inside else []
        reply = {key: items, **more, "total_items": len(found), "_links": self.links}
        return {name: value for name, value in reply.items() if trim.inside(name)}

    def single(self, shown: dict[str, Any]) -> Any:
        """One resource, trimmed as the query asks."""
        return Trim.of(self.query)(shown | {"_links": self.links})


def trimmed(show: Callable[[Any], Any]) -> Callable[[Trim], Callable[[Any], Any]]:
    """How items look that are shown whole before they are trimmed."""
    return lambda trim: lambda item: trim(show(item))


Handler = Callable[[Ask], Any]
Table = Mapping[str, Handler]


def route(
    wanted: str, handler: Handler, state: MailchimpState, now: Callable[[], datetime]
) -> Route:
    """A handler ("GET /path") as a route. It returns what becomes JSON, or None for 204."""
    method, path = wanted.split()

    async def endpoint(request: Request) -> Response:
        at = now().replace(microsecond=0)
        try:
            _let_in(request.headers.get("authorization", ""), state)
            if state.trouble:
                raise Problem(*state.trouble)
            if state.role in READERS and method != "GET":
                raise Problem(403, "User action not permitted", NO_ACCESS)
            tick(state, at)
            links = [{"rel": "self", "href": str(request.url), "method": method}]
            partial = getattr(request.state, "partial_errors", False)
            raw = await request.body()
            ask = Ask(state, at, request.path_params, request.query_params, raw, links, partial)
            return _answer(handler(ask))
        except Problem as problem:
            return _refusal(problem, state)

    return Route(path, endpoint, methods=[method])


def strangers(known: Sequence[Route], state: MailchimpState) -> Route:
    """The last route: 405 for a path that is known by another method, 404 for the rest."""

    async def endpoint(request: Request) -> Response:
        if any(each.matches(request.scope)[0] is Match.PARTIAL for each in known):
            return _refusal(Problem(405, "Method Not Allowed", NOT_COMPATIBLE), state)
        return _refusal(missing(), state)

    return Route("/{rest:path}", endpoint, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])


def _answer(content: Any) -> Response:
    """200 with JSON, or 204 with nothing, not even a content type."""
    if content is None:
        return Response(status_code=204)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text, media_type="application/json; charset=utf-8")


def _refusal(problem: Problem, state: MailchimpState) -> Response:
    """A problem document. Its content type is not `application/json`, and clients stumble on it."""
    text = json.dumps(problem.document(f"sandbox-{state.next():06}"), ensure_ascii=False)
    return Response(text, problem.status, media_type="application/problem+json; charset=utf-8")


def _let_in(header: str, state: MailchimpState) -> None:
    kind, _, secret = header.partition(" ")
    if not secret:
        raise Problem(401, "API Key Missing", "Your request did not include an API key.")
    if kind.lower() == "basic":
        try:
            secret = base64.b64decode(secret, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            secret = ""
    if secret != state.api_key:
        raise Problem(401, "API Key Invalid", WRONG_KEY)
