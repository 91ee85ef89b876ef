"""Contests as data: what a `contest.toml` may say, and how it is then counted.

A contest is one race or question of an election. Its kind decides who may be marked and what
winning means (`models.contests.kinds`); the numbers come from the bylaws edition
(`models.bylaws.counting`). A contest may take another reading that the edition names, in
`[settings]`; a contest with `rules = "public"` belongs to no chapter and sets everything itself, in
the words of public elections.
"""

from collections.abc import Collection, Mapping, Set
from typing import Annotated, Any, get_args

from pydantic import Discriminator, TypeAdapter, ValidationError

from models.contests.advisory import Advisory
from models.contests.committee import CommitteeDecision
from models.contests.kinds import (
    ABOUT_PEOPLE,
    BEFORE_THE_VOTE,
    Purpose,
    Question,
    Ranked,
    RatifyOrPrefer,
    SingleChoice,
    UpOrDown,
)
from models.contests.seats import Approval
from models.contests.settings import UNDECLARED, Settings
from models.errors import FixTheSettings
from models.faults import faults

Contest = (
    Ranked
    | SingleChoice
    | RatifyOrPrefer
    | UpOrDown
    | Question
    | CommitteeDecision
    | Approval
    | Advisory
)

__all__ = [
    "ABOUT_PEOPLE",
    "BEFORE_THE_VOTE",
    "UNDECLARED",
    "Advisory",
    "Approval",
    "CommitteeDecision",
    "Contest",
    "Purpose",
    "Question",
    "Ranked",
    "RatifyOrPrefer",
    "Settings",
    "SingleChoice",
    "UpOrDown",
    "contest_from",
]


def on_the_ballot(definition: Mapping[str, Any]) -> dict[str, Any]:
    """An election as JSON without what is asked before the vote alone: nobody's dues (DP-6)."""
    return _without(definition, BEFORE_THE_VOTE)


def voted_on(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The same without what the ballot says of people: what the record's digest covers (EN-R6)."""
    return _without(definition, ABOUT_PEOPLE)


def called_off(definition: Mapping[str, Any], races: Collection[str]) -> dict[str, Any]:
    """The same without anything said of people in these races, which come to no ballot (DP-6)."""
    told = voted_on(definition)["contests"]
    kept = [
        bare if bare["id"] in races else one
        for bare, one in zip(told, definition["contests"], strict=True)
    ]
    return {**definition, "contests": kept}


def _without(definition: Mapping[str, Any], keys: Set[str]) -> dict[str, Any]:
    contests = definition["contests"]
    kept = [{k: v for k, v in one.items() if k not in keys} for one in contests]
    return {**definition, "contests": kept}


def of_an_election(table: Mapping[str, Any]) -> dict[str, Any]:
    """A contest's file as an election's folder means it: everybody votes unless it says not."""
    everybody = {"only_these_districts_vote": False} if table.get("districts") else {}
    return {**everybody, **table}


_KINDS = {kind.model_fields["kind"].default: kind for kind in get_args(Contest)}
_ADAPTER: TypeAdapter[Contest] = TypeAdapter(Annotated[Contest, Discriminator("kind")])


def contest_from(table: Mapping[str, Any], where: str) -> Contest:
    """Check a parsed contest. All its faults are told at once.

    Raises:
        FixTheSettings: unknown, missing or contradictory settings, each with its place.
    """
    try:
        return _ADAPTER.validate_python(table)
    except ValidationError as exc:
        raise FixTheSettings(
            "; ".join(faults(exc, _KINDS.get(str(table.get("kind"))), inside="contest")),
            where=where,
            next_step="fix the contest file; docs/count.md lists its keys",
        ) from None
