"""One question about a contest, and how an answer is held against what was answered before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.contests.contest import contest_from
from models.errors import ClerkError

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One question about a contest: its key, and what an answer adds to the contest.

    An answer without sense raises ValueError.
    """

    key: str
    check: Callable[[str], Table]
    needed: bool = False
    """Whether nothing is no answer."""
    before_approval: bool = False
    """Whether the vote cannot be approved without it."""
    is_fact: bool = False
    """Answered by yes, or nothing."""


def text_of(key: str, table: Table, *, needed: bool = False) -> Question:
    """A text."""
    return Question(key, lambda typed: fits(table, **{key: typed}), needed)


def list_of(key: str, table: Table) -> Question:
    """Several entries."""
    return Question(key, lambda typed: fits(table, **{key: parted(typed)}))


def fact_of(key: str) -> Question:
    """A yes, or nothing."""
    return Question(key, lambda typed: {key: bool(typed)}, is_fact=True)


def parted(typed: str) -> list[str]:
    """The entries of a list: a line each, or with semicolons between them in one line."""
    parts = typed.split("\n") if "\n" in typed else typed.split(";")
    return [part.strip() for part in parts if part.strip()]


def fits(table: Table, **answer: Any) -> Table:
    """The answer, if the race so far can be one with it."""
    try:
        contest_from({**table, **answer}, "race")
    except ClerkError as exc:
        raise ValueError(exc.fact) from None
    return answer
