"""What became of one voter's ballots, and never what they said (BA-8).

The boxes are those of the count itself (BA-2): nothing is judged a second time here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum

from pydantic import AwareDatetime

from models.ballots.boxes import BallotAccounting, RejectionReason, Voter
from models.ballots.received import Code, Received
from models.base import Value
from models.votes.codes import is_one_error_from


class Taken(StrEnum):
    """The box of a row that was not set aside."""

    COUNTED = "counted"
    SUPERSEDED = "superseded"


class Became(Value):
    """One row: when it arrived, None if its time cannot be read, and the box it is in."""

    at: AwareDatetime | None
    box: Taken | RejectionReason


def became_of(
    codes: Collection[Code], rows: Iterable[Received], boxes: BallotAccounting
) -> tuple[Became, ...]:
    """The rows that bear one of a voter's codes, in the order they arrived.

    Args:
        rows: those that the boxes were filled from.
    """
    return tuple(_told((row for row in rows if row.code in codes), boxes))


def one_error_away(
    codes: Collection[Code],
    rows: Iterable[Received],
    boxes: BallotAccounting,
    roll: Mapping[Code, Voter],
) -> tuple[Became, ...]:
    """The rows whose code nobody holds, and that one typing error makes of the voter's.

    Args:
        roll: every code ever issued for this election.
    """
    near = (
        row
        for row in rows
        if (typed := row.code) is not None
        and typed not in roll
        and any(is_one_error_from(mine, typed) for mine in codes)
    )
    return tuple(_told(near, boxes))


def _told(rows: Iterable[Received], boxes: BallotAccounting) -> Iterator[Became]:
    superseded = frozenset(boxes.superseded)
    why = {one.place: one.reason for one in boxes.set_aside}
    for row in rows:
        box = Taken.SUPERSEDED if row.place in superseded else Taken.COUNTED
        yield Became(at=row.at, box=why.get(row.place, box))
