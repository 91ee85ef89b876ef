"""A referee for Google traffic: Google's own discovery documents, from google-api-python-client.

`check_google(exchange)` says what is wrong with a request or its answer, in words; [] is a pass.
It may be run over any journal of the sandbox.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator

from connectors.sandbox.exchange import Exchange
from connectors.sandbox.google.call import without_nulls
from tests.contract.discovery import Method, document, method_of, validator

ROWS_SAMPLED = 200  # a page of a million rows is judged by its first ones
# what a client library does against the documents, and Google lets pass; by name
KNOWN_QUIRKS = {
    ("drive.files.get", "includeItemsFromAllDrives"): "gspread sends a parameter of files.list",
}
TOO_LONG = 414
"""Said by the server before the API: a page."""
RPC_ERROR = {
    "type": "object",
    "required": ["error"],
    "additionalProperties": False,
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "status"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "integer"},
                "message": {"type": "string"},
                "status": {"enum": ["INVALID_ARGUMENT", "UNAUTHENTICATED", "PERMISSION_DENIED",
                                    "NOT_FOUND", "ABORTED", "RESOURCE_EXHAUSTED", "INTERNAL",
                                    "UNIMPLEMENTED", "FAILED_PRECONDITION"]},
                "details": {"type": "array", "items": {"required": ["@type"]}},
            },
        }
    },
}  # fmt: skip
DRIVE_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "errors"],
            "properties": {"errors": {"items": {"required": ["domain", "reason", "message"]}}},
        }
    },
}


def check_google(exchange: Exchange, *, by_the_library: bool = False) -> list[str]:
    """What the discovery documents have against this exchange. Faulty answers are not judged.

    Args:
        by_the_library: it is gspread's own, whose known quirks are left out. Of what the program
            says none is.
    """
    if exchange.host == "oauth2.googleapis.com":
        return _check_token(exchange)
    if exchange.host == "sts.googleapis.com":
        return _check_exchange(exchange)
    method = method_of(exchange.method, exchange.host, exchange.path)
    if method is None:
        return [f"{exchange.method} {exchange.host}{exchange.path}: no API has this method"]
    quirks = KNOWN_QUIRKS if by_the_library else {}
    faults = [*_query(method, exchange, quirks), *_request(method, exchange)]
    if exchange.status not in (None, TOO_LONG) and exchange.fault is None:
        faults += _answer(method, exchange)
    return [f"{method.id}: {fault}" for fault in faults]


def _query(
    method: Method, exchange: Exchange, quirks: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    known = document(method.api)["parameters"] | method.described.get("parameters", {})
    names = [name for name, _ in exchange.query]
    for name, value in exchange.query:
        if (method.id, name) in quirks:
            continue
        if name not in known:
            yield f"query parameter {name} is unknown"
            continue
        if names.count(name) > 1 and not known[name].get("repeated"):
            yield f"query parameter {name} is given more than once"
        if name == "fields":
            yield from _mask(method, value)
        else:
            yield from _value(name, value, known[name])
    for name, described in method.described.get("parameters", {}).items():
        if described.get("required") and described["location"] == "query" and name not in names:
            yield f"query parameter {name} is missing"


def _value(name: str, value: str, described: dict[str, Any]) -> Iterator[str]:
    kind = described["type"]
    if kind == "boolean" and value.lower() not in ("true", "false"):
        yield f"query parameter {name} is no boolean: {value}"
    if kind == "integer":
        low, high = int(described.get("minimum", 0)), int(described.get("maximum", 2**31 - 1))
        if not value.isdigit() or not low <= int(value) <= high:
            yield f"query parameter {name} is no integer from {low} to {high}: {value}"
    if "enum" in described and value not in described["enum"]:
        yield f"query parameter {name} is none of the enumeration: {value}"


def _mask(method: Method, text: str) -> Iterator[str]:
    """Each name of a field mask must be a property of the answer."""
    path: list[str] = []
    stack: list[int] = []
    for token in re.findall(r"[\w*]+|[(),./]", text):
        if token == "(":
            stack.append(len(path))
        elif token in "),":
            del path[(stack[-1] if stack else 0) :]
            if token == ")":
                del path[stack.pop() :]
        elif token not in "./":
            path.append(token)
            if token != "*" and not _has(method, path):
                yield f"fields asks for {'.'.join(path)}, which the answer has not"


def _has(method: Method, path: list[str]) -> bool:
    schemas = document(method.api)["schemas"]
    described: dict[str, Any] = method.described.get("response", {})
    for name in path:
        while "$ref" in described or "items" in described:
            described = schemas[described["$ref"]] if "$ref" in described else described["items"]
        described = described.get("properties", {}).get(name)
        if described is None:
            return False
    return True


def _request(method: Method, exchange: Exchange) -> Iterator[str]:
    wanted = method.described.get("request")
    if wanted is None:
        if exchange.request:
            yield "a body was sent, and none is wanted"
        return
    body = exchange.request_json if exchange.request else {}  # nothing is an empty message
    if body is None:
        yield "the body is no JSON"
        return
    yield from _faults(method.api, wanted["$ref"], without_nulls(body), "request")


def _answer(method: Method, exchange: Exchange) -> Iterator[str]:
    status, body = exchange.status or 0, exchange.response_json
    if status >= 400:
        schema = DRIVE_ERROR if method.api == "drive.v3" else RPC_ERROR
        yield from (
            f"error answer: {fault.message}"
            for fault in Draft202012Validator(schema).iter_errors(body)
        )
        if isinstance(body, dict) and body.get("error", {}).get("code") != status:
            yield "the error's code is not the answer's status"
    elif wanted := method.described.get("response"):
        if "charset=UTF-8" not in exchange.response_type:
            yield f"content type {exchange.response_type}"
        yield from _faults(method.api, wanted["$ref"], _sample(body), "answer")
    elif exchange.response:
        yield "an answer was sent where the method has none"


def _sample(body: Any) -> Any:
    """The answer with long lists of rows cut."""
    if isinstance(body, dict):
        return {
            name: value[:ROWS_SAMPLED] if name == "values" else _sample(value)
            for name, value in body.items()
        }
    return [_sample(item) for item in body] if isinstance(body, list) else body


def _check_token(exchange: Exchange) -> list[str]:
    form, said = exchange.request_form, exchange.response_json
    faults = []
    of_user = {"client_id", "client_secret", "refresh_token", "scope"}
    asked = of_user if form.get("grant_type") == "refresh_token" else {"assertion"}
    if exchange.method != "POST" or set(form) != {"grant_type", *asked}:
        faults.append("token: the request is no JWT bearer grant (RFC 7523), nor a refresh (6749)")
    if exchange.fault is None:
        wanted = {"access_token", "expires_in", "token_type", *asked & {"scope"}}
        if exchange.status != 200:
            wanted = {"error", "error_description"}
        if not isinstance(said, dict) or set(said) != wanted:
            faults.append("token: the answer is not of RFC 6749")
    return faults


def _check_exchange(exchange: Exchange) -> list[str]:
    """The one method whose document says JSON where RFC 8693, and every client, sends a form."""
    kind = "GoogleIdentityStsV1ExchangeToken"
    known = document("sts.v1")["schemas"][f"{kind}Request"]["properties"]
    unknown = [n for n in exchange.request_form if re.sub("_(.)", _large, n) not in known]
    faults = [f"sts: the request has no field {name}" for name in unknown]
    if exchange.fault is None and exchange.status == 200:
        faults += _faults("sts.v1", f"{kind}Response", exchange.response_json, "sts: answer")
    return faults


def _large(found: re.Match[str]) -> str:
    return found[1].upper()


def _faults(api: str, name: str, body: Any, what: str) -> Iterator[str]:
    for fault in validator(api, name).iter_errors(body):
        yield f"{what} {fault.json_path}: {fault.message[:200]}"
