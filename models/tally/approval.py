"""Several seats by approval: the co-chairs (SC-3).

1. Each voter approves as many nominees as they like; a blank ballot is outside the base. With
   blank ones alone nothing is decided (EN-R12).
   A nominee who withdrew is seated by nobody; a ballot with their name alone marked the race all
   the same, stays in the base, and is exhausted, as in a ranked count (EN-R11).
2. A nominee whose approvals reach the bar can be seated; the most approved are, up to the seats.
3. A tie for the last seat is never broken by chance: it stops with the question (EN-R5).
"""

from collections.abc import Sequence

from models.bylaws.tally_rules import ContestChoices, Threshold, TieRule
from models.tally.outcome import Decision, Inactive, Outcome, OutcomeKind, Round, Tie
from models.tally.rankings import Rankings, marked_in


def approve(
    ballots: Rankings,
    race: ContestChoices,
    seats: int,
    bar: Threshold,
    decisions: Sequence[Decision] = (),
) -> tuple[Round, Outcome]:
    """Count approvals. Each ballot is one rank that holds the approved choices."""
    choices, places = race.choices, range(len(race.choices))
    approvals = {c: 0 for c in places if c not in race.excluded}
    base = exhausted = 0
    for ranking, votes in ballots.items():
        marked = marked_in(ranking).intersection(places)
        base += votes if marked else 0
        exhausted += votes if marked and marked <= race.excluded else 0
        for choice in marked & approvals.keys():
            approvals[choice] += votes
    over = [c for c in approvals if bar.reached(approvals[c], base)]
    seated, ties = _seat(over, approvals, choices, seats, decisions)
    one = Round(
        number=1,
        tally={choices[c]: votes for c, votes in approvals.items()},
        base=base,
        threshold=bar.fewest(base),
        inactive=Inactive(exhausted=exhausted, undervotes=sum(ballots.values()) - base),
        elected=tuple(choices[c] for c in seated),
        ties=ties,
    )
    if any(tie.picked is None for tie in ties):
        return one, Outcome(OutcomeKind.OPEN_TIE, ties[-1].tied)
    if not base:
        return one, Outcome(OutcomeKind.NOBODY_VOTED)
    kind = OutcomeKind.ELECTED if seated else OutcomeKind.NO_CONSENSUS
    return one, Outcome(kind, one.elected)


def _seat(
    over: list[int],
    approvals: dict[int, int],
    choices: tuple[str, ...],
    seats: int,
    decisions: Sequence[Decision],
) -> tuple[list[int], tuple[Tie, ...]]:
    """The seated in order of approvals, and the ties for the last seat."""
    over = sorted(over, key=lambda c: -approvals[c])
    if len(over) <= seats:
        return over, ()
    last = approvals[over[seats - 1]]
    seated = [c for c in over if approvals[c] > last]
    level = [c for c in over if approvals[c] == last]
    ties: list[Tie] = []
    while len(seated) < seats and len(level) > seats - len(seated):
        names = {choices[c]: c for c in level}
        found = next((d for d in decisions if d.tied == set(names) and d.picked in names), None)
        ties.append(
            Tie(
                round=1,
                for_election=True,
                tied=tuple(names),
                picked=found.picked if found else None,
                settled_by=TieRule.DECISION if found else None,
                explanation=found.how if found else "equal approvals for the last seat",
            )
        )
        if found is None:
            return seated, tuple(ties)
        seated.append(names[found.picked])
        level.remove(names[found.picked])
    return seated + level[: seats - len(seated)], tuple(ties)
