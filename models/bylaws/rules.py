"""What a chapter's bylaws fix, edition by edition; every number carries its citation.

A proposed amendment is an edition with a date in the future; a vote is counted by the edition in
force on its record date, whatever comes into force while it is open. Unknown keys are refused, so
that a mistyped rule never silently falls back to a default.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator

from models.base import Day, Value
from models.bylaws.amending import is_kept, written_out
from models.bylaws.counting import (
    CommitteeCount,
    ConfirmationCount,
    CountingRules,
    EndorsementCount,
    Offices,
    RankedCount,
    RankingErrors,
)
from models.bylaws.dues import DuesEncouraged
from models.bylaws.paths import Membership
from models.bylaws.questionnaire import Questionnaire
from models.errors import FixTheSettings
from models.faults import faults, shown
from models.old_names import BYLAWS, with_new_names


class BylawsVersion(Value):
    """The bylaws as in force from one day until the next edition's."""

    name: str
    effective_from: Day
    amends: str | None = None
    """The name of the edition before, whose rules this one keeps where it does not restate them."""
    full_name: str = ""
    """The name that a count's result cites."""
    membership: Membership
    offices: Offices
    endorsement: EndorsementCount
    ranked: RankedCount
    errors: RankingErrors
    confirmation: ConfirmationCount
    committee: CommitteeCount
    questionnaire: Questionnaire = Questionnaire()
    dues: DuesEncouraged = DuesEncouraged()

    @cached_property
    def counting(self) -> CountingRules:
        """How votes with a record date under this edition are counted."""
        return CountingRules(
            name=self.full_name or self.name,
            offices=self.offices,
            endorsement=self.endorsement,
            ranked=self.ranked,
            errors=self.errors,
            confirmation=self.confirmation,
            committee=self.committee,
        )


class Bylaws(Value):
    """All editions of one chapter, oldest first."""

    chapter: str
    editions: tuple[BylawsVersion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _dated_in_order(self) -> Self:
        days = [edition.effective_from for edition in self.editions]
        if days != sorted(set(days)):
            raise ValueError("list the bylaws versions oldest first, each with a different day")
        return self

    @model_validator(mode="after")
    def _each_amends_the_one_before(self) -> Self:
        before = None
        for number, edition in enumerate(self.editions, 1):
            if edition.amends not in (None, before):
                raise ValueError(
                    f"version {number} must amend the version just before it, “{shown(before)}”"
                    if before
                    else "the first version cannot amend another one"
                )
            before = edition.name
        return self

    @cached_property
    def _newest_first(self) -> tuple[BylawsVersion, ...]:
        return self.editions[::-1]

    def in_force(self, on: date) -> BylawsVersion:
        """The edition in force on a day.

        Raises:
            FixTheSettings: the day lies before the first edition.
        """
        for edition in self._newest_first:
            if edition.effective_from <= on:
                return edition
        raise FixTheSettings(
            f"no version of the bylaws was in effect on {on}",
            where=f"bylaws of {self.chapter}",
            next_step=f"use a day from {self.editions[0].effective_from} on, or add the earlier "
            "version to the bylaws file",
        )

    def closest(self, on: date) -> BylawsVersion:
        """The edition in force on a day; of a day before them all, the first."""
        return self.in_force(max(on, self.editions[0].effective_from))

    def keeps_membership(self, after: date) -> bool:
        """Whether no edition that comes into force after a day changes who may vote."""
        now = self.closest(after).membership
        return all(e.membership == now for e in self.editions if e.effective_from > after)

    @cached_property
    def asks_for_dues(self) -> bool:
        """Whether any edition has a path that asks for dues (VM-R7)."""
        return any(edition.membership.asking_for_dues() for edition in self.editions)

    def looks_back_to(self, on: date) -> date:
        """A day before which no event counts, by the edition in force or by one to come (DP-6)."""
        still = self.editions[self.editions.index(self.closest(on)) :]
        return min(edition.membership.looks_back_to(on) for edition in still)


def bylaws_from(table: Mapping[str, Any], where: str) -> Bylaws:
    """Check a parsed bylaws file. All its faults are told at once.

    Raises:
        FixTheSettings: unknown, missing or mistyped rules, each with its place.
    """
    table, _ = with_new_names(table, BYLAWS, where)
    try:
        return Bylaws.model_validate(written_out(table))
    except ValidationError as exc:
        raise FixTheSettings(
            "; ".join(faults(exc, Bylaws, told_before=lambda place: is_kept(place, table))),
            where=where,
            next_step="compare it with the built-in bylaws in models/bylaws/editions; "
            "docs/adopting.md lists the keys",
        ) from None
