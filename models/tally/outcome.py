"""What a count says: rounds, an outcome, and the questions it leaves.

Choices are named as the ballot names them; "no endorsement" is a choice among them. All numbers
are ballots. Nothing here knows a person. A result stays values: whoever shows one finds the words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final, Self

from models.bylaws.tally_rules import Base, CommitteeBase, Setting, SettingValue, Threshold, TieRule
from models.contests.contest import Contest

EXHAUSTED: Final = "exhausted"
"""Where a transferred ballot goes that names nobody further (RCTab's word)."""


class OutcomeKind(StrEnum):
    """The ways a vote can end (EN-8, EN-R4, EN-R11, EN-R12, SC-8)."""

    ENDORSED = "endorsed"
    NO_ENDORSEMENT_CHOSEN = "no endorsement chosen"  # "no endorsement" itself is over the bar
    NO_CONSENSUS = "no consensus"  # nobody reached the bar
    ANTI_ENDORSED = "anti-endorsed"  # members are asked not to elect them
    ELECTED = "elected"
    ADOPTED = "adopted"
    ADVISED = "advised"  # SC-7: in the order of support; nothing is decided
    NOT_ADOPTED = "not adopted"
    NO_CONFIDENCE = "no confidence"  # SC-8: an ad hoc committee must be formed
    NO_QUORUM = "no quorum"
    NOBODY_VOTED = "nobody voted"  # EN-R12: no ballot has a mark, so nothing is decided
    VOID = "void"  # EN-R11: it could not be counted
    OPEN_TIE = "open tie"  # EN-R5: a recorded decision is needed


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the vote ended, and for whom (a question's side, a candidate, several for seats)."""

    kind: OutcomeKind
    choices: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind}: {', '.join(self.choices)}" if self.choices else str(self.kind)


@dataclass(frozen=True, slots=True)
class Inactive:
    """Ballots that stand with no choice, by cause, up to and including this round (RCTab)."""

    exhausted: int = 0  # all their choices are gone
    overvotes: int = 0  # a rank with several choices
    repeated: int = 0  # a choice ranked twice
    skipped: int = 0  # too many empty ranks
    undervotes: int = 0  # nothing marked at all

    @property
    def total(self) -> int:
        """All ballots without a choice, the blank ones included."""
        return self.exhausted + self.overvotes + self.repeated + self.skipped + self.undervotes


@dataclass(frozen=True, slots=True)
class Tie:
    """Equal tallies where one must be chosen, and how it was settled.

    `branches` names, for each tied choice, how the vote ends if it is picked. `picked` is None
    while the tie is open. `decision` repeats the recorded decision that settled it.
    """

    round: int
    for_election: bool  # True: who of them wins; False: who of them is eliminated
    tied: tuple[str, ...]
    picked: str | None
    settled_by: TieRule | None
    explanation: str
    branches: Mapping[str, Outcome] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """A tie decided outside the count, recorded before it is counted again (EN-R5).

    `picked` is the choice that is eliminated or, in a tie for winning, that wins. `how` says how
    and when: a drawing with its published seed, or a committee vote.
    """

    tied: frozenset[str]
    picked: str
    how: str


@dataclass(frozen=True, slots=True)
class Round:
    """One round: the tally after all earlier transfers, and what it leads to."""

    number: int
    tally: Mapping[str, int]  # continuing choices in ballot order
    base: int  # the ballots the bar is taken of
    threshold: int  # the fewest votes over the bar
    inactive: Inactive
    elected: tuple[str, ...] = ()  # over the bar for the first time in this round
    eliminated: tuple[str, ...] = ()  # leave after this round
    transfers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    # from each eliminated choice: to a choice or EXHAUSTED, how many ballots
    ties: tuple[Tie, ...] = ()

    @property
    def active(self) -> int:
        """Ballots that stand with a choice in this round."""
        return sum(self.tally.values())

    def share(self, choice: str) -> Fraction:
        """The part of the base that stands with a choice; 0 of nothing is 0."""
        return Fraction(self.tally.get(choice, 0), self.base or 1)


@dataclass(frozen=True, slots=True)
class Interpretation:
    """The same ballots under one other reading of one rule."""

    rule: str  # EN-R1 …
    setting: Setting
    value: SettingValue  # the other reading's
    outcome: Outcome
    differs: bool


@dataclass(frozen=True, slots=True)
class RuleUsed:
    """One rule of the count, with its value and the words of the bylaws, for the report."""

    rule: str
    setting: Setting
    value: SettingValue
    cite: str


class NoteKind(StrEnum):
    """What a report must say beside the numbers; the words are for people, the names for code."""

    EXACTLY_AND_SHORT = "exactly at the bar, and more than that is needed"
    EXACTLY_AND_ENOUGH = "exactly at the bar, which is enough here and not for an endorsement"
    AD_HOC_COMMITTEE = "an ad hoc committee of committee and voting members must be formed"
    ADVISORY = "an advisory vote decides nothing: the committee proposes, the members ratify"
    UNANIMOUS = "every marked ballot says the same: the tellers know how each voter voted"
    NOT_EVERYONE = "not every active member took part"
    SOMEBODY_AGAINST = "somebody is against it, so there is no consensus"
    DECISION_UNUSED = "a recorded decision was not needed"
    NO_BALLOTS = "no ballot marks this race"


@dataclass(frozen=True, slots=True)
class Note:
    """One such sentence, with its rule and the choice or number it is about."""

    kind: NoteKind
    rule: str
    about: str = ""

    def __str__(self) -> str:
        return (
            f"{self.about}: {self.kind} ({self.rule})"
            if self.about
            else (f"{self.kind} ({self.rule})")
        )


@dataclass(frozen=True, slots=True)
class Sums:
    """BA-2 for one race: counted + blank + unreadable = ballots."""

    ballots: int
    counted: int
    blank: int
    unreadable: int = 0

    def __post_init__(self) -> None:
        if self.counted + self.blank + self.unreadable != self.ballots:
            raise ArithmeticError(
                f"{self.counted} counted + {self.blank} blank + {self.unreadable} unreadable "
                f"are not {self.ballots} ballots (BA-2)"
            )


class WhyVoid(StrEnum):
    """Why a race could not be counted (EN-R11)."""

    COUNTS_DISAGREE = "two counts of its ballots disagree"
    COUNT_FAILED = "its count failed"


@dataclass(frozen=True, slots=True)
class Void:
    """That a race could not be counted. `fault` is what was found, for the tellers alone."""

    why: WhyVoid
    fault: str


@dataclass(frozen=True, slots=True)
class Result:
    """One race, counted."""

    contest: str  # its id
    title: str
    kind: str  # the contest's kind
    choices: tuple[str, ...]  # in ballot order
    stop_line: str | None  # the name of "no endorsement" on this ballot
    sums: Sums
    bar: Threshold
    base: Base | CommitteeBase  # what the percentage is taken of
    rounds: tuple[Round, ...]
    outcome: Outcome
    rules: tuple[RuleUsed, ...] = ()
    readings: tuple[Interpretation, ...] = ()
    notes: tuple[Note, ...] = ()
    ratified: int = 0  # EN-6: ballots that ratified the recommendation, within its tally
    digests: Mapping[str, str] = field(default_factory=dict)
    void: Void | None = None
    excluded: tuple[str, ...] = ()  # withdrawn: on the ballot, counted for nobody (EN-R11)

    @classmethod
    def of(
        cls,
        contest: Contest,
        sums: Sums,
        bar: Threshold,
        base: Base | CommitteeBase,
        rounds: tuple[Round, ...],
        outcome: Outcome,
    ) -> Self:
        """What every count says of its contest; what only some say is added by `replace`."""
        return cls(
            contest.id, contest.title, contest.kind, contest.choices, None,
            sums, bar, base, rounds, outcome,
        )  # fmt: skip

    @property
    def question(self) -> Tie | None:
        """The tie that a recorded decision must settle before there is a result (EN-R5)."""
        return next((tie for tie in self.ties if tie.picked is None), None)

    @property
    def ties(self) -> tuple[Tie, ...]:
        """Every tie of the count, in order."""
        return tuple(tie for one in self.rounds for tie in one.ties)
