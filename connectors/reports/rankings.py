"""The ballots themselves, for a check with somebody else's counter: BLT and RCTab's generic CSV.

They are for the tellers alone: a bought vote could be found by its pattern (BA-6). In BLT the
ranking errors are resolved already (BA-3), a choice ranked twice among them, since its readers know
no such rules. The CSV holds the
ballots as marked, as far as a column a choice can show them: what follows an over-vote that names
nobody, or a choice ranked twice, is left out.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from models.bylaws.tally_rules import ContestChoices, CountRules
from models.tally.ballot_piles import path_of
from models.tally.rankings import OVERVOTE, SKIPPED, Ranking, Rankings, Slot
from models.text.formulas import BEGINS

_PLACES = frozenset(range(1_000))


def resolved(rankings: Rankings, rules: CountRules) -> Rankings:
    """The ballots as the rules read them: choices in order, nothing after an error (BA-3)."""
    merged: dict[Ranking, int] = {}
    for ranking, votes in rankings.items():
        path = ranking
        if rules.max_ranks or not _without_fault(ranking):
            path = tuple(_once(slot for slot in path_of(ranking, rules) if _is_choice(slot)))
        merged[path] = merged.get(path, 0) + votes
    return merged


def _once(path: Iterable[Slot]) -> Iterator[Slot]:
    """Each choice where it is first ranked: when a ballot comes to it again, it is out already."""
    seen: set[int] = set()
    for slot in path:
        left = (slot if isinstance(slot, frozenset) else frozenset({slot})) - seen
        seen |= left
        if left:
            yield left if len(left) > 1 else next(iter(left))


def _without_fault(ranking: Ranking) -> bool:
    return _PLACES.issuperset(ranking) and len(set(ranking)) == len(ranking)


def blt(title: str, race: ContestChoices, rankings: Rankings, seats: int = 1) -> Iterator[str]:
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
    text = _BltSlots()
    for ranking, votes in rankings.items():
        yield " ".join([str(votes), *map(text.__getitem__, ranking), "0\n"])
    yield "0\n"
    for name in (*race.choices, title):
        yield '"' + name.replace('"', "'") + '"\n'


class _BltSlots(dict[Slot, str]):
    """Slot → its text: the number of a choice from 1 on, or several with = between them."""

    def __missing__(self, slot: Slot) -> str:
        places = sorted(slot) if isinstance(slot, frozenset) else [slot]
        self[slot] = text = "=".join(str(place + 1) for place in places)
        return text


def generic_csv(choices: Sequence[str], rankings: Rankings) -> Iterator[str]:
    """The lines of RCTab's generic CSV: a column a choice, a row a ballot, ranks in the cells.

    In RCTab its first vote column is 1 and its first vote row is 2.
    """
    header = StringIO()
    csv.writer(header).writerow(map(_as_text, choices))
    yield header.getvalue()
    for ranking, votes in rankings.items():
        row = ",".join(_ranks(ranking, len(choices))) or '""'  # an empty line is no row
        yield (row + "\r\n") * votes


def _as_text(name: str) -> str:
    """A name that a spreadsheet takes for no formula; space before a name is no part of it."""
    return f" {name}" if name[:1] in BEGINS else name


def _ranks(ranking: Ranking, choices: int) -> list[str]:
    """The rank of each choice, up to what a column a choice can show."""
    cells = [""] * choices
    for rank, slot in enumerate(ranking, start=1):
        if slot == OVERVOTE:
            break
        places = slot if isinstance(slot, frozenset) else () if slot == SKIPPED else (slot,)
        for place in places:
            if cells[place]:
                return cells
            cells[place] = str(rank)
    return cells


def _is_choice(slot: Slot) -> bool:
    return isinstance(slot, frozenset) or slot >= 0
