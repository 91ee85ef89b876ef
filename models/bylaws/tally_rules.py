"""The settings of a count. The words are those of RCTab, the counter of public elections.

Light on purpose (no pydantic): a count of a million ballots starts with this import.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

MOST_POSITIONS = 300
"""How far the branches of one tie are counted (EN-R5): as long as they lead through no more
positions than these. A position is who continues, and with which past tallies, right after one of
the tied was taken. Beyond it the count asks, as it does where branches disagree."""


class TooManyPositions(Exception):
    """The branches of a tie lead through more positions than are counted."""


class Base(StrEnum):
    """What the percentage is taken of (EN-R1)."""

    MARKED = "marked"  # ballots that marked this race, "no endorsement" included, blanks not
    CAST = "cast"  # all ballots, blanks included
    CONTINUING = "continuing"  # ballots still standing with a choice in this round
    FIRST_ROUND = "first round"  # ballots standing with a choice in the first round


class CommitteeBase(StrEnum):
    """What the percentage of a committee's vote is taken of."""

    VOTES_CAST = "votes cast, abstentions apart"  # SC-R1
    OTHER_MEMBERS = "all active members but one"  # SC-R4: of a recall, without the person concerned
    PRESENT = "members present"  # SC-R6: of a consensus, those who abstain among them


class Comparison(StrEnum):
    """What a bar asks of the votes that reach its part."""

    MORE = ">"
    LEAST = ">="


class StopLine(StrEnum):
    """What "no endorsement" is in a ranked count (EN-R2)."""

    STOP_LINE = "stop line"  # never eliminated; a ballot that reaches it stays there
    CHOICE = "ordinary choice"  # can be eliminated like a candidate


class Overvotes(StrEnum):
    """What happens at a rank that holds several choices (BA-3)."""

    EXHAUST = "exhaustImmediately"
    SKIP = "alwaysSkipToNextRank"
    EXHAUST_IF_SEVERAL_CONTINUE = "exhaustIfMultipleContinuing"


class TieRule(StrEnum):
    """One way to settle a tie; a count tries its ways in order (EN-R5)."""

    EARLIER_ROUNDS = "earlier rounds"  # latest earlier round in which the tied differ
    EVERY_BRANCH = "every branch"  # count each way; settled when all end alike
    CANDIDATE_ORDER = "candidate order"  # the later on the ballot goes, the earlier wins
    DECISION = "recorded decision"  # a lot with a published seed, or the committee


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many of the base are enough: `numerator/denominator`, more than or at least."""

    numerator: int
    denominator: int
    more_than: bool = True

    def reached(self, votes: int, base: int) -> bool:
        """Whether the votes are enough; in whole numbers, `5·votes > 3·base` for 60 %."""
        left, right = self.denominator * votes, self.numerator * base
        return left > right if self.more_than else left >= right and votes > 0

    def fewest(self, base: int) -> int:
        """The fewest votes that are enough."""
        whole, rest = divmod(self.numerator * base, self.denominator)
        return whole + 1 if self.more_than else max(1, whole + bool(rest))

    def __str__(self) -> str:
        words = "more than" if self.more_than else "at least"
        percent, rest = divmod(100 * self.numerator, self.denominator)
        return f"{words} {self.numerator}/{self.denominator}" if rest else f"{words} {percent}%"


class Setting(StrEnum):
    """What a rule of a count sets, by its name in the bylaws' and the contests' files."""

    THRESHOLD = "threshold"
    COMPARISON = "comparison"
    BASE = "base"
    STOP_LINE = "stop_line"
    STOP_AT = "stop_at"
    TIES = "ties"
    OVERVOTES = "overvotes"
    EXHAUST_ON_REPEAT = "exhaust_on_repeat"
    MAX_SKIPPED = "max_skipped"
    MAX_RANKS = "max_ranks"
    MUST_ELECT = "must_elect"
    BATCH_ELIMINATION = "batch_elimination"
    CONTINUE_UNTIL_TWO = "continue_until_two"
    QUORUM = "quorum"
    SEATS = "seats"


SettingValue = (
    Threshold
    | Fraction
    | Comparison
    | Base
    | StopLine
    | Overvotes
    | tuple[TieRule, ...]
    | bool
    | int
    | None
)
"""What a setting can be set to; None is any number."""


def in_words(value: SettingValue) -> str:
    """A value in the count's own words, which are those of the files: "60%", "stop line", "yes".

    Reports and the terminal say them. A page has words of its own (`connectors.pages.words`).
    """
    match value:
        case None:
            return "any number"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(value)
        case Fraction():
            percent = value * 100
            return f"{percent}%" if percent.denominator == 1 else str(value)
        case _:
            return str(value)


@dataclass(frozen=True, slots=True)
class CountRules:
    """How ballots are read and counted.

    `stop_at` is the number of candidates at which elimination ends (EN-R3). `must_elect` gives
    the seat to the leader of the last two, whatever the bar. `max_ranks` and `max_skipped` are
    None for "any number".
    """

    bar: Threshold
    base: Base
    stop_line: StopLine = StopLine.STOP_LINE
    stop_at: int = 1
    must_elect: bool = False
    ties: tuple[TieRule, ...] = (TieRule.EARLIER_ROUNDS, TieRule.EVERY_BRANCH, TieRule.DECISION)
    overvotes: Overvotes = Overvotes.EXHAUST
    exhaust_on_repeat: bool = True
    max_skipped: int | None = None
    max_ranks: int | None = None
    batch_elimination: bool = False
    continue_until_two: bool = False


@dataclass(frozen=True, slots=True)
class ContestChoices:
    """Who stands, by place on the ballot, and what winning is called.

    `excluded` are on the ballot and count for nobody (withdrawn). `write_in` holds the place of
    undeclared write-ins, which never win and go first.
    """

    choices: tuple[str, ...]
    stop_line: int | None = None
    write_in: int | None = None
    excluded: frozenset[int] = frozenset()
