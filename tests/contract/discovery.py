"""Google's discovery documents, as google-api-python-client ships them: methods and schemas."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import googleapiclient
from jsonschema import Draft202012Validator

DOCUMENTS = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
APIS = ("sheets.v4", "forms.v1", "drive.v3", "iamcredentials.v1")
FORMATS = {
    "int64": r"^-?\d+$",
    "uint64": r"^\d+$",
    "google-datetime": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$",
    "date-time": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$",
}


@dataclass(frozen=True)
class Method:
    """One method of one API, as its discovery document describes it."""

    api: str
    id: str
    http: str
    url: re.Pattern[str]
    described: dict[str, Any]

    @property
    def scopes(self) -> frozenset[str]:
        return frozenset(self.described.get("scopes", []))


@cache
def document(api: str) -> dict[str, Any]:
    """The discovery document of one API."""
    found: dict[str, Any] = json.loads((DOCUMENTS / f"{api}.json").read_bytes())
    return found


@cache
def methods() -> list[Method]:
    """Every method of these APIs; those with more literal text in their path come first."""
    found = [method for api in APIS for method in _methods(api, document(api))]
    return sorted(found, key=lambda method: -len(method.described["path"]))


def method_of(http: str, host: str, path: str) -> Method | None:
    """The method that this request calls."""
    for method in methods():
        if method.http == http and method.url.fullmatch(f"https://{host}{path}"):
            return method
    return None


@cache
def validator(api: str, name: str) -> Draft202012Validator:
    """The schema of that name, allowing no property that it does not name."""
    schemas = document(api)["schemas"]
    defs = {key: _strict(schema) for key, schema in schemas.items()}
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": defs})


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    """A discovery schema as JSON Schema that allows nothing it does not name."""
    if "$ref" in schema:
        return {"$ref": f"#/$defs/{schema['$ref']}"}
    strict: dict[str, Any] = {
        key: schema[key] for key in ("type", "enum", "pattern") if key in schema
    }
    if strict.get("type") == "any":
        del strict["type"]
    if schema.get("type") == "string" and schema.get("format") in FORMATS:
        strict["pattern"] = FORMATS[schema["format"]]
    if "items" in schema:
        strict["items"] = _strict(schema["items"])
    if schema.get("type") == "object":
        properties = schema.get("properties", {})
        strict["properties"] = {name: _strict(one) for name, one in properties.items()}
        others = schema.get("additionalProperties")
        strict["additionalProperties"] = _strict(others) if isinstance(others, dict) else False
    return strict


def _methods(api: str, part: dict[str, Any]) -> Iterator[Method]:
    root = document(api)["rootUrl"] + document(api)["servicePath"]
    for described in part.get("methods", {}).values():
        path = described["path"]  # a resource's whole name is one part of it; flat, it is several
        yield Method(
            api,
            described["id"],
            described["httpMethod"],
            re.compile(re.escape(root) + _pattern(described["flatPath"] if "{+" in path else path)),
            described,
        )
    for resource in part.get("resources", {}).values():
        yield from _methods(api, resource)


def _pattern(path: str) -> str:
    """A path template as a regular expression; only a range may hold slashes and colons."""
    pieces = re.split(r"\{\+?(\w+)\}", path)
    return "".join(
        (".+" if piece == "range" else "[^/:]+") if number % 2 else re.escape(piece)
        for number, piece in enumerate(pieces)
    )
