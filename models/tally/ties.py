"""Ties (EN-R5): equal tallies where one must be chosen; never a silent random choice.

1. The latest earlier round in which the tied differ decides: fewest votes go, most votes win.
2. Otherwise every branch is counted; if all end alike, it does not matter whom one takes. (More
   than `MOST_POSITIONS` ways through them are as good as a disagreement.)
3. Otherwise a recorded decision is taken: a lot with a published seed, or the committee.
4. Without one the count stops with the question, and with what each branch gives.

Public elections may decide by the order of candidates instead. An edition or a contest says which
of these ways are tried, and in which order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from models.bylaws.tally_rules import TieRule
from models.tally.outcome import Decision, Outcome, Tie

Tally = Mapping[int, int]
TOO_MANY = "its branches lead through too many positions: a recorded decision is needed"


@dataclass(frozen=True, slots=True)
class Equals:
    """Several choices with the same tally, one of whom must be elected or eliminated."""

    tied: tuple[int, ...]
    for_election: bool
    history: Sequence[Tally]  # the tallies of all earlier rounds
    names: Sequence[str]
    write_in: int | None
    decisions: Sequence[Decision]
    branches: Callable[[Sequence[int]], dict[int, Outcome]]
    """How the vote ends if each of these is taken; nothing where that is too much to count."""


def settle(equals: Equals, ways: Sequence[TieRule]) -> tuple[int | None, Tie]:
    """Try the ways in order. The place is None while the tie is open."""
    remain, names, number = list(equals.tied), equals.names, len(equals.history) + 1
    branches: dict[str, Outcome] = {}
    found, why = None, "no rule settles it: a recorded decision is needed"
    settled_by: TieRule | None = None
    for way in ways:
        if way is TieRule.EARLIER_ROUNDS:
            remain, where = earlier_rounds(remain, equals.history, most=equals.for_election)
            found = remain[0] if len(remain) == 1 else None
            reason = f"{'most' if equals.for_election else 'fewest'} votes in round {where}"
        elif way is TieRule.EVERY_BRANCH:
            branches = {names[c]: end for c, end in equals.branches(remain).items()}
            found = _agreed(remain, names, branches) if branches else None
            why = why if branches else TOO_MANY
            reason = "every branch was counted and all end alike"
        elif way is TieRule.CANDIDATE_ORDER:
            listed = [c for c in remain if c != equals.write_in]
            found = listed[0 if equals.for_election else -1]
            reason = f"{'first' if equals.for_election else 'last'} of them on the ballot"
        else:
            found, reason = _decided(equals, remain)
        if found is not None:
            why, settled_by = reason, way
            break
    return found, Tie(
        round=number,
        for_election=equals.for_election,
        tied=tuple(names[c] for c in (remain if found is None else equals.tied)),
        picked=None if found is None else names[found],
        settled_by=settled_by,
        explanation=why,
        branches=branches,
    )


def earlier_rounds(
    tied: Sequence[int], history: Sequence[Tally], *, most: bool
) -> tuple[list[int], int]:
    """Who of the tied had fewest votes (or most) in the latest earlier round where they differ.

    With three or more tied a round may leave several; those are compared in the rounds before it.

    Returns:
        Those who remain tied, one when it is settled, and the number of the last round that told
        some of them apart (0 if none did).
    """
    remain, where = list(tied), 0
    for number in range(len(history), 0, -1):
        votes = history[number - 1]
        extreme = (max if most else min)(votes[c] for c in remain)
        fewer = [c for c in remain if votes[c] == extreme]
        if len(fewer) < len(remain):
            remain, where = fewer, number
        if len(remain) == 1:
            break
    return remain, where


def _agreed(
    tied: Sequence[int], names: Sequence[str], branches: Mapping[str, Outcome]
) -> int | None:
    """Any of the tied when all branches end alike: the first by name, in any ballot order.

    They also end alike when all come to one and the same later question: that one is then asked.
    """
    return min(tied, key=lambda c: names[c]) if len(set(branches.values())) == 1 else None


def _decided(equals: Equals, tied: Sequence[int]) -> tuple[int | None, str]:
    """The decision on just these choices; the same ones cannot be tied again once one is gone."""
    by_name = {equals.names[c]: c for c in tied}
    for decision in equals.decisions:
        if decision.tied == set(by_name):
            return by_name.get(decision.picked), decision.how
    return None, ""
