"""The ballot as a form: what it asks for each contest, whether a live form does, what rows say.

A ranked race is a grid with a row for each choice and the ranks as columns, any other contest one
question; the first question asks for the code. What is read first are notes, which ask nothing. A
form built by hand may also have ranks as rows, and say what it asks where it likes (EN-R14).
Rows of a sheet and responses of a form are read alike, by headers: `Title`, or `Title [Row]`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

from models.ballots.answers import Answer
from models.ballots.asked import Asked, find, marked, passed_over
from models.ballots.elsewhere import elsewhere, widened
from models.ballots.form_texts import BETWEEN, CODE, help_of, notes_of
from models.ballots.headers import Sought, asks_rank, takes_one_word
from models.ballots.layouts import ordinal, rank_of, rows_are_candidates, rows_are_ranks, yes_no
from models.ballots.misspelt import further_ranks, headed_rightly, sharing_words
from models.bylaws.counting import CountingRules
from models.contests.asks import ENGLISH, Speaks
from models.contests.contest import Approval, Contest
from models.intake.headers import Head, heads_of
from models.intake.locations import column_letter
from models.lookalikes import meant
from models.privacy import redact_addresses
from models.tally.settings import is_ranked
from models.text.folding import folded, unmarked

_GONE = Answer(unreadable="it answers a question that is no longer on the form")


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
    choices = marked(contest)
    if is_ranked(contest, edition):
        ranks = tuple(ordinal(rank) for rank in range(1, len(contest.choices) + 1))
        return Item(contest.title, "grid", ranks, choices, told)
    kind: ItemKind = "several" if isinstance(contest, Approval) else "one"
    return Item(contest.title, kind, choices, help=told)


def mismatches(
    live: Iterable[Item], contests: Sequence[Contest], code_question: str, edition: CountingRules
) -> Iterator[str]:
    """How a live form differs from what the contests ask; nothing when it fits.

    Who withdrew may be left out of it (EN-R11).
    """
    wanted = {folded(item.title): item for item in _questions(contests, code_question, edition)}
    own = {folded(contest.title): contest.own_ranks for contest in contests}
    gone = {folded(one.title): getattr(one, "excluded", ()) for one in contests}
    found: set[str] = set()
    live = list(live)
    ranked = [Sought.of(one, ranked=True) for one in contests if is_ranked(one, edition)]
    for item in live:
        if item.kind == "note":
            continue
        title = folded(item.title)
        want = wanted.get(title)
        if want is None and (asks := _rank_of_race(item, ranked)):
            race, rank = asks
            want = wanted[race]
            item = replace(item, kind="grid", options=(ordinal(rank),), rows=item.options)
            found.add(race)
        if want is None:
            near = _near(item.title, live, ranked, wanted.values())
            yield f"{_named(item.title)} belongs to no contest{near}"
        elif title in found:
            yield f"{_named(item.title)} is asked twice"
        else:
            name = folded(want.title)
            yield from _differs(item, want, own.get(name, {}), gone.get(name, ()))
        found.add(title)
    for title, want in wanted.items():
        if title not in found:
            yield f"nothing asks “{want.title}”"


def _questions(
    contests: Iterable[Contest], code_question: str, edition: CountingRules
) -> Iterator[Item]:
    return (item for item in items_of(contests, code_question, edition) if item.kind != "note")


def _rank_of_race(item: Item, ranked: Iterable[Sought]) -> tuple[str, int] | None:
    """The race, by its folded title, and its rank that the item asks: `Title, first choice`."""
    for one in ranked:
        if item.kind == "one" and (asked := asks_rank(item.title, one)):
            return folded(one.contest.title), asked.means or 0
    return None


def _near(
    title: str, live: Sequence[Item], ranked: Sequence[Sought], wanted: Iterable[Item]
) -> str:
    """What a misspelt title is nearest to, of what nothing asks, as the end of a sentence."""
    for one in ranked:
        there = [column for item in live if (column := asks_rank(item.title, one))]
        ranks = {column.means for column in there}
        for _, rank in further_ranks([Head.of(0, title)], one, ranks) if there else ():
            return f"; the closest is {_named(headed_rightly(there, rank, one))}"
    asked = {folded(item.title) for item in live}
    left = {unmarked(item.title): item for item in wanted if folded(item.title) not in asked}
    near = get_close_matches(unmarked(title), left, n=1)
    near = near or [one for one in left if sharing_words([title], one)][:1]
    return "".join(f"; the closest is {_named(left[one].title)}" for one in near)


def _differs(
    item: Item, want: Item, own: Mapping[str, int], gone: Collection[str]
) -> Iterator[str]:
    if want.kind == "grid" and item.kind == "grid" and _are_ranks(item.rows, own):
        item = Item(item.title, "grid", item.rows, item.options)  # ranks as rows: the other layout
    if item.kind != want.kind:
        yield f"{_named(item.title)} is of another kind than {_KINDS[want.kind]}"
        return
    asked = ((item.rows, want.rows), (item.options, want.options))
    for have, should in asked if want.kind != "grid" else asked[:1]:
        known = {*map(folded, have), *map(folded, gone)}
        missing = [text for text in should if folded(text) not in known]
        strange = [text for text in have if folded(text) not in map(folded, should)]
        if missing:
            yield f"{_named(item.title)} lacks {_listed(missing)}"
        if strange:
            near = "".join(meant(text, missing) for text in strange)
            yield f"{_named(item.title)} offers {_listed(strange)}, which is no choice{near}"
    if want.kind == "grid" and not _are_ranks(item.options, own):
        yield f"the columns of {_named(item.title)} are not all ranks"
    elif want.kind == "grid":
        beyond = [text for text in item.options if (rank_of(text, own) or 0) > len(want.rows)]
        if beyond:
            yield f"{_named(item.title)} offers {_listed(beyond)}, above the number of choices"


_KINDS = {
    "text": "a short answer",
    "one": "one choice",
    "several": "checkboxes",
    "grid": "a grid of choices and ranks",
    "note": "a text",
}


def _are_ranks(texts: Iterable[str], own: Mapping[str, int]) -> bool:
    return all(rank_of(text, own) is not None for text in texts)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(map(_named, texts))


def _named(text: str) -> str:
    """A form's own text in a message; whoever typed an address into it is not repeated (DP-3)."""
    return f"“{redact_addresses(text)}”"


