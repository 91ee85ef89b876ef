"""Files of settings, parsed: whatever they hold, what comes out is a table within bounds."""

import re
import tomllib
from pathlib import Path
from typing import Any

from connectors.files.own_files import as_text, read_named, read_own
from models.bounds import DEEPEST, excess
from models.errors import FixTheSettings
from models.faults import shown
from models.privacy import redact_addresses

_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_ENDLESS = re.compile(rf"(?<![\w-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{40}}")
"""A dotted key of so many parts; the parser's work grows with their square."""
_ENDLESS_NEST = 5 * DEEPEST
"""So deep the parser is not sent: it goes down by calling itself."""


_PLAIN = "; write a day like 2026-03-31, a time like 02:00:00, a text or a ZIP code in quotes"
_CURLY = '; its quotes are curly, as a word processor makes them: type straight ones, as in "this"'
_COMMA = "; put a comma between two entries of a list, and ] at its end"


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
    step = "fix that line, or the one above it"
    try:
        if _ENDLESS.search(text) or _nesting(text) > _ENDLESS_NEST:
            raise RecursionError
        table = tomllib.loads(text)
    except RecursionError:
        fault = f"tables and lists are nested more than {DEEPEST} levels deep"
    except tomllib.TOMLDecodeError as exc:
        fact, where = _with_line(str(exc), where)
        fault = f"this is not TOML: {shown(fact)}"
        step += _CURLY if _has_curly(text, _line_of(str(exc))) else _PLAIN
        if fact.startswith("Unclosed array"):
            step += _COMMA
    except ValueError:  # Python's own limit on digits; TOML's errors are ValueErrors too
        fault = "a number has too many digits"
    else:
        if not (fault := excess(table)) and (key := _address_in(table)):
            fault, where = (
                "a name with @ (not shown) is not a setting",
                _where_named(key, text, where),
            )
    if fault:
        raise FixTheSettings(fault, where=where, next_step=step)
    return table


def _has_curly(text: str, line: int) -> bool:
    """Whether a line has quotes as a word processor makes them; 0 is none."""
    bare = re.sub(r"\"[^\"]*\"|'[^']*'|#.*", "", "".join(text.split("\n")[line - 1 : line]))
    return bool(re.search("[“”„«»‘’]", bare))


def _nesting(text: str) -> int:
    """How many brackets stand open at most, those in quotes among them: nobody writes so many."""
    deep = most = 0
    for bracket in re.findall(r"[][{}]", text):
        deep = deep + 1 if bracket in "[{" else max(deep - 1, 0)
        most = max(most, deep)
    return most


def _with_line(said: str, where: str) -> tuple[str, str]:
    """What the parser says, and the file with the line that it names."""
    line = _line_of(said)
    return said.partition(" (at line ")[0], f"{where} line {line}" if line else where


def _line_of(said: str) -> int:
    """The line that the parser names; 0 where it names none, as at the end of the file."""
    named = re.search(r"\(at line ([0-9]+)", said)
    return int(named[1]) if named else 0


def _address_in(table: object) -> str:
    """The first key that is an address; a message could not repeat it (DP-3). "" if none is."""
    if isinstance(table, list):
        return next(filter(None, map(_address_in, table)), "")
    if not isinstance(table, dict):
        return ""
    own = next((key for key in table if redact_addresses(key) != key), "")
    return own or _address_in(list(table.values()))


def _where_named(key: str, text: str, where: str) -> str:
    found = re.search(rf"""["']{re.escape(key)}["'][ \t]*[].=]""", text)
    return f"{where} line {text.count(chr(10), 0, found.start()) + 1}" if found else where
