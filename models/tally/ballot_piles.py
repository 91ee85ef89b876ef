"""Who stands with whom: ballots in piles, one pile a continuing choice.

Reading a ballot follows RCTab's order at each rank: too many empty ranks before it, then a choice
that was ranked before, then several choices at one rank (BA-3). What remains is a *path*, the
choices in order and, if an error cut it short, the cause. A ballot stands with the first choice
of its path that continues; when it finds none, it is inactive by that cause.

`Piles` never change; `without` gives the next ones and shares what stays the same. Ballots
with equal rankings move together, so time grows with the distinct rankings.
"""

import sys
from collections.abc import Mapping
from typing import Final

from models.bylaws.tally_rules import ContestChoices, CountRules, Overvotes
from models.errors import FixTheData
from models.tally.outcome import Inactive
from models.tally.rankings import OVERVOTE, SKIPPED, Ranking, Rankings, Slot, marked_in

# Ends of a path: below every place of a choice, and apart from the slots of a ranking.
EXHAUSTED_END: Final = -11
OVERVOTE_END: Final = -12
REPEAT_END: Final = -13
SKIP_END: Final = -14
BLANK_END: Final = -15

Entry = tuple[Ranking, int]  # a path and how many ballots follow it
Moves = Mapping[int, int]  # where ballots went (a choice, or an end): how many


def path_of(ranking: Ranking, rules: CountRules) -> Ranking:
    """The choices a ballot goes through, in order, and the error that ends it, if one does.

    Raises:
        FixTheData: an unnamed over-vote under the rule that asks which of its choices continue.
    """
    path: list[Slot] = []
    seen: set[int] = set()
    empty = 0
    for slot in ranking[: rules.max_ranks]:
        if slot == SKIPPED:
            empty += 1
            continue
        if rules.max_skipped is not None and empty > rules.max_skipped:
            return (*path, SKIP_END)
        empty = 0
        marked = slot if isinstance(slot, frozenset) else frozenset({slot})
        if rules.exhaust_on_repeat and marked & seen:
            return (*path, REPEAT_END)
        seen |= marked
        if isinstance(slot, int) and slot != OVERVOTE:
            path.append(slot)
        elif rules.overvotes is Overvotes.EXHAUST:
            return (*path, OVERVOTE_END)
        elif rules.overvotes is Overvotes.EXHAUST_IF_SEVERAL_CONTINUE:
            if slot == OVERVOTE:
                raise FixTheData(
                    "a rank has several choices without their names, so it is not clear how many "
                    "of them continue",
                    rule="BA-3",
                    next_step="name the choices, or use another overvote rule",
                )
            path.append(slot)
    return tuple(path) if path or not seen else (EXHAUSTED_END,)


