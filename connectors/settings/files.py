"""Files of settings and secrets, read."""

import stat
import tomllib
from pathlib import Path
from typing import Any

from models.errors import FixTheSettings


def secret_text(file: Path, setting: str) -> str:
    """A secret's file, which only its owner may read.

    Raises:
        FixTheSettings: it is missing, others can read it, or we cannot.
    """
    if not file.is_file():
        raise FixTheSettings(
            f"there is no file {file.name}",
            where=f"chapter.toml {setting}",
            next_step=f"put the key into {file}",
        )
    if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise FixTheSettings(
            "others on this machine can read the key",
            where=str(file),
            rule="DP-3",
            next_step=f"chmod 600 {file}",
        )
    try:
        return file.read_text()
    except OSError as exc:
        raise _unread(file, exc) from None


def read_toml(file: Path) -> dict[str, Any]:
    """A file of settings, parsed.

    Raises:
        FixTheSettings: it cannot be read, or is no TOML.
    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as exc:
        raise _unread(file, exc) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise FixTheSettings(
            f"this is not TOML: {exc}", where=file.name, next_step="mend the line named"
        ) from None


def _unread(file: Path, exc: OSError) -> FixTheSettings:
    return FixTheSettings(
        f"this file cannot be read: {exc.strerror}",
        where=str(file),
        next_step="run the command as the user who owns the file, or give it to yours with chown",
    )
