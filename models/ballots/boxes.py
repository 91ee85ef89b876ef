"""Every received row is counted, replaced, or rejected, and only one of these (BA-2).

1. A row whose time cannot be read, or that came early or late, is rejected.
2. A row whose code is unknown, or whose voter is not on the frozen roll, is rejected.
3. Of the other rows, each voter's last one is counted, and it replaces the earlier ones (BA-1).
4. On each race a counted ballot is counted, blank or unreadable. Where a race is for the voters of
   some districts alone, the ballots of all others stand beside it, in two boxes: of voters known
   to live elsewhere, and of those whose district nobody knows (EN-R10).

The sums are asserted here, at run time: a ballot is never lost to a log line.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from pydantic import AwareDatetime

from models.ballots.answers import Answer
from models.ballots.received import Code, Received
from models.base import Value
from models.tally.outcome import Sums
from models.tally.rankings import Ranking


class RejectionReason(StrEnum):
    """Why a row is rejected."""

    UNREADABLE = "unreadable"
    EARLY = "early"
    LATE = "late"
    UNKNOWN_CODE = "unknown code"
    NOT_ON_ROLL = "not on roll"


class Voter(Value):
    """What the frozen roll says of the holder of a code; no name."""

    number: int  # the same for all codes of one person
    on_roll: bool = True
    district: str = ""
    aside: frozenset[str] = frozenset()  # the contests from which they step aside (SC-R2)


class Window(Value):
    """When ballots are received: from `opens` until just before `closes`."""

    opens: AwareDatetime
    closes: AwareDatetime


class RejectedBallot(Value):
    """One row that does not count, and why."""

    place: str
    reason: RejectionReason


class Ballot(Value):
    """A counted ballot without its voter: answers, and the district that says which races."""

    district: str
    answers: Mapping[str, Answer]
    aside: frozenset[str] = frozenset()


class RaceBallots(Value):
    """The ballots of one race, ready to count."""

    rankings: Mapping[Ranking, int]  # blank ballots included, as `()`
    sums: Sums
    elsewhere: int = 0  # counted ballots of voters who have no vote on this race (EN-R10)
    unplaced: int = 0  # of these, those whose voter's district is not known
    aside: int = 0  # counted ballots of members who step aside from it (SC-R2)


class BallotAccounting(Value):
    """All rows of one election, each in one box."""

    received: int
    counted: tuple[Ballot, ...]
    superseded: tuple[str, ...]  # places
    set_aside: tuple[RejectedBallot, ...]
    unsent: int = 0  # rows that no voter sent are no ballots, and in no box (BA-7)
    marked: tuple[str, ...] = ()  # places of rows that somebody marked as void; they count (BA-2)

    def reasons(self) -> dict[RejectionReason, int]:
        """Return how many rows were rejected for each reason."""
        found = Counter(row.reason for row in self.set_aside)
        return {reason: found[reason] for reason in RejectionReason if found[reason]}

    def race(self, contest: str, districts: tuple[str, ...] = ()) -> RaceBallots:
        """The ballots of one race.

        Args:
            districts: whose voters alone have a vote on it; everybody when none are named.
        """
        able = [ballot for ballot in self.counted if contest not in ballot.aside]
        entitled = [b for b in able if not districts or b.district in districts]
        unplaced = sum(not ballot.district for ballot in self.counted) if districts else 0
        answers = [ballot.answers.get(contest, Answer()) for ballot in entitled]
        rankings = Counter(answer.ranking for answer in answers if not answer.unreadable)
        blank = rankings.get((), 0)
        return RaceBallots(
            rankings=rankings,
            sums=Sums(
                ballots=len(entitled),
                counted=rankings.total() - blank,
                blank=blank,
                unreadable=sum(bool(answer.unreadable) for answer in answers),
            ),
            elsewhere=len(able) - len(entitled),
            unplaced=unplaced,
            aside=len(self.counted) - len(able),
        )


def classify_ballots(
    rows: Iterable[Received], roll: Mapping[Code, Voter], window: Window
) -> BallotAccounting:
    """Put every row into its box.

    Args:
        rows: in the order they arrived; of two rows at one moment the later row is the last.
        roll: every code ever issued for this election.
        window: when votes are received.
    """
    rows = list(rows)
    set_aside: list[RejectedBallot] = []
    last: dict[int, tuple[AwareDatetime, int, Received, Voter]] = {}
    superseded: list[str] = []
    for order, row in enumerate(rows):
        judged = _judge(row, roll, window)
        if isinstance(judged, RejectionReason):
            set_aside.append(RejectedBallot(place=row.place, reason=judged))
            continue
        at, voter = judged
        mine = (at, order, row, voter)
        earlier = last.get(voter.number)
        if earlier is None:
            last[voter.number] = mine
        elif earlier[:2] < mine[:2]:
            superseded.append(earlier[2].place)
            last[voter.number] = mine
        else:
            superseded.append(row.place)
    counted = tuple(
        Ballot(district=voter.district, answers=row.answers, aside=voter.aside)
        for _, _, row, voter in last.values()
    )
    boxes = len(counted) + len(superseded) + len(set_aside)
    if boxes != len(rows):
        raise ArithmeticError(f"{boxes} rows in boxes, {len(rows)} received (BA-2)")
    return BallotAccounting(
        received=len(rows),
        counted=counted,
        superseded=tuple(superseded),
        set_aside=tuple(set_aside),
    )


def _judge(
    row: Received, roll: Mapping[Code, Voter], window: Window
) -> RejectionReason | tuple[AwareDatetime, Voter]:
    if row.at is None:
        return RejectionReason.UNREADABLE
    if row.at < window.opens:
        return RejectionReason.EARLY
    if row.at >= window.closes:
        return RejectionReason.LATE
    if row.code is None or row.code not in roll:
        return RejectionReason.UNKNOWN_CODE
    voter = roll[row.code]
    return (row.at, voter) if voter.on_roll else RejectionReason.NOT_ON_ROLL
