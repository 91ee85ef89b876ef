"""What is wrong with a file of settings, in a volunteer's words: place, fact, nearest key.

The library that checks our values speaks of schemas and types. Its messages are told over here;
those that our own checks raise are in plain words already and pass unchanged. None repeats what
the file says, but for a time of day: it may be a key or an address in the wrong place (DP-3).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from models.privacy import redact_addresses

_FACTS = {
    "missing": "is missing",
    "string_type": "write a text in quotes",
    "path_type": "write a path in quotes",
    "int_type": "write a whole number, without quotes",
    "int_parsing": "write a whole number, without quotes",
    "int_from_float": "write a whole number",
    "float_type": "write a number, without quotes",
    "float_parsing": "write a number, without quotes",
    "bool_type": "write true or false, without quotes",
    "bool_parsing": "write true or false, without quotes",
    "date_type": "write a day as 2026-03-31, without quotes",
    "date_parsing": "write a day as 2026-03-31, without quotes",
    "date_from_datetime_parsing": "write a day as 2026-03-31, without quotes",
    "date_from_datetime_inexact": "write only a day, such as 2026-03-31",
    "datetime_type": "write a moment as 2026-10-01T09:00:00, without quotes",
    "datetime_parsing": "write a moment as 2026-10-01T09:00:00, without quotes",
    "datetime_from_date_parsing": "write a moment as 2026-10-01T09:00:00, without quotes",
    "timezone_aware": "write a moment as 2026-10-01T09:00:00, without quotes",
    "time_type": 'write a time of day as "02:00"',
    "time_parsing": 'write a time of day as "02:00"',
    "tuple_type": "write a list in [ ]",
    "list_type": "write a list in [ ]",
    "dict_type": "write a table, with a key and a value a line",
    "model_type": "write a table, with a key and a value a line",
    "model_attributes_type": "write a table, with a key and a value a line",
    "finite_number": "write a number that has an end",
    "int_parsing_size": "has too many digits",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "contains a character that is not allowed here",
    "union_tag_not_found": "is missing",
}
"""The library's name of a fault → what we say of it."""

_CLOCK = re.compile("[0-9]{1,2}(?::[0-9]{1,2}){1,2}")
"""What is meant as a time of day; it names nobody and opens nothing."""

LONGEST_SHOWN = 80
"""Letters of a mistyped key that a message repeats."""

_LIMITS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "greater_than": lambda limit: f"must be more than {limit['gt']}",
    "greater_than_equal": lambda limit: f"must be at least {limit['ge']}",
    "less_than": lambda limit: f"must be less than {limit['lt']}",
    "less_than_equal": lambda limit: f"must be at most {limit['le']}",
    "too_short": lambda limit: f"needs at least {_entries(limit['min_length'])}",
    "too_long": lambda limit: f"has room for {_entries(limit['max_length'])}",
    "string_too_long": lambda limit: f"can have at most {limit['max_length']} characters",
    "literal_error": lambda limit: f"must be one of {limit['expected']}",
    "enum": lambda limit: f"must be one of {limit['expected']}",
    "union_tag_invalid": lambda limit: f"must be one of {limit['expected_tags']}",
}


def faults(
    refused: ValidationError,
    model: type[BaseModel] | None = None,
    *,
    inside: str = "",
    told_before: Callable[[Sequence[Any]], bool] = lambda place: False,
) -> list[str]:
    """All faults of one file, each with its place.

    Args:
        model: what the file should hold; with it a mistyped key is told its nearest.
        inside: the place of a fault that is of the file as a whole.
        told_before: whether a place repeats another one of the file, where its fault is told.
    """
    found = [one for one in refused.errors(include_url=False) if not told_before(one["loc"])]
    places = [fault["loc"] for fault in found]

    def is_echo(fault: Mapping[str, Any]) -> bool:
        """A list whose entries are all wrong is said to be empty as well."""
        loc = fault["loc"]
        return fault["type"] == "too_short" and any(
            place[: len(loc)] == loc != place for place in places
        )

    return [_told(fault, model, inside) for fault in map(dict, found) if not is_echo(fault)]


def _told(fault: Mapping[str, Any], model: type[BaseModel] | None, inside: str) -> str:
    loc = [*fault["loc"]]
    if fault["type"] in ("union_tag_invalid", "union_tag_not_found"):
        loc.append(fault["ctx"]["discriminator"].strip("'"))
    elif isinstance(model, type) and loc[:1] == [_kind_of(model)]:
        loc = loc[1:]  # which of the kinds it is stands in the file as a key's value
    loc = loc or [inside]
    where, fact = place(loc), _fact(fault, model, loc[:-1], loc[-1])
    return f"{where}: {fact}" if where else fact


def _kind_of(model: type[BaseModel]) -> str:
    """The word by which a file says that it holds this one of several kinds."""
    field = model.model_fields.get("kind")
    return str(field.default) if field else ""


def place(steps: Sequence[Any]) -> str:
    """`[table.of.tables] key`; the entries of a list are counted from one, as people do.

    A key that somebody mistyped may be anything, an address too: it is shown as `shown` has it.
    """
    *path, last = steps
    if isinstance(last, int):
        if not path:
            return str(last + 1)
        *path, last = [*path[:-1], f"{shown(path[-1])}, entry {last + 1}"]
    else:
        last = shown(last)
    table = ""
    for part in path:
        if isinstance(part, int):
            table += f" {part + 1}"
        else:
            table += f".{shown(part)}" if table else shown(part)
    return f"[{table}] {last}" if table else last


def shown(typed: object) -> str:
    """Something that somebody typed, for a message: on one line, short, without an address."""
    line = "".join(
        letter if letter.isprintable() else "�" for letter in redact_addresses(str(typed))
    )
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"


def _fact(
    fault: Mapping[str, Any], model: type[BaseModel] | None, path: list[Any], last: Any
) -> str:
    kind = str(fault["type"])
    if kind == "extra_forbidden":
        near = get_close_matches(str(last), _keys(model, path), n=1)
        return "there is no such setting" + (f"; did you mean {near[0]}?" if near else "")
    if kind in _LIMITS:
        return _LIMITS[kind](fault["ctx"])
    if kind == "time_parsing" and _CLOCK.fullmatch(typed := str(fault["input"])):
        return f'{typed} is not a time of day; write it like "02:00"'
    if kind in _FACTS:
        return _FACTS[kind]
    said = redact_addresses(str(fault["msg"]).removeprefix("Value error, "))
    return said[:1].lower() + said[1:]


def _entries(many: int) -> str:
    return f"{many} {'entry' if many == 1 else 'entries'}"


def _keys(model: type[BaseModel] | None, path: list[Any]) -> list[str]:
    """The keys there are at a place of the file."""
    models = [model] if model else []
    for part in path:
        if isinstance(part, int):
            continue
        if len(models) > 1:  # tables of several forms: the part is the word that tells which
            models = [one for one in models if _has_default(one, part)]
        else:
            field = models[0].model_fields.get(part) if models else None
            models = list(_tables_in(field.annotation)) if field else []
    fields = models[0].model_fields if models else {}
    return [field.alias or name for name, field in fields.items()]


def _tables_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    else:
        for part in get_args(annotation):
            yield from _tables_in(part)


def _has_default(model: type[BaseModel], word: Any) -> bool:
    return any(field.default == word for field in model.model_fields.values())
