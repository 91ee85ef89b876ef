"""The naive count behind `models.tally.cross_check`: it walks every ballot in every round.

No piles, no shortcuts, no memory of where ballots went but what each ballot itself remembers. It
takes the settings as data and shares no counting code with the first count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from models.bylaws import tally_rules as rules
from models.bylaws.tally_rules import (
    Base,
    ContestChoices,
    CountRules,
    Overvotes,
    StopLine,
    TieRule,
    TooManyPositions,
)
from models.tally.outcome import Decision
from models.tally.rankings import OVERVOTE, SKIPPED, Ranking, Rankings


@dataclass(frozen=True, slots=True)
class End:
    """How a naive count ends: somebody wins, a tie stays open, nobody voted, or none of these."""

    winner: str | None = None
    tied: tuple[str, ...] = ()
    nobody_voted: bool = False

    def __str__(self) -> str:
        if self.nobody_voted:
            return "no marked ballot"
        return f"an open tie of {', '.join(self.tied)}" if self.tied else self.winner or "nobody"


@dataclass
class BallotGroup:
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


class ReferenceCount:
    """The naive count of one race."""

    def __init__(
        self, race: ContestChoices, rules: CountRules, decisions: Sequence[Decision]
    ) -> None:
        self.names, self.rules, self.decisions = race.choices, rules, decisions
        self.stop_line, self.write_in, self.excluded = race.stop_line, race.write_in, race.excluded
        self.branches: dict[object, End] = {}
        self.supposed: set[object] = set()
        self.marked = self.cast = 0

    def count(self, ballots: Rankings, unreadable: int) -> tuple[list[Seen], End]:
        """The rounds, and how they end."""
        voters = [self._voter(ranking, votes) for ranking, votes in ballots.items()]
        self.cast = sum(voter.votes for voter in voters) + unreadable
        self.marked = sum(voter.votes for voter in voters if any(voter.ranks))
        if not self.marked:
            return [self._look(voters, [])], End(nobody_voted=True)
        return self._play(voters, [], [])

    def _voter(self, ranking: Ranking, votes: int) -> BallotGroup:
        read = ranking if self.rules.max_ranks is None else ranking[: self.rules.max_ranks]
        ranks = []
        for slot in read:
            if isinstance(slot, int):
                ranks.append(frozenset[int]() if slot == SKIPPED else frozenset({slot}))
            else:
                ranks.append(slot)
        return BallotGroup(ranks, votes)

    def _play(
        self, voters: list[BallotGroup], past: list[Seen], picks: list[int]
    ) -> tuple[list[Seen], End]:
        """Go on from `past`. `picks` answers the next ties, in order."""
        rounds = list(past)
        winner: int | None = next((r.elected for r in rounds if r.elected is not None), None)
        while True:
            if winner is not None and self.supposed:
                return rounds, End(self.names[winner])  # the rest changes no end
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
                        return rounds, End(self.names[winner])
                    continue
            if self._over(now, winner):
                return rounds, End(None if winner is None else self.names[winner])
            now.gone = self._who_goes(now)
            if len(now.gone) > 1 and not self._together(now):
                chosen = picks.pop(0) if picks else self._break(voters, rounds, now.gone, False)
                if chosen is None:
                    now.gone, lowest = [], now.gone
                    return rounds, self._question(rounds, lowest, False)
                now.gone = [chosen]

    def _look(self, voters: list[BallotGroup], rounds: list[Seen]) -> Seen:
        """Walk every ballot and count."""
        out = {c for seen in rounds for c in seen.gone} | self.excluded
        continuing = [c for c in range(len(self.names)) if c not in out]
        tally = dict.fromkeys(continuing, 0)
        inactive: dict[str, int] = {}
        for voter in voters:
            if not voter.inactive and voter.stands_with not in continuing:
                self._walk(voter, continuing)
            if voter.stands_with is None:
                inactive[voter.inactive] = inactive.get(voter.inactive, 0) + voter.votes
            else:
                tally[voter.stands_with] += voter.votes
        return Seen(tally, inactive, self._threshold(tally, rounds))

    def _walk(self, voter: BallotGroup, continuing: list[int]) -> None:
        voter.stands_with = None
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

    def _question(self, rounds: list[Seen], tied: list[int], win: bool) -> End:
        """The tie that stays open, after what earlier rounds could tell apart."""
        if TieRule.EARLIER_ROUNDS in self.rules.ties:
            tied = self._by_past(rounds, tied, win)
        return End(tied=tuple(self.names[c] for c in tied))

    def _by_past(self, rounds: list[Seen], tied: list[int], win: bool) -> list[int]:
        for seen in reversed(rounds[:-1]):
            wanted = (max if win else min)(seen.tally[c] for c in tied)
            tied = [c for c in tied if seen.tally[c] == wanted]
        return tied

    def _break(
        self, voters: list[BallotGroup], rounds: list[Seen], tied: list[int], win: bool
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
                if not win and len(self._ends(voters, rounds, left)) == 1:
                    return sorted(left, key=lambda c: self.names[c])[0]
            else:
                for decision in self.decisions:
                    if decision.tied == {self.names[c] for c in left}:
                        return self.names.index(decision.picked)
        return None

    def _ends(self, voters: list[BallotGroup], rounds: list[Seen], tied: list[int]) -> set[End]:
        """The ends of the vote if one or the other goes; none known beyond the limit (EN-R5)."""
        inner, tally = bool(self.supposed), rounds[-1].tally
        if not tally[tied[0]] and (any(tally.values()) or not self.rules.must_elect):
            tied = sorted(tied, key=lambda c: self.names[c])[:1]  # without a vote all are alike
        try:
            return {self._suppose(voters, rounds, c) for c in tied}
        except TooManyPositions:
            if inner:
                raise
            return set()
        finally:
            if not inner:
                self.supposed, self.branches = set(), {}

    def _suppose(self, voters: list[BallotGroup], rounds: list[Seen], pick: int) -> End:
        """The end of the vote if this one is picked now."""
        stays = sorted(c for c in rounds[-1].tally if c != pick)
        if self.rules.overvotes is Overvotes.EXHAUST_IF_SEVERAL_CONTINUE:
            key = str((stays, [sorted(seen.tally) for seen in rounds]))  # the order matters
        else:
            key = str((stays, [[seen.tally[c] for c in stays] for seen in rounds]))
        self.supposed.add(key)
        if len(self.supposed) > rules.MOST_POSITIONS:
            raise TooManyPositions
        if key not in self.branches:
            copies = [BallotGroup(v.ranks, v.votes, v.stands_with, v.inactive) for v in voters]
            self.branches[key] = self._play(copies, rounds[:-1], [pick])[1]
        return self.branches[key]


def fewest_over(base: int, numerator: int, denominator: int, rules: CountRules) -> int:
    """The fewest votes over the bar, found by trying."""
    bar, votes = Fraction(numerator, denominator), base * numerator // denominator
    while not (votes > bar * base or (votes == bar * base and votes and not rules.bar.more_than)):
        votes += 1
    return votes
