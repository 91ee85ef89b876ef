"""Google's partial answers: `fields=sheets(properties(title,sheetId)),properties.timeZone`."""

import re
from typing import Any

from connectors.sandbox.google.call import GoogleError

Mask = dict[str, "Mask"]
TOKEN = re.compile(r"[A-Za-z_][\w-]*|[*(),./]")


def parse(text: str) -> Mask:
    """The mask as nested names; {} below a name means all of it.

    Raises:
        GoogleError: the text is no mask.
    """
    tokens = TOKEN.findall(text)
    if "".join(tokens) != "".join(text.split()):
        raise GoogleError(400, f"Invalid field selection {text}", reason="invalidParameter")
    mask, rest = _names(tokens)
    if rest or not mask:
        raise GoogleError(400, f"Invalid field selection {text}", reason="invalidParameter")
    return mask


def select(value: Any, mask: Mask) -> Any:
    """The part of a JSON value that the mask asks for; lists are looked through."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [select(item, mask) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: select(value[name], below) for name, below in mask.items() if name in value}


def _names(tokens: list[str]) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while tokens and re.match(r"[\w*]", tokens[0]):
        below, (name, *tokens) = mask, tokens
        below = below.setdefault(name, {})
        while tokens[:1] and tokens[0] in "./":
            name, tokens = tokens[1] if len(tokens) > 1 else "", tokens[2:]
            below = below.setdefault(name, {})
        if tokens[:1] == ["("]:
            inner, tokens = _names(tokens[1:])
            below.update(inner)
            if tokens[:1] != [")"]:
                return {}, []
            tokens = tokens[1:]
        if tokens[:1] != [","]:
            break
        tokens = tokens[1:]
    return mask, tokens
