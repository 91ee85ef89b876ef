"""A decision of the committee: what is decided, by which majority, and who steps aside."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.contests.base import AnyContest
from models.texts import Text, named_twice


class CommitteeDecision(AnyContest):
    """A decision of the Steering Committee: quorum, recusal, and one of its majorities.

    Two thirds of votes cast (SC-4), for a recall more than half of all active members but the
    person concerned (SC-R4), for the slate it nominates consensus: nobody against, and more than
    half of those present in favour (SC-R6).
    """

    kind: Literal["committee"] = "committee"
    needs: Literal["two thirds", "recall", "consensus"] = "two thirds"
    active: Annotated[int | None, Field(ge=1)] = None
    """Members not on leave on that day; a vote of the committee takes it of its own roll."""
    recused: Annotated[int, Field(ge=0)] = 0  # of a recall, the person concerned is one of them
    present: Annotated[int, Field(ge=0)] | None = None  # default: everyone who cast a ballot
    recused_members: tuple[Text, ...] = ()
    """In a vote of the committee: who steps aside from this item, by name (SC-5, SC-R2)."""
    recommends_for: str = ""
    """The race, by the title of its contest, for which it recommends something (EN-1)."""
    recommends: str = ""
    """What it recommends there if it is adopted: a candidate, or another choice."""
    yes: Text = "Yes"
    no: Text = "No"
    abstain: Text = "Abstain"
    yes_es: str = ""
    no_es: str = ""
    abstain_es: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        return (self.yes, self.no, self.abstain)

    @model_validator(mode="after")
    def _recommends_something_somewhere(self) -> Self:
        if bool(self.recommends) != bool(self.recommends_for):
            raise ValueError("recommends and recommends_for are set together (EN-1)")
        return self

    @model_validator(mode="after")
    def _steps_aside_once(self) -> Self:
        if twice := named_twice(self.recused_members):
            raise ValueError(f"recused_members {twice} have the same name (SC-5)")
        if self.recused_members and self.recused:
            raise ValueError("set recused_members, by name, or recused, their number (SC-R2)")
        return self
