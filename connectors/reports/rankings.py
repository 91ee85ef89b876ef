"""The ballots themselves, for a check with somebody else's counter: BLT and RCTab's generic CSV.

They are for the tellers alone: a bought vote could be found by its pattern (BA-6). In BLT the
ranking errors are resolved already (BA-3), since its readers know no such rules. The CSV holds the
ballots as marked, as far as a column a choice can show them: what follows an over-vote that names
nobody, or a choice ranked twice, is left out.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from models.tally.piles import path_of
from models.tally.rankings import OVERVOTE, SKIPPED, Ranking, Rankings, Slot
from models.tally.rules import CountRules, Race


def resolved(rankings: Rankings, rules: CountRules) -> Rankings:
    """The ballots as the rules read them: choices in order, nothing after an error (BA-3)."""
    merged: dict[Ranking, int] = {}
    for ranking, votes in rankings.items():
        path = tuple(slot for slot in path_of(ranking, rules) if _is_choice(slot))
        merged[path] = merged.get(path, 0) + votes
    return merged


def blt(title: str, race: Race, rankings: Rankings, seats: int = 1) -> Iterator[str]:
    """The lines of a BLT file (Hill, Wichmann and Woodall; equal ranks as OpenSTV writes them).

    Args:
        title: of the contest.
        race: the choices; excluded ones are marked as withdrawn.
        rankings: how many ballots carry each ranking, errors resolved.
        seats: how many are elected at most.
    """
    yield f"{len(race.choices)} {seats}\n"
    if race.excluded:
        yield " ".join(f"-{place + 1}" for place in sorted(race.excluded)) + "\n"
    for ranking, votes in rankings.items():
        yield " ".join([str(votes), *map(_blt_slot, ranking), "0"]) + "\n"
    yield "0\n"
    for text in (*race.choices, title):
        yield '"' + text.replace('"', "'") + '"\n'


def generic_csv(choices: Sequence[str], rankings: Rankings) -> Iterator[str]:
    """The lines of RCTab's generic CSV: a column a choice, a row a ballot, ranks in the cells.

    In RCTab its first vote column is 1 and its first vote row is 2.
    """
    yield _csv_line(choices)
    for ranking, votes in rankings.items():
        cells = [""] * len(choices)
        for rank, slot in enumerate(_as_marked(ranking), start=1):
            for place in slot:
                cells[place] = str(rank)
        yield ((",".join(cells) or '""') + "\r\n") * votes


def not_as_marked(rankings: Rankings) -> int:
    """Ballots of which a column a choice cannot show every mark."""
    return sum(
        votes
        for ranking, votes in rankings.items()
        if sum(map(len, _as_marked(ranking))) < sum(map(len, _sets(ranking)))
    )


def _as_marked(ranking: Ranking) -> Iterator[frozenset[int]]:
    seen: set[int] = set()
    for slot in _sets(ranking):
        if slot & seen or OVERVOTE in slot:
            return
        seen |= slot
        yield slot


def _sets(ranking: Ranking) -> Iterator[frozenset[int]]:
    for slot in ranking:
        if isinstance(slot, frozenset):
            yield slot
        else:
            yield frozenset() if slot == SKIPPED else frozenset({slot})


def _is_choice(slot: Slot) -> bool:
    return isinstance(slot, frozenset) or slot >= 0


def _blt_slot(slot: Slot) -> str:
    places = sorted(slot) if isinstance(slot, frozenset) else [slot]
    return "=".join(str(place + 1) for place in places)


def _csv_line(cells: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
