"""A decision of the Steering Committee (SC-4 to SC-6).

1. Quorum: those present are at least 70% of the active members. A recused member leaves both sides
   of it for that item (SC-R2).
2. The motion passes with at least two thirds of the votes cast; abstentions and recused members
   are outside the base (SC-R1).
3. A recall needs more than half of all active members, the person concerned excluded (SC-R4).
4. The slate is nominated by consensus: nobody votes against it (SC-1).
5. A motion that nobody marked, with "abstain" neither, decides nothing (EN-R12).
"""

from dataclasses import dataclass

from models.errors import FixTheData
from models.tally.rules import Bar


@dataclass(frozen=True, slots=True)
class CommitteeVote:
    """The numbers of one item. `present` includes those who abstain, not those who are recused.

    Raises:
        FixTheData: more people voted or were there than there are.
    """

    yes: int
    no: int
    abstained: int
    active: int
    recused: int
    present: int

    def __post_init__(self) -> None:
        if self.yes + self.no + self.abstained > self.present:
            raise _too_many("more ballots than members present", "SC-4")
        if self.present + self.recused > self.active:
            raise _too_many("more members present or recused than active", "SC-R2")

    def has_quorum(self, quorum: Bar) -> bool:
        """SC-R2: present of active, both without the recused."""
        return quorum.reached(self.present, self.active - self.recused)

    def took_part(self, quorum: Bar) -> str:
        """Participation and quorum, both without the recused (SC-4, SC-R2)."""
        able = self.active - self.recused
        recused = f", {self.recused} recused" if self.recused else ""
        met = "met" if self.has_quorum(quorum) else "not met"
        return f"{self.present} of {able} took part{recused}; quorum {quorum.fewest(able)} {met}"

    def base(self, needs: str) -> int:
        """What the bar is taken of: votes cast (SC-R1), or for a recall all others (SC-R4)."""
        return self.active - 1 if needs == "recall" else self.yes + self.no

    def passes(self, bar: Bar, needs: str) -> bool:
        """Whether the motion has its majority; quorum is asked apart."""
        return bar.reached(self.yes, self.base(needs)) and not (needs == "consensus" and self.no)


def _too_many(fact: str, rule: str) -> FixTheData:
    step = (
        "mend active, present and recused in the contest's file, or take out the ballots too many"
    )
    return FixTheData(fact, rule=rule, next_step=step)
