"""Columns that are not read and could change who can vote: noted, and left to a person.

A cell under “Status” that says “Cancelled” decides nothing until the column is named, and a yes
that was never asked for is not taken back by “Attended?”. Silence would count both.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import repeat

from models.intake.cells import Cell, holds, sound
from models.intake.headers import ColumnNote, Head, in_settings
from models.intake.held_words import says_off
from models.intake.opposites import CALLED_OFF, opposite
from models.intake.states import unread_states
from models.text.folding import folded
from models.text.sentences import Sentence

_MAY_SAY = {
    "held": (
        re.compile(r"\b(?:held|took place|take place|happen|happened|went ahead|status)\b"),
        Sentence("whether events were held"),
    ),
    "counts": (
        re.compile(r"\b(?:counts?|counted|exclud\w*|eligib\w*|qualif\w*)\b"),
        Sentence("which events count"),
    ),
    "partner": (
        re.compile(r"\b(?:partners?|organi[sz](?:er|ed|ers|ations?)|orgs?|(?:co-?)?(?:sponsor|host)\w*"
                   r"|run by|co-?led|led by|with|jointly|joint|coalition|all(?:y|ies))\b"),
        Sentence("who else ran an event"),
    ),
}  # fmt: skip
"""Of the optional fields of the Events tab that decide: the words of headers near it, its sense."""
_CAME = re.compile(
    r"\b(?:attend\w*|confirmed|no[- ]?shows?|rsvp\w*|show(?:ed)? up|came|coming|going|present"
    r"|check(?:ed)?[- ]?in|status|cancel\w*|hours|asist\w*"
    r"|arriv\w*|make it|be there|join us|participat\w*|able to|minutes|duration|(?:did|do) you come"
    r")\b"
)
_NO = re.compile(
    r"(?:no|nope|nah|n(?!/)|false|✗|✘|❌|☐|0(?:[.,]0+)?(?![.,])|absent|cancel\w*|withdr\w*|declined?|excused"
    r"|regrets|unable|not|never|attending|signed[- ]up|registered|interested|invited|refunded"
    r"|wait(?:ing|ed)?[- ]?list(?:ed)?|pending|tentative|maybe|tbd|unknown|\?|sorry)(?!\w)"
    r"|.*\b(?:no[- ]?show|(?:did|could|will|can|was|were) ?not|[a-z]+n't)\b"
)
_SURELY = re.compile(
    r"\s*(?:cancel\w*|no[- ]?show\w*|(?:did not|didn['’]t) (?:attend|come|show)\b|not attending"
    r"|refunded|wait[- ]?list(?:ed)?\b)",
    re.IGNORECASE,
)
"""What says so below whatever header."""
_MAIL = re.compile(r"mail|subscri|opt|contact|list|letter|baja")
_NO_MAIL = re.compile(
    r"\b(?:(?:do not|don't|stop|never) (?:e-?)?(?:mail|contact|write|send)|no e-?mail|un-?subscri"
    r"|(?:remove|take|took|taken|removed)\b.* (?:off|from)\b.*\b(?:list|mail)|opt(?:ed)?[- ]out"
    r"|^(?:withdr[ae]wn?|deceased|died|moved away|resigned)\b)"
)
_YES = re.compile(r"(?:yes|y|x|true|1|✓|✔|✅|☑|s[íi])(?!\w)")
_TICKED = re.compile(
    r"\b(?:attended|attendance|present|came|show(?:ed)? up|check(?:ed)?[- ]?in|asisti[óo])\b"
)
_WHEN = re.compile(r"\d:\d|\d[-/.]\d|^\d{5}(?:\.\d+)?$")
_NOT_THERE = re.compile(r"\b(?:no[- ]?shows?|cancel\w*)\b")
_MOVE = Sentence(
    "move the rows of people who were not there to another tab; if the column means "
    "something else, rename the header"
)
_HAS_CAME = ("sign_ins", "event_sign_ins", "volunteers")
ABSENT = "absent:"
"""Before the title of a form's question that is not read: a field of marks, set where its answer
might say that the person did not come."""


def says_who_came(kind: str, head: str) -> bool:
    """Whether a header (folded) that nobody reads may tell who came."""
    return kind in _HAS_CAME and bool(_CAME.search(head))


def did_not_come(head: str, cell: str) -> bool:
    """Whether a cell (folded) may say below such a header that somebody was not there."""
    return bool((_YES if _NOT_THERE.search(head) else _NO).match(cell))


def _is_understood(kind: str, head: Head, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a column that nobody reads says of everybody that they were there."""
    cells = [text for row in rows if (text := _text(row, head.index))]
    told = says_who_came(kind, head.text) and _NOT_THERE.search(head.text)
    return bool(told) and all(map(_NO.match, cells))


def of_answers(title: str, many: int) -> tuple[str, str]:
    """What to say of a form's question that nobody reads, and which may say so in its answers."""
    answers = Sentence("1 answer") if many == 1 else Sentence("{many} answers", many=many)
    return (
        Sentence(
            "the question “{title}” is not read; in {answers}, it might say that the person did "
            "not come, but the person still counts as present",
            title=title,
            answers=answers,
        ),
        Sentence(
            "for each person who was not there, add a row “did not attend” to the Exceptions tab, "
            "or delete the response from the form; if the question means something else, rename it"
        ),
    )


