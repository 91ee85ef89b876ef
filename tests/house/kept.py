"""Tables in the docs that say what the code says: names from the code, explanations by hand.

A table follows the line `<!-- kept: NAME -->` and ends at a blank line. `python -m tests.house`
brings all of them up to date: rows come and go with the code, and what a person wrote into the
last columns of a row stays with its first cell.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

DOCS = Path(__file__).parents[2] / "docs"
_TABLE = re.compile(r"<!-- kept: (?P<name>.+?) -->\n(?P<rows>(?:\|.*\n)*)")


class Kept(NamedTuple):
    """One table: its headers, and for each row the cells that the code knows."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Shorter than the headers where a person writes the rest."""
    heading: str = ""
    """For a table that no page has yet; the name if left out."""


def renewed(page: str, tables: Iterable[Kept]) -> str:
    """The page with its tables as they should be; a missing one is added at the end."""
    for table in tables:
        mark = f"<!-- kept: {table.name} -->\n"
        if mark not in page:
            page = f"{page.rstrip()}\n\n## {table.heading or table.name}\n\n{mark}"
        before, _, after = page.partition(mark)
        old = _rows(after)
        lines = [_line(table.headers), "|" + "---|" * len(table.headers)]
        lines += [_line(_filled(row, old, len(table.headers))) for row in table.rows]
        rest = re.sub(r"\A(?:\|.*\n)*", "", after)
        page = before + mark + "\n".join(lines) + "\n" + rest
    return page


def names(page: str) -> list[str]:
    """The tables a page holds."""
    return [found["name"] for found in _TABLE.finditer(page)]


def gaps(page: str) -> list[str]:
    """Rows of a page's tables that somebody has yet to explain."""
    return [
        f"{found['name']}: {key}"
        for found in _TABLE.finditer(page)
        for key, cells in _rows(found["rows"]).items()
        if not all(cells)
    ]


def _rows(text: str) -> dict[str, tuple[str, ...]]:
    """First cell → all cells, of the table at the beginning of a text."""
    return {cells[0]: cells for cells in _split(text) if not set(cells[0]) <= {"-", " "}}


def _split(text: str) -> Iterator[tuple[str, ...]]:
    for line in text.splitlines():
        if not line.startswith("|"):
            return
        yield tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1])


def _filled(row: Sequence[str], old: dict[str, tuple[str, ...]], width: int) -> tuple[str, ...]:
    """The code's cells, and behind them what stood there."""
    cells = tuple(cell.replace("|", r"\|") for cell in row)
    kept = old.get(cells[0], ())
    by_hand = kept[len(kept) - (width - len(cells)) :] if len(kept) == width else ()
    return (*cells, *by_hand, *[""] * (width - len(cells) - len(by_hand)))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
