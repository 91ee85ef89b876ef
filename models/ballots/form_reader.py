"""What the rows of a form say: a sheet's rows and a form's responses are read alike, by headers."""

from collections import Counter
from collections.abc import Iterable, Sequence

from models.ballots.answers import Answer
from models.ballots.asked import QuestionLayout, find, passed_over
from models.ballots.elsewhere import elsewhere, widened
from models.ballots.headers import Sought, takes_one_word
from models.ballots.layouts import rows_are_candidates, rows_are_ranks, yes_no
from models.bylaws.counting import CountingRules
from models.contests.contest import Contest
from models.intake.headers import Head, heads_of
from models.intake.locations import column_letter
from models.tally.settings import is_ranked
from models.text.folding import folded
from models.text.sentences import English, Sentence

_GONE = Answer(unreadable="it answers a question that is no longer on the form")


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
            Sentence(
                "column {letter} asks for a rank of “{title}” above its number of choices",
                letter=column.head.letter,
                title=one.contest.title,
            )
            for one, asked in self._asked
            if asked.layout == "ranks in columns"
            for column in asked.columns[one.most :]
        ]

    def forgotten(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """Return unread columns with a contest's choices: perhaps a rank, or moved votes (BA-7).

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
                Sentence(
                    "column {letter} has choices of “{title}” under another title",
                    letter=column_letter(index),
                    title=one.contest.title,
                ): None
                for index in sorted({*moved, *more})
            }
        return list(told)

    def unreadable(self, rows: Iterable[Sequence[str]]) -> list[str]:
        """How many of these rows cannot be read, by contest and reason; no vote is shown (BA-2)."""
        found = Counter(
            (one.contest.title, answer.unreadable)
            for row in rows
            for one, asked in self._asked
            if (answer := _answer(one, asked, row)).unreadable
        )
        return [
            Sentence(
                "{rows} cannot be read for “{title}”: {why}",
                rows=Sentence("1 row") if many == 1 else Sentence("{many} rows", many=many),
                title=title,
                why=English(why),
            )
            for (title, why), many in found.items()
        ]

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


def _answer(one: Sought, asked: QuestionLayout, row: Sequence[str]) -> Answer:
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
