"""One contest, counted whole: rounds, outcome, other readings, notes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from models.bylaws.cited import Cited
from models.bylaws.counting import CommitteeCount, CountingRules
from models.bylaws.tally_rules import (
    Base,
    Comparison,
    ContestChoices,
    CountRules,
    Setting,
    Threshold,
)
from models.contests.contest import (
    Advisory,
    Approval,
    CommitteeDecision,
    Contest,
    RatifyOrPrefer,
    UpOrDown,
)
from models.tally.advisory import NO_BAR, advise, notes_on_advice
from models.tally.approval import approve
from models.tally.ballot_piles import Piles
from models.tally.committee import BASES, CommitteeVote, Needs
from models.tally.interpretations import under_other_interpretations
from models.tally.notes import notes_on
from models.tally.outcome import (
    Decision,
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
from models.tally.ranked import RankedTally, Verdict
from models.tally.rankings import Rankings
from models.tally.ratify import ratifying
from models.tally.settings import MemberVote, choose


def count(
    contest: Contest,
    ballots: Rankings,
    edition: CountingRules,
    *,
    unreadable: int = 0,
    decisions: Sequence[Decision] = (),
    digests: Mapping[str, str] | None = None,
) -> Result:
    """Count one contest.

    Args:
        contest: what was voted on.
        ballots: how many carry each ranking; blank ones as `()`.
        edition: the counting rules of the bylaws edition in force.
        unreadable: ballots whose answer on this race could not be read (BA-2).
        decisions: recorded decisions of ties (EN-R5).
        digests: what a re-count compares its input with (`models.tally.digests`).

    Raises:
        FixTheSettings: the contest contradicts itself or the edition.
        FixTheData: the ballots cannot be counted under the contest's rules.
    """
    if isinstance(contest, Approval):
        result = _count_approval(contest, ballots, edition, unreadable, decisions)
    elif isinstance(contest, Advisory):
        result = _count_advisory(contest, ballots, unreadable)
    elif isinstance(contest, CommitteeDecision):
        result = _count_committee(contest, ballots, edition, unreadable)
    else:
        result = _count_members(contest, ballots, edition, unreadable, decisions)
    return replace(result, digests=dict(digests or {}))


def _sums(ballots: Rankings, blank: int, unreadable: int) -> Sums:
    read = sum(ballots.values())
    return Sums(read + unreadable, read - blank, blank, unreadable)


def excluded_in(race: ContestChoices) -> tuple[str, ...]:
    """Who is passed over, by name."""
    return tuple(race.choices[place] for place in sorted(race.excluded))


def verdict_of(contest: MemberVote) -> Verdict:
    """How a vote ends that a choice won, or nobody (EN-R4, EN-8, SC-8)."""
    kinds = OutcomeKind
    if isinstance(contest, UpOrDown):
        if contest.confirms:
            yes, no, nobody = kinds.ADOPTED, kinds.NO_CONFIDENCE, kinds.NO_CONFIDENCE
        elif contest.purpose == "anti-endorsement":
            yes, no, nobody = kinds.ANTI_ENDORSED, kinds.NOT_ADOPTED, kinds.NO_CONSENSUS
        else:
            yes, no, nobody = kinds.ENDORSED, kinds.NO_ENDORSEMENT_CHOSEN, kinds.NO_CONSENSUS
        ends = {contest.yes: yes, contest.no: no, None: nobody}
        return lambda winner: Outcome(ends[winner], (contest.subject,))
    race = contest.race
    stop_line = race.choices[race.stop_line] if race.stop_line is not None else ""
    won = kinds.ENDORSED if stop_line else kinds.ELECTED

    def verdict(winner: str | None) -> Outcome:
        if winner is None:
            return Outcome(kinds.NO_CONSENSUS)
        if winner == stop_line:
            return Outcome(kinds.NO_ENDORSEMENT_CHOSEN)
        return Outcome(won, (winner,))

    return verdict


def _count_members(
    contest: MemberVote,
    ballots: Rankings,
    edition: CountingRules,
    unreadable: int,
    decisions: Sequence[Decision],
) -> Result:
    ratified = 0
    if isinstance(contest, RatifyOrPrefer):
        ballots, ratified = ratifying(ballots, len(contest.choices), contest.recommended)
    chosen, race, verdict = choose(contest, edition), contest.race, verdict_of(contest)
    start = Piles.of(ballots, race, chosen.rules)
    sums = _sums(ballots, start.inactive.undervotes, unreadable)

    def under(rules: CountRules) -> RankedTally:
        return RankedTally(race, rules, start, sums.ballots, sums.counted, verdict, decisions)

    counting = under(chosen.rules)
    rounds = tuple(counting.rounds())
    outcome = counting.outcome(rounds)
    result = Result(
        contest=contest.id,
        title=contest.title,
        kind=contest.kind,
        choices=race.choices,
        stop_line=race.choices[race.stop_line] if race.stop_line is not None else None,
        sums=sums,
        bar=chosen.rules.bar,
        base=chosen.rules.base,
        rounds=rounds,
        outcome=outcome,
        rules=chosen.used,
        readings=tuple(under_other_interpretations(chosen.others, under, outcome)),
        ratified=ratified,
        excluded=excluded_in(race),
    )
    confirms = isinstance(contest, UpOrDown) and contest.confirms
    notes = notes_on(result, chosen.rules.bar, decisions, confirms=confirms)
    return replace(result, notes=tuple(notes))


def _count_approval(
    contest: Approval,
    ballots: Rankings,
    edition: CountingRules,
    unreadable: int,
    decisions: Sequence[Decision],
) -> Result:
    part = edition.committee.co_chair_bar
    bar = Threshold(part.value.numerator, part.value.denominator, more_than=False)
    one, outcome = approve(ballots, contest.race, contest.seats, bar, decisions)
    sums = _sums(ballots, one.inactive.undervotes, unreadable)
    return Result(
        contest=contest.id,
        title=contest.title,
        kind=contest.kind,
        choices=contest.choices,
        stop_line=None,
        sums=sums,
        bar=bar,
        base=Base.MARKED,
        rounds=(one,),
        outcome=outcome,
        rules=(
            RuleUsed(part.rule, Setting.THRESHOLD, bar, part.cite),
            RuleUsed(
                edition.committee.co_chairs.rule,
                Setting.SEATS,
                contest.seats,
                edition.committee.co_chairs.cite,
            ),
        ),
        excluded=excluded_in(contest.race),
    )


def _count_advisory(contest: Advisory, ballots: Rankings, unreadable: int) -> Result:
    one, outcome = advise(ballots, contest.choices)
    return Result(
        contest=contest.id,
        title=contest.title,
        kind=contest.kind,
        choices=contest.choices,
        stop_line=None,
        sums=_sums(ballots, one.inactive.undervotes, unreadable),
        bar=NO_BAR,
        base=Base.MARKED,
        rounds=(one,),
        outcome=outcome,
        notes=tuple(notes_on_advice(ballots, one)),
    )


def committee_vote(contest: CommitteeDecision, yes: int, no: int, sums: Sums) -> CommitteeVote:
    """The numbers of a committee's item; what is neither yes nor no abstains (SC-R1)."""
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


def _count_committee(
    contest: CommitteeDecision, ballots: Rankings, edition: CountingRules, unreadable: int
) -> Result:
    sums = _sums(ballots, ballots.get((), 0), unreadable)
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
    return Result(
        contest=contest.id,
        title=contest.title,
        kind=contest.kind,
        choices=contest.choices,
        stop_line=None,
        sums=sums,
        bar=bar,
        base=BASES[contest.needs],
        rounds=(one,),
        outcome=Outcome(kind),
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
