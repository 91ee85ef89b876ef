"""Columns that nobody reads and that hold what rows lack: told, with the setting that reads them.

A header is never taken for a part of another (BA-7). But “Email address (old)” beside “Email
address” is mostly a question that was replaced, and whoever answered it is not forgotten unsaid.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from models.intake.cells import Cell, holds
from models.intake.headers import ColumnNote, Head, in_settings
from models.text.folding import unmarked


def bears(header: str, titles: Sequence[str]) -> bool:
    """Whether a header has one of these titles in it, and is none of them."""
    head, sought = unmarked(header), list(map(unmarked, titles))
    return head not in sought and any(
        re.search(rf"(?<!\w){re.escape(title)}(?!\w)", head) for title in sought if title
    )


def holding_what_rows_lack(
    kind: str,
    heads: Sequence[Head],
    titles: Mapping[str, Sequence[str]],
    found: Mapping[str, Sequence[int]],
    rows: Sequence[Sequence[Cell]],
) -> Iterator[ColumnNote]:
    """The unread columns whose headers bear a field's title, where they hold what its own do not.

    Of their cells nothing is looked at but whether they hold anything (DP-5).

    Args:
        titles: the headers of each field that rows need.
        found: the columns of each field.
    """

    def filled(column: int) -> set[int]:
        return {n for n, row in enumerate(rows) if column < len(row) and holds(row[column])}

    read = {column for columns in found.values() for column in columns}
    for head in heads:
        for name, own in titles.items():
            begins = any(unmarked(title).startswith(f"{head.whole} ") for title in own)
            if head.index in read or not (begins or bears(head.text, own)):
                continue
            if lacking := filled(head.index).difference(*map(filled, found[name])):
                said = ", ".join(map(in_settings, (*own, head.said)))
                fact = (
                    f"this column is not read, but has a value in {len(lacking)} rows that lack "
                    f"the {name.replace('_', ' ')}"
                )
                mend = f"chapter.toml [columns.{kind}] {name} = [{said}]"
                yield f"{head.letter}1", fact, f"if it is the same field, add it to {mend}"
