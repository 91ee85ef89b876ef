"""Columns that nobody reads and that hold what rows lack: told, with the setting that reads them.

A header is never taken for a part of another (BA-7). But “Email address (old)” beside “Email
address” is mostly a question that was replaced, and whoever answered it is not forgotten unsaid.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from models.folding import unmarked
from models.heads import Head
from models.privacy import one_line, quiet

Note = tuple[str, str, str]
"""Cell, reason, next step."""


def bears(header: str, titles: Sequence[str]) -> bool:
    """Whether a header has one of these titles in it, and is none of them."""
    head, sought = unmarked(header), list(map(unmarked, titles))
    return head not in sought and any(
        re.search(rf"(?<!\w){re.escape(title)}(?!\w)", head) for title in sought if title
    )


def holding_what_rows_lack(
    heads: Sequence[Head],
    titles: Mapping[str, Sequence[str]],
    filled: Mapping[int, frozenset[int]],
    found: Mapping[str, Sequence[int]],
    kind: str,
) -> Iterator[Note]:
    """The unread columns whose headers bear a field's title, where they hold what its own do not.

    Args:
        titles: the headers of each field that rows need.
        filled: by column, the numbers of the rows in which it holds something.
        found: the columns of each field.
    """
    read = {index for places in found.values() for index in places}
    for head in heads:
        for name, own in titles.items():
            if head.index in read or not bears(head.text, own):
                continue
            there = (filled.get(index, frozenset()) for index in found[name])
            if lacking := filled.get(head.index, frozenset()).difference(*there):
                listed = ", ".join(
                    json.dumps(quiet(one_line(one)), ensure_ascii=False)
                    for one in (*own, head.said)
                )
                fact = (
                    f"this column is not read, and it holds something in {len(lacking)} rows that "
                    f"lack the {name.replace('_', ' ')}"
                )
                mend = f"chapter.toml [columns.{kind}] {name} = [{listed}]"
                yield f"{head.letter}1", fact, f"if it is the same, name it too: {mend}"
