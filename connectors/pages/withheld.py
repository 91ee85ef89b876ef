"""BA-6: what a published page leaves out so that nobody can be found in its numbers.

1. Rounds and totals are published; a race or election with fewer than ten ballots only says how
   it ended.
2. A breakdown (why rows were set aside, why ballots are inactive) has no cell under ten. Small
   cells become one "other" cell, which grows until subtraction from the total cannot show what
   was in them.
3. A race of some districts does not say how many ballots it had when the difference from the
   election's ballots would show a small number elsewhere.

4. The digest of the ballots is published only when they are too many to be guessed by it.
5. The size of the roll is kept back when fewer than ten on it did not vote.

The tellers' report leaves nothing out. The sums of BA-2 are totals, not a breakdown: they are
always whole, for everybody must see that they add up.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from connectors.pages.report import ElectionSums, RaceReport

FEWEST = 10
"""The smallest cell a breakdown may show (BA-6)."""
GUESSABLE = 100
"""Ballots; the digest of fewer could be met by trying, and would show every ranking."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The cells that may be shown, and what all others hold together (0 if there are none)."""

    cells: Mapping[str, int]
    others: int


def is_small(number: int) -> bool:
    """Whether a number points at few people; nobody is not few."""
    return 0 < number < FEWEST


def breakdown(cells: Mapping[str, int], *, tellers: bool) -> Breakdown:
    """Merge small cells until none can be worked out."""
    filled = {name: number for name, number in cells.items() if number}
    if tellers:
        return Breakdown(filled, 0)
    shown = {name: number for name, number in filled.items() if not is_small(number)}
    merged = [number for number in filled.values() if is_small(number)]
    while merged and shown and (len(merged) < 2 or sum(merged) < FEWEST):
        merged.append(shown.pop(min(shown, key=lambda name: shown[name])))
    return Breakdown(shown, sum(merged))


def hides_race(report: RaceReport, *, tellers: bool) -> bool:
    """Whether a race says only how it ended."""
    sums = report.result.sums
    few = is_small(sums.counted) or is_small(sums.ballots)
    return few and report.confidential and not tellers


def hides_digest(report: RaceReport, *, tellers: bool) -> bool:
    """Whether the ballots' digest is kept back: a computer tries every way that few could vote."""
    return report.result.sums.ballots < GUESSABLE and report.confidential and not tellers


def hides_ballots(report: RaceReport, *, tellers: bool) -> bool:
    """Whether a race of some districts keeps back how many ballots it had, blank ones included."""
    return is_small(report.elsewhere) and report.confidential and not tellers


def hides_ratified(report: RaceReport, *, tellers: bool) -> bool:
    """Whether the part of the recommendation's votes that ratified it is kept back (EN-6)."""
    ratified = report.result.ratified
    preferred = report.result.rounds[0].tally.get(report.contest.recommendation, 0) - ratified
    return (is_small(ratified) or is_small(preferred)) and not tellers


def hides_roll(sums: ElectionSums, *, tellers: bool) -> bool:
    """Whether an election keeps back how many could have voted: with the turnout it would show how
    few did not, or that everybody did."""
    return sums.voters is not None and sums.voters - sums.counted < FEWEST and not tellers


def hides_turnout(sums: ElectionSums, *, tellers: bool) -> bool:
    """Whether an election keeps back how many voted."""
    return is_small(sums.counted) and not tellers
