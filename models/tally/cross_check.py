"""A second count, written apart and deliberately naive; `clerk recount` lets it judge the first.

What the two share is data: the contest, the ballots, and the settings
(`models.tally.reference_count` does the counting of rounds).
"""

from collections.abc import Sequence
from fractions import Fraction

from models.bylaws.cited import Cited
from models.bylaws.counting import CountingRules
from models.bylaws.tally_rules import Comparison
from models.contests.contest import (
    Advisory,
    Approval,
    CommitteeDecision,
    Contest,
    RatifyOrPrefer,
    UpOrDown,
)
from models.tally.outcome import Decision, OutcomeKind, Result
from models.tally.rankings import SKIPPED, Ranking, Rankings
from models.tally.reference_count import End, ReferenceCount, Seen
from models.tally.settings import choose


def check(
    contest: Contest,
    ballots: Rankings,
    edition: CountingRules,
    result: Result,
    decisions: Sequence[Decision] = (),
) -> tuple[str, ...]:
    """Count again and say in what the two counts differ; nothing when they agree."""
    if isinstance(contest, Approval):
        return tuple(_check_approval(contest, ballots, edition, result))
    if isinstance(contest, Advisory):
        return tuple(_check_advisory(contest, ballots, result))
    if isinstance(contest, CommitteeDecision):
        return tuple(_check_committee(contest, ballots, edition, result))
    if isinstance(contest, RatifyOrPrefer):
        ballots = _ratified(contest, ballots)
    twin = ReferenceCount(contest.race, choose(contest, edition).rules, decisions)
    rounds, end = twin.count(ballots, result.sums.unreadable)
    return tuple(_differences(contest, result, rounds, end))


def _ratified(contest: RatifyOrPrefer, ballots: Rankings) -> dict[Ranking, int]:
    """EN-6: "ratify" is the recommended choice; said twice it is said once."""
    ratify, recommended = len(contest.choices), contest.recommended
    read: dict[Ranking, int] = {}
    for ranking, votes in ballots.items():
        if ratify in {c for slot in ranking for c in _marks(slot)}:
            sets = [{recommended if c == ratify else c for c in _marks(slot)} for slot in ranking]
            alone = [i for i, marked in enumerate(sets) if marked == {recommended}]
            kept = [set[int]() if i in alone[1:] else marked for i, marked in enumerate(sets)]
            ranking = tuple(frozenset(marked - {SKIPPED}) or SKIPPED for marked in kept)
        read[ranking] = read.get(ranking, 0) + votes
    return read


def _marks(slot: int | frozenset[int]) -> frozenset[int]:
    return slot if isinstance(slot, frozenset) else frozenset({slot})


def _differences(contest: Contest, result: Result, rounds: list[Seen], end: End) -> list[str]:
    names, told = contest.race.choices, []
    if len(rounds) != len(result.rounds):
        told.append(f"{len(result.rounds)} rounds, the second count has {len(rounds)}")
    for seen, one in zip(rounds, result.rounds, strict=False):
        mine = {names[c]: votes for c, votes in seen.tally.items()}
        causes = ("exhausted", "overvotes", "repeated", "skipped", "undervotes")
        pairs = (
            ("tally", dict(one.tally), mine),
            ("threshold", one.threshold, seen.threshold),
            ("elected", one.elected, () if seen.elected is None else (names[seen.elected],)),
            ("eliminated", set(one.eliminated), {names[c] for c in seen.gone}),
            *((c, getattr(one.inactive, c), seen.inactive.get(c, 0)) for c in causes),
        )
        told += [
            f"round {one.number}, {what}: {first}, the second count has {second}"
            for what, first, second in pairs
            if first != second
        ]
    kind, expected = result.outcome.kind, _end(contest, end)
    others = bool(end.tied) and end.tied != result.outcome.choices
    unnamed = end.winner is not None and not _names(contest, result, end.winner)
    if kind not in expected or others or unnamed:
        told.append(f"outcome: {result.outcome}, the second count has {end}")
    return told


def _end(contest: Contest, end: End) -> set[OutcomeKind]:
    """The outcomes that fit what the twin found."""
    kinds = OutcomeKind
    if end.nobody_voted:
        return {kinds.NOBODY_VOTED}
    if end.tied:
        return {kinds.OPEN_TIE}
    if isinstance(contest, UpOrDown):
        if contest.purpose in ("slate", "priorities"):
            return {kinds.ADOPTED if end.winner == contest.yes else kinds.NO_CONFIDENCE}
        if end.winner is None:
            return {kinds.NO_CONSENSUS}
        if contest.purpose == "anti-endorsement":
            return {kinds.ANTI_ENDORSED if end.winner == contest.yes else kinds.NOT_ADOPTED}
        return {kinds.ENDORSED if end.winner == contest.yes else kinds.NO_ENDORSEMENT_CHOSEN}
    if end.winner is None:
        return {kinds.NO_CONSENSUS}
    stop_line = contest.race.stop_line
    if stop_line is None:
        return {kinds.ELECTED}
    stopped = end.winner == contest.choices[stop_line]
    return {kinds.NO_ENDORSEMENT_CHOSEN if stopped else kinds.ENDORSED}


