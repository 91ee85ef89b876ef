"""What a chapter writes in its own words, and how long that may be."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, StringConstraints

from models.text.folding import folded

Text = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^|\r\n]*$")]
Statement = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
"""Somebody's own words, which a rule asks for."""
VoterText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
"""What voters read before they mark a ballot, in the chapter's words; "" where it has none."""
Background = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
"""The same of one person; mail programs cut a letter off that has too much of a long slate."""
Priority = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


def named_twice(names: Sequence[str]) -> str:
    """The first two places that have one name, from 1: "2 and 5"; "" when there are none."""
    seen: dict[str, int] = {}
    for place, name in enumerate(map(folded, names), start=1):
        if seen.setdefault(name, place) != place:
            return f"{seen[name]} and {place}"
    return ""
