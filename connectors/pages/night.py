"""The page of the nightly job: counts and what to look at, nobody's name (DP-3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from connectors.pages.render import render


@dataclass(frozen=True, slots=True)
class NightPage:
    """One night in counts."""

    day: date
    standings: Mapping[str, int]
    changes: Mapping[str, int]


def night_page(chapter: str, nights: Sequence[NightPage], review: Sequence[Sequence[str]]) -> str:
    """One self-contained HTML page.

    Args:
        nights: oldest first, at least one.
        review: place, what became of it, why, what to do; places name cells, never contents.
    """
    kinds = dict.fromkeys(kind for night in nights for kind in night.changes)
    return render("night.html", chapter=chapter, nights=nights, kinds=list(kinds), review=review)
