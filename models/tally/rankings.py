"""A ballot as the count sees it: ranks in order, no person, no code (BA-5).

A choice is its place in `Contest.choices`: 0, 1, 2 … A ballot for one choice is a ranking of one
rank, a blank ballot is `()`, an approval ballot is one rank that holds several choices. Ballots
with equal rankings are counted together: `{ranking: how many}`.
"""

from collections.abc import Mapping
from typing import Final

SKIPPED: Final = -1
"""A rank the voter left empty."""

OVERVOTE: Final = -2
"""A rank with several choices that the file does not name."""

Slot = int | frozenset[int]
"""One rank: a choice, `SKIPPED`, `OVERVOTE`, or the several choices marked at this rank."""

Ranking = tuple[Slot, ...]
"""The ranks of one ballot, first preference first."""

Rankings = Mapping[Ranking, int]
"""How many ballots carry each ranking."""


def marked_in(ranking: Ranking) -> frozenset[int]:
    """All that a ballot marks, `SKIPPED` and `OVERVOTE` among it."""
    return frozenset(
        c for slot in ranking for c in (slot if isinstance(slot, frozenset) else (slot,))
    )


def canonical(ranking: Ranking) -> Ranking:
    """The shortest spelling of the same ballot: no empty ranks at the end, no set of one."""
    slots = [_slot(slot) for slot in ranking]
    while slots and slots[-1] == SKIPPED:
        slots.pop()
    return tuple(slots)


def _slot(slot: Slot) -> Slot:
    if isinstance(slot, int):
        return slot
    return next(iter(slot), SKIPPED) if len(slot) < 2 else slot
