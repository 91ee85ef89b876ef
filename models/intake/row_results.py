"""The rows of a table, one by one: each becomes a record, or is skipped with its place.

The counts always add up: no row is lost.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from zoneinfo import ZoneInfo

from models.intake.field_names import called
from models.intake.locations import NOTHING, ReviewItem, SourceLocation, Weight, rows_named
from models.intake.participation import LostEvent
from models.intake.rows import Known, Row, Rows, Unreadable
from models.intake.tables import GONE, Table, holds
from models.intake.undecided import ABSENT, of_answers
from models.intake.unsent import HEADINGS, Sent
from models.intake.year_columns import YEAR_COLUMNS
from models.text.sentences import Sentence

R = TypeVar("R")


@dataclass(slots=True)
class RowCounts:
    """Counts of one table's rows; they always sum."""

    source: str
    kind: str
    rows: int = 0
    records: int = 0
    set_aside: int = 0
    unsent: int = 0
    """Rows that no one sent, see `models.intake.unsent`."""
    nobody: int = 0
    """Of the records, those that name no one."""
    strange: Counter[str] = field(default_factory=Counter)
    """Of the others, those of an event that is not known: how many by what they call it."""
    asked_whole: bool = False
    """One question is asked for all rows, and is not answered yet."""

    @property
    def sent(self) -> int:
        """Rows that a person sent."""
        return self.rows - self.unsent

    def say_nothing(self) -> bool:
        """Whether not one row can be used, and most do not just wait for one event's row.

        So it is where nobody sent any: an address column that a formula no longer fills, or that
        was moved, leaves helper values alone.
        """
        if self.rows and not self.sent:
            return not self.asked_whole
        waiting = self.strange.total()
        one_event = self.asked_whole or (len(self.strange) == 1 and 2 * waiting > self.sent)
        return 0 < self.sent == self.set_aside + self.nobody + waiting and not one_event


@dataclass(slots=True)
class RowResults:
    """What reading returns in addition to the records."""

    review: list[ReviewItem] = field(default_factory=list)
    boxes: list[RowCounts] = field(default_factory=list)
    lost: list[LostEvent] = field(default_factory=list)
    """The events whose rows were skipped: what depends on them is shown with that cause."""
    known: Known = field(default_factory=dict, repr=False)
    """What texts of cells were read as, in whichever table."""


def notes_of(table: Table) -> Iterator[ReviewItem]:
    """What is said of a table's columns."""
    for cell, reason, next_step in table.notes:
        place = SourceLocation(table.source, cell)
        yield ReviewItem(place=place, weight=Weight.NOTE, reason=reason, next_step=next_step)


def records(
    table: Table, zone: ZoneInfo, tray: RowResults, read: Callable[[Row, SourceLocation], R]
) -> Iterator[R]:
    """Each row's record; an unreadable row goes to the tray with its place."""
    box = RowCounts(table.source, table.kind)
    tray.boxes.append(box)
    rows, is_sent = Rows(table, zone, tray.known), Sent(table)
    unsent: list[int] = []
    headings: list[int] = []
    for row in rows:
        box.rows += 1
        if not is_sent(row.cells):
            (headings if is_sent.is_heading(row.cells) else unsent).append(row.number)
            continue
        try:
            record = read(row, table.place(row.number))
        except Unreadable as exc:
            box.set_aside += 1
            weight = Weight.QUESTION if exc.asks else Weight.SET_ASIDE
            tray.review.append(_item(table, row.number, exc, weight))
            continue
        tray.review += [
            _item(table, row.number, note, Weight.QUESTION if note.asks else Weight.NOTE)
            for note in row.notes
        ]
        box.records += 1
        yield record
    box.unsent = len(unsent) + len(headings)
    helpers = _HELPERS_OF.get(table.kind, _HELPERS)
    tray.review += _passed_over(table, unsent, helpers, _FILL_IN)
    tray.review += _passed_over(table, headings, HEADINGS, NOTHING)
    tray.review += _read_from_twins(rows)
    tray.review += _under_no_question(table)
    tray.review += _did_not_come(table)


