"""The ballot as a form: what it asks for each contest, whether a live form does, what rows say.

A ranked race is a grid with a row for each choice and the ranks as columns, any other contest one
question; the first question asks for the code. What is read first are notes, which ask nothing. A
form built by hand may also have ranks as rows, and say what it asks where it likes (EN-R14).
Rows of a sheet and responses of a form are read alike, by headers: `Title`, or `Title [Row]`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models.asks import ENGLISH, Speaks
from models.ballots.answers import Answer
from models.ballots.form_texts import BETWEEN, CODE, help_of, notes_of
from models.ballots.layouts import (
    rank_of,
    rows_are_candidates,
    rows_are_ranks,
    single_choice,
    yes_no,
)
from models.bylaws.counting import CountingRules
from models.contests import (
    Approval,
    CommitteeDecision,
    Contest,
    Question,
    RatifyOrPrefer,
    UpOrDown,
    folded,
)
from models.places import column_letter
from models.privacy import quiet
from models.tally.settings import is_ranked

_GRID = re.compile(r"(?P<title>.*?)\s*\[(?P<row>[^\[\]]*)\]\s*", re.DOTALL)
_GONE = Answer(unreadable="it answers a question that is no longer on the form")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


ItemKind = Literal["text", "one", "several", "grid", "note"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a ballot form: a text to type, one or several options, a grid of rows, a note."""

    title: str
    kind: ItemKind
    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    help: str = ""


def items_of(
    contests: Iterable[Contest],
    code_question: str,
    edition: CountingRules,
    also: Sequence[Speaks] = (),
) -> tuple[Item, ...]:
    """The form that these contests ask for, "no endorsement" included (EN-5).

    Args:
        also: the languages that the help speaks beside English.
    """
    code = BETWEEN.join(CODE[one.language] for one in (ENGLISH, *also))
    items = [Item(code_question, "text", help=code)]
    for contest in contests:
        items += [Item(name, "note", help=told) for name, told in notes_of(contest, also)]
        items.append(_item(contest, edition, help_of(contest, edition, also)))
    return tuple(items)


def _item(contest: Contest, edition: CountingRules, told: str) -> Item:
    marked = _marked(contest)
    if is_ranked(contest, edition):
        ranks = tuple(_ordinal(rank) for rank in range(1, len(contest.choices) + 1))
        return Item(contest.title, "grid", ranks, marked, told)
    kind: ItemKind = "several" if isinstance(contest, Approval) else "one"
    return Item(contest.title, kind, marked, help=told)


def _marked(contest: Contest) -> tuple[str, ...]:
    """All that a voter may mark."""
    ratify = (contest.ratify,) if isinstance(contest, RatifyOrPrefer) else ()
    return (*ratify, *contest.choices)


def _ordinal(rank: int) -> str:
    return f"{rank}{'th' if 10 < rank % 100 < 14 else _ENDINGS.get(rank % 10, 'th')}"


def mismatches(
    live: Iterable[Item], contests: Sequence[Contest], code_question: str, edition: CountingRules
) -> Iterator[str]:
    """How a live form differs from what the contests ask; nothing when it fits."""
    wanted = {folded(item.title): item for item in _questions(contests, code_question, edition)}
    found: set[str] = set()
    for item in live:
        if item.kind == "note":
            continue
        title = folded(item.title)
        want = wanted.get(title)
        if want is None:
            yield f"{_named(item.title)} belongs to no contest"
        elif title in found:
            yield f"{_named(item.title)} is asked twice"
        else:
            yield from _differs(item, want)
        found.add(title)
    for title, want in wanted.items():
        if title not in found:
            yield f"nothing asks “{want.title}”"


def _questions(
    contests: Iterable[Contest], code_question: str, edition: CountingRules
) -> Iterator[Item]:
    return (item for item in items_of(contests, code_question, edition) if item.kind != "note")


def _differs(item: Item, want: Item) -> Iterator[str]:
    if want.kind == "grid" and item.kind == "grid" and _are_ranks(item.rows):
        item = Item(item.title, "grid", item.rows, item.options)  # ranks as rows: the other layout
    if item.kind != want.kind:
        yield f"{_named(item.title)} is of another kind than {_KINDS[want.kind]}"
        return
    asked = ((item.rows, want.rows), (item.options, want.options))
    for have, should in asked if want.kind != "grid" else asked[:1]:
        missing = [text for text in should if folded(text) not in map(folded, have)]
        strange = [text for text in have if folded(text) not in map(folded, should)]
        if missing:
            yield f"{_named(item.title)} lacks {_listed(missing)}"
        if strange:
            yield f"{_named(item.title)} offers {_listed(strange)}, which is no choice"
    if want.kind == "grid" and not _are_ranks(item.options):
        yield f"the columns of {_named(item.title)} are not all ranks"


