"""The sandbox's own endpoints under /_sandbox/, for tests and benches in another process.

GET  key      a service account's key file
GET  journal  how many requests, by method and path pattern
GET  state    both states as JSON; POST takes the same
POST faults   `{"at": 3, "kind": "500"}` or `{"method": "PUT", "path_regex": "…", "kind": "429"}`,
              with `times` and `seconds`; `{"clear": true}`
POST reset    journal and faults anew
"""

from collections import Counter
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from connectors.sandbox.faults import Faults
from connectors.sandbox.google.state import GoogleState


class Controlled(Protocol):
    """The sandbox, as its own endpoints use it."""

    google: GoogleState
    google_url: str
    faults: Faults

    @property
    def counts(self) -> Counter[str]:
        """Requests by method and path pattern."""

    def reset(self) -> None:
        """Forget the journal and the faults."""

    def load(self, seed: dict[str, Any]) -> None:
        """Replace the states that the seed names."""

    def dump(self) -> dict[str, Any]:
        """Both states as JSON."""


def routes(sandbox: Controlled) -> list[Route]:
    """The control routes of one sandbox; it listens on 127.0.0.1 only, and so do they."""

    async def key(request: Request) -> Response:
        return JSONResponse(sandbox.google.service_account_json(sandbox.google_url))

    async def journal(request: Request) -> Response:
        return JSONResponse({"total": sandbox.counts.total(), "counts": dict(sandbox.counts)})

    async def faults(request: Request) -> Response:
        wanted: dict[str, Any] = await request.json()
        if wanted.pop("clear", False):
            sandbox.faults.clear()
        elif "at" in wanted:
            sandbox.faults.at(wanted.pop("at"), **wanted)
        else:
            sandbox.faults.matching(**wanted)
        return JSONResponse({})

    async def reset(request: Request) -> Response:
        sandbox.reset()
        return JSONResponse({})

    async def state(request: Request) -> Response:
        if request.method == "POST":
            sandbox.load(await request.json())
            return JSONResponse({})
        return JSONResponse(sandbox.dump())

    return [
        Route("/_sandbox/key", key),
        Route("/_sandbox/journal", journal),
        Route("/_sandbox/faults", faults, methods=["POST"]),
        Route("/_sandbox/reset", reset, methods=["POST"]),
        Route("/_sandbox/state", state, methods=["GET", "POST"]),
    ]