_FILL_IN = Sentence("if they are not meant as rows, do nothing; otherwise fill in what is missing")
_HELPERS_OF = {
    kind: Sentence(
        "what such a row needs is missing ({needed}), only helper values or sums are here; skipped",
        needed=", ".join(own.headers[name] for name in own.headers if name in own.required),
    )
    for kind, own in YEAR_COLUMNS.items()
}
_HELPERS_OF["events"] = Sentence(
    "there is no day and no event name here, only helper values that were filled down, or sums; "
    "skipped"
)
_HELPERS = Sentence(
    "there is no time and no person here, only helper values that were filled down, or sums; "
    "skipped"
)


def _passed_over(
    table: Table, unsent: Sequence[int], reason: str, next_step: str
) -> Iterator[ReviewItem]:
    """Note the rows that no one sent: they are not records, but are never skipped silently."""
    if unsent:
        yield ReviewItem(
            place=SourceLocation(table.source, rows_named(table.first_row + n for n in unsent)),
            weight=Weight.NOTE,
            reason=reason,
            next_step=next_step,
        )


def _read_from_twins(read: Rows) -> Iterator[ReviewItem]:
    """A question that was deleted and asked again leaves two columns of one name."""
    table = read.table
    for name, rows in read.later.items():
        yield ReviewItem(
            place=SourceLocation(table.source, "1:1" if table.columns else ""),
            weight=Weight.NOTE,
            reason=Sentence(
                "{columns} have the {field}; each row is read from the one that is filled, and "
                "{many} from a column other than the first",
                columns=table.twins(name),
                field=called(name),
                many=len(rows),
            ),
            next_step=Sentence(
                "if a question was asked again, do nothing; otherwise rename the header that does "
                "not count"
            ),
        )


def _under_no_question(table: Table) -> Iterator[ReviewItem]:
    """Answers that lack something, and say something under a question that was deleted."""
    marks = {i: mark for i, mark in enumerate(table.fields) if mark.startswith(GONE)}
    for mark, named in marks.items():
        rows = [row for row in table.rows if row[mark]]
        lacking = dict.fromkeys(
            name
            for i, name in enumerate(table.fields)
            if i not in marks and not any(holds(row[i]) for row in rows)
        )
        name, gone = next(iter(lacking), "FIELD"), named.removeprefix(GONE)
        if rows:
            yield ReviewItem(
                place=SourceLocation(table.source, ""),
                weight=Weight.QUESTION,
                reason=Sentence(
                    "{many} responses lack something, and have an answer to a question that is no "
                    "longer on the form, {gone}",
                    many=len(rows),
                    gone=gone,
                ),
                next_step=Sentence(
                    "look in the form's responses for what it asked; to read those answers, add it "
                    "to the field's headers in chapter.toml [columns.{kind}]: {setting}",
                    kind=table.kind,
                    setting=f'{name} = ["…", "{gone}"]',
                ),
            )


def _did_not_come(table: Table) -> Iterator[ReviewItem]:
    """Note answers to an unread question that might say that a person was not there."""
    for i, mark in enumerate(table.fields):
        many = sum(row[i] is True for row in table.rows) if mark.startswith(ABSENT) else 0
        if many:
            reason, next_step = of_answers(mark.removeprefix(ABSENT), many)
            yield ReviewItem(
                place=SourceLocation(table.source, ""),
                weight=Weight.NOTE,
                reason=reason,
                next_step=next_step,
                rule="VM-R2",
            )


def _item(table: Table, number: int, said: Unreadable, weight: Weight) -> ReviewItem:
    return ReviewItem(
        place=table.place(number, said.field),
        weight=weight,
        reason=said.reason,
        next_step=said.next_step,
        rule=said.rule,
    )