_KINDS = {
    "text": "a short answer",
    "one": "one choice",
    "several": "checkboxes",
    "grid": "a grid of choices and ranks",
    "note": "a text",
}


def _are_ranks(texts: Iterable[str]) -> bool:
    return all(rank_of(text) is not None for text in texts)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(map(_named, texts))


def _named(text: str) -> str:
    """A form's own text in a message; whoever typed an address into it is not repeated (DP-3)."""
    return f"“{quiet(text)}”"


class FormReader:
    """Understands rows by their headers.

    Attributes:
        unknown: headers that belong to no contest; they are not read (DP-5).
        faults: headers that would change votes: a contest nobody asks, a column that stands twice,
            a grid's row that is gone or that is no choice. Count nothing while there is one (BA-4).
    """

    def __init__(self, headers: Sequence[str], contests: Sequence[Contest]) -> None:
        titled = {folded(contest.title): contest for contest in contests}
        asked: dict[str, list[_Column]] = {contest.id: [] for contest in contests}
        self.unknown: list[str] = []
        for index, header in enumerate(headers):
            contest, row = titled.get(folded(header)), ""
            if not contest and (grid := _GRID.fullmatch(header)):
                contest, row = titled.get(folded(grid["title"])), grid["row"]
            if contest:
                asked[contest.id].append(_Column(index, header.strip(), row))
            elif header.strip():
                self.unknown.append(header)
        self._asked = [(contest, contest.places(), asked[contest.id]) for contest in contests]
        self.faults = [fault for one in self._asked for fault in _faults(*one)]

    def answers(self, cells: Sequence[str], *, gone: bool = False) -> dict[str, Answer]:
        """What one row says on each contest it asks.

        Args:
            cells: under the headers; missing ones are empty.
            gone: it answers a question removed since; what it leaves blank is unreadable (BA-2).
        """
        found = {}
        for contest, places, columns in self._asked:
            rows = {column.row: _at(cells, column.index) for column in columns}
            if rows.keys() == {""}:
                found[contest.id] = _one(contest, rows[""], places)
            elif rows:
                found[contest.id] = _grid(rows, places)
        return {name: _GONE if gone and a == Answer() else a for name, a in found.items()}


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    header: str
    row: str  # of a grid; "" where one question is the whole contest


def _faults(
    contest: Contest, places: Mapping[str, int], columns: Sequence[_Column]
) -> Iterator[str]:
    """What is wrong with the columns of one contest."""
    rows = [column.row for column in columns if column.row]
    by_rank = _by_rank(rows, places)
    there: dict[int | None, list[_Column]] = {}
    for column in columns:
        means = rank_of(column.row) if by_rank else places.get(folded(column.row))
        if column.row and means is None:
            said = f"{_named(column.header)} is neither choice nor rank"
            yield f"{said}: column {column_letter(column.index)}"
        else:
            there.setdefault(means, []).append(column)
    for twins in there.values():
        if len(twins) > 1:
            letters = " and ".join(column_letter(twin.index) for twin in twins)
            yield f"{_named(twins[0].header)} stands twice: columns {letters}"
    if not columns:
        yield f"nothing asks “{contest.title}”"
    elif rows and None in there:
        letter = column_letter(there[None][0].index)
        yield f"“{contest.title}” is a grid and also one question: column {letter}"
    missing = _ranks_without(there) if by_rank else _choices_without(there, contest, places)
    if rows and missing:
        yield f"“{contest.title}” lacks {', '.join(missing)}"


def _ranks_without(there: Collection[int | None]) -> list[str]:
    last = max((rank for rank in there if rank), default=0)
    return [f"rank {rank}" for rank in range(1, last) if rank not in there]


def _choices_without(
    there: Collection[int | None], contest: Contest, places: Mapping[str, int]
) -> list[str]:
    """Marked by nobody, so that it would get no vote; who withdrew may leave the form."""
    race = contest.race
    fine = {*there, race.write_in, *race.excluded}
    return [f"“{text}”" for text in _marked(contest) if places[folded(text)] not in fine]


def _by_rank(rows: Collection[str], places: Mapping[str, int]) -> bool:
    """Whether the rows of a grid are ranks; names that look like ranks are names."""
    return not all(folded(row) in places for row in rows) and _are_ranks(rows)


def _one(contest: Contest, cell: str, places: Mapping[str, int]) -> Answer:
    if isinstance(contest, UpOrDown | Question | CommitteeDecision):
        return yes_no(cell, places)
    return single_choice(cell, places)


def _grid(rows: Mapping[str, str], places: Mapping[str, int]) -> Answer:
    if _by_rank(rows, places):
        by_rank = {rank_of(row): cell for row, cell in rows.items()}
        last = max((rank for rank in by_rank if rank), default=0)
        return rows_are_ranks([by_rank.get(n, "") for n in range(1, last + 1)], places)
    return rows_are_candidates(rows, places)


def _at(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""
