"""What the parts of a contest look like in its file, and the settings it may give itself."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Annotated, Any

from pydantic import Field, field_validator

from models.base import Value
from models.bylaws.counting import Part
from models.bylaws.tally_rules import Base, Comparison, Overvotes, StopLine, TieRule
from models.texts import Background, Text

UNDECLARED = "Undeclared Write-ins"
"""How names that nobody declared are counted together (RCTab's words)."""

RESERVED = frozenset({"overvote", "exhausted", "uncounted", "residual surplus"})
"""Words that ballots and reports use for something else (RCTab reserves them too)."""

FORMER_WORDS = "Ningún respaldo"
"""What "no endorsement" was called in Spanish, in every former vote's JSON. It turned sentences
round, so that the pages' own words stand in its place."""

_SINCE = frozenset(
    {
        "subject_es",
        "abstain_es",
        "explanation",
        "explanation_es",
        "about",
        "priorities",
        "priorities_es",
        "ranks",
    }
)
_SINCE_OF_COMMITTEES = _SINCE | {
    "yes_es",
    "no_es",
    "active",
    "recused_members",
    "recommends",
    "recommends_for",
}
"""Keys that former versions did not have."""


class Candidacy(Value):
    """What is known of a candidate who was invited to a questionnaire or forum (EN-11)."""

    name: Text
    ocpf_account_active: bool = False
    fec_registered: bool = False  # in its place for a federal office (EN-R9)
    campaign_website: str = ""


class About(Value):
    """What a ballot says of somebody it names: a candidate, or a nominee of a slate (EN-R14)."""

    name: Text
    bio: Background = ""
    bio_es: Background = ""
    summary: Background = ""  # of their work to date (SC-2)
    summary_es: Background = ""
    activities: Background = ""  # that a nominee proposes for the coming year
    activities_es: Background = ""
    website: str = ""
    questionnaire: str = ""  # where their answers can be read

    @field_validator("website", "questionnaire")
    @classmethod
    def _is_an_address(cls, typed: str) -> str:
        if typed and not is_web_address(typed):
            raise ValueError("an address on the web begins with http:// or https:// (EN-R9)")
        return typed


class Settings(Value):
    """Settings a contest gives itself; what is left out comes from its rules."""

    threshold: Part | None = None
    comparison: Comparison | None = None
    base: Base | None = None
    stop_line: StopLine | None = None
    stop_at: Annotated[int, Field(ge=1, le=2)] | None = None
    must_elect: bool | None = None
    ties: tuple[TieRule, ...] | None = None
    overvotes: Overvotes | None = None
    exhaust_on_repeat: bool | None = None
    max_skipped: Annotated[int, Field(ge=-1)] | None = None  # −1 is any number
    max_ranks: Annotated[int, Field(ge=1)] | None = None
    batch_elimination: bool | None = None
    continue_until_two: bool | None = None

    def given(self) -> dict[str, Any]:
        """The settings that are set."""
        return {name: value for name, value in self if value is not None}


def is_web_address(typed: str) -> bool:
    """Whether a text is an address on the web, and nothing else (EN-R9)."""
    return re.fullmatch(r"https?://[^\s/]+\.[^\s]+", typed, re.IGNORECASE) is not None


def as_before(said: dict[str, Any]) -> dict[str, Any]:
    """A contest's JSON as former versions wrote it, so that the digests of former votes hold.

    What they did not have is left out while it says nothing.
    """
    silent = _SINCE_OF_COMMITTEES if said.get("kind") == "committee" else _SINCE
    kept = {key: value for key, value in said.items() if value or key not in silent}
    if kept.get("no_endorsement_es") == "":
        kept["no_endorsement_es"] = FORMER_WORDS
    if kept.get("only_these_districts_vote", "") is None:
        del kept["only_these_districts_vote"]
    return kept


def places_of(names: Iterable[str], candidates: Sequence[str]) -> frozenset[int]:
    """Where names stand on the ballot."""
    return frozenset(candidates.index(name) for name in names)


def refuse_strange(excluded: Collection[str], candidates: Collection[str]) -> None:
    """Who is excluded is one of the candidates, and somebody else is left.

    Raises:
        ValueError: that is not so.
    """
    if set(excluded) - set(candidates):
        raise ValueError("an excluded name is not among the candidates")
    if set(excluded) == set(candidates):
        raise ValueError("every candidate is excluded")
