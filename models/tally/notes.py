"""What a report must say beside the numbers."""

from collections.abc import Iterator, Sequence

from models.bylaws.tally_rules import Threshold, TieRule
from models.tally.outcome import Decision, Note, NoteKind, OutcomeKind, Result


def notes_on(
    result: Result, bar: Threshold, decisions: Sequence[Decision], confirms: bool
) -> Iterator[Note]:
    """The notes on a membership vote."""
    last = result.rounds[-1]
    if not result.sums.counted:
        yield Note(NoteKind.NO_BALLOTS, "EN-R12")
        return
    for choice, votes in last.tally.items():
        if bar.denominator * votes == bar.numerator * last.base:
            if bar.more_than:
                yield Note(NoteKind.EXACTLY_AND_SHORT, "EN-R1", choice)
            elif confirms:
                yield Note(NoteKind.EXACTLY_AND_ENOUGH, "SC-R3", choice)
    if result.outcome.kind is OutcomeKind.NO_CONFIDENCE:
        yield Note(NoteKind.AD_HOC_COMMITTEE, "SC-8")
    first = result.rounds[0]
    if result.sums.counted > 1 and result.sums.counted in first.tally.values():
        yield Note(NoteKind.UNANIMOUS, "BA-6")
    used = {tie.explanation for tie in result.ties if tie.settled_by is TieRule.DECISION}
    for decision in decisions:
        if decision.how not in used:
            yield Note(NoteKind.DECISION_UNUSED, "EN-R5", decision.picked)
