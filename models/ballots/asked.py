"""How each contest is asked by the columns that are its own: files, tabs and forms alike (BA-7).

1. A row is a choice of the contest, and its cells are ranks, or a rank, and its cells are choices.
2. A ranked race rests on a column for each choice or each rank.
3. What fits in no way, or in two, is a fault that says which setting or which new title decides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from models.ballots.advice import (
    A_RANK_EACH,
    HEADED,
    JOINED,
    MENDED,
    NEVER_THERE,
    PUT_BACK,
    RETITLED,
    TITLED,
    WRITE_IN,
)
from models.ballots.headers import (
    Column,
    Layout,
    Sought,
    asks_scores,
    column_of,
    may_write_in,
    takes_one_word,
    untitled,
)
from models.ballots.misspelt import further_ranks, headed_rightly, sharing_words
from models.contests.contest import Contest
from models.intake.headers import Head, closest, near_to, of_a_quiz
from models.lookalikes import meant
from models.privacy import redact_addresses
from models.text.folding import folded


class Fault(NamedTuple):
    """What is wrong with the headers, and how to fix it."""

    fact: str
    next_step: str
    contest: str = ""
    """The id of the one it is about; "" where it is about two."""


@dataclass(frozen=True, slots=True)
class QuestionLayout:
    """How a contest is asked; columns of ranks are in the order of the ranks."""

    layout: Layout
    columns: tuple[Column, ...]


@dataclass(slots=True)
class Found:
    """What headers say of contests."""

    asked: dict[str, QuestionLayout] = field(default_factory=dict)  # by contest's id
    faults: list[Fault] = field(default_factory=list)
    unread: list[Head] = field(default_factory=list)
    of_a_quiz: list[Head] = field(default_factory=list)  # passed over: scores and feedback


def find(heads: Sequence[Head], contests: Sequence[Sought], *, alone: bool = False) -> Found:
    """Find each contest's columns.

    Args:
        alone: the file holds one race, whose title may be left out.
    """
    found = Found(of_a_quiz=of_a_quiz(heads, {row for one in contests for row in one.places}))
    heads = [head for head in heads if head not in found.of_a_quiz]
    columns = {one.contest.id: list[Column]() for one in contests}
    for head in heads:
        fits = [(len(title), one.contest.id, column) for one in contests for title in one.titles
                if (column := column_of(head, title, one))]  # fmt: skip
        longest = max((length for length, _, _ in fits), default=0)
        best = {name: column for length, name, column in fits if length == longest}
        for name, column in best.items():
            columns[name].append(column)
        if len(best) > 1:
            title = redact_addresses(head.said)
            said = f"“{title}” is the title of two contests: column {head.letter}"
            found.faults.append(Fault(said, "give each contest a different title"))
        if not best:
            found.unread.append(head)
    for one in contests:
        mine = columns[one.contest.id]
        if not mine and alone:
            mine = untitled(found.unread, one)
        asked, faults = judge(mine, one, found.unread)
        found.faults += [fault._replace(contest=one.contest.id) for fault in faults]
        if asked:
            found.asked[one.contest.id] = asked
    return found


def judge(
    columns: Sequence[Column], one: Sought, unread: Sequence[Head] = ()
) -> tuple[QuestionLayout | None, list[Fault]]:
    """What the columns of a contest are, or what is wrong with them."""
    said = f"“{redact_addresses(one.contest.title)}”"
    if not columns:
        fact = f"nothing asks {said}: no column has this contest's votes{nearest(unread, one)}"
        return None, [Fault(fact, f"{perhaps_asked(unread, one)}{HEADED}")]
    ways = [
        group
        for manner in ("whole", "grid", "question")
        if (group := [column for column in columns if column.manner == manner])
    ]
    if len(ways) > 1:
        told = ", or ".join(letters(way) for way in ways)
        step = RETITLED if one.ranked else TITLED
        return None, [Fault(f"{said} can be read in two ways: {told}", step)]
    if ways[0][0].manner == "whole":
        return _one_column(columns, one)
    if takes_one_word(one.contest):
        where = letters(columns)
        return None, [
            Fault(
                f"{said} takes one answer, but is asked as a grid: {where}",
                "ask it as one question",
            )
        ]
    return _table(columns, one, unread)


def _one_column(
    columns: Sequence[Column], one: Sought
) -> tuple[QuestionLayout | None, list[Fault]]:
    faults = list(_twins(columns))
    if one.ranked and one.layout != "single choice":
        said = f"“{redact_addresses(one.contest.title)}” is ranked, but is asked as one question"
        faults.append(Fault(f"{said}: {letters(columns)}", A_RANK_EACH))
    return QuestionLayout("single choice", tuple(columns)), faults


def _table(
    columns: Sequence[Column], one: Sought, unread: Sequence[Head]
) -> tuple[QuestionLayout | None, list[Fault]]:
    """A grid, a question for each rank, or the bare columns of a file."""
    by_rank = _by_rank([column.row for column in columns], one)
    read = [
        Column(c.head, c.row, c.manner, one.rank(c.row) if by_rank else one.places.get(c.row))
        for c in columns
    ]
    faults = [
        Fault(
            f"{_named(c)} {_stranger(c.row, one)}: column {c.head.letter}"
            f"{meant(c.row, one.contest.choices)}",
            MENDED.format(write_in=WRITE_IN if may_write_in(one.contest) else ""),
        )
        for c in read
        if c.means is None
    ]
    known = [column for column in read if column.means is not None]
    faults += _twins(known)
    missing = _ranks_without(known) if by_rank else _choices_without(known, one)
    if missing:
        lacks = f"“{redact_addresses(one.contest.title)}” lacks {', '.join(missing)}"
        rows = {folded(text.strip("“”")) for text in missing}
        lacks += "".join([closest(head) for head in unread if head.grid[1] in rows][:1])
        line = getattr(one.contest, "no_endorsement", "")
        never = line and f"“{line}”" in missing
        fix = NEVER_THERE.format(fix=PUT_BACK, line=redact_addresses(line)) if never else PUT_BACK
        faults.append(Fault(lacks, fix))
    if by_rank:
        known.sort(key=lambda column: column.means or 0)
        faults += _perhaps_ranks(known, one, unread)
    layout: Layout = "ranks in columns" if by_rank else "candidates in columns"
    return QuestionLayout(layout, tuple(known)), faults


def _named(column: Column) -> str:
    return f"“{redact_addresses(column.head.said)}”"


def _stranger(row: str, one: Sought) -> str:
    return "is a rank among choices" if one.rank(row) else "is neither a choice nor a rank"


def _by_rank(rows: Sequence[str], one: Sought) -> bool:
    """Whether rows are ranks; names that look like ranks are names."""
    if one.layout != "auto":
        return one.layout != "candidates in columns"
    return not any(row in one.places for row in rows) and any(map(one.rank, rows))


def _twins(columns: Sequence[Column]) -> Iterator[Fault]:
    there: dict[int | None, list[Column]] = {}
    for column in columns:
        there.setdefault(column.means, []).append(column)
    for twins in there.values():
        if len(twins) > 1:
            where = " and ".join(twin.head.letter for twin in twins)
            said = f"{_named(twins[0])} appears twice: columns {where}"
            yield Fault(said, JOINED)


def _ranks_without(columns: Sequence[Column]) -> list[str]:
    there = {column.means for column in columns}
    last = max((rank for rank in there if rank), default=0)
    return [f"rank {rank}" for rank in range(1, last) if rank not in there]


def _choices_without(columns: Sequence[Column], one: Sought) -> list[str]:
    """Choices without a column, which could get no vote; someone who withdrew can be missing."""
    race = one.contest.race
    fine = {*(column.means for column in columns), race.write_in, *race.excluded}
    return [f"“{text}”" for text in marked(one.contest) if one.places[folded(text)] not in fine]


def marked(contest: Contest) -> tuple[str, ...]:
    """All that a voter may mark."""
    ratify = getattr(contest, "ratify", "")
    return (*([ratify] if ratify else []), *contest.choices)


def _perhaps_ranks(
    columns: Sequence[Column], one: Sought, unread: Sequence[Head]
) -> Iterator[Fault]:
    """A misspelled header might be another rank; so might one with the contest's title in it."""
    said, there = (
        f"of “{redact_addresses(one.contest.title)}”",
        {column.means for column in columns},
    )
    misspelt = dict(further_ranks(unread, one, there))
    for head, rank in misspelt.items():
        right = f"“{redact_addresses(headed_rightly(columns, rank, one))}”"
        fact = (
            f"“{redact_addresses(head.said)}” in column {head.letter} might be rank {rank} {said}"
        )
        step = (
            f"if it is, change its header to {right}; if it asks something else, list it in ignore"
        )
        yield Fault(f"{fact}; the closest is {right}", step)
    if not columns or columns[0].manner != "question":
        return
    if len(columns) < 2:
        alone = f"{_named(columns[0])} is the only rank, so there is no ranking: {letters(columns)}"
        yield Fault(alone, RETITLED)
    title = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, one.titles))})(?!\w)")
    others = [head for head in unread if not head.grid[0] and head not in misspelt]
    if more := [Column(head) for head in others if title.search(head.text)]:
        yield Fault(f"{letters(more)} might be another rank {said}", RETITLED)


