"""An advisory vote: how many support each proposal; nothing is decided by it (SC-7).

1. Each voter supports as many proposals as they like; a blank ballot supports none.
2. The proposals that anybody supports stand in the order of their support, those with equally many
   in the order of the ballot. There is no bar, and no tie to break.
3. With blank ballots alone nobody voted (EN-R12).
"""

from collections.abc import Iterator

from models.bylaws.tally_rules import Threshold
from models.tally.outcome import Inactive, Note, NoteKind, Outcome, OutcomeKind, Result, Round
from models.tally.rankings import Rankings, marked_in

NO_BAR = Threshold(0, 1, more_than=False)


def advise(ballots: Rankings, choices: tuple[str, ...]) -> tuple[Round, Outcome]:
    """Count the support. Each ballot is one rank that holds all that it supports."""
    support = dict.fromkeys(choices, 0)
    base = 0
    for ranking, votes in ballots.items():
        marked = [choices[place] for place in marked_in(ranking) if 0 <= place < len(choices)]
        base += votes if marked else 0
        for choice in marked:
            support[choice] += votes
    one = Round(
        number=1,
        tally=support,
        base=base,
        threshold=NO_BAR.fewest(base),
        inactive=Inactive(undervotes=sum(ballots.values()) - base),
    )
    if not base:
        return one, Outcome(OutcomeKind.NOBODY_VOTED)
    order = sorted((name for name in choices if support[name]), key=lambda name: -support[name])
    return one, Outcome(OutcomeKind.ADVISED, tuple(order))


def is_advisory(result: Result) -> bool:
    """Whether a count has no bar."""
    return result.bar == NO_BAR


def notes_on_advice(ballots: Rankings, one: Round) -> Iterator[Note]:
    """That it decides nothing; and to the tellers, that all ballots say the same (BA-6)."""
    if not one.base:
        yield Note(NoteKind.NO_BALLOTS, "EN-R12")
        return
    yield Note(NoteKind.ADVISORY, "SC-7")
    if one.base > 1 and len({marked_in(said) for said in ballots if said}) == 1:
        yield Note(NoteKind.UNANIMOUS, "BA-6")
