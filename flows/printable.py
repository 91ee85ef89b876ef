"""Text for a screen: what somebody typed into a cell gives a terminal no orders.

Light to import: `clerk count` starts without the libraries of the other commands.
"""

import json
import re
import unicodedata
from typing import Any

import typer

_KEPT = frozenset("\n\t\u200c\u200d")
"""The line break and tab, and the joiners that some scripts are written with."""
_ORDERS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls (escape, NUL, all other line breaks), marks that turn the writing or cannot be seen,
half characters."""
_BEYOND_ASCII = re.compile(r"[^\n -~]")


def printable(text: str) -> str:
    """The text with every character that would act on the screen as U+FFFD."""
    if text.isprintable():
        return text
    return "".join(
        "\ufffd" if unicodedata.category(c) in _ORDERS and c not in _KEPT else c for c in text
    )


def json_text(answer: Any) -> str:
    """An answer for a script: the same characters would be escaped by JSON's own means."""
    told = json.dumps(answer, indent=2, ensure_ascii=False, default=str)
    return _BEYOND_ASCII.sub(_escaped, told)


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1]


def echo(line: str, *, err: bool = False) -> None:
    """Print a line as it is, to standard output or error."""
    typer.echo(printable(line), err=err)
