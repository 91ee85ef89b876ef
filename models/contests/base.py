"""What every contest has, whatever its kind: its names, its districts, what voters read of it."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import SerializerFunctionWrapHandler, model_serializer, model_validator

from models.base import Value
from models.bylaws.tally_rules import ContestChoices
from models.contests.settings import RESERVED, About, Settings, as_before
from models.privacy import redact_addresses
from models.text.folding import folded
from models.texts import Slug, Text, VoterText, named_twice

BEFORE_THE_VOTE = {"nominees", "invited", "recused_members"}
"""Keys with facts about people that a rule asks for before the vote; they go when it opens."""
ABOUT_PEOPLE = BEFORE_THE_VOTE | {"about"}
"""Keys that no report carries and no digest covers, so that somebody can be taken out (DP-6)."""


class AnyContest(Value):
    """What every contest has."""

    kind: str
    id: Slug
    title: Text
    title_es: str = ""
    office: str = ""  # as in `models.contests.offices`, e.g. "State Senator"
    districts: tuple[str, ...] = ()  # EN-12: whose public ballots have it; empty is everybody's
    only_these_districts_vote: bool | None = None
    """EN-R10: whether the members of other districts have no vote on it.

    None stands in votes approved before this could be said, whose districts alone voted; an
    election's folder that leaves it out says no (`models.contests.contest.of_an_election`).
    """
    explanation: VoterText = ""  # what it is about, for those who vote (EN-R14)
    explanation_es: VoterText = ""
    about: tuple[About, ...] = ()  # whom it names, for those who vote (EN-R14)
    recommendation: str = ""  # the committee's (EN-1): one of the choices
    statement: str = ""  # what the announcement says if it is endorsed (EN-13)
    statement_es: str = ""
    rules: Literal["bylaws", "public"] = "bylaws"
    settings: Settings = Settings()

    @model_serializer(mode="wrap")
    def _as_before(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return as_before(dump(self))

    @property
    @abstractmethod
    def choices(self) -> tuple[str, ...]:
        """All that may be marked, in ballot order. A ballot names a choice by its place here."""

    @property
    def voting_districts(self) -> tuple[str, ...]:
        """Whose ballots count on it: empty is everybody's, as it usually is (EN-R10)."""
        return () if self.only_these_districts_vote is False else self.districts

    @property
    def aliases(self) -> Mapping[str, str]:
        """Other texts on the ballot that mean a choice."""
        return {}

    @property
    def own_ranks(self) -> Mapping[str, int]:
        """Ranks by the ballot's own words, folded."""
        return {folded(word): rank for word, rank in getattr(self, "ranks", {}).items()}

    @property
    def race(self) -> ContestChoices:
        """Who stands, for the count."""
        return ContestChoices(self.choices)

    def place_of(self, text: str) -> int | None:
        """The place of a choice by what a ballot says, whatever its case and spacing."""
        return self.places().get(folded(text))

    def places(self) -> dict[str, int]:
        """Folded text → place, aliases included; for reading many ballots."""
        found = {folded(choice): place for place, choice in enumerate(self.choices)}
        return found | {folded(said): found[folded(meant)] for said, meant in self.aliases.items()}

    @model_validator(mode="after")
    def _names_no_address(self) -> Self:
        told = str(self.model_dump(exclude=BEFORE_THE_VOTE))
        if redact_addresses(told) != told:
            raise ValueError("this contains an email address; reports and pages must not (DP-3)")
        return self

    @model_validator(mode="after")
    def _tells_of_each_once(self) -> Self:
        if twice := named_twice([one.name for one in self.about]):
            raise ValueError(f"entries {twice} of `about` have the same name")
        return self

    def tells_of_others(self, *named: str) -> bool:
        """Whether `about` has somebody who is not, or not a part of, what the ballot names."""
        there = list(map(folded, named))
        return not all(any(folded(one.name) in name for name in there) for one in self.about)

    @model_validator(mode="after")
    def _says_nothing_in_vain(self) -> Self:
        kind = getattr(self, "kind", "")
        if kind in ("approval", "advisory", "committee") and (
            self.about or self.settings != Settings()
        ):
            raise ValueError(f"kind {kind} has neither [settings] nor `about`: nothing follows")
        if kind in ("approval", "committee") and self.rules == "public":
            raise ValueError(
                f"the share that kind {kind} needs stands in bylaws and in no contest file: leave "
                "out `rules`, and name your group's own with --bylaws (docs/adopting.md)"
            )
        return self

    @model_validator(mode="after")
    def _names_the_districts_that_vote(self) -> Self:
        if self.only_these_districts_vote and not self.districts:
            raise ValueError("only_these_districts_vote needs the `districts` that vote (EN-R10)")
        return self

    @model_validator(mode="after")
    def _choices_are_told_apart(self) -> Self:
        names = [folded(name) for name in (*self.choices, *self.aliases)]
        names += [folded(ratify)] if (ratify := getattr(self, "ratify", "")) else []
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two choices have the same name: {', '.join(twice)}")
        if reserved := sorted(RESERVED & set(names)):
            raise ValueError(f"{', '.join(reserved)} means something else on a ballot")
        if self.recommendation and self.place_of(self.recommendation) is None:
            raise ValueError("the recommendation is not a choice of this contest")
        return self
