"""A race that could not be counted: void by EN-R11, and no burden to the others."""

from collections.abc import Mapping
from dataclasses import replace

from models.bylaws.counting import CountingRules
from models.bylaws.tally_rules import Base, Threshold
from models.contests.contest import Contest
from models.tally.count import excluded_in
from models.tally.count_committee import sums_of
from models.tally.outcome import Inactive, Outcome, OutcomeKind, Result, Round, Void
from models.tally.rankings import Rankings


def voided(
    contest: Contest,
    ballots: Rankings,
    edition: CountingRules,
    void: Void,
    *,
    unreadable: int = 0,
    digests: Mapping[str, str],
) -> Result:
    """The result of such a race: nobody has a vote, and what came in can be counted again.

    Args:
        digests: of what should have been counted, so that a mended program can be held to it.
    """
    part = edition.endorsement.threshold.value
    bar = Threshold(part.numerator, part.denominator)
    nothing = Round(
        number=1,
        tally=dict.fromkeys(contest.choices, 0),
        base=0,
        threshold=bar.fewest(0),
        inactive=Inactive(),
    )
    sums = sums_of(ballots, ballots.get((), 0), unreadable)
    return replace(
        Result.of(contest, sums, bar, Base.MARKED, (nothing,), Outcome(OutcomeKind.VOID)),
        digests=dict(digests),
        void=void,
        excluded=excluded_in(contest.race),
    )
