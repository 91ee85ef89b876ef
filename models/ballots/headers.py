"""Whether a header is a contest's, and what it says beside the title (BA-7).

1. A header is compared whole, without what only a keyboard chooses, and never as a part of
   another: `Title`; `Title [Row]`, as a form writes a grid; `Title, first choice`, a question for
   each rank.
2. A file with only one contest can leave the title out: `rank1`, `rank2` …, the choices, or `vote`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from models.ballots.layouts import rank_of
from models.contests.contest import CommitteeDecision, Contest, Question, Ranked, UpOrDown
from models.intake.headers import Head, openings
from models.text.folding import folded, unmarked

Layout = Literal["ranks in columns", "candidates in columns", "single choice"]

_JOINTS = " ,;:.?*/|-"
_FOR = re.compile(r"\s(?:for(?: the)?|in(?: the)?|para(?: la| el)?|de(?: la|l)?)$")
_YOUR = re.compile(r"^(?:your|my|tu|su|mi) ")
_SCORES = re.compile(
    r"\b(?:rate|ratings?|scores?|points?|stars?|puntos|puntaje|calific\w+)\b"
    r"|\b(?:[2-9]|\d\d+) ?(?:=|is|means) ?(?:the )?(?:best|highest|most|top|favou?rite)\b"
)
_BARE_NUMBER = re.compile(r"[\d#. ]+")


@dataclass(frozen=True, slots=True)
class Sought:
    """A contest, by what its headers are known."""

    contest: Contest
    titles: tuple[str, ...]  # unmarked
    places: Mapping[str, int]
    ranked: bool  # whether voters rank in it
    layout: Layout | Literal["auto"] = "auto"

    @classmethod
    def of(cls, contest: Contest, *, ranked: bool | None = None) -> "Sought":
        """By its title, as a form asks it."""
        ranked = isinstance(contest, Ranked) if ranked is None else ranked
        return cls(contest, (unmarked(contest.title),), contest.places(), ranked)

    @property
    def most(self) -> int:
        """The highest rank there can be: the number of choices."""
        return len(set(self.places.values()))

    def rank(self, text: str) -> int | None:
        """The rank that a header or row says."""
        said = rank_of(text, self.contest.own_ranks)
        return said or rank_of(re.sub(r"[_:-]+", " ", text))


def takes_one_word(contest: Contest) -> bool:
    """Whether the contest is answered by yes or no, so that it has one column."""
    return isinstance(contest, UpOrDown | Question | CommitteeDecision)


def may_write_in(contest: Contest) -> bool:
    """Whether names may be written in, which no endorsement allows."""
    return contest.rules == "public" and hasattr(contest, "undeclared_write_ins")


def asks_scores(question: str) -> bool:
    """Whether a question asks for scores, of which the highest is the best."""
    return bool(_SCORES.search(folded(question)))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a contest: its row, or "" where it is the whole contest."""

    head: Head
    row: str = ""
    manner: Literal["whole", "grid", "question"] = "whole"
    means: int | None = None
    """The place of a choice or the rank, as the layout says."""


def asks_rank(title: str, one: Sought) -> Column | None:
    """A form's question for a rank of this contest, `Title, first choice`, and its rank."""
    column = column_of(Head.of(0, title), one.titles[0], one)
    if not column or column.manner != "question" or not (rank := one.rank(column.row)):
        return None
    return replace(column, means=rank)


def column_of(head: Head, title: str, one: Sought) -> Column | None:
    """What a header is to a contest of this title; None where it is not the contest's."""
    text = head.text
    if head.whole == title:
        return Column(head)
    for at in openings(text):
        if unmarked(text[:at]) == title:
            return Column(head, text[at + 1 : -1].strip(), "grid")
    if text.startswith(title) and not text[len(title)].isalnum():
        rest = text[len(title) :]
        row = rest.strip(f"{_JOINTS}()")
        if row in one.places and not rest.startswith(" ("):
            return Column(head, row, "question") if rest.lstrip()[:1] in _JOINTS else None
        return Column(head, row, "question") if _is_rank(row, one) else None
    if head.whole.endswith(title) and not head.whole[-len(title) - 1].isalnum():
        before = head.whole[: -len(title)].rstrip(_JOINTS)
        row = _YOUR.sub("", _FOR.sub("", before)).rstrip(_JOINTS)
        return Column(head, row, "question") if _is_rank(row, one) else None
    return None


def _is_rank(row: str, one: Sought) -> bool:
    """In words: beside a title, a bare number may be the number of another question."""
    return bool(row) and not _BARE_NUMBER.fullmatch(row) and one.rank(row) is not None


def untitled(heads: Sequence[Head], one: Sought) -> list[Column]:
    """The columns of a file that holds nothing but this race."""
    lone = len(heads) == 1
    if lone and heads[0].whole in ("vote", "choice") and one.layout in ("auto", "single choice"):
        return [Column(heads[0])]
    plain = [head for head in heads if not head.grid[0]]
    choices = [Column(h, h.text, "grid") for h in plain if h.text in one.places]
    ranks = [
        Column(h, h.text, "grid") for h in plain if one.rank(h.text) and h.text not in one.places
    ]
    if takes_one_word(one.contest):
        return [Column(column.head) for column in ranks if lone and one.rank(column.row) == 1]
    if one.layout == "candidates in columns":
        return choices
    return ranks if one.layout == "ranks in columns" or not choices else [*choices, *ranks]
