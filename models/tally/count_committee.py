"""One item of the committee, counted: its numbers, its bar, its quorum (SC-4 to SC-6)."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from models.bylaws.cited import Cited
from models.bylaws.counting import CommitteeCount, CountingRules
from models.bylaws.tally_rules import Comparison, Setting, Threshold
from models.contests.contest import CommitteeDecision
from models.errors import FixTheSettings
from models.tally.committee import BASES, CommitteeVote, Needs
from models.tally.outcome import (
    Inactive,
    Note,
    NoteKind,
    Outcome,
    OutcomeKind,
    Result,
    Round,
    RuleUsed,
    Sums,
)
from models.tally.rankings import Rankings


def sums_of(ballots: Rankings, blank: int, unreadable: int) -> Sums:
    """How many ballots a contest has, marked, blank and unreadable (BA-2)."""
    read = sum(ballots.values())
    return Sums(read + unreadable, read - blank, blank, unreadable)


def committee_vote(contest: CommitteeDecision, yes: int, no: int, sums: Sums) -> CommitteeVote:
    """The numbers of a committee's item; what is neither yes nor no abstains (SC-R1).

    Raises:
        FixTheSettings: it is not known of how many members quorum is taken.
    """
    if contest.active is None:
        raise FixTheSettings(
            "this decision does not say how many members are active",
            where=f"contest {contest.id}",
            rule="SC-4",
            next_step="set `active`; `clerk committee` shows the number for a day",
        )
    return CommitteeVote(
        needs=contest.needs,
        yes=yes,
        no=no,
        abstained=sums.ballots - yes - no,
        active=contest.active,
        recused=contest.recused,
        present=sums.ballots if contest.present is None else contest.present,
    )


def quorum_of(edition: CountingRules) -> Threshold:
    """The committee's quorum (SC-4, SC-R2)."""
    part = edition.committee.quorum.value
    return Threshold(part.numerator, part.denominator, more_than=False)


def count_committee(
    contest: CommitteeDecision, ballots: Rankings, edition: CountingRules, unreadable: int
) -> Result:
    """Count one item of the committee (SC-4 to SC-6)."""
    sums = sums_of(ballots, ballots.get((), 0), unreadable)
    tally = [sum(votes for ranking, votes in ballots.items() if ranking == (c,)) for c in range(3)]
    vote = committee_vote(contest, tally[0], tally[1], sums)
    bar, used = _committee_bar(contest.needs, edition.committee)
    quorum = quorum_of(edition)
    if not vote.has_quorum(quorum):
        kind = OutcomeKind.NO_QUORUM
    elif not sums.counted:
        kind = OutcomeKind.NOBODY_VOTED
    else:
        kind = OutcomeKind.ADOPTED if vote.passes(bar) else OutcomeKind.NOT_ADOPTED
    one = Round(
        number=1,
        tally=dict(zip(contest.choices, (vote.yes, vote.no, tally[2]), strict=True)),
        base=vote.base,
        threshold=bar.fewest(vote.base),
        inactive=Inactive(undervotes=sums.blank),
        elected=(contest.yes,) if kind is OutcomeKind.ADOPTED else (),
    )
    asked = edition.committee.quorum
    return replace(
        Result.of(contest, sums, bar, BASES[contest.needs], (one,), Outcome(kind)),
        rules=(*used, RuleUsed(asked.rule, Setting.QUORUM, quorum, asked.cite)),
        notes=tuple(_committee_notes(vote)),
    )


def _committee_bar(
    needs: Needs, rules: CommitteeCount
) -> tuple[Threshold, tuple[RuleUsed, RuleUsed]]:
    """The majority that an item asks for, and the rules that say so (SC-R1, SC-R4, SC-R6)."""
    part: Cited[Fraction] = rules.threshold
    said: Cited[Any] = rules.comparison
    if needs == "recall":
        part, said = rules.recall, rules.recall_comparison
    asks = said.value
    if needs == "consensus":
        part = said = rules.consensus
        asks = Comparison.MORE
    bar = Threshold(part.value.numerator, part.value.denominator, asks is Comparison.MORE)
    return bar, (
        RuleUsed(part.rule, Setting.THRESHOLD, bar, part.cite),
        RuleUsed(said.rule, Setting.COMPARISON, asks, said.cite),
    )


def _committee_notes(vote: CommitteeVote) -> Iterator[Note]:
    if vote.is_against:
        yield Note(NoteKind.SOMEBODY_AGAINST, "SC-R6")
    if vote.present < vote.able:  # who steps aside does not fail to take part (SC-R2)
        yield Note(NoteKind.NOT_EVERYONE, "SC-4", f"{vote.present}/{vote.able}")
