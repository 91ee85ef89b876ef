"""The tab with the committee's seats, as the committee (SC-1, SC-3, SC-4).

1. A row is a seat: who, and on which day the members confirmed it (SC-1).
2. Another row of one name and day adds a leave to that seat (SC-4, SC-R7).
3. A later row of one name is a new seat; the one before ended on the day of its confirmation.
"""

from collections.abc import Iterable
from datetime import date
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from models.base import Value
from models.committee.members import Committee, Member
from models.committee.terms import Leave
from models.intake.locations import ReviewItem, SourceLocation, Weight
from models.intake.row_results import RowResults, records
from models.intake.rows import Row, Unreadable
from models.intake.tables import Table
from models.privacy import Email
from models.text.folding import folded


class SeatRow(Value):
    """One row of the tab."""

    place: SourceLocation
    name: str
    confirmed: date
    address: Email | None = None
    co_chair_since: date | None = None
    leave: Leave | None = None
    left: date | None = None


def read_seats(tables: Iterable[Table], zone: ZoneInfo, tray: RowResults) -> Committee | None:
    """The rows as seats; what contradicts itself is set aside with its place.

    Returns:
        None where no row can be used.
    """
    rows = [row for table in tables for row in records(table, zone, tray, _row)]
    rows.sort(key=lambda row: (folded(row.name), row.confirmed))
    members: list[Member] = []
    for _, mine in groupby(rows, key=lambda row: folded(row.name)):
        each = groupby(mine, key=lambda row: row.confirmed)
        seats = [seat for _, same in each if (seat := _seat(list(same), tray))]
        for earlier, later in pairwise(seats):
            members.append(_ended(earlier, later))
        members += [_still_chair(seats)] if seats else []
    return Committee(members=tuple(members)) if members else None


def _row(row: Row, place: SourceLocation) -> SeatRow:
    first, last = row.day("leave_from"), row.day("leave_through")
    if (first is None) is not (last is None):
        raise Unreadable(
            "leave_through" if last is None else "leave_from",
            "a leave needs its first and its last day",
            "fill in the cell; the last day can be changed later",
            "SC-4",
        )
    if first and last and last < first:
        raise Unreadable(
            "leave_through", "the leave ends before it begins", "correct the cell", "SC-4"
        )
    return SeatRow(
        place=place,
        name=row.text("name", needed="member's name"),
        confirmed=row.must_day("confirmed", "day of the confirmation"),
        address=row.if_readable(row.address, "address"),
        co_chair_since=row.day("co_chair_since"),
        leave=Leave(first=first, last=last) if first and last else None,
        left=row.day("left"),
    )


def _seat(rows: list[SeatRow], tray: RowResults) -> Member | None:
    """Rows of one name and day as one seat."""
    told = {name: {value for row in rows if (value := getattr(row, name))} for name in _ONCE}
    if twice := [name for name, values in told.items() if len(values) > 1]:
        _ask(rows[-1], f"two rows of this seat have another {_ONCE[twice[0]]}", tray)
        return None
    try:
        return Member(
            name=rows[0].name,
            confirmed=rows[0].confirmed,
            leaves=tuple(row.leave for row in rows if row.leave),
            **{name: next(iter(values), None) for name, values in told.items()},
        )
    except ValidationError as exc:
        why = exc.errors()[0]["msg"].removeprefix("Value error, ").replace("`", "")
        _ask(rows[-1], f"this seat contradicts itself: {why}", tray)
        return None


_ONCE = {
    "co_chair_since": "day as co-chair",
    "left": "day of leaving",
    "address": "email address",
}


def _ended(earlier: Member, later: Member) -> Member:
    """The seat before, which ended when the members confirmed the next (SC-R5)."""
    if earlier.left and earlier.left <= later.confirmed:
        return earlier
    leaves = tuple(leave for leave in earlier.leaves if leave.first < later.confirmed)
    chair = earlier.co_chair_since
    return Member(
        name=earlier.name,
        confirmed=earlier.confirmed,
        leaves=leaves,
        left=later.confirmed,
        co_chair_since=chair if chair and chair < later.confirmed else None,
    )


def _still_chair(seats: list[Member]) -> Member:
    """The newest seat; whoever was chosen for two years keeps the chair through it (SC-3)."""
    *before, last = seats
    chair = before[-1].co_chair_since if before and before[-1].left is None else None
    if last.co_chair_since or chair is None:
        return last
    return last.model_copy(update={"co_chair_since": chair})


def _ask(row: SeatRow, reason: str, tray: RowResults) -> None:
    tray.review.append(
        ReviewItem(
            place=row.place,
            weight=Weight.QUESTION,
            reason=f"{reason}; the seat is not read",
            next_step="correct the row",
            rule="SC-1",
        )
    )
