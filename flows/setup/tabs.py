"""Tabs by their names: groups that are alike, a pattern for those of single events."""

import re
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import takewhile
from typing import Any

from connectors.settings import Workbook
from flows.setup.face import Wrong, about
from flows.setup.sheet import Sheet
from models.privacy import redact_addresses
from models.text.folding import unmarked


def alike(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Tabs in groups of the same headers, in the spreadsheet's order."""
    groups: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        top = tuple(unmarked(str(cell or "")) for cell in (sheet.grid[0] if sheet.grid else ()))
        groups.setdefault(repr(top) if any(top) else sheet.key, []).append(sheet)
    return list(groups.values())


def name_in(table: dict[str, Any], kind: str, title: str) -> None:
    """Name a tab in a section `[[workbooks]]`; those of single events go by their pattern."""
    if kind == "sign_ins":
        table.setdefault("sign_ins", []).append(title)
    elif kind != "event_sign_ins":
        table[kind] = title


def titles_in(table: Mapping[str, Any]) -> list[str]:
    """The tabs that a section names."""
    return [
        one
        for key, held in table.items()
        if key not in ("id", "event_tabs")
        for one in (held if isinstance(held, list) else [held])
    ]


def is_ours(there: Workbook | None, title: str) -> bool:
    """Whether the program writes this tab."""
    return there is not None and unmarked(title) in map(unmarked, there.own_tabs().values())


def is_named(there: Workbook | None, title: str) -> bool:
    """Whether the settings have this tab already, in whatever place."""
    if there is None:
        return False
    named = map(unmarked, there.tabs())
    return unmarked(title) in named or is_ours(there, title) or fits(there.event_tabs, title)


def fits(pattern: str, title: str) -> bool:
    """Whether a pattern finds a tab, as the reading of each night looks for it."""
    return bool(pattern) and fnmatchcase(unmarked(title), pattern.casefold())


def checked(pattern: str, mine: Iterable[str], others: Iterable[str]) -> str:
    """A pattern that finds these tabs, and none of the others.

    Raises:
        ValueError: it does not.
    """
    if missed := next((one for one in mine if not fits(pattern, one)), None):
        said = redact_addresses(missed)
        raise Wrong(f"“{said}” does not fit this pattern", about("no_fit", title=said))
    if more := next((one for one in others if fits(pattern, one)), None):
        said = redact_addresses(more)
        raise Wrong(
            f"“{said}” fits this pattern too, and is not one of them", about("fits_too", title=said)
        )
    return pattern


def pattern_of(titles: Sequence[str]) -> str:
    """A pattern that fits these titles, and as few others as can be."""
    plain = [re.sub(r"([*?[])", r"[\1]", _as_compared(title)) for title in titles]
    if len(plain) == 1:
        return plain[0]
    begin = re.sub(r"[\d/.-]+$", "", _common(plain))
    end = _common([one[::-1] for one in plain])[::-1]
    return f"{begin}*" if begin else f"*{end}"


def _as_compared(title: str) -> str:
    """A title as patterns are compared with it; in its own letters where that is the same."""
    return title if unmarked(title) == title.casefold() else unmarked(title)


def _common(texts: Sequence[str]) -> str:
    """How all of these begin, apart from case."""
    same = takewhile(
        lambda each: len({letter.casefold() for letter in each}) == 1, zip(*texts, strict=False)
    )
    return "".join(letters[0] for letters in same)