class Piles:
    """The ballots at one moment of a count.

    `tally` holds the continuing choices in ballot order; `ends` the inactive ballots by cause.
    """

    __slots__ = ("_next", "_piles", "careful", "ends", "tally")

    def __init__(
        self,
        piles: Mapping[int, tuple[list[Entry], ...]],
        tally: Mapping[int, int],
        ends: Mapping[int, int],
        careful: bool,
    ) -> None:
        self._piles, self.tally, self.ends = piles, tally, ends
        self.careful = careful  # some paths hold over-votes that depend on who continues
        self._next: dict[frozenset[int], tuple[Piles, Mapping[int, Moves]]] = {}

    @classmethod
    def of(cls, ballots: Rankings, race: ContestChoices, rules: CountRules) -> "Piles":
        """The first round: every ballot with the first continuing choice of its path."""
        places = range(len(race.choices))
        every = frozenset(places)
        known = every | {SKIPPED, OVERVOTE}
        repeats_matter = rules.exhaust_on_repeat
        longest = sys.maxsize if rules.max_ranks is None else rules.max_ranks
        entries: list[Entry] = []
        careful = False
        for entry in ballots.items():
            ranking, votes = entry
            plain = len(ranking) <= longest and every.issuperset(ranking)
            if plain and not (repeats_matter and len(set(ranking)) < len(ranking)):
                entries.append(entry)  # nothing can be wrong with it
                continue
            if not known.issuperset(marked_in(ranking)):
                raise FixTheData(
                    "a ballot marks something that is not a choice in this contest",
                    rule="BA-2",
                    next_step="read the ballots with the choices of this contest",
                )
            path = path_of(ranking, rules) or (BLANK_END,)
            careful = careful or any(isinstance(slot, frozenset) for slot in path)
            entries.append((path, votes))
        empty = dict.fromkeys((c for c in places if c not in race.excluded), 0)
        start = cls(dict.fromkeys(empty, ()), empty, {}, careful)
        return start._receive({-1: (entries,)}, empty, {})[0]

    def without(self, gone: tuple[int, ...]) -> "tuple[Piles, Mapping[int, Moves]]":
        """The same ballots when some choices no longer continue, and who moved where.

        Computed once: other readings of the rules mostly ask for the same eliminations.
        """
        key = frozenset(gone)
        if key not in self._next:
            tally = {c: votes for c, votes in self.tally.items() if c not in key}
            leaving = {c: self._piles[c] for c in gone}
            self._next[key] = self._receive(leaving, tally, self.ends)
        return self._next[key]

    def _receive(
        self,
        leaving: Mapping[int, tuple[list[Entry], ...]],
        tally: Mapping[int, int],
        ends: Mapping[int, int],
    ) -> "tuple[Piles, Mapping[int, Moves]]":
        """Hand the leaving piles to the choices that continue."""
        arrived: dict[int, list[list[Entry]]] = {c: [] for c in tally}
        moves: dict[int, dict[int, int]] = {}
        total, ended = dict(tally), dict(ends)
        share_out = _share_out_carefully if self.careful else _share_out
        for source, pile in leaving.items():
            shares, lost = share_out(pile, tally)
            moved = moves[source] = _votes_by_end(lost)
            for end, votes in moved.items():
                ended[end] = ended.get(end, 0) + votes
            for c, entries in shares.items():
                moved[c] = sum([votes for _, votes in entries])
                total[c] += moved[c]
                arrived[c].append(entries)
        piles = {c: (*self._piles[c], *arrived[c]) for c in tally}
        return Piles(piles, total, ended, self.careful), moves

    @property
    def inactive(self) -> Inactive:
        """The ballots without a choice, by cause."""
        ends = self.ends
        return Inactive(
            exhausted=ends.get(EXHAUSTED_END, 0),
            overvotes=ends.get(OVERVOTE_END, 0),
            repeated=ends.get(REPEAT_END, 0),
            skipped=ends.get(SKIP_END, 0),
            undervotes=ends.get(BLANK_END, 0),
        )


def _share_out(
    pile: tuple[list[Entry], ...], continuing: Mapping[int, int]
) -> tuple[dict[int, list[Entry]], list[Entry]]:
    """Each ballot to the first continuing choice of its path; those without one apart."""
    shares: dict[int, list[Entry]] = {c: [] for c in continuing}
    lost: list[Entry] = []
    for entries in pile:
        for entry in entries:
            for slot in entry[0]:
                if slot in shares:
                    shares[slot].append(entry)
                    break
            else:
                lost.append(entry)
    return shares, lost


def _share_out_carefully(
    pile: tuple[list[Entry], ...], continuing: Mapping[int, int]
) -> tuple[dict[int, list[Entry]], list[Entry]]:
    """The same where paths hold over-votes: one continuing choice counts, several end the path."""
    shares: dict[int, list[Entry]] = {c: [] for c in continuing}
    lost: list[Entry] = []
    for entry in (entry for entries in pile for entry in entries):
        for slot in entry[0]:
            left = [c for c in (slot if isinstance(slot, frozenset) else (slot,)) if c in shares]
            if len(left) > 1:
                lost.append(((OVERVOTE_END,), entry[1]))
                break
            if left:
                shares[left[0]].append(entry)
                break
        else:
            lost.append(entry)
    return shares, lost


def _votes_by_end(lost: list[Entry]) -> dict[int, int]:
    """The ballots that found no choice, by the cause at the end of their path."""
    ended: dict[int, int] = {}
    for path, votes in lost:
        last = path[-1] if path else BLANK_END
        end = last if isinstance(last, int) and last < EXHAUSTED_END else EXHAUSTED_END
        ended[end] = ended.get(end, 0) + votes
    return ended
