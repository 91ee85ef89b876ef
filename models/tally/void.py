"""A race that could not be counted: void by EN-R11, and no burden to the others."""

from collections.abc import Mapping

from models.bylaws.counting import CountingRules
from models.bylaws.tally_rules import Base, Threshold
from models.contests.contest import Contest
from models.tally.count import excluded_in
from models.tally.outcome import Inactive, Outcome, OutcomeKind, Result, Round, Sums, Void
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
    read, blank = sum(ballots.values()), ballots.get((), 0)
    part = edition.endorsement.threshold.value
    bar = Threshold(part.numerator, part.denominator)
    nothing = Round(
        number=1,
        tally=dict.fromkeys(contest.choices, 0),
        base=0,
        threshold=bar.fewest(0),
        inactive=Inactive(),
    )
    return Result(
        contest=contest.id,
        title=contest.title,
        kind=contest.kind,
        choices=contest.choices,
        stop_line=None,
        sums=Sums(read + unreadable, read - blank, blank, unreadable),
        bar=bar,
        base=Base.MARKED,
        rounds=(nothing,),
        outcome=Outcome(OutcomeKind.VOID),
        digests=dict(digests),
        void=void,
        excluded=excluded_in(contest.race),
    )
