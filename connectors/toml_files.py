"""Files of settings, parsed: whatever they hold, what comes out is a table within bounds."""

import re
import tomllib
from pathlib import Path
from typing import Any

from connectors.own_files import as_text, read_named, read_own
from models.bounds import DEEPEST, excess
from models.errors import FixTheSettings
from models.faults import shown

_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_ENDLESS = re.compile(rf"(?<![\w-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{40}}")
"""A dotted key of so many parts; the parser's work grows with their square."""


def read_toml(file: Path, within: Path | None = None) -> dict[str, Any]:
    """A file of settings, parsed.

    Args:
        within: the chapter's folder, for a file of the chapter's own: then nobody else on the
            machine may be able to write it. Without it, a file of ours or of the command line.

    Raises:
        FixTheSettings: it cannot be read, others can write it, it is no TOML, or goes beyond
            all bounds.
    """
    content = read_own(file, within) if within else read_named(file)
    return toml_from(content, file.name)


def toml_from(content: bytes, where: str) -> dict[str, Any]:
    """TOML, parsed.

    Raises:
        FixTheSettings: it is none, or goes beyond all bounds.
    """
    text = as_text(content, where)
    try:
        if _ENDLESS.search(text):
            raise RecursionError
        table = tomllib.loads(text)
    except RecursionError:
        fault = f"tables and lists stand in one another more than {DEEPEST} deep"
    except tomllib.TOMLDecodeError as exc:
        fault = f"this is not TOML: {shown(exc)}"
    except ValueError:  # Python's own limit on digits; TOML's errors are ValueErrors too
        fault = "a number has too many digits"
    else:
        fault = excess(table)
    if fault:
        raise FixTheSettings(fault, where=where, next_step="mend the line named")
    return table
