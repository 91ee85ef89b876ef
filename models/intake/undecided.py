"""Columns that nobody reads and that would decide over a vote: told, and left to a person.

A cell under “Status” that says “Cancelled” decides nothing until the column is named, and a yes
that was never asked for is not taken back by “Attended?”. Silence would count both.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from models.intake.cells import Cell, sound
from models.intake.headers import ColumnNote, Head, in_settings
from models.intake.opposites import CALLED_OFF, opposite
from models.text.folding import folded

_MAY_SAY = {
    "held": (
        re.compile(r"\b(?:held|took place|take place|happen|happened|went ahead|status)\b"),
        "whether events were held",
    ),
    "counts": (
        re.compile(r"\b(?:counts?|counted|exclud\w*|eligib\w*|qualif\w*)\b"),
        "which events count",
    ),
    "partner": (
        re.compile(r"\b(?:partners?|organi[sz](?:er|ed|ers|ation)|(?:co-?)?(?:sponsor|host)\w*"
                   r"|run by)\b"),
        "who else ran an event",
    ),
}  # fmt: skip
"""Of the optional fields of the Events tab that decide: the words of headers near it, its sense."""
_CAME = re.compile(
    r"\b(?:attend\w*|no[- ]?shows?|rsvp\w*|show(?:ed)? up|came|coming|going|present|participated"
    r"|check(?:ed)?[- ]?in|status|cancel\w*|hours|asist\w*)\b"
)
_NO = re.compile(
    r"(?:no|n(?!/)|false|✗|✘|❌|0(?:[.,]0+)?(?![.,])|absent|cancel\w*|withdr\w*|declined?|excused"
    r"|did not|didn't|not|never)(?!\w)"
)
_YES = re.compile(r"(?:yes|y|x|true|1|✓|✔|✅|☑|s[íi])(?!\w)")
_NOT_THERE = re.compile(r"\b(?:no[- ]?shows?|cancel\w*)\b")
_MOVE = (
    "move the rows of those who were not there into another tab; or rename the header, if it says "
    "something else"
)
_HAS_CAME = ("sign_ins", "event_sign_ins", "volunteers")


def that_decide(
    kind: str, heads: Iterable[Head], found: Container[str], rows: Sequence[Sequence[Cell]]
) -> Iterator[ColumnNote]:
    """What to say of the columns that nobody reads, where one may decide over a vote.

    Of their cells nothing is kept, and nothing looked at but whether they say yes, no or
    cancelled (DP-5).

    Args:
        heads: of the unread columns.
        found: the fields that have a column.
    """
    for head in heads:
        is_near = kind in _HAS_CAME and _CAME.search(head.text)
        if not (is_near or kind == "events"):
            continue
        cells = [text for row in rows if (text := _text(row, head.index))]
        if kind == "events":
            yield from _of_events(head, cells, found)
        else:
            no = _YES if _NOT_THERE.search(head.text) else _NO
            if many := sum(bool(no.match(cell)) for cell in cells):
                fact = (
                    f"this column is not read, and in {_rows(many)} it may say that somebody did "
                    "not come: they count as having been there"
                )
                yield f"{head.letter}1", fact, _MOVE


def _of_events(head: Head, cells: Sequence[str], found: Container[str]) -> Iterator[ColumnNote]:
    named = in_settings(head.said)
    for field, (near, sense) in _MAY_SAY.items():
        has = field in found or (field == "held" and "cancelled" in found)
        says = any(map(_may_be, cells)) if field != "partner" else bool(cells)
        if not has and says and near.search(head.text):
            mend = f"if it does, name it: chapter.toml [columns.events] {field} = {named}"
            if opposite(field, head.said):
                mend = f"if it does, turn its answers round below a header “{field.capitalize()}”"
            yield f"{head.letter}1", f"this column may say {sense}, and it is not read", mend
            return
    if off := sum(bool(re.search(CALLED_OFF, cell)) for cell in cells):
        fact = f"this column is not read, and in {_rows(off)} it speaks of what was cancelled"
        lacks = "" if "held" in found else "head a column “Held”, and "
        yield f"{head.letter}1", fact, f"{lacks}write no under “Held” in the rows of which it is so"


def _may_be(cell: str) -> bool:
    """Whether a cell may be a yes or a no: a number of people is none."""
    return not re.fullmatch(r"\d{2,}|[2-9]|[\d.,]*[.,]\d*[1-9]\d*", cell)


def _text(row: Sequence[Cell], column: int) -> str:
    cell = sound(row[column]) if column < len(row) else None
    return "" if cell is None else folded(str(cell)[:200])


def _rows(many: int) -> str:
    return "1 row" if many == 1 else f"{many} rows"
