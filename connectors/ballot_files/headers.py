"""Which headers of a file are a contest's: its question's grid, a plain table, or one column.

A form asks about several races in one file, so the contest's title decides; where nothing has the
title, what can only be this contest's is taken, and where several could be, nobody guesses.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from unicodedata import normalize

from models.ballots.layouts import rank_of
from models.contests import CommitteeDecision, Contest, Question, UpOrDown, folded
from models.errors import FixTheData
from models.places import column_letter
from models.privacy import quiet

_GRID = re.compile(r"(?P<question>.*?)\s*\[(?P<row>[^\[\]]*)\]\s*", re.DOTALL)
_VOTE = frozenset({"vote", "your vote", "choice", "your choice", "ballot"})


@dataclass(frozen=True, slots=True)
class Head:
    """One header. `text` is the row of a form's grid, `Question [Row]`, else the whole header."""

    index: int
    said: str  # as the file has it
    full: str  # the whole header, folded, without marks at its end
    question: str  # of a grid, as `full`, else ""
    text: str  # folded
    rank: int | None

    @classmethod
    def of(cls, index: int, header: str) -> "Head":
        """The header of a column."""
        header = composed(header)
        grid = _GRID.fullmatch(header)
        question, text = (unmarked(grid["question"]), grid["row"]) if grid else ("", header)
        rank = rank_of(re.sub(r"[_:-]+", " ", text))
        return cls(index, header, unmarked(header), question, folded(text), rank)


def composed(text: str) -> str:
    """Accents as one character with their letter; some systems write them as two."""
    return normalize("NFC", text)


def unmarked(header: str) -> str:
    """A header or question for comparing: marks at its end do not matter, as in every sheet."""
    text = folded(composed(header))
    return text.rstrip(":?*. ") or text


def nearest(heads: Sequence[Head], wanted: str) -> str:
    """The header that was perhaps meant, as a part of a sentence; "" where none is near."""
    known = {head.full: head for head in heads} | {h.question: h for h in heads if h.question}
    for near in get_close_matches(unmarked(wanted), known, n=1):
        said, column = quiet(known[near].said), column_letter(known[near].index)
        return f"; the closest is “{said}” in column {column}"
    return ""


def takes_one_word(contest: Contest) -> bool:
    """Whether the contest is answered by yes or no, so that no grid can be its own."""
    return isinstance(contest, UpOrDown | Question | CommitteeDecision)


def choose_heads(
    heads: Sequence[Head], contest: Contest, places: Mapping[str, int], asked: str
) -> list[Head]:
    """The headers of the contest's grid or table; or the one column that holds its votes.

    Args:
        heads: all headers of the file.
        contest: what was voted on.
        places: the choices by what a file says.
        asked: the question that the contest's file names, or "".

    Raises:
        FixTheData: none is the contest's, or several could be. The caller knows the place.
    """
    title, named_by = unmarked(contest.title), asked
    asked = unmarked(asked)
    grids: dict[str, list[Head]] = {}
    for head in heads:
        grids.setdefault(head.question, []).append(head)
    grids = {
        question: group
        for question, group in grids.items()
        if not takes_one_word(contest) and any(h.rank or h.text in places for h in group)
    }
    table = [grids.pop("")] if "" in grids and not asked else []
    by_question = [group for question, group in grids.items() if question == (asked or title)]
    by_header = [
        [head] for head in heads if head.full in ({asked} if asked else {title, contest.id})
    ]
    ways = [by_question, table, by_header]
    if not asked:
        named = re.compile(rf"(?<!\w){re.escape(title)}(?!\w)")
        ways += [
            [group for question, group in grids.items() if named.search(question)],
            [[head] for head in heads if not head.question and named.search(head.full)],
            list(grids.values()),
            [[head] for head in heads if head.full in _VOTE],
            [[head] for head in heads] if len(heads) == 1 else [],
        ]
    found = next(filter(None, ways), [])
    if len(found) != 1:
        raise FixTheData(
            "several questions or columns fit this contest"
            if found
            else f"no column holds this contest's votes{nearest(heads, named_by or contest.title)}",
            next_step="head the columns rank1, rank2 … or with the choices, or name the question "
            "in contest.toml: [ballots] question",
        )
    return found[0]
