"""BA-6: which numbers of a vote are kept back, so that nobody can be found in what is published.

1. Rounds and totals are published: what the ballots of a race say, how many there are, how many
   rows arrived. A race or vote with fewer than ten ballots only says how it ended.
2. A *breakdown* divides people by anything but what they voted for: why a row was not counted, why
   a ballot ended without a choice, in which round, whether it was blank or unreadable, whether a
   vote ratified, which district it came from. With a cell from one to nine it is not published at
   all, its total alone is: if single cells were left out, those that are shown, the total, and that
   no cell left out is larger than nine could tell what is in them.
3. A number of ballots by districts is kept back when, with the others, it would show a group of
   voters under ten; also when that group is empty, for else keeping it back would tell.
4. The digest of the ballots is published only when they are too many to be guessed by it.

The tellers keep every number. docs/decisions/0024 has the reasons.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import combinations, pairwise

from models.contests import CommitteeDecision, Contest
from models.tally.outcome import Inactive, Result, Sums

FEWEST = 10
"""The smallest cell a breakdown may show (BA-6)."""
GUESSABLE = 100
"""Ballots; the digest of fewer could be met by trying, and would show every ranking."""

Groups = Mapping[frozenset[str], int]
"""Voters by which races of single districts are on their ballots."""


def is_confidential(contest: Contest) -> bool:
    """Whether members' ballots are counted, to which BA-6 applies.

    A committee votes in a meeting, and a contest with public rules is not the chapter's.
    """
    return contest.rules == "bylaws" and not isinstance(contest, CommitteeDecision)


def is_small(number: int) -> bool:
    """Whether a number points at few people; nobody is not few."""
    return 0 < number < FEWEST


def has_few(cells: Iterable[int]) -> bool:
    """Whether a breakdown is kept back."""
    return any(map(is_small, cells))


def is_race_of_few(result: Result) -> bool:
    """Whether a race says only how it ended."""
    return is_small(result.sums.counted) or is_small(result.sums.ballots)


def splits_off_few(sums: Sums) -> bool:
    """Whether blank and unreadable ballots are told together; their sum follows from totals."""
    return has_few((sums.blank, sums.unreadable))


def causes(inactive: Inactive) -> dict[str, int]:
    """Why ballots ended without a choice."""
    return {
        "exhausted": inactive.exhausted,
        "overvotes": inactive.overvotes,
        "repeated": inactive.repeated,
        "skipped": inactive.skipped,
    }


def ends_few(result: Result) -> bool:
    """Whether a cause ended few ballots in some round, which a difference of rounds would show."""
    rounds = [Inactive(), *(one.inactive for one in result.rounds)]
    return any(
        is_small(now - before)
        for earlier, later in pairwise(map(causes, rounds))
        for before, now in zip(earlier.values(), later.values(), strict=True)
    )


def ratified_by_few(result: Result, contest: Contest) -> bool:
    """Whether few of the recommendation's votes ratified it, or few did not (EN-6)."""
    preferred = result.rounds[0].tally.get(contest.recommendation, 0) - result.ratified
    return has_few((result.ratified, preferred))


def is_guessable(result: Result) -> bool:
    """Whether a computer could try every way in which these ballots could be filled in."""
    return result.sums.ballots < GUESSABLE


def kept_back(groups: Groups) -> frozenset[str]:
    """The races whose number of ballots is kept back: the smallest go until no group shows."""
    places, counts = list(groups), list(groups.values())
    on = {race: [int(race in place) for place in places] for race in frozenset().union(*places)}
    sizes = {race: sum(map(int.__mul__, row, counts)) for race, row in on.items()}
    told = sorted(on, key=lambda race: (sizes[race], race), reverse=True)
    few = list(_few(counts))
    while told and any(_follows([[1] * len(counts), *(on[r] for r in told)], row) for row in few):
        told.pop()
    return frozenset(on) - set(told)


def _few(counts: list[int]) -> Iterable[list[int]]:
    """Every union of groups that is under ten, and not everybody."""
    small = [place for place, count in enumerate(counts) if count < FEWEST]
    for many in range(1, min(len(small), len(counts) - 1) + 1):
        for union in combinations(small, many):
            if sum(counts[place] for place in union) < FEWEST:
                yield [int(place in union) for place in range(len(counts))]


def _follows(rows: list[list[int]], wanted: list[int]) -> bool:
    """Whether sums and differences of rows give the wanted one: Gauss's elimination."""
    left = [[Fraction(n) for n in row] for row in rows]
    goal = [Fraction(n) for n in wanted]
    for column in range(len(wanted)):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        for row in (*left, goal):
            times = row[column] / pivot[column]
            row[:] = [a - times * b for a, b in zip(row, pivot, strict=True)]
    return not any(goal)