def that_decide(
    kind: str, heads: Sequence[Head], found: Container[str], rows: Sequence[Sequence[Cell]]
) -> Iterator[ColumnNote]:
    """What to say of the columns that nobody reads, where one may decide over a vote.

    Of their cells nothing is kept, and nothing looked at but whether they say yes, no or
    cancelled, and whether a few values come again (DP-5).

    Args:
        heads: of the unread columns.
        found: the fields that have a column.
    """
    told = list(_one_by_one(kind, heads, found, rows))
    yield from told
    if kind == "events" or kind in _HAS_CAME:
        cells = {cell for cell, *_ in told}
        left = [head for head in heads if f"{head.letter}1" not in cells]
        silent = (head for head in left if not _is_understood(kind, head, rows))
        yield from unread_states(kind, silent, rows)


def _one_by_one(
    kind: str, heads: Iterable[Head], found: Container[str], rows: Sequence[Sequence[Cell]]
) -> Iterator[ColumnNote]:
    for head in heads:
        if kind == "registrations" and "wants_email" in found:
            yield from _takes_back(head, rows)
        elif kind in _HAS_CAME and not says_who_came(kind, head.text):
            if many := sum(map(_surely_not, rows, repeat(head.index))):
                yield _told(head, many)
        elif kind == "events" or kind in _HAS_CAME:
            cells = [text for row in rows if (text := _text(row, head.index))]
            if kind == "events":
                yield from _of_events(head, cells, found)
            elif many := sum(did_not_come(head.text, cell) for cell in cells):
                yield _told(head, many)
            elif many := _unmarked(head, cells, rows):
                yield f"{head.letter}1", _empty(_rows(many)), _MOVE


def _takes_back(head: Head, rows: Sequence[Sequence[Cell]]) -> Iterator[ColumnNote]:
    """What to say of a column in which somebody may have taken their consent to mail back."""
    against = opposite("wants_email", head.said) and _MAIL.search(head.text)
    many = sum(
        bool(_NO_MAIL.search(text) or (against and _YES.match(text)))
        for row in rows
        if (text := _text(row, head.index))
    )
    if many:
        fact = Sentence(
            "this column is not read; in {rows}, it might say that the person does not want email, "
            "or has left",
            rows=_rows(many),
        )
        yield (
            f"{head.letter}1",
            fact,
            Sentence("if so, write no under the consent question in those rows"),
        )


def _told(head: Head, many: int) -> ColumnNote:
    fact = Sentence(
        "this column is not read; in {rows}, it might say that the person did not come, but the "
        "person still counts as present",
        rows=_rows(many),
    )
    return f"{head.letter}1", fact, _MOVE


def _empty(rows: Sentence) -> Sentence:
    """Of a column of ticks."""
    return Sentence(
        "this column is not read; in {rows}, it might say that the person did not come (it is "
        "empty where others are checked), but the person still counts as present",
        rows=rows,
    )


def _surely_not(row: Sequence[Cell], column: int) -> bool:
    cell = row[column] if column < len(row) else None
    return isinstance(cell, str) and bool(_SURELY.match(cell))


def _of_events(head: Head, cells: Sequence[str], found: Container[str]) -> Iterator[ColumnNote]:
    named = in_settings(head.said)
    for field, (near, sense) in _MAY_SAY.items():
        has = field in found or (field == "held" and "cancelled" in found)
        says = any(map(_may_be, cells)) if field != "partner" else bool(cells)
        if not has and says and near.search(head.text):
            fix = Sentence(
                "if it does, map it in chapter.toml: [columns.events] {setting}",
                setting=f"{field} = {named}",
            )
            if opposite(field, head.said):
                fix = Sentence(
                    "if it does, add a column “{column}” with the opposite of its answers",
                    column=field.capitalize(),
                )
            said = Sentence("this column might say {sense}, but it is not read", sense=sense)
            yield f"{head.letter}1", said, fix
            return
    if off := sum(bool(re.search(CALLED_OFF, cell) or says_off(cell)) for cell in cells):
        fact = Sentence(
            "this column is not read; in {rows}, it mentions that something was canceled",
            rows=_rows(off),
        )
        fix = (
            Sentence("write no under “Held” in the rows of canceled events")
            if "held" in found
            else Sentence(
                "add a column “Held”, and write no under “Held” in the rows of canceled events"
            )
        )
        yield f"{head.letter}1", fact, fix


def _unmarked(head: Head, cells: Sequence[str], rows: Sequence[Sequence[Cell]]) -> int:
    """In how many rows a column of ticks for those who came is empty."""
    ticked = _TICKED.search(head.text) and not _NOT_THERE.search(head.text)
    if not ticked or not any(_YES.match(cell) or _WHEN.search(cell) for cell in cells):
        return 0
    return sum(any(map(holds, row)) for row in rows) - len(cells)


def _may_be(cell: str) -> bool:
    """Whether a cell may be a yes or a no: a number of people is none."""
    return not re.fullmatch(r"\d{2,}|[2-9]|[\d.,]*[.,]\d*[1-9]\d*", cell)


def _text(row: Sequence[Cell], column: int) -> str:
    cell = sound(row[column]) if column < len(row) else None
    return "" if cell is None else folded(str(cell)[:200])


def _rows(many: int) -> Sentence:
    return Sentence("1 row") if many == 1 else Sentence("{many} rows", many=many)
