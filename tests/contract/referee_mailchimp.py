"""A referee for Mailchimp traffic that needs no proxy: the official specification and jsonschema.

`check_mailchimp(exchange)` says what is wrong with a request or its answer, in words; [] is a pass.
It may be run over any journal of the sandbox, and is stricter than Prism: a field the specification
does not have is wrong, in a request and in an answer.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from connectors.sandbox.exchange import Exchange
from tests.contract.prism import Violation, specification

OPEN = ("merge_fields", "interests", "sections")
DATES = FormatChecker(formats=())


@DATES.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def check_mailchimp(exchange: Exchange, *, by_the_library: bool = False) -> list[str]:
    """What the specification has against this exchange.

    Args:
        by_the_library: it is the official library's own, whose known quirks are left out. Of what
            the program says none is.

    A request that the service refused (4xx) may well be wrong; then only the refusal is judged.

    Raises:
        NotHere: the specification is not installed and cannot be had.
    """
    request = f"{exchange.method} {exchange.path.removeprefix('/3.0') or '/'}"
    found = (Violation(request, place, why) for place, why in _judged(exchange))
    return [
        f"{each.request}: {each.place}: {each.message}"
        for each in found
        if not (by_the_library and each.quirk)
    ]


def _judged(exchange: Exchange) -> Iterator[tuple[str, str]]:
    operation = _operation(exchange.method, exchange.path.removeprefix("/3.0"))
    if operation is None:
        yield "path", "the specification has no such operation"
        return
    if exchange.status is not None and exchange.status < 400:
        yield from _of_query(exchange, operation)
        yield from _of_body(exchange, operation)
    if exchange.status is not None and not exchange.fault:
        yield from _of_answer(exchange, operation)


@cache
def _templates() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """Paths as patterns, the more literal first."""
    paths = sorted(specification()["paths"].items(), key=lambda item: item[0].count("{"))
    return [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), how) for path, how in paths]


def _operation(method: str, path: str) -> dict[str, Any] | None:
    for pattern, how in _templates():
        if pattern.fullmatch(path or "/") and method.lower() in how:
            operation: dict[str, Any] = how[method.lower()]
            return operation
    return None


def _of_query(exchange: Exchange, operation: dict[str, Any]) -> Iterator[tuple[str, str]]:
    known = {p["name"]: p for p in map(_target, operation.get("parameters", ()))
             if p["in"] == "query"}  # fmt: skip
    for name, value in exchange.query:
        if name not in known:
            yield f"request.query.{name}", "the specification has no such parameter"
            continue
        schema = known[name]["schema"]
        kind = schema.get("type", "string")
        for _, why in _faults(schema, _read(value, kind)):
            yield f"request.query.{name}", f"{why}, must be {kind}"


def _read(text: str, kind: str) -> Any:
    if kind == "integer" and re.fullmatch(r"-?\d+", text):
        return int(text)
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    return text.split(",") if kind == "array" else text


def _of_body(exchange: Exchange, operation: dict[str, Any]) -> Iterator[tuple[str, str]]:
    wanted = operation.get("requestBody")
    if wanted is None:
        if exchange.request:
            yield "request", "No supported content types"
        return
    schema = _target(wanted)["content"]["application/json"]["schema"]
    for place, why in _faults(schema, exchange.request_json):
        yield f"request.body{place}", why


def _of_answer(exchange: Exchange, operation: dict[str, Any]) -> Iterator[tuple[str, str]]:
    answers = operation["responses"]
    answer = _target(answers.get(str(exchange.status), answers["default"]))
    if str(exchange.status) not in answers and exchange.status and exchange.status < 400:
        yield "response", f"the specification knows no {exchange.status} here"
    media = exchange.response_type.partition(";")[0]
    if "content" not in answer:
        if exchange.response:
            yield "response", "a body where none belongs"
    elif media not in answer["content"]:
        yield "response", f"the specification knows no {media or 'untyped'} body here"
    else:
        for place, why in _faults(answer["content"][media]["schema"], exchange.response_json):
            yield f"response.body{place}", why


def _target(part: dict[str, Any]) -> dict[str, Any]:
    """What a `$ref` points to, or the part itself."""
    if "$ref" not in part:
        return part
    found: Any = specification()
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return _target(found)


_VALIDATORS: dict[int, Draft202012Validator] = {}


def _faults(schema: dict[str, Any], value: Any) -> Iterator[tuple[str, str]]:
    """Where a value is wrong and why; values themselves are never repeated."""
    if id(schema) not in _VALIDATORS:
        _VALIDATORS[id(schema)] = Draft202012Validator(_closed(schema), format_checker=DATES)
    for error in _VALIDATORS[id(schema)].iter_errors(value):
        place = "".join(f".{step}" for step in error.absolute_path)
        yield place, _words(error)


def _words(error: ValidationError) -> str:
    value: Any = error.instance
    rule: Any = error.validator_value
    schema: Any = error.schema
    if error.validator == "required":
        missing = [name for name in rule if name not in value]
        return f"must have required property {missing[0]!r}"
    if error.validator == "additionalProperties":
        extra = [name for name in value if name not in schema["properties"]]
        return f"the specification has no {extra}"
    return f"must be {error.validator} {json.dumps(rule)[:80]}"


def _closed(schema: Any, name: str = "") -> Any:
    """An OpenAPI 3.0 schema as JSON Schema, its objects shut but for those with free keys."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _closed(_target(schema), name)
    shut = {key: _closed(value) for key, value in schema.items() if key != "properties"}
    if "properties" in schema:
        inner = schema["properties"].items()
        shut["properties"] = {key: _closed(value, key) for key, value in inner}
        if name not in OPEN:
            shut.setdefault("additionalProperties", False)
    return shut
