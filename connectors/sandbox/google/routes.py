"""The Google half of the sandbox as routes, one mount a host."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from connectors.sandbox.google import auth as google_auth
from connectors.sandbox.google import drive as google_drive
from connectors.sandbox.google import forms as google_forms
from connectors.sandbox.google import reading as google_reading
from connectors.sandbox.google import responses as google_responses
from connectors.sandbox.google import sheets as google_sheets
from connectors.sandbox.google import writing as google_writing
from connectors.sandbox.google.call import Call, GoogleError, without_nulls
from connectors.sandbox.google.cells import unformatted
from connectors.sandbox.google.fields import parse, select
from connectors.sandbox.google.state import GoogleState

Handler = Callable[[GoogleState, Call], Any]
Endpoint = Callable[[Request], Awaitable[Response]]
AS_THEY_ARE = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
TOO_LONG = b"<!DOCTYPE html><title>Error 414 (Request-URI Too Large)!!1</title>"
BOOK = "/v4/spreadsheets/{spreadsheet_id}"
FORM = "/v1/forms/{form_id}"
# method, path, the scopes that let it (google_auth), handler; a longer path comes first
SHEETS: list[tuple[str, str, str, Handler]] = [
    ("POST", "/v4/spreadsheets", "sheets.write", google_sheets.create),
    ("POST", f"{BOOK}:batchUpdate", "sheets.write", google_sheets.batch_update),
    ("GET", f"{BOOK}/values:batchGet", "sheets.read", google_reading.batch_get),
    ("POST", f"{BOOK}/values:batchUpdate", "sheets.write", google_writing.batch_update),
    ("POST", f"{BOOK}/values:batchClear", "sheets.write", google_writing.batch_clear),
    ("POST", f"{BOOK}/values/{{range:path}}:append", "sheets.write", google_writing.append),
    ("POST", f"{BOOK}/values/{{range:path}}:clear", "sheets.write", google_writing.clear),
    ("PUT", f"{BOOK}/values/{{range:path}}", "sheets.write", google_writing.update),
    ("GET", f"{BOOK}/values/{{range:path}}", "sheets.read", google_reading.get),
    ("GET", BOOK, "sheets.read", google_sheets.get),
]
FORMS: list[tuple[str, str, str, Handler]] = [
    ("POST", "/v1/forms", "forms.write", google_forms.create),
    ("POST", f"{FORM}:batchUpdate", "forms.write", google_forms.batch_update),
    ("POST", f"{FORM}:setPublishSettings", "forms.write", google_forms.publish),
    ("GET", f"{FORM}/responses", "forms.responses", google_responses.list_),
    ("GET", f"{FORM}/responses/{{response_id}}", "forms.responses", google_responses.get),
    ("GET", FORM, "forms.read", google_forms.get),
]
ACTING: list[tuple[str, str, str, Handler]] = [
    (
        "POST",
        "/v1/projects/-/serviceAccounts/{account}:generateAccessToken",
        "acting",
        google_auth.acting,
    ),
]
DRIVE: list[tuple[str, str, str, Handler]] = [
    ("GET", "/drive/v3/files", "drive.read", google_drive.list_),
    ("POST", "/drive/v3/files", "drive.create", google_drive.create),
    ("POST", "/drive/v3/files/{file_id}/copy", "drive.copy", google_drive.copy_),
    ("GET", "/drive/v3/files/{file_id}/comments", "drive.comments", google_drive.comments),
    ("GET", "/drive/v3/files/{file_id}/permissions", "drive.permissions", google_drive.permissions),
    ("GET", "/drive/v3/files/{file_id}/revisions", "drive.revisions", google_drive.revisions),
    ("GET", "/drive/v3/files/{file_id}", "drive.read", google_drive.get),
    ("DELETE", "/drive/v3/files/{file_id}", "drive.delete", google_drive.delete),
]


def routes(state: GoogleState, now: Callable[[], datetime]) -> list[BaseRoute]:
    """Everything under /google; `now` is the files' clock."""
    state.now = now
    made = partial(_routes, state)
    return [
        Mount("/oauth2.googleapis.com", routes=[_token(state, "/token", google_auth.grant)]),
        Mount("/sts.googleapis.com", routes=[_token(state, "/v1/token", google_auth.exchange)]),
        Mount("/iamcredentials.googleapis.com", routes=made(ACTING)),
        Mount("/sheets.googleapis.com", routes=made(SHEETS)),
        Mount("/forms.googleapis.com", routes=made(FORMS)),
        Mount("/www.googleapis.com", routes=made(DRIVE)),
    ]


def _routes(state: GoogleState, table: list[tuple[str, str, str, Handler]]) -> list[Route]:
    return [
        Route(path, _endpoint(state, handler, scopes), methods=[method])
        for method, path, scopes, handler in table
    ]


def _endpoint(state: GoogleState, handler: Handler, scopes: str) -> Endpoint:
    """Authenticate, call, select the fields asked for, write JSON; errors in the API's own form."""
    drive = scopes.startswith("drive")

    async def answer(request: Request) -> Response:
        if len(str(request.url)) > state.longest_url:
            return Response(TOO_LONG, 414, media_type="text/html; charset=UTF-8")
        try:
            google_auth.switched_on(state, request.scope["root_path"].rpartition("/")[2])
            mail = google_auth.caller(state, request.headers.get("authorization", ""), scopes)
            state.spend(mail, scopes)
            query = parse_qsl(request.url.query, keep_blank_values=True)
            call = Call(mail, request.path_params, query, _body(await request.body()))
            result = handler(state, call)
            if not drive and (fields := call.one("fields")):
                result = select(result, parse(fields))
        except GoogleError as exc:
            return _json(exc.as_drive() if drive else exc.as_rpc(), exc.code)
        return Response(status_code=204) if result is None else _json(result)

    return answer


def _token(
    state: GoogleState,
    path: str,
    grant: Callable[[GoogleState, Mapping[str, str]], dict[str, Any]],
) -> Route:
    async def answer(request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        try:
            return _json(grant(state, form))
        except google_auth.TokenRefused as exc:
            return _json(exc.answer, 400)

    return Route(path, answer, methods=["POST"])


def _body(raw: bytes) -> dict[str, Any]:
    if not raw:
        return {}
    try:
        body = orjson.loads(raw)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise GoogleError(400, "Invalid JSON payload received. Expected an object.")
    return without_nulls(body)  # type: ignore[no-any-return]  # a dict stays one


def _json(content: Any, status: int = 200) -> Response:
    # whatever orjson cannot write itself is a cell: a date or one shown otherwise
    try:
        raw = orjson.dumps(content, default=unformatted, option=AS_THEY_ARE)
    except TypeError:  # half a character, or a number beyond 64 bits: JSON can say both
        raw = json.dumps(content, default=unformatted).encode()
    return Response(raw, status, media_type="application/json; charset=UTF-8")
