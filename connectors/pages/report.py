"""What a result page is made of: a counted race with its contest, and the sums of an election."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Self

from models.contests.contest import Contest
from models.tally.outcome import Result
from models.votes.withheld import is_confidential

if TYPE_CHECKING:  # a stand-alone count has no boxes and need not wait for them
    from models.ballots.boxes import BallotAccounting, RejectionReason


class VoteHeld(NamedTuple):
    """Whose vote a race belongs to, and when it was.

    `invented` says that its ballots came from a stand-in for the form: a demo or a rehearsal, whose
    pages must not be taken for a result, for its candidates may be real.
    """

    name: str
    chapter: str
    opened: date
    closed: date
    record_date: date
    invented: bool = False


class Remark(NamedTuple):
    """What the rules want said on a page; `quoted` are somebody's own words, in `language`."""

    said: str
    quoted: str = ""
    language: str = "en"

    def __str__(self) -> str:
        return f"{self.said} {self.quoted}".rstrip()


class Overruled(NamedTuple):
    """That the committee voided what was counted: the decision, and why (EN-R11)."""

    decision: Remark
    reason: Remark


@dataclass(frozen=True, slots=True)
class RaceReport:
    """One race for its page.

    `edition` names the edition of the bylaws. `vote` is the chapter's vote, None for a race that
    was counted from a file. `election` is the title of the election the race belongs to, "" for a
    race that stands alone. `elsewhere` counts the ballots of voters who have no vote on it,
    `unplaced` those of them whose district is not known (EN-R10). `kept_back` says that, with the
    other races' ballots, this one's would show a small group of voters
    (`models.votes.withheld.kept_back`). `overruled` says that the committee voided it;
    `withdrew`, who withdrew while people could vote, when and why, in the page's language.
    """

    result: Result
    contest: Contest
    edition: str = ""
    election: str = ""
    elsewhere: int = 0
    unplaced: int = 0
    kept_back: bool = False
    vote: VoteHeld | None = None
    overruled: Overruled | None = None
    withdrew: tuple[Remark, ...] = ()

    @property
    def confidential(self) -> bool:
        """Whether members' ballots are shown, to which BA-6 applies."""
        return is_confidential(self.contest)


@dataclass(frozen=True, slots=True)
class ElectionSums:
    """BA-2 for a whole election: received = counted + superseded + set aside.

    `set_aside` counts rows by reason. `voters` is the size of the frozen roll, None where there
    is none.
    """

    received: int
    counted: int
    superseded: int
    set_aside: Mapping["RejectionReason", int] = field(default_factory=dict)
    voters: int | None = None

    def __post_init__(self) -> None:
        if self.counted + self.superseded + self.all_set_aside != self.received:
            raise ArithmeticError(
                f"{self.counted} counted + {self.superseded} superseded + {self.all_set_aside} "
                f"set aside are not {self.received} rows received (BA-2)"
            )

    @property
    def all_set_aside(self) -> int:
        """Rows set aside for whatever reason."""
        return sum(self.set_aside.values())

    @classmethod
    def of(cls, boxes: "BallotAccounting", voters: int | None = None) -> Self:
        """The sums of the boxes; the ballots in them stay behind."""
        return cls(
            boxes.received, len(boxes.counted), len(boxes.superseded), boxes.reasons(), voters
        )