def nearest(heads: Sequence[Head], one: Sought) -> str:
    """The question that was perhaps meant, as a part of a sentence; "" where none is near."""
    for head in heads:
        question, row = head.grid
        if question and (row in one.places or one.rank(row)):
            return closest(head)
    if near := near_to(heads, one.titles[0]):
        return near
    told = sharing_words([head.text for head in heads], one.titles[0])
    return next((closest(head) for head in heads if told and head.text == told), "")


def perhaps_asked(heads: Sequence[Head], one: Sought) -> str:
    """The setting for a question that has the race's choices as rows, and not its title."""
    rows: dict[str, set[int]] = {}
    for head in heads:
        parted = _PARTED.fullmatch(head.said)
        if (
            parted
            and not asks_scores(parted["question"])
            and (place := one.places.get(folded(parted["row"]))) is not None
        ):
            rows.setdefault(parted["question"], set()).add(place)
    found = [
        redact_addresses(question).replace('"', "'")
        for question, known in rows.items()
        if len(known) > 1
    ]
    if len(found) != 1:
        return ""
    return f'if “{found[0]}” asks it, set contest.toml [ballots] question = "{found[0]}"; or '


_PARTED = re.compile(r"(?P<question>.*\S)(?: [-–—] |: | ?\[)(?P<row>[^\[\]]+)\]?")


def passed_over(heads: Sequence[Head]) -> tuple[str, ...]:
    """What is said of a quiz's own columns."""
    where = letters(list(map(Column, heads))) if heads else ""
    return (f"{where}: a quiz's own scores and feedback, not read",) if heads else ()


def letters(columns: Sequence[Column]) -> str:
    """The columns as a spreadsheet names them, in a sentence."""
    *first, last = [column.head.letter for column in columns]
    return f"columns {', '.join(first)} and {last}" if first else f"column {last}"
