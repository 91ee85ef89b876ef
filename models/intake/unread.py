"""Columns that are not read and have what rows lack: noted, with the setting that reads them.

A header is never read as a part of another (BA-7). But “Email address (old)” next to “Email
address” is usually a question that was replaced, and the people who answered it get a note.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from models.intake.cells import Cell, holds
from models.intake.field_names import called
from models.intake.headers import ColumnNote, Head, in_settings
from models.text.folding import unmarked
from models.text.sentences import Sentence


def contains_title(header: str, titles: Sequence[str]) -> bool:
    """Return whether a header contains one of these titles, and is not one itself."""
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
    """Yield notes on unread columns whose headers contain a field's title, if rows need them.

    Of their cells, only whether they are filled is looked at (DP-5).

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
            if head.index in read or not (begins or contains_title(head.text, own)):
                continue
            if lacking := filled(head.index).difference(*map(filled, found[name])):
                said = ", ".join(map(in_settings, (*own, head.said)))
                fact = Sentence(
                    "this column is not read, but has a value in {many} rows that lack the {field}",
                    many=len(lacking),
                    field=called(name),
                )
                setting = f"chapter.toml [columns.{kind}] {name} = [{said}]"
                step = Sentence("if it is the same field, add it to {setting}", setting=setting)
                yield f"{head.letter}1", fact, step
