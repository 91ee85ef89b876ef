"""The page of the nightly job: counts and what to look at, nobody's name (DP-3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Night:
    """One night in counts."""

    day: date
    standings: Mapping[str, int]
    changes: Mapping[str, int]


def night_page(chapter: str, nights: Sequence[Night], review: Sequence[Sequence[str]]) -> str:
    """One self-contained HTML page.

    Args:
        nights: oldest first.
        review: place, what became of it, why; places name cells, never their contents.
    """
    return (
        environment()
        .get_template("night.html")
        .render(chapter=chapter, nights=nights, review=review)
    )
