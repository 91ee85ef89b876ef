"""The texts that settings hold: on one line, without an address, a host, a file."""

import re
import unicodedata
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from models.google_ids import google_id
from models.privacy import redact_addresses

_BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_HERE = re.compile(
    rf"https?://(?:localhost|\[::1\]|127(?:\.{_BYTE}){{3}})"
    r":([1-9][0-9]{0,4})(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?"
)
"""This machine in full. Other ways to write an address are not looked through: they are refused."""

_HOST = re.compile(
    r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
)
_NOT_ON_A_LINE = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode's control characters, halves of letters, and line breaks."""


def _on_this_machine(typed: str) -> str:
    """A stand-in's address, or "" (DP-3).

    Raises:
        ValueError: members' data would leave for somewhere else.
    """
    found = _HERE.fullmatch(typed)
    if typed and not (found and int(found[1]) <= 65535):
        raise ValueError(
            "a stand-in is on this machine: write http://127.0.0.1 and its port, or take the line "
            "out to reach the service itself (DP-3)"
        )
    return typed


def _on_one_line(typed: str) -> str:
    if any(unicodedata.category(letter) in _NOT_ON_A_LINE for letter in typed):
        raise ValueError("write it on one line, without tabs and control characters")
    return typed


def _a_host(typed: str) -> str:
    """A host alone: the rest of a webhook's address may be a password."""
    if not _HOST.fullmatch(typed):
        raise ValueError("write the host alone, as hooks.example.org")
    return typed.casefold()


def _an_officer(typed: str) -> str:
    """The name stands in records for ever: it is a name, and no address."""
    name = _on_one_line(typed).strip()
    if not name or redact_addresses(name) != name:
        raise ValueError("write the officer's name, without an address")
    return name


def _an_address(typed: str) -> str:
    """Scheme and host alone; the page is at the root of a host of its own."""
    scheme, _, host = typed.partition("://")
    name, _, port = host.partition(":")
    fits = not port or (port.isascii() and port.isdigit() and 0 < int(port) <= 65535)
    if typed and not (scheme == "https" and _HOST.fullmatch(name) and fits):
        raise ValueError("write it as https://clerk.example.org, without a path")
    return typed.casefold().removesuffix(":443")  # browsers leave it out


Host = Annotated[str, AfterValidator(_a_host)]
StandIn = Annotated[str, AfterValidator(_on_this_machine)]
ChapterName = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_on_one_line)]
Url = Annotated[str, Field(max_length=2000), AfterValidator(_on_one_line)]
Line = Annotated[str, Field(max_length=200), AfterValidator(_on_one_line)]
"""A name, title or text that stands on one line wherever it goes: in letters, logs and titles."""
File = Annotated[Path, AfterValidator(lambda path: Path(_on_one_line(str(path))))]
GoogleId = Annotated[str, AfterValidator(google_id)]
OfficerName = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_an_officer)]
HttpsAddress = Annotated[str, AfterValidator(_an_address)]
