"""The chapters of a statewide body, and which of them is near somebody (ST-1).

1. A ZIP code that a chapter lists decides, whatever town is named beside it.
2. Otherwise the town decides. Several chapters can share a town, if each of them lists ZIP codes:
   somebody who gave only the town is near all of them, and nobody guesses which.
3. Otherwise there is no chapter near yet.
"""

from difflib import get_close_matches
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from models.base import Value
from models.text.folding import unmarked
from models.texts import Slug, Text


def _secure(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise ValueError("write a whole address that begins with https://")
    return address


def _zip_code(typed: str) -> str:
    if not (len(typed) == 5 and typed.isascii() and typed.isdigit()):
        raise ValueError('write each ZIP code as five digits in quotes, such as "02130"')
    return typed


Town = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Zip = Annotated[str, AfterValidator(_zip_code)]
Link = Annotated[
    str, Field(max_length=2000, pattern=r"^[\x21\x23-\x26\x28-\x3b\x3d\x3f-\x7e]*$"),
    AfterValidator(_secure),
]  # fmt: skip
"""An address for readers, without what would end it in a page."""


class ListedChapter(Value):
    """A chapter as `chapters.toml` lists it."""

    key: Slug
    """By which it is called; it names its queue."""
    name: Text
    towns: tuple[Town, ...] = ()
    """Compared without case, runs of space, and what only a keyboard chooses."""
    zips: tuple[Zip, ...] = ()
    link: Link = Field(alias="register")
    """Where people register with it."""
    folder: str = Field("", max_length=500)
    """Where this installation runs it, relative to the file; "" if it does not."""
    user: str = Field("", pattern=r"^([a-z_][a-z0-9_-]{0,31})?$")
    """The account that owns the folder; "" if it is not run here."""

    @field_validator("towns", "zips")
    @classmethod
    def _listed_once(cls, listed: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(map(unmarked, listed))) < len(listed):
            raise ValueError("one of them is there twice; take it out once")
        return listed

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if not self.towns and not self.zips:
            raise ValueError("list its towns, its zips, or both")
        return self

    def shares(self, other: "ListedChapter") -> bool:
        """Whether both list a town."""
        return not set(map(unmarked, self.towns)).isdisjoint(map(unmarked, other.towns))


class ChapterDirectory(Value):
    """`chapters.toml`: every chapter of the statewide body."""

    schema_: Literal[1] = Field(alias="schema")
    chapters: tuple[ListedChapter, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _keys_differ(self) -> Self:
        for one, other in combinations(self.chapters, 2):
            if one.key == other.key:
                raise ValueError(f"two chapters have the key “{one.key}”; each needs its own")
        return self

    @model_validator(mode="after")
    def _places_differ(self) -> Self:
        """Whoever lives there is told of one chapter, or of several that split a town."""
        for one, other in combinations(self.chapters, 2):
            if both := sorted({*one.zips} & {*other.zips}):
                raise ValueError(
                    f"the chapters “{one.key}” and “{other.key}” both list the ZIP code {both[0]}; "
                    "leave it to one of them"
                )
            if one.shares(other) and not (one.zips and other.zips):
                raise ValueError(
                    f"the chapters “{one.key}” and “{other.key}” list the same town; leave it to "
                    "one of them, or list the zips of both"
                )
        return self

    def near(self, town: str, zip_code: str) -> tuple[ListedChapter, ...]:
        """The chapters near somebody, in the order of the file; none where there is none yet.

        Args:
            town: as they typed it; "" if they did not.
            zip_code: five digits; "" if they gave none.
        """
        return self.by_place.get(zip_code) or self.by_place.get(unmarked(town), ())

    def nearly(self, town: str) -> str:
        """A listed town that may be meant by one that no chapter lists; "" if none is like it."""
        like = _nearest(unmarked(town), tuple(self.towns))
        return self.towns[like] if like else ""

    @cached_property
    def towns(self) -> dict[str, str]:
        """Every listed town, as it is compared and as it is listed."""
        return {unmarked(town): town for one in self.chapters for town in one.towns}

    @cached_property
    def by_place(self) -> dict[str, tuple[ListedChapter, ...]]:
        """The chapters of each ZIP code, and of each town as it is compared."""
        found: dict[str, tuple[ListedChapter, ...]] = {}
        for one in self.chapters:
            for place in dict.fromkeys((*one.zips, *map(unmarked, one.towns))):
                found[place] = (*found.get(place, ()), one)
        return found


@lru_cache(maxsize=10_000)
def _nearest(typed: str, listed: tuple[str, ...]) -> str:
    """The listed town that is spelled nearly so; "" if it is one of them, or like none."""
    near = [] if typed in listed else get_close_matches(typed, listed, n=1, cutoff=0.8)
    return near[0] if near else ""
