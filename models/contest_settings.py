"""What the parts of a contest look like in its file, and the settings it may give itself."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Annotated, Any

from pydantic import Field, StringConstraints, field_validator

from models.base import Value
from models.bylaws.counting import Part
from models.folding import folded
from models.tally.rules import Base, Comparison, Overvotes, StopLine, TieRule

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
_SINCE_OF_COMMITTEES = _SINCE | {"yes_es", "no_es"}
"""Keys that former versions did not have."""

Text = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^|\r\n]*$")]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
"""Somebody's own words, which a rule asks for."""
Told = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
"""What voters read before they mark a ballot, in the chapter's words; "" where it has none."""
Background = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
"""The same of one person; mail programs cut a letter off that has too much of a long slate."""
Priority = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


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


def named_twice(names: Sequence[str]) -> str:
    """The first two places that have one name, from 1: "2 and 5"; "" when there are none."""
    seen: dict[str, int] = {}
    for place, name in enumerate(map(folded, names), start=1):
        if seen.setdefault(name, place) != place:
            return f"{seen[name]} and {place}"
    return ""


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
