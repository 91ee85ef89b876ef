"""The ballot as a form: what it asks for each contest, whether a live form does, what rows say.

A ranked race is a grid with a row for each choice and the ranks as columns, any other contest one
question; the first question asks for the code. A form built by hand may also have ranks as rows.
Rows of a sheet and responses of a form are read alike, by headers: `Title`, or `Title [Row]`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models.ballots.answers import Answer
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
from models.tally.settings import is_ranked

_GRID = re.compile(r"(?P<title>.*?)\s*\[(?P<row>[^\[\]]*)\]\s*", re.DOTALL)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


ItemKind = Literal["text", "one", "several", "grid"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a ballot form: a text, one or several of the options, or a grid of rows."""

    title: str
    kind: ItemKind
    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    help: str = ""


def items_of(
    contests: Iterable[Contest], code_question: str, edition: CountingRules
) -> tuple[Item, ...]:
    """The form that these contests ask for, "no endorsement" included (EN-5)."""
    code = Item(code_question, "text", help="It is filled in already when you use your own link.")
    return (code, *(_item(contest, edition) for contest in contests))


def _item(contest: Contest, edition: CountingRules) -> Item:
    marked = _marked(contest)
    where = f"Only for voters of {' and '.join(contest.districts)}. " if contest.districts else ""
    advice = (
        f"The committee recommends: {contest.recommendation}." if contest.recommendation else ""
    )
    told = (where + advice).strip()
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
    wanted = {folded(item.title): item for item in items_of(contests, code_question, edition)}
    found: set[str] = set()
    for item in live:
        title = folded(item.title)
        want = wanted.get(title)
        if want is None:
            yield f"“{item.title}” belongs to no contest"
        elif title in found:
            yield f"“{item.title}” is asked twice"
        else:
            yield from _differs(item, want)
        found.add(title)
    for title, want in wanted.items():
        if title not in found:
            yield f"nothing asks “{want.title}”"


def _differs(item: Item, want: Item) -> Iterator[str]:
    if want.kind == "grid" and item.kind == "grid" and _are_ranks(item.rows):
        item = Item(item.title, "grid", item.rows, item.options)  # ranks as rows: the other layout
    if item.kind != want.kind:
        yield f"“{item.title}” is of another kind than {_KINDS[want.kind]}"
        return
    asked = ((item.rows, want.rows), (item.options, want.options))
    for have, should in asked if want.kind != "grid" else asked[:1]:
        missing = [text for text in should if folded(text) not in map(folded, have)]
        strange = [text for text in have if folded(text) not in map(folded, should)]
        if missing:
            yield f"“{item.title}” lacks {_listed(missing)}"
        if strange:
            yield f"“{item.title}” offers {_listed(strange)}, which is no choice"
    if want.kind == "grid" and not _are_ranks(item.options):
        yield f"the columns of “{item.title}” are not all ranks"


_KINDS = {
    "text": "a short answer",
    "one": "one choice",
    "several": "checkboxes",
    "grid": "a grid of choices and ranks",
}


def _are_ranks(texts: Iterable[str]) -> bool:
    return all(rank_of(text) is not None for text in texts)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)


class FormReader:
    """Understands rows by their headers.

    Attributes:
        unknown: headers that belong to no contest; they are not read (DP-5).
        missing: contests that no header asks; all ballots are blank there.
    """

    def __init__(self, headers: Sequence[str], contests: Sequence[Contest]) -> None:
        titled = {folded(contest.title): contest for contest in contests}
        self._single: dict[int, Contest] = {}
        self._grids: dict[str, tuple[Contest, list[tuple[int, str]]]] = {}
        self.unknown: list[str] = []
        for column, header in enumerate(headers):
            if contest := titled.get(folded(header)):
                self._single[column] = contest
                continue
            grid = _GRID.fullmatch(header)
            contest = titled.get(folded(grid["title"])) if grid else None
            if grid and contest:
                self._grids.setdefault(contest.id, (contest, []))[1].append((column, grid["row"]))
            elif header.strip():
                self.unknown.append(header)
        read = {contest.id for contest in self._single.values()} | self._grids.keys()
        self.missing = [contest.title for contest in contests if contest.id not in read]
        self._places = {contest.id: contest.places() for contest in contests}

    def answers(self, cells: Sequence[str]) -> dict[str, Answer]:
        """What one row says on each contest it asks."""
        found = {
            contest.id: self._one(contest, _at(cells, column))
            for column, contest in self._single.items()
        }
        for name, (_, columns) in self._grids.items():
            rows = {row: _at(cells, column) for column, row in columns}
            found[name] = self._grid(rows, self._places[name])
        return found

    def _one(self, contest: Contest, cell: str) -> Answer:
        places = self._places[contest.id]
        if isinstance(contest, UpOrDown | Question | CommitteeDecision):
            return yes_no(cell, places)
        return single_choice(cell, places)

    def _grid(self, rows: Mapping[str, str], places: Mapping[str, int]) -> Answer:
        if not all(folded(row) in places for row in rows) and _are_ranks(rows):
            by_rank = {rank_of(row): cell for row, cell in rows.items()}
            last = max((rank for rank in by_rank if rank), default=0)
            return rows_are_ranks([by_rank.get(n, "") for n in range(1, last + 1)], places)
        return rows_are_candidates(rows, places)


def _at(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""
