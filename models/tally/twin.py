"""A second count, written apart and deliberately naive; `clerk recount` lets it judge the first.

It shares no counting code with the first: no piles, no shortcuts, no memory of where ballots went
but what each ballot itself remembers. Every round walks every ballot from its first rank. What
the two share is data: the contest, the ballots, and the settings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from models.bylaws.counting import CountingRules
from models.contests import Approval, CommitteeDecision, Contest, RatifyOrPrefer, UpOrDown
from models.tally.outcome import Decision, OutcomeKind, Result
from models.tally.rankings import OVERVOTE, SKIPPED, Ranking, Rankings
from models.tally.rules import Base, CountRules, Overvotes, StopLine, TieRule
from models.tally.settings import choose

OPEN = "an open tie of "
NOBODY = "nobody"


@dataclass
class Voter:
    """All ballots of one ranking, and where they stand: a choice, or why with none."""

    ranks: list[frozenset[int]]
    votes: int
    stands_with: int | None = None
    inactive: str = ""


@dataclass
class Seen:
    """One round as the twin saw it."""

    tally: dict[int, int]
    inactive: dict[str, int]
    threshold: int
    elected: int | None = None
    gone: list[int] = field(default_factory=list)


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
    if isinstance(contest, CommitteeDecision):
        return tuple(_check_committee(contest, ballots, edition, result))
    if isinstance(contest, RatifyOrPrefer):
        ballots = _ratified(contest, ballots)
    twin = Twin(contest.race.choices, choose(contest, edition).rules, decisions)
    twin.stop_line = contest.race.stop_line
    twin.write_in = contest.race.write_in
    twin.excluded = contest.race.excluded
    rounds, end = twin.count(ballots, result.sums.unreadable)
    return tuple(_differences(contest, result, rounds, end))


class Twin:
    """The naive count of one race."""

    stop_line: int | None = None
    write_in: int | None = None
    excluded: frozenset[int] = frozenset()

    def __init__(
        self, names: Sequence[str], rules: CountRules, decisions: Sequence[Decision]
    ) -> None:
        self.names, self.rules, self.decisions = names, rules, decisions
        self.branches: dict[object, str] = {}
        self.marked = self.cast = 0

    def count(self, ballots: Rankings, unreadable: int) -> tuple[list[Seen], str]:
        """The rounds, and the name of the winner, NOBODY or OPEN."""
        voters = [self._voter(ranking, votes) for ranking, votes in ballots.items()]
        self.cast = sum(voter.votes for voter in voters) + unreadable
        self.marked = sum(voter.votes for voter in voters if any(voter.ranks))
        return self._play(voters, [], [])

    def _voter(self, ranking: Ranking, votes: int) -> Voter:
        read = ranking if self.rules.max_ranks is None else ranking[: self.rules.max_ranks]
        ranks = []
        for slot in read:
            if isinstance(slot, int):
                ranks.append(frozenset[int]() if slot == SKIPPED else frozenset({slot}))
            else:
                ranks.append(slot)
        return Voter(ranks, votes)

    def _play(
        self, voters: list[Voter], past: list[Seen], picks: list[int]
    ) -> tuple[list[Seen], str]:
        """Go on from `past`. `picks` answers the next ties, in order."""
        rounds = list(past)
        winner: int | None = next((r.elected for r in rounds if r.elected is not None), None)
        while True:
            now = self._look(voters, rounds)
            rounds.append(now)
            if winner is None:
                best = self._who_wins(now)
                if len(best) > 1:
                    chosen = picks.pop(0) if picks else self._break(voters, rounds, best, True)
                    if chosen is None:
                        return rounds, self._question(rounds, best, True)
                    best = [chosen]
                if best:
                    winner = now.elected = best[0]
                    if not self.rules.continue_until_two or len(now.tally) <= 2:
                        return rounds, self.names[winner]
                    continue
            if self._over(now, winner):
                return rounds, NOBODY if winner is None else self.names[winner]
            now.gone = self._who_goes(now)
            if len(now.gone) > 1 and not self._together(now):
                chosen = picks.pop(0) if picks else self._break(voters, rounds, now.gone, False)
                if chosen is None:
                    now.gone, lowest = [], now.gone
                    return rounds, self._question(rounds, lowest, False)
                now.gone = [chosen]

    def _look(self, voters: list[Voter], rounds: list[Seen]) -> Seen:
        """Walk every ballot and count."""
        out = {c for seen in rounds for c in seen.gone} | self.excluded
        continuing = [c for c in range(len(self.names)) if c not in out]
        tally = dict.fromkeys(continuing, 0)
        inactive: dict[str, int] = {}
        for voter in voters:
            if not voter.inactive and voter.stands_with not in continuing:
                self._walk(voter, continuing)
            if voter.inactive:
                inactive[voter.inactive] = inactive.get(voter.inactive, 0) + voter.votes
            else:
                assert voter.stands_with is not None  # noqa: S101  # _walk set one of the two
                tally[voter.stands_with] += voter.votes
        return Seen(tally, inactive, self._threshold(tally, rounds))

    def _walk(self, voter: Voter, continuing: list[int]) -> None:
        if not any(voter.ranks):
            voter.inactive = "undervotes"
            return
        last_rank, seen = 0, set[int]()
        for rank, marked in enumerate(voter.ranks, start=1):
            if not marked:
                continue
            limit = self.rules.max_skipped
            if limit is not None and rank - last_rank - 1 > limit:
                voter.inactive = "skipped"
                return
            last_rank = rank
            if self.rules.exhaust_on_repeat and seen & marked:
                voter.inactive = "repeated"
                return
            seen |= marked
            here = [c for c in continuing if c in marked]
            several = len(marked) > 1 or OVERVOTE in marked
            if several and self.rules.overvotes is Overvotes.SKIP:
                continue
            if several and (self.rules.overvotes is Overvotes.EXHAUST or len(here) > 1):
                voter.inactive = "overvotes"
                return
            if here:
                voter.stands_with = here[0]
                return
        voter.inactive = "exhausted"

    def _threshold(self, tally: Mapping[int, int], rounds: list[Seen]) -> int:
        if rounds and self.rules.base is Base.FIRST_ROUND:
            return rounds[0].threshold
        for seen in rounds:
            if seen.elected is not None:
                return seen.threshold
        base = {
            Base.MARKED: self.marked,
            Base.CAST: self.cast,
            Base.CONTINUING: sum(tally.values()),
            Base.FIRST_ROUND: sum(tally.values()),
        }[self.rules.base]
        return fewest_over(base, self.rules.bar.numerator, self.rules.bar.denominator, self.rules)

    def _who_wins(self, now: Seen) -> list[int]:
        if self.write_in is not None and now.tally.get(self.write_in):
            return []
        top = [c for c in now.tally if now.tally[c] == max(now.tally.values())]
        if self.rules.must_elect and len(now.tally) < 3:
            return top
        return [c for c in top if now.tally[c] >= now.threshold]

    def _loses(self, now: Seen) -> list[int]:
        kept = self.stop_line if self.rules.stop_line is StopLine.STOP_LINE else None
        return [c for c in now.tally if c != kept]

    def _over(self, now: Seen, winner: int | None) -> bool:
        if winner is not None:
            return len(now.tally) <= 2
        if self.rules.must_elect or (self.write_in is not None and now.tally.get(self.write_in)):
            return False
        return len(self._loses(now)) <= self.rules.stop_at

    def _who_goes(self, now: Seen) -> list[int]:
        """Those who go: the write-ins, a batch, or everyone who is lowest."""
        if self.write_in is not None and now.tally.get(self.write_in):
            return [self.write_in]
        batch = self._together(now)
        low = self._loses(now)
        return batch or [c for c in low if now.tally[c] == min(now.tally[d] for d in low)]

    def _together(self, now: Seen) -> list[int]:
        """The largest group that together stays below everyone else; empty if it is one or none."""
        if not self.rules.batch_elimination:
            return []
        low = sorted(self._loses(now), key=lambda c: now.tally[c])
        at_least = 2 if self.rules.continue_until_two else 1
        for size in range(len(low) - at_least, 1, -1):
            if sum(now.tally[c] for c in low[:size]) < now.tally[low[size]]:
                return low[:size]
        return []

    def _question(self, rounds: list[Seen], tied: list[int], win: bool) -> str:
        """The tie that stays open, after what earlier rounds could tell apart."""
        if TieRule.EARLIER_ROUNDS in self.rules.ties:
            tied = self._by_past(rounds, tied, win)
        return OPEN + ", ".join(self.names[c] for c in tied)

    def _by_past(self, rounds: list[Seen], tied: list[int], win: bool) -> list[int]:
        for seen in reversed(rounds[:-1]):
            wanted = (max if win else min)(seen.tally[c] for c in tied)
            tied = [c for c in tied if seen.tally[c] == wanted]
        return tied

    def _break(
        self, voters: list[Voter], rounds: list[Seen], tied: list[int], win: bool
    ) -> int | None:
        left = tied
        for way in self.rules.ties:
            if way is TieRule.EARLIER_ROUNDS:
                left = self._by_past(rounds, left, win)
                if len(left) == 1:
                    return left[0]
            elif way is TieRule.CANDIDATE_ORDER:
                listed = sorted(c for c in left if c != self.write_in)
                return listed[0] if win else listed[-1]
            elif way is TieRule.EVERY_BRANCH:
                ends = {self._suppose(voters, rounds, c) for c in left}
                if len(ends) == 1:
                    return sorted(left, key=lambda c: self.names[c])[0]
            else:
                for decision in self.decisions:
                    if decision.tied == {self.names[c] for c in left}:
                        return self.names.index(decision.picked)
        return None

    def _suppose(self, voters: list[Voter], rounds: list[Seen], pick: int) -> str:
        """The end of the vote if this one is picked now."""
        stays = sorted(c for c in rounds[-1].tally if c != pick)
        order = [seen.gone for seen in rounds[:-1]] if self._order_matters() else None
        key = str(
            (pick if order else None, stays, order, [[s.tally[c] for c in stays] for s in rounds])
        )
        if key not in self.branches:
            copies = [Voter(v.ranks, v.votes, v.stands_with, v.inactive) for v in voters]
            self.branches[key] = self._play(copies, rounds[:-1], [pick])[1]
        return self.branches[key]

    def _order_matters(self) -> bool:
        return self.rules.overvotes is Overvotes.EXHAUST_IF_SEVERAL_CONTINUE


def fewest_over(base: int, numerator: int, denominator: int, rules: CountRules) -> int:
    """The fewest votes over the bar, found by trying."""
    bar, votes = Fraction(numerator, denominator), base * numerator // denominator
    while not (votes > bar * base or (votes == bar * base and votes and not rules.bar.more_than)):
        votes += 1
    return votes


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


def _differences(contest: Contest, result: Result, rounds: list[Seen], end: str) -> list[str]:
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
    asked = end.startswith(OPEN) and end != OPEN + ", ".join(result.outcome.choices)
    if (
        kind not in expected
        or asked
        or (end in result.choices and not _names(contest, result, end))
    ):
        told.append(f"outcome: {result.outcome}, the second count has {end}")
    return told


def _end(contest: Contest, end: str) -> set[OutcomeKind]:
    """The outcomes that fit what the twin found."""
    kinds = OutcomeKind
    if end.startswith(OPEN):
        return {kinds.OPEN_TIE}
    if isinstance(contest, UpOrDown):
        if contest.purpose in ("slate", "priorities"):
            return {kinds.ADOPTED if end == contest.yes else kinds.NO_CONFIDENCE}
        if end == NOBODY:
            return {kinds.NO_CONSENSUS}
        if contest.purpose == "anti-endorsement":
            return {kinds.ANTI_ENDORSED if end == contest.yes else kinds.NOT_ADOPTED}
        return {kinds.ENDORSED if end == contest.yes else kinds.NO_ENDORSEMENT_CHOSEN}
    if end == NOBODY:
        return {kinds.NO_CONSENSUS}
    stop_line = contest.race.stop_line
    if stop_line is None:
        return {kinds.ELECTED}
    return {kinds.NO_ENDORSEMENT_CHOSEN if end == contest.choices[stop_line] else kinds.ENDORSED}


def _names(contest: Contest, result: Result, end: str) -> bool:
    """Whether the outcome names the winner that the twin found."""
    named = result.outcome.choices
    if isinstance(contest, UpOrDown):
        return named == (contest.subject,)
    return named == ((end,) if result.outcome.kind is not OutcomeKind.NO_ENDORSEMENT_CHOSEN else ())


def _check_approval(
    contest: Approval, ballots: Rankings, edition: CountingRules, result: Result
) -> list[str]:
    marks = [({c for s in r for c in _marks(s) if c >= 0}, votes) for r, votes in ballots.items()]
    tally = {
        name: sum(votes for marked, votes in marks if place in marked)
        for place, name in enumerate(contest.candidates)
    }
    base = sum(votes for marked, votes in marks if marked)
    bar = edition.committee.co_chair_bar.value
    over = {name for name, votes in tally.items() if votes and votes >= bar * base}
    told = []
    if tally != dict(result.rounds[0].tally):
        told.append("the approvals differ")
    seated, sure = set(result.rounds[0].elected), over
    if len(over) > contest.seats:
        last = sorted((tally[name] for name in over), reverse=True)[contest.seats - 1]
        sure = {name for name in over if tally[name] > last}
        over = {name for name in over if tally[name] >= last}
    full = len(seated) == min(contest.seats, len(over)) or result.question is not None
    if not (sure <= seated <= over and full):
        told.append("the seats differ")
    return told


def _check_committee(
    contest: CommitteeDecision, ballots: Rankings, edition: CountingRules, result: Result
) -> list[str]:
    rules, cast = edition.committee, sum(ballots.values()) + result.sums.unreadable
    yes, no = ballots.get((0,), 0), ballots.get((1,), 0)
    present = cast if contest.present is None else contest.present
    could = contest.active - contest.recused
    quorum = could > 0 and Fraction(present, could) >= rules.quorum.value
    if contest.needs == "recall":
        passed = yes > rules.recall.value * (contest.active - 1)
    else:
        strict = rules.comparison.value == ">"
        part = Fraction(yes, (yes + no) or 1)
        passed = part > rules.threshold.value if strict else part >= rules.threshold.value
        passed = passed and not (contest.needs == "consensus" and no)
    kinds = OutcomeKind
    end = kinds.NO_QUORUM if not quorum else kinds.ADOPTED if passed else kinds.NOT_ADOPTED
    return [] if end is result.outcome.kind else [f"outcome: {result.outcome}, not {end}"]
