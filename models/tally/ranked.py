"""The rounds of a ranked count, in the order of the rules.

1. Where no ballot marks the race there is one round, and nothing is decided (EN-R12).
2. Every ballot stands with its first continuing choice (`piles`).
3. The leader is tested against the bar in every round (EN-R3). "No endorsement" may be the leader.
4. Undeclared write-ins cannot win and go first, alone.
5. Otherwise those who cannot catch up go together, where the rules allow it (batch elimination);
6. otherwise the lowest goes; "no endorsement" as a stop line never does (EN-R2). Ties: EN-R5.
7. The count ends when somebody reached the bar, or with the last `stop_at` candidates. A count
   that must elect gives the last two's leader the seat; one that continues until two goes on
   after the election, with the threshold as it stood then.

Steps 4 to 7 agree with RCTab 2's single-winner majority, round by round.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from models.bylaws import tally_rules as rules
from models.bylaws.tally_rules import (
    Base,
    ContestChoices,
    CountRules,
    Overvotes,
    StopLine,
    TooManyPositions,
)
from models.tally.ballot_piles import Moves, Piles
from models.tally.outcome import EXHAUSTED, Decision, Outcome, OutcomeKind, Round, Tie
from models.tally.ties import Equals, Tally, settle

Verdict = Callable[[str | None], Outcome]
"""How a vote ends that this choice won, or that nobody won."""


@dataclass(frozen=True, slots=True)
class RoundState:
    """Where a count stands before a round. `threshold` is set once it no longer changes."""

    piles: Piles
    history: tuple[Tally, ...] = ()
    winner: int | None = None
    threshold: int | None = None

    def then(self, piles: Piles) -> "RoundState":
        """The moment before the next round."""
        return replace(self, piles=piles, history=(*self.history, self.piles.tally))


@dataclass(frozen=True)
class RankedTally:
    """One race under one set of rules; `cast` ballots of which `marked` mark this race."""

    race: ContestChoices
    rules: CountRules
    start: Piles
    cast: int
    marked: int
    verdict: Verdict
    decisions: Sequence[Decision] = ()
    _ends: dict[object, Outcome] = field(default_factory=dict)
    _positions: set[object] = field(default_factory=set)

    def rounds(self) -> Iterator[Round]:
        """The rounds from the first to the last."""
        if not self.marked:
            yield self._open(RoundState(self.start))
            return
        now: RoundState | None = RoundState(self.start)
        while now is not None:
            one, now = self._round(now)
            yield one

    def outcome(self, rounds: Sequence[Round]) -> Outcome:
        """What the rounds lead to."""
        if not self.marked:
            return Outcome(OutcomeKind.NOBODY_VOTED)
        if asked := [tie for tie in rounds[-1].ties if tie.picked is None]:
            return Outcome(OutcomeKind.OPEN_TIE, asked[0].tied)
        return self.verdict(next((name for one in rounds for name in one.elected), None))

    def _round(self, now: RoundState, pick: int | None = None) -> tuple[Round, RoundState | None]:
        """One round, and the moment after it. `pick` answers the tie that is met in it."""
        one, piles = self._open(now), now.piles
        if now.winner is None and (tied := self._over_the_bar(piles, one)):
            winner, ties = self._choose(tied, True, now, pick)
            if winner is None:
                return replace(one, ties=ties), None
            one = replace(one, elected=(self.race.choices[winner],), ties=ties)
            if not self.rules.continue_until_two or len(piles.tally) <= 2:
                return one, None
            return one, replace(now, winner=winner, threshold=one.threshold).then(piles)
        if self._finished(now):
            return one, None
        losers, ties = self._losers(now, pick)
        if not losers:
            return replace(one, ties=ties), None
        after, moves = piles.without(losers)
        names = tuple(self.race.choices[c] for c in losers)
        one = replace(one, eliminated=names, transfers=self._named(moves), ties=ties)
        return one, now.then(after)

    def _open(self, now: RoundState) -> Round:
        tally, names = now.piles.tally, self.race.choices
        base = self._base(tally)
        return Round(
            number=len(now.history) + 1,
            tally={names[c]: votes for c, votes in tally.items()},
            base=base,
            threshold=now.threshold or self.rules.bar.fewest(base),
            inactive=now.piles.inactive,
        )

    def _base(self, tally: Tally) -> int:
        match self.rules.base:
            case Base.MARKED:
                return self.marked
            case Base.CAST:
                return self.cast
            case Base.CONTINUING:
                return sum(tally.values())
            case Base.FIRST_ROUND:
                return sum(self.start.tally.values())

    def _write_ins_stand(self, piles: Piles) -> bool:
        return self.race.write_in is not None and piles.tally.get(self.race.write_in, 0) > 0

    def _over_the_bar(self, piles: Piles, one: Round) -> list[int]:
        """Who reached the bar; the leaders of the last two where somebody must be elected."""
        if self._write_ins_stand(piles):
            return []  # nobody wins while undeclared write-ins stand
        most = max(piles.tally.values())
        leaders = [c for c, votes in piles.tally.items() if votes == most]
        last_two = self.rules.must_elect and len(piles.tally) <= 2
        return leaders if last_two or most >= one.threshold else []

    def _finished(self, now: RoundState) -> bool:
        if now.winner is not None:
            return len(now.piles.tally) <= 2
        if self.rules.must_elect or self._write_ins_stand(now.piles):
            return False
        return len(self._losable(now.piles)) <= self.rules.stop_at

    def _losable(self, piles: Piles) -> Tally:
        """The tally of those who can be eliminated."""
        stays = self.race.stop_line if self.rules.stop_line is StopLine.STOP_LINE else None
        return {c: votes for c, votes in piles.tally.items() if c != stays}

    def _losers(self, now: RoundState, pick: int | None) -> tuple[tuple[int, ...], tuple[Tie, ...]]:
        """Who goes after this round; nobody while a tie is open."""
        if self.race.write_in is not None and self._write_ins_stand(now.piles):
            return (self.race.write_in,), ()
        tally = self._losable(now.piles)
        if self.rules.batch_elimination and len(batch := self._batch(tally)) > 1:
            return batch, ()
        fewest = min(tally.values())
        lowest = [c for c, votes in tally.items() if votes == fewest]
        loser, ties = self._choose(lowest, False, now, pick)
        return (() if loser is None else (loser,)), ties

    def _batch(self, tally: Tally) -> tuple[int, ...]:
        """Those whose votes together stay below the next one's; two must remain if asked for."""
        batches: list[tuple[int, ...]] = [()]
        seen: list[int] = []
        for votes in sorted(set(tally.values())):
            if seen and sum(tally[c] for c in seen) < votes:
                batches.append(tuple(seen))
            seen += [c for c in tally if tally[c] == votes]
        if self.rules.continue_until_two and len(batches[-1]) == len(tally) - 1:
            batches.pop()
        return batches[-1] if batches else ()

    def _choose(
        self, tied: list[int], for_election: bool, now: RoundState, pick: int | None
    ) -> tuple[int | None, tuple[Tie, ...]]:
        """One of the tied, and how the tie was settled; None while it is open."""
        if pick in tied or len(tied) == 1:
            return (pick if pick in tied else tied[0]), ()
        found, tie = settle(
            Equals(
                tied=tuple(tied),
                for_election=for_election,
                history=now.history,
                names=self.race.choices,
                write_in=self.race.write_in,
                decisions=self.decisions,
                branches=lambda remain: self._branches(now, remain, for_election=for_election),
            ),
            self.rules.ties,
        )
        return found, (tie,)

    def _branches(
        self, now: RoundState, remain: Sequence[int], *, for_election: bool
    ) -> dict[int, Outcome]:
        """How the vote ends if each of these is taken; nothing beyond `MOST_POSITIONS`.

        Among choices without a vote it never matters who goes first: no ballot moves, so all of
        them go before anybody who has votes. One branch stands for all of theirs.
        """
        names, tally = self.race.choices, now.piles.tally
        if for_election:
            return {taken: self.verdict(names[taken]) for taken in remain}
        outermost = not self._positions
        try:
            if not tally[remain[0]] and (any(tally.values()) or not self.rules.must_elect):
                end = self._branch(now, min(remain, key=lambda c: names[c]))
                return dict.fromkeys(remain, end)
            return {taken: self._branch(now, taken) for taken in remain}
        except TooManyPositions:
            if not outermost:  # the tie that the count has really met is the one to be asked about
                raise
            return {}
        finally:
            if outermost:
                self._positions.clear()
                self._ends.clear()

    def _branch(self, now: RoundState, pick: int) -> Outcome:
        """How the vote ends if this one of the tied goes."""
        key = self._position(now, pick)
        self._positions.add(key)
        if len(self._positions) > rules.MOST_POSITIONS:
            raise TooManyPositions
        if key not in self._ends:
            self._ends[key] = self._end(*self._round(now, pick))
        return self._ends[key]

    def _end(self, one: Round, after: RoundState | None) -> Outcome:
        """How a branch ends that has come this far; each position on the way is played once."""
        seen: list[object] = []
        while after is not None and after.winner is None:
            if (key := self._position(after)) in self._ends:
                return self._remember(seen, self._ends[key])
            seen.append(key)
            one, after = self._round(after)
        return self._remember(seen, self.outcome([one]))

    def _remember(self, positions: Sequence[object], end: Outcome) -> Outcome:
        self._ends.update(dict.fromkeys(positions, end))
        return end

    def _position(self, now: RoundState, taken: int | None = None) -> object:
        """What the rest of a count depends on: who continues, with which past tallies.

        Where over-votes depend on who continues, the order of eliminations is part of it.
        """
        past = now.history if taken is None else (*now.history, now.piles.tally)
        continuing = tuple(c for c in now.piles.tally if c != taken)
        if self.rules.overvotes is Overvotes.EXHAUST_IF_SEVERAL_CONTINUE:
            return continuing, tuple(tuple(tally) for tally in past)
        return continuing, tuple(tuple(tally[c] for c in continuing) for tally in past)

    def _named(self, moves: Mapping[int, Moves]) -> dict[str, dict[str, int]]:
        names = self.race.choices
        named: dict[str, dict[str, int]] = {}
        for source, moved in moves.items():
            to = named[names[source]] = {}
            for target, votes in moved.items():
                if votes:
                    name = names[target] if target >= 0 else EXHAUSTED
                    to[name] = to.get(name, 0) + votes
        return named