def _names(contest: Contest, result: Result, winner: str) -> bool:
    """Whether the outcome names the winner that the twin found."""
    named = result.outcome.choices
    if isinstance(contest, UpOrDown):
        return named == (contest.subject,)
    if result.outcome.kind is OutcomeKind.NO_ENDORSEMENT_CHOSEN:
        return named == ()
    return named == (winner,)


def _check_approval(
    contest: Approval, ballots: Rankings, edition: CountingRules, result: Result
) -> list[str]:
    marks = [({c for s in r for c in _marks(s) if c >= 0}, votes) for r, votes in ballots.items()]
    tally = {
        name: sum(votes for marked, votes in marks if place in marked)
        for place, name in enumerate(contest.candidates)
        if name not in contest.excluded
    }
    base = sum(votes for marked, votes in marks if marked)
    bar = edition.committee.co_chair_bar.value
    over = {name for name, votes in tally.items() if votes and votes >= bar * base}
    cast = sum(ballots.values()) + result.sums.unreadable
    if contest.active and cast < edition.committee.quorum.value * contest.active:
        none = result.outcome.kind is OutcomeKind.NO_QUORUM and not result.rounds[0].elected
        return [] if none else [f"outcome: {result.outcome}, with {cast} present"]
    told = []
    if tally != dict(result.rounds[0].tally):
        told.append("the approvals differ")
    gone = {place for place, name in enumerate(contest.candidates) if name in contest.excluded}
    if result.rounds[0].inactive.exhausted != sum(v for m, v in marks if m and not m - gone):
        told.append("the ballots for nobody who stands differ")
    seated, sure = set(result.rounds[0].elected), over
    if len(over) > contest.seats:
        last = sorted((tally[name] for name in over), reverse=True)[contest.seats - 1]
        sure = {name for name in over if tally[name] > last}
        over = {name for name in over if tally[name] >= last}
    full = len(seated) == min(contest.seats, len(over)) or result.question is not None
    if not (sure <= seated <= over and full):
        told.append("the seats differ")
    if (base == 0) is not (result.outcome.kind is OutcomeKind.NOBODY_VOTED):
        told.append(f"outcome: {result.outcome}, with {base} marked ballots")
    return told


def _check_advisory(contest: Advisory, ballots: Rankings, result: Result) -> list[str]:
    """SC-7: walk the proposals, and for each all ballots; say where the first count differs."""
    told, seen = [], result.rounds[0].tally
    support = []
    for place, name in enumerate(contest.choices):
        mine = sum(v for r, v in ballots.items() if any(place in _marks(slot) for slot in r))
        support.append((name, mine))
        if seen.get(name) != mine:
            told.append(f"{seen.get(name)} support {name}, the second count has {mine}")
    nobody = all(not mine for _, mine in support)
    kinds = OutcomeKind
    if result.outcome.kind is not (kinds.NOBODY_VOTED if nobody else kinds.ADVISED):
        told.append(f"outcome: {result.outcome}, with support for {len(support)} proposals")
    left = [(name, mine) for name, mine in support if mine]
    order = []
    while left:
        best = max(mine for _, mine in left)
        order += [name for name, mine in left if mine == best]
        left = [(name, mine) for name, mine in left if mine != best]
    if tuple(order) != result.outcome.choices:
        told.append("the order of support differs")
    return told


def _check_committee(
    contest: CommitteeDecision, ballots: Rankings, edition: CountingRules, result: Result
) -> list[str]:
    rules, cast = edition.committee, sum(ballots.values()) + result.sums.unreadable
    yes, no = ballots.get((0,), 0), ballots.get((1,), 0)
    present = cast if contest.present is None else contest.present
    concerned = 1 if contest.needs == "recall" and not contest.recused else 0
    active = contest.active or 0
    could = active - contest.recused - concerned
    quorum = could > 0 and Fraction(present, could) >= rules.quorum.value
    if contest.needs == "recall":
        passed = _enough(yes, rules.recall.value * (active - 1), rules.recall_comparison)
    elif contest.needs == "consensus":
        passed = no == 0 and yes > rules.consensus.value * present
    else:
        part = Fraction(yes, (yes + no) or 1)
        passed = _enough(part, rules.threshold.value, rules.comparison)
    kinds = OutcomeKind
    end = kinds.ADOPTED if passed else kinds.NOT_ADOPTED
    if not any(votes for ranking, votes in ballots.items() if ranking):
        end = kinds.NOBODY_VOTED
    if not quorum:
        end = kinds.NO_QUORUM
    return [] if end is result.outcome.kind else [f"outcome: {result.outcome}, not {end}"]


def _enough(votes: Fraction | int, needed: Fraction, said: Cited[Comparison]) -> bool:
    return votes > needed if said.value is Comparison.MORE else votes >= needed