class FormReader:
    """Understands rows by their headers.

    Attributes:
        unknown: headers that belong to no contest; they are not read (DP-5).
        faults: headers that would change votes, see `headers`. Count nothing while there is one
            (BA-4, BA-7).
        read: the places of the columns that are somebody's.
        passed_over: what is said of columns that are a quiz's own, and are not read.

    Args:
        cancelled: contests that the form asked as well, and whose answers are passed over; what
            they are to the form is nobody's fault (EN-R11).
    """

    def __init__(
        self,
        headers: Sequence[str],
        contests: Sequence[Contest],
        edition: CountingRules | None = None,
        cancelled: Sequence[Contest] = (),
    ) -> None:
        sought = [
            Sought.of(one, ranked=is_ranked(one, edition) if edition else None)
            for one in (*contests, *cancelled)
        ]
        found = find(heads_of(headers), sought)
        off = {contest.id for contest in cancelled}
        self.unknown = [headers[head.index] for head in found.unread]
        self.faults = [fault.fact for fault in found.faults if fault.contest not in off]
        self._asked = [
            (one, asked)
            for one in sought
            if one.contest.id not in off and (asked := found.asked.get(one.contest.id))
        ]
        read = {column.head.index for asked in found.asked.values() for column in asked.columns}
        self.passed_over = passed_over(found.of_a_quiz)
        self._headers, self.read = headers, read | {head.index for head in found.of_a_quiz}

    def beyond(self) -> list[str]:
        """Columns that ask a rank above the number of choices, which counts as nothing (BA-7)."""
        return [
            f"column {column.head.letter} asks a rank of “{one.contest.title}” above the number of "
            "its choices"
            for one, asked in self._asked
            if asked.layout == "ranks in columns"
            for column in asked.columns[one.most :]
        ]

    def forgotten(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """Columns of nobody that hold a race's choices: perhaps a rank, or moved votes (BA-7).

        Args:
            rows: the cells of each.
        """
        unread = {i: h for i, h in widened(self._headers, rows).items() if i not in self.read}
        told: dict[str, None] = {}
        for one, asked in self._asked:
            own = [column.head.index for column in asked.columns]
            moved = [index for group in elsewhere(unread, own, one, rows) for index in group]
            more = (
                index
                for index, head in unread.items()
                if one.ranked and asked.layout == "ranks in columns" and not _grid(head)
                if _are_choices([row[index] for row in rows if index < len(row)], one, head)
            )
            told |= {
                f"column {column_letter(index)} holds choices of “{one.contest.title}” under "
                "another title": None
                for index in sorted({*moved, *more})
            }
        return list(told)

    def answers(self, cells: Sequence[str], *, gone: bool = False) -> dict[str, Answer]:
        """What one row says on each contest it asks.

        Args:
            cells: under the headers; missing ones are empty.
            gone: it answers a question removed since; what it leaves blank is unreadable (BA-2).
        """
        found = {one.contest.id: _answer(one, asked, cells) for one, asked in self._asked}
        return {name: _GONE if gone and a == Answer() else a for name, a in found.items()}


def _grid(header: str) -> bool:
    return bool(Head.of(0, header).grid[0])


def _are_choices(cells: Sequence[str], one: Sought, header: str) -> bool:
    """Under a title of its own, "no endorsement" alone may be another race's."""
    found = {one.places.get(folded(cell)) for cell in cells if cell.strip()}
    stop_line = {one.contest.race.stop_line}
    return None not in found and bool(found - stop_line if header.strip() else found)


def _answer(one: Sought, asked: Asked, row: Sequence[str]) -> Answer:
    cells = [row[c.head.index] if c.head.index < len(row) else "" for c in asked.columns]
    if asked.layout == "candidates in columns":
        said = {column.row: cell for column, cell in zip(asked.columns, cells, strict=True)}
        return rows_are_candidates(said, one.places, one.contest.own_ranks)
    if takes_one_word(one.contest):
        return yes_no(cells[0], one.places)
    answer = rows_are_ranks(cells[: one.most], one.places)
    if any(map(str.strip, cells[one.most :])):
        return answer.model_copy(update={"too_high": True})
    return answer
