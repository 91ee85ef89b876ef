"""Headers for comparing: folded, whole, and cut where a form would have joined them."""

import json
import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from models.intake.locations import column_letter
from models.lookalikes import skeleton, told_apart
from models.privacy import one_line, redact_addresses
from models.text.folding import folded, unmarked

ColumnNote = tuple[str, str, str]
"""Of a column: its cell, what is said of it, and what to do."""


def in_settings(title: str) -> str:
    """Write a header or the title of a tab as it is typed into a settings file."""
    return json.dumps(redact_addresses(one_line(title)), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Head:
    """One header."""

    index: int
    said: str
    text: str
    """Folded."""

    @classmethod
    def of(cls, index: int, header: str) -> "Head":
        """The header of a column, 0 for A."""
        return cls(index, header.strip(), folded(header))

    @property
    def whole(self) -> str:
        """Without marks at its end, as in every sheet."""
        return unmarked(self.text)

    @property
    def grid(self) -> tuple[str, str]:
        """A form's question and the row of its grid; ("", the whole header) where it is none."""
        for at in _bracket(self.text):
            return unmarked(self.text[:at]), self.text[at + 1 : -1].strip()
        return "", self.text

    @property
    def letter(self) -> str:
        """As a spreadsheet names the column."""
        return column_letter(self.index)


def heads_of(headers: Sequence[str]) -> list[Head]:
    """The headers that say anything."""
    return [head for i, header in enumerate(headers) if (head := Head.of(i, header)).text]


def of_a_quiz(heads: Sequence[Head], rows: Container[str] = ()) -> list[Head]:
    """A quiz's own columns, `Title [Score]` and `Title [Feedback]` next to `Title`.

    Args:
        rows: folded names that are rows of a grid, whatever they are called.
    """
    texts = {head.text for head in heads}
    return [
        head
        for head in heads
        for at in _bracket(head.text)
        if (row := head.text[at + 1 : -1].strip()) in _OF_A_QUIZ and row not in rows
        if head.text[:at].strip() in texts
    ]


_OF_A_QUIZ = frozenset(("score", "feedback", "puntuación", "comentarios"))


def openings(text: str) -> Iterator[int]:
    """Where the row of a grid may begin: a name may have brackets itself."""
    if text.endswith("]"):
        yield from (at for at, mark in enumerate(text) if mark == "[")


def _bracket(text: str) -> Iterator[int]:
    """Where the bracket at the end was opened."""
    depth = 0
    for at in range(len(text) - 1, -1, -1) if text.endswith("]") else ():
        depth += {"]": 1, "[": -1}.get(text[at], 0)
        if not depth:
            yield at
            return


def near_to(heads: Sequence[Head], wanted: str, cutoff: float = 0.6) -> str:
    """The header nearest to a text, as a part of a sentence; "" where none is near.

    One that only looks like it is shown with the character that differs (BA-7).
    """
    for head in heads:
        if skeleton(head.text) == skeleton(wanted) != "":
            return f"{closest(head)}, which differs by {told_apart(head.whole, wanted)}"
    known = {head.whole: head for head in heads} | {h.grid[0]: h for h in heads if h.grid[0]}
    for near in get_close_matches(unmarked(wanted), known, n=1, cutoff=cutoff):
        return closest(known[near])
    return ""


SHORTEST = 3
"""Letters that say nothing in another header, as the “at” of “Date”."""


def sharing(heads: Sequence[Head], wanted: str) -> str:
    """The first header that has a word of a title, or is a part of it; "" where there is none."""
    sought = unmarked(wanted)
    words, letters = {*re.findall(r"\w{3,}", sought)}, re.sub(r"\W", "", sought)
    for head in heads:
        short = re.sub(r"\W", "", head.text)
        is_part = len(short) > SHORTEST and short in letters
        if is_part or words.intersection(re.findall(r"\w+", head.text)):
            return closest(head)
    return ""


def closest(head: Head) -> str:
    """The header as a part of a sentence."""
    return f"; the closest is “{redact_addresses(one_line(head.said))}” in column {head.letter}"
