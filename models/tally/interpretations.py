"""Would another interpretation have ended otherwise (EN-R1, EN-R2, EN-R3, SC-R3)?

One rule is read differently at a time. All readings share the ballots' piles, so those that
eliminate in the same order cost next to nothing.
"""

from collections.abc import Callable, Iterator, Sequence

from models.bylaws.tally_rules import CountRules
from models.tally.outcome import Interpretation, Outcome, RuleUsed
from models.tally.ranked import RankedTally


def under_other_interpretations(
    others: Sequence[tuple[RuleUsed, CountRules]],
    under: Callable[[CountRules], RankedTally],
    outcome: Outcome,
) -> Iterator[Interpretation]:
    """The outcome under each other reading, and whether it differs."""
    for read, rules in others:
        counting = under(rules)
        other = counting.outcome(list(counting.rounds()))
        yield Interpretation(read.rule, read.setting, read.value, other, differs=other != outcome)
