"""The kinds of contest: who may be marked on each, and what its file says.

A ballot names a choice by its place. Candidates always stand beside "no endorsement" (EN-5), a
question beside "no position" (EN-12); the slate and the priorities are confirmed, not endorsed.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from models.bylaws.tally_rules import ContestChoices
from models.committee.nominees import Nominee
from models.contests.base import ABOUT_PEOPLE as ABOUT_PEOPLE
from models.contests.base import BEFORE_THE_VOTE as BEFORE_THE_VOTE
from models.contests.base import AnyContest
from models.contests.settings import FORMER_WORDS, UNDECLARED, Candidacy, places_of, refuse_strange
from models.text.folding import folded
from models.texts import Priority, Text, named_twice


class Candidates(AnyContest):
    """A contest between candidates."""

    candidates: Annotated[tuple[Text, ...], Field(min_length=1)]
    excluded: tuple[str, ...] = ()  # withdrawn: on the ballot, counted for nobody (EN-R11)

    @model_validator(mode="after")
    def _excludes_its_own(self) -> Self:
        refuse_strange(self.excluded, self.candidates)
        return self

    @property
    def choices(self) -> tuple[str, ...]:
        return self.candidates

    @property
    def race(self) -> ContestChoices:
        return ContestChoices(self.choices, excluded=places_of(self.excluded, self.candidates))


class _Endorsement(Candidates):
    """A contest between candidates, with the choice "no endorsement" (EN-5)."""

    no_endorsement: str = "No endorsement"  # "" only where the contest must elect somebody
    no_endorsement_es: str = ""
    undeclared_write_ins: str = ""  # the word for them in the ballot file; "" forbids write-ins
    ranks: Mapping[Text, Annotated[int, Field(ge=1, le=99)]] = {}  # the ballot's own words for them
    invited: tuple[Candidacy, ...] = ()  # to the questionnaire or forum (EN-11)

    @field_validator("no_endorsement_es")
    @classmethod
    def _in_todays_words(cls, said: str) -> str:
        return "" if said == FORMER_WORDS else said

    @property
    def choices(self) -> tuple[str, ...]:
        stop_line = (self.no_endorsement,) if self.no_endorsement else ()
        return (*self.candidates, *stop_line, *((UNDECLARED,) if self.undeclared_write_ins else ()))

    @property
    def aliases(self) -> Mapping[str, str]:
        said = self.undeclared_write_ins
        return {said: UNDECLARED} if said and folded(said) != folded(UNDECLARED) else {}

    @property
    def race(self) -> ContestChoices:
        count = len(self.candidates)
        return replace(
            super().race,
            stop_line=count if self.no_endorsement else None,
            write_in=len(self.choices) - 1 if self.undeclared_write_ins else None,
        )

    @model_validator(mode="after")
    def _fits_the_rules(self) -> Self:
        if {one.name for one in self.invited} - set(self.candidates):
            raise ValueError("an invited person is not one of the candidates")
        if self.tells_of_others(*self.candidates):
            raise ValueError("`about` describes someone who is not a candidate")
        if self.rules == "bylaws":
            if not self.no_endorsement:
                raise ValueError('every endorsement contest offers "no endorsement" (EN-5)')
            if self.undeclared_write_ins:
                raise ValueError("write-ins are not allowed in an endorsement vote")
        elif self.no_endorsement and self.settings.must_elect:
            raise ValueError("a contest that must elect has no line of no endorsement")
        return self


class Ranked(_Endorsement):
    """Ranked choice: 3 or more candidates (EN-3), or any public single-winner election."""

    kind: Literal["ranked"] = "ranked"


class SingleChoice(_Endorsement):
    """One choice between at most two candidates and "no endorsement" (EN-4)."""

    kind: Literal["single-choice"] = "single-choice"


class RatifyOrPrefer(_Endorsement):
    """Ratify the committee's recommendation or prefer a candidate, on one ballot (EN-6).

    To ratify is to vote for the recommended choice; a ballot names it by the place after the last
    choice, so that the report can say how many ratified. With 3 or more candidates voters rank
    (EN-3).
    """

    kind: Literal["ratify-or-prefer"] = "ratify-or-prefer"
    ratify: Text = "Ratify the recommendation"
    ratify_es: str = "Ratificar la recomendación"

    def places(self) -> dict[str, int]:
        return super().places() | {folded(self.ratify): len(self.choices)}

    @property
    def recommended(self) -> int:
        """The place of the choice that a ratifying ballot counts for."""
        return self.places()[folded(self.recommendation)]

    @model_validator(mode="before")
    @classmethod
    def _recommends(cls, given: Any) -> Any:
        if isinstance(given, Mapping) and not given.get("recommendation"):
            raise ValueError("there is no recommendation to ratify (EN-6)")
        return given


Purpose = Literal["abbreviated", "re-endorsement", "anti-endorsement", "slate", "priorities"]


class UpOrDown(AnyContest):
    """Yes or no to one thing: EN-7's short votes, EN-8's warning, the slate, the priorities."""

    kind: Literal["up-or-down"] = "up-or-down"
    purpose: Purpose
    subject: Text  # the candidate, the slate, the priorities
    subject_es: str = ""
    yes: Text = "Yes"
    no: Text = "No"
    yes_es: str = "Sí"
    no_es: str = "No"
    previously_endorsed: bool = False  # EN-7, the facts that allow a short vote
    uncontested: bool = False
    done: tuple[Literal["research", "record review", "candidate conversation"], ...] = ()
    nominees: tuple[Nominee, ...] = ()  # of a slate, with what SC-2 asks of each
    priorities: tuple[Priority, ...] = ()  # one by one, as members read them (SC-7)
    priorities_es: tuple[Priority, ...] = ()

    CONFIRMATIONS: ClassVar = frozenset({"slate", "priorities"})

    @property
    def choices(self) -> tuple[str, ...]:
        return (self.yes, self.no)

    @property
    def confirms(self) -> bool:
        """Whether the membership confirms the committee's slate or priorities (SC-R3's bar)."""
        return self.purpose in self.CONFIRMATIONS

    @model_validator(mode="after")
    def _tells_of_the_subject(self) -> Self:
        # The nominees of a slate are gone once it is open (DP-6).
        if self.purpose != "slate" and self.tells_of_others(self.subject):
            raise ValueError("`about` describes someone who is not the subject")
        return self

    @model_validator(mode="after")
    def _priorities_are_voted_on(self) -> Self:
        if (self.priorities or self.priorities_es) and self.purpose != "priorities":
            raise ValueError("only a contest about priorities can list them (SC-7)")
        if self.priorities_es and len(self.priorities_es) != len(self.priorities):
            raise ValueError("priorities_es needs one text for each of the priorities")
        return self

    @model_validator(mode="after")
    def _nominees_are_a_slate(self) -> Self:
        if self.nominees and self.purpose != "slate":
            raise ValueError("only a slate has nominees (SC-1)")
        if twice := named_twice([nominee.name for nominee in self.nominees]):
            raise ValueError(
                f"nominees {twice} have the same name; a slate lists each person once (SC-1)"
            )
        return self


Scope = Literal["", "city", "county", "state", "national"]
"""Whose ballots a question is on (EN-2); "" where its districts say it (EN-12)."""


class Question(AnyContest):
    """A ballot question: yes, no, or no position, with the endorsement bar (EN-12)."""

    kind: Literal["question"] = "question"
    scope: Annotated[Scope, Field(exclude_if=lambda said: not said)] = ""
    yes: Text = "Yes"
    no: Text = "No"
    no_position: Text = "No position"
    yes_es: str = "Sí"
    no_es: str = "No"
    no_position_es: str = "Sin posición"

    @property
    def choices(self) -> tuple[str, ...]:
        return (self.yes, self.no, self.no_position)

    @property
    def race(self) -> ContestChoices:
        return ContestChoices(self.choices, stop_line=2)
