"""One contest, counted whole: rounds, outcome, other readings, notes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.bylaws.counting import CountingRules
from models.bylaws.tally_rules import (
    Base,
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
from models.tally.count_committee import count_committee, quorum_of, sums_of
from models.tally.interpretations import under_other_interpretations
from models.tally.notes import notes_on
from models.tally.outcome import (
    Decision,
    Note,
    NoteKind,
    Outcome,
    OutcomeKind,
    Result,
    RuleUsed,
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
        result = count_committee(contest, ballots, edition, unreadable)
    else:
        result = _count_members(contest, ballots, edition, unreadable, decisions)
    return replace(result, digests=dict(digests or {}))


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
    sums = sums_of(ballots, start.inactive.undervotes, unreadable)

    def under(rules: CountRules) -> RankedTally:
        return RankedTally(race, rules, start, sums.ballots, sums.counted, verdict, decisions)

    counting = under(chosen.rules)
    rounds = tuple(counting.rounds())
    outcome = counting.outcome(rounds)
    result = replace(
        Result.of(contest, sums, chosen.rules.bar, chosen.rules.base, rounds, outcome),
        choices=race.choices,
        stop_line=race.choices[race.stop_line] if race.stop_line is not None else None,
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
    sums = sums_of(ballots, one.inactive.undervotes, unreadable)
    rules = [
        RuleUsed(part.rule, Setting.THRESHOLD, bar, part.cite),
        RuleUsed(
            edition.committee.co_chairs.rule,
            Setting.SEATS,
            contest.seats,
            edition.committee.co_chairs.cite,
        ),
    ]
    notes: list[Note] = []
    if contest.active is not None:
        asked, quorum = edition.committee.quorum, quorum_of(edition)
        rules.append(RuleUsed(asked.rule, Setting.QUORUM, quorum, asked.cite))
        if not quorum.reached(sums.ballots, contest.active):
            one, outcome = replace(one, elected=(), ties=()), Outcome(OutcomeKind.NO_QUORUM)
        if sums.ballots < contest.active:
            present = f"{sums.ballots}/{contest.active}"
            notes.append(Note(NoteKind.NOT_EVERYONE, "SC-4", present))
    return replace(
        Result.of(contest, sums, bar, Base.MARKED, (one,), outcome),
        rules=tuple(rules),
        notes=tuple(notes),
        excluded=excluded_in(contest.race),
    )


def _count_advisory(contest: Advisory, ballots: Rankings, unreadable: int) -> Result:
    one, outcome = advise(ballots, contest.choices)
    sums = sums_of(ballots, one.inactive.undervotes, unreadable)
    result = Result.of(contest, sums, NO_BAR, Base.MARKED, (one,), outcome)
    return replace(result, notes=tuple(notes_on_advice(ballots, one)))
