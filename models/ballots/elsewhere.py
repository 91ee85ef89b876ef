"""Votes in another column than the contest's own (BA-2, BA-7).

A question that was asked again, edited, or moved leaves answers under another header, and the
people who gave them would be counted as blank. Rows that leave the contest blank and mark its
choices there show it. If the header has the contest's title, or there is none, one such row is
enough. Under any other header, which might ask something else, no row can answer both.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from models.ballots.headers import Sought, takes_one_word
from models.ballots.layouts import choices_in, rank_of, with_yes_and_no
from models.intake.headers import Head
from models.text.folding import folded

Rows = Sequence[Sequence[str]]


def elsewhere(
    unread: Mapping[int, str], own: Iterable[int], one: Sought, rows: Rows
) -> list[list[int]]:
    """Return columns that have votes of a contest and are not read; those of one grid together.

    Args:
        unread: the headers of the columns that nothing reads, by column.
        own: the columns of the contest.
        rows: the cells of each.
    """
    own = list(own)
    blank = [not any(text_at(row, index) for index in own) for row in rows]
    if not any(blank):
        return []
    return [
        columns
        for columns in _questions(unread)
        if _holds(columns, [unread[i] for i in columns], one, rows, blank)
    ]


def said_otherwise(
    unread: Mapping[int, str], own: Sequence[int], one: Sought, rows: Rows
) -> Iterator[int]:
    """Yield columns with the contest's title, or none, that mark another choice than its column.

    `Sheriff (final answer)` beside `Sheriff`. What takes yes or no is left out: whatever else is
    asked about a question is answered so, too.
    """
    if len(own) != 1 or takes_one_word(one.contest):
        return
    for index, header in unread.items():
        cells = [(text_at(row, own[0]), text_at(row, index)) for row in rows]
        mark = _Marks(header, one)
        if (not header.strip() or begins_with_title(header, one)) and not Head.of(
            index, header
        ).grid[0]:
            filled = [here for _, here in cells if here]
            differ = any(a and b and folded(a) != folded(b) for a, b in cells)
            if differ and all(map(mark.said, filled)) and mark.real:
                yield index


def _questions(unread: Mapping[int, str]) -> Iterator[list[int]]:
    grids: dict[str, list[int]] = {}
    for index, header in unread.items():
        if question := Head.of(index, header).grid[0]:
            grids.setdefault(question, []).append(index)
        else:
            yield [index]
    yield from grids.values()


def _holds(
    columns: Sequence[int], headers: Sequence[str], one: Sought, rows: Rows, blank: Sequence[bool]
) -> bool:
    marks = [_Marks(header, one) for header in headers]
    headed = any(header.strip() for header in headers)
    titled = not headed or any(begins_with_title(header, one) for header in headers)
    if not titled and all(blank):
        return False  # nobody answered here and left the other blank
    moved = False
    for row, is_blank in zip(rows, blank, strict=True):
        cells = [text_at(row, index) for index in columns]
        if not any(cells):
            continue
        said = [mark.said(cell) for mark, cell in zip(marks, cells, strict=True) if cell]
        if is_blank and True in said:
            moved = True
        if not titled and (not is_blank or False in said):
            return False
    return moved and (not headed or any(mark.real for mark in marks))


_BEFORE = r"(?:copy of|copia de|old|new|corrected|your|the|question \d+|\d+|\W)*"
"""What may stand before a title that is repeated; “Lt. Governor” is no governor."""


def begins_with_title(header: str, one: Sought) -> bool:
    """Whether a header begins with the contest's title, or with words that only repeat it."""
    title = "|".join(map(re.escape, one.titles))
    return bool(re.match(rf"{_BEFORE}(?<!\w)(?:{title})(?!\w)", folded(header)))


class _Marks:
    """What the cells of a column say: in the row of a choice ranks or ticks, else choices."""

    def __init__(self, header: str, one: Sought) -> None:
        question, row = Head.of(0, header).grid
        self._choice = row in one.places if question else False
        self._places = with_yes_and_no(one.places) if takes_one_word(one.contest) else one.places
        self._own, self._stop = one.contest.own_ranks, one.contest.race.stop_line
        self.real = False
        """Whether anything but "no endorsement", which may be another race's, was marked."""

    def said(self, cell: str) -> bool:
        """Whether a filled cell is a vote of the contest."""
        if self._choice:
            self.real = True
            return rank_of(cell, self._own) is not None or folded(cell) in TICKS
        slot = choices_in(cell, self._places)
        if isinstance(slot, str):
            return False
        self.real |= slot != self._stop
        return True


TICKS = frozenset(("x", "✓", "✔", "true", "yes", "sí"))
"""What ticks a choice, where nobody ranks."""


def text_at(row: Sequence[str], index: int) -> str:
    """The cell of a column, without white space around it; "" beyond the row's end."""
    return row[index].strip() if index < len(row) else ""


def widened(headers: Sequence[str], rows: Rows) -> dict[int, str]:
    """The header of every column that any row reaches, "" beyond the last one."""
    width = max((len(row) for row in rows), default=0)
    return {i: head for i, (head, _) in enumerate(zip_longest(headers, range(width), fillvalue=""))}
