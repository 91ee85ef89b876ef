"""The tab with the committee's seats, as the committee (SC-1, SC-3, SC-4).

1. A row is a seat: who, and on which day the members confirmed it (SC-1).
2. Another row of one name and day adds a leave to that seat (SC-4, SC-R7).
3. A later row of one name is a new seat; the one before ended on the day of its confirmation.
4. More or fewer members than the bylaws allow, and a leave that is too long, are questions.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from models.base import Value
from models.bylaws.counting import CommitteeCount
from models.committee.members import Committee, Member
from models.committee.terms import Leave, joined
from models.intake.locations import ReviewItem, SourceLocation
from models.intake.row_results import RowResults, records
from models.intake.rows import Row, Unreadable
from models.intake.tables import Table
from models.privacy import Email
from models.text.folding import folded
from models.text.sentences import Sentence


class SeatRow(Value):
    """One row of the tab."""

    place: SourceLocation
    name: str
    confirmed: date
    address: Email | None = None
    co_chair_since: date | None = None
    leave: Leave | None = None
    leave_ends: SourceLocation
    """Where its last day stands."""
    left: date | None = None


def read_seats(
    tables: Iterable[Table],
    zone: ZoneInfo,
    tray: RowResults,
    today: date,
    rules: CommitteeCount | None,
) -> Committee | None:
    """The rows as seats; what contradicts itself is set aside with its place.

    Args:
        rules: what the bylaws allow; None allows all.

    Returns:
        None where no row can be used.
    """
    rows = [
        row for table in tables for row in records(table, zone, tray, partial(_row, table=table))
    ]
    rows.sort(key=lambda row: (folded(row.name), row.confirmed))
    members: list[Member] = []
    for _, mine in groupby(rows, key=lambda row: folded(row.name)):
        each = groupby(mine, key=lambda row: row.confirmed)
        seats = [seat for _, same in each if (seat := _seat(list(same), tray))]
        for earlier, later in pairwise(seats):
            members.append(_ended(earlier, later))
        members += [_still_chair(seats)] if seats else []
    if not members:
        return None
    committee = Committee(members=tuple(members))
    if rules:
        sitting = committee.sitting(today, rules)
        tray.review += _size(rows, len(sitting), rules)
        tray.review += _long_leaves(rows, sitting, today, rules)
    return committee


def _size(rows: Sequence[SeatRow], many: int, rules: CommitteeCount) -> Iterator[ReviewItem]:
    least, most = rules.fewest_members.value, rules.most_members.value
    if not least <= many <= most:
        yield ReviewItem.question(
            SourceLocation(rows[0].place.source, ""),
            Sentence(
                "{many} members are on the committee today; {least} to {most} are allowed",
                many=many,
                least=least,
                most=most,
            ),
            Sentence(
                "enter the seats that are missing, or correct the days of those who are here; if "
                "the list is right, the voting members confirm more members"
            ),
            "SC-1",
        )


def _long_leaves(
    rows: Iterable[SeatRow], sitting: Iterable[Member], today: date, rules: CommitteeCount
) -> Iterator[ReviewItem]:
    """A leave that is longer than one may be, as long as it is not over (SC-4)."""
    months = rules.longest_leave_months.value
    long = {
        (folded(one.name), one.confirmed, leave.last)
        for one in sitting
        for leave in joined(one.leaves)
        if leave.longer_than(months) and leave.last >= today
    }
    for row in rows:
        if row.leave and (folded(row.name), row.confirmed, row.leave.last) in long:
            yield ReviewItem.question(
                row.leave_ends,
                Sentence("this leave is longer than {months} months", months=months),
                Sentence("correct the day, or enter under “Left” the day on which the seat ended"),
                "SC-4",
            )


def _row(row: Row, place: SourceLocation, table: Table) -> SeatRow:
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
        leave_ends=table.place(row.number, "leave_through"),
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
        ReviewItem.question(row.place, f"{reason}; the seat is not read", "correct the row", "SC-1")
    )
