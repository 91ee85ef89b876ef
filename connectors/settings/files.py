"""Secrets in files of their own, read."""

import os
import re
from pathlib import Path

from connectors.files.own_files import as_text, is_there, read_own
from models.errors import FixTheSettings
from models.privacy import redact_addresses

_MOST = 64_000
"""Bytes; a service account's key has two thousand."""
_NO_KEY = re.compile(r"[^\t\r\n -~]")
"""Keys are ASCII, all of them."""


SIGN_IN = (
    "`gcloud auth application-default login` makes it, or name another as "
    "GOOGLE_APPLICATION_CREDENTIALS"
)


def default_credentials() -> Path:
    """The file of Google's application default credentials, there or not.

    The places are those of Google's own programs, but for a cloud's metadata server.
    """
    if named := os.environ.get("GOOGLE_APPLICATION_CREDENTIALS"):
        return Path(named).expanduser()
    folder = os.environ.get("CLOUDSDK_CONFIG") or "~/.config/gcloud"
    return Path(folder).expanduser() / "application_default_credentials.json"


def private_text(file: Path, setting: str, within: Path | None = None, *, missing: str) -> str:
    """A file which only its owner may read.

    Args:
        within: the chapter's folder.
        missing: what to do if there is no such file.

    Raises:
        FixTheSettings: it is missing, others can read or write it, we cannot, or it is no text.
    """
    where = f"chapter.toml {setting}"
    if not is_there(file):
        fact = f"there is no file {redact_addresses(file.name)}"
        raise FixTheSettings(fact, where=where, next_step=missing)
    return as_text(read_own(file, within or file.parent, secret=True, most=_MOST), where)


def secret_text(file: Path, setting: str, within: Path | None = None, *, missing: str = "") -> str:
    """A key's file, which only its owner may read.

    Args:
        within: the chapter's folder.
        missing: what to do if there is no such file; "" to put the key there.

    Raises:
        FixTheSettings: as `private_text`, or it is no key.
    """
    step = missing or f"put the key into {redact_addresses(str(file))}"
    text, where = private_text(file, setting, within, missing=step), f"chapter.toml {setting}"
    if not text.strip():
        raise _no_key("is empty", file, where)
    if _NO_KEY.search(text):
        raise _no_key("contains characters that a key cannot have", file, where)
    return text


def secret_line(file: Path, setting: str, within: Path | None = None, *, missing: str = "") -> str:
    """A secret of one line; white space around it means nothing.

    Raises:
        FixTheSettings: as `secret_text`, or the file has several lines.
    """
    line = secret_text(file, setting, within, missing=missing).strip()
    if len(lines := line.splitlines()) > 1:
        raise _no_key(f"has {len(lines)} lines, and a key is one", file, f"chapter.toml {setting}")
    return line


def _no_key(fact: str, file: Path, where: str) -> FixTheSettings:
    return FixTheSettings(
        f"the file {redact_addresses(file.name)} {fact}",
        where=where,
        next_step="save the key alone in it, as it was given to you",
    )
