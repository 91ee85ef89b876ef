"""The ad hoc committee after a vote of no confidence: who sits on it, and until when (SC-8).

1. It has members of the Steering Committee and voting members; both sides are needed.
2. Whoever sits for a side belongs to it: is on the committee, or can vote.
3. It stays open until its tab says on which day it finished. The rows of an earlier one that are
   still there do not make up the next.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final, Literal
from zoneinfo import ZoneInfo

from models.base import Value
from models.intake.locations import SourceLocation
from models.intake.row_results import RowResults, records
from models.intake.rows import Row, Unreadable
from models.intake.tables import Table
from models.membership.reasons import Reason
from models.privacy import Email
from models.text import formats
from models.text.folding import folded

Side = Literal["committee", "voting members"]
COMMITTEE: Final[Side] = "committee"
VOTERS: Final[Side] = "voting members"
_SIDES: Final = {
    "committee": COMMITTEE,
    "steering committee": COMMITTEE,
    "voting members": VOTERS,
    "voting member": VOTERS,
    "members": VOTERS,
    "membership": VOTERS,
}
Standing = Literal["holds", "fails", "unclear"]


class AdHocMember(Value):
    """One row of the tab."""

    place: SourceLocation
    name: str
    side: Side
    address: Email | None = None
    since: date | None = None
    closed: date | None = None


class AdHoc(Value):
    """The ad hoc committee as its tab has it."""

    members: tuple[AdHocMember, ...] = ()

    @property
    def closed(self) -> date | None:
        """The last day on which a row says that it has finished."""
        return max((one.closed for one in self.members if one.closed), default=None)

    def is_done_with(self, vote: date) -> bool:
        """Whether it finished what a vote that closed on a day gave it."""
        return self.closed is not None and self.closed >= vote


def read_ad_hoc(tables: Iterable[Table], zone: ZoneInfo, tray: RowResults, today: date) -> AdHoc:
    """The rows of the tab; a day that has not come is a question."""

    def member(row: Row, place: SourceLocation) -> AdHocMember:
        return _row(row, place, today)

    rows = (row for table in tables for row in records(table, zone, tray, member))
    return AdHoc(members=tuple(rows))


def _row(row: Row, place: SourceLocation, today: date) -> AdHocMember:
    name = row.text("name", needed="member's name")
    side = _SIDES.get(folded(row.text("side", needed="side")))
    if side is None:
        raise Unreadable(
            "side", "this is neither side", "write committee, or voting members", "SC-8", asks=True
        )
    return AdHocMember(
        place=place,
        name=name,
        side=side,
        address=row.if_readable(row.address, "address"),
        since=_past(row, "since", today),
        closed=_past(row, "closed", today),
    )


def _past(row: Row, field: str, today: date) -> date | None:
    day = row.day(field)
    if day and day > today:
        raise Unreadable(field, "this day has not come yet", "correct the cell", "SC-8", asks=True)
    return day


def reasons(held: AdHoc, belongs: Callable[[AdHocMember], Standing]) -> Iterator[Reason]:
    """Whether it is as the bylaws ask, while it is open: any day of closing is an earlier one's.

    Args:
        belongs: whether a member belongs to the side that they sit for.
    """
    members = [one for one in held.members if not _of_an_earlier(one, held.closed)]
    if not members:
        yield Reason("SC-8", "nobody is named for the ad hoc committee yet", False)
        return
    for side in (COMMITTEE, VOTERS):
        many = sum(one.side == side for one in members)
        fact = f"the ad hoc committee has {many or 'nobody'} from the {side}"
        yield Reason("SC-8", fact, many > 0)
    for one in members:
        if held.closed and not one.since:
            fact = (
                f"{one.name}: an earlier ad hoc committee closed on {formats.day(held.closed)}; "
                "delete the row if it is that one's, or fill in “Since”"
            )
            yield Reason("SC-8", fact, False)
        standing = belongs(one)
        if standing != "holds":
            yield Reason("SC-8", f"{one.name} {_FACTS[one.side, standing]}", False)


def _of_an_earlier(one: AdHocMember, closed: date | None) -> bool:
    """Whether a row is of the committee that closed on a day; any of its rows may say the day."""
    if one.closed:
        return True
    return closed is not None and one.since is not None and one.since <= closed


_FACTS: Final = {
    (COMMITTEE, "fails"): "sits for the committee, and is not on it",
    (VOTERS, "fails"): "sits for the voting members, and is not one",
    (COMMITTEE, "unclear"): "sits for the committee, which nobody has listed",
    (VOTERS, "unclear"): "is a name that several people have; add the address",
}
