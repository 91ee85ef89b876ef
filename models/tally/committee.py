"""A decision of the Steering Committee (SC-4 to SC-6).

1. Quorum: those present are at least 70% of the active members. A recused member leaves both sides
   of it for that item (SC-R2).
2. The motion passes with at least two thirds of the votes cast; abstentions and recused members
   are outside the base (SC-R1).
3. A recall needs more than half of all active members but the person concerned, who is recused
   (SC-R4).
4. The slate is nominated by consensus: nobody is against it, and more than half of those present
   are for it (SC-R6).
5. A motion that nobody marked, with "abstain" neither, decides nothing (EN-R12).
"""

from dataclasses import dataclass
from typing import Literal

from models.bylaws.tally_rules import CommitteeBase, Threshold
from models.errors import FixTheData

Needs = Literal["two thirds", "recall", "consensus"]
"""Which majority an item asks for."""
BASES = {
    "two thirds": CommitteeBase.VOTES_CAST,
    "recall": CommitteeBase.OTHER_MEMBERS,
    "consensus": CommitteeBase.PRESENT,
}


@dataclass(frozen=True, slots=True)
class CommitteeVote:
    """The numbers of one item. `present` includes those who abstain, not those who are recused.

    Raises:
        FixTheData: more people voted or were there than there are.
    """

    needs: Needs
    yes: int
    no: int
    abstained: int
    active: int
    recused: int
    present: int

    def __post_init__(self) -> None:
        if self.yes + self.no + self.abstained > self.present:
            raise _too_many("there are more ballots than members present", "SC-4")
        if self.present > self.able:
            rule = "SC-R2" if self.aside == self.recused else "SC-R4"
            raise _too_many("more members are present or recused than active", rule)

    @property
    def aside(self) -> int:
        """Who steps aside; from a recall the person concerned always does (SC-R4)."""
        return max(self.recused, 1) if self.needs == "recall" else self.recused

    @property
    def able(self) -> int:
        """The active members who may take part in this item (SC-R2)."""
        return self.active - self.aside

    @property
    def base(self) -> int:
        """What the bar is taken of."""
        match self.needs:
            case "recall":  # others who step aside stay in it (SC-R4)
                return self.active - 1
            case "consensus":
                return self.present
        return self.yes + self.no

    def has_quorum(self, quorum: Threshold) -> bool:
        """SC-R2: present of active, both without the recused."""
        return quorum.reached(self.present, self.able)

    def took_part(self, quorum: Threshold) -> str:
        """Participation and quorum, both without the recused (SC-4, SC-R2)."""
        recused = f", {self.aside} recused" if self.aside else ""
        met = "met" if self.has_quorum(quorum) else "not met"
        return (
            f"{self.present} of {self.able} took part{recused}; "
            f"quorum {quorum.fewest(self.able)} {met}"
        )

    @property
    def is_against(self) -> bool:
        """Whether somebody's no stands in the way, however many are for it (SC-R6)."""
        return self.needs == "consensus" and self.no > 0

    def passes(self, bar: Threshold) -> bool:
        """Whether the motion has its majority; quorum is asked apart."""
        return bar.reached(self.yes, self.base) and not self.is_against


def _too_many(fact: str, rule: str) -> FixTheData:
    step = "correct active, present, and recused in the contest file, or remove the extra ballots"
    return FixTheData(fact, rule=rule, next_step=step)
