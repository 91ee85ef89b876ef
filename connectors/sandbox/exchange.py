"""One request and its answer, as the sandbox's journal keeps them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

READS = ("GET", "HEAD", "OPTIONS")


@dataclass
class Exchange:
    """What was asked and what was said.

    `path` is the one the true service would see (`/v4/spreadsheets/…`, `/3.0/lists/…`), `pattern`
    the same with the ids as names in braces. `status` is None until an answer was made; `fault`
    names the injected fault, if any, `crash` a bug of the sandbox itself.
    """

    number: int
    service: str
    method: str
    host: str
    path: str
    query: list[tuple[str, str]]
    request: bytes
    request_type: str = ""
    pattern: str = ""
    status: int | None = None
    response: bytes = b""
    response_type: str = ""
    fault: str | None = None
    crash: BaseException | None = field(default=None, repr=False)

    @property
    def writes(self) -> bool:
        """Whether this request asks for a change (the token endpoint changes nothing of ours)."""
        return self.method not in READS and not self.path.endswith("/token")

    @property
    def request_json(self) -> Any:
        """The body as JSON; None if there was none or it is something else."""
        return _json(self.request, self.request_type)

    @property
    def request_form(self) -> dict[str, str]:
        """The body as a form, as the token endpoint wants it."""
        return dict(parse_qsl(self.request.decode())) if "form" in self.request_type else {}

    @property
    def response_json(self) -> Any:
        """The answer as JSON; None if there was none or it is something else."""
        return _json(self.response, self.response_type)

    @property
    def response_text(self) -> str:
        """The answer as text."""
        return self.response.decode(errors="replace")


def named(path: str, ids: Iterable[tuple[str, Any]]) -> str:
    """The path with each id replaced by its name: `/v4/spreadsheets/{spreadsheet_id}`."""
    for name, value in ids:
        if value not in ("", None):
            path = path.replace(f"/{value}", f"/{{{name}}}", 1)
    return path


def _json(body: bytes, media_type: str) -> Any:
    try:
        return json.loads(body) if body and "json" in media_type else None
    except ValueError:
        return None
