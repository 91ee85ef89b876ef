"""The rows of a table, one by one: each becomes a record, or is set aside with its place.

The boxes always sum: no row is lost to a log line.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar
from zoneinfo import ZoneInfo

from models.places import Place, ReviewItem, Weight
from models.rows import Row, Unreadable
from models.tables import Table

R = TypeVar("R")


@dataclass(slots=True)
class Box:
    """Counts of one table's rows; they always sum."""

    source: str
    kind: str
    rows: int = 0
    records: int = 0
    set_aside: int = 0
    adrift: int = 0
    """Of the records, those that say nothing yet: nobody knows the event, or nobody is named."""
    asked_whole: bool = False
    """One question stands for all rows, and waits for its answer."""


@dataclass(slots=True)
class Tray:
    """What reading leaves behind besides the records."""

    review: list[ReviewItem] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


def records(
    table: Table, zone: ZoneInfo, tray: Tray, read: Callable[[Row, Place], R]
) -> Iterator[R]:
    """Each row's record; an unreadable row goes to the tray with its place."""
    box = Box(table.source, table.kind)
    tray.boxes.append(box)
    row = Row(table, zone)
    for number, cells in table.filled():
        box.rows += 1
        row.turn_to(number, cells)
        try:
            record = read(row, table.place(number))
        except Unreadable as exc:
            box.set_aside += 1
            tray.review.append(_item(table, number, exc, Weight.SET_ASIDE))
            continue
        if row.notes:
            tray.review += [_item(table, number, note, Weight.NOTE) for note in row.notes]
        box.records += 1
        yield record


def _item(table: Table, number: int, said: Unreadable, weight: Weight) -> ReviewItem:
    return ReviewItem(
        place=table.place(number, said.field),
        weight=weight,
        reason=said.reason,
        next_step=said.next_step,
        rule=said.rule,
    )
