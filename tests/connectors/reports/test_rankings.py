"""BLT and RCTab's generic CSV say the ballots that were counted."""

import csv
import re
from collections import Counter
from io import StringIO

import pyrankvote
from hypothesis import given
from hypothesis import strategies as st

from connectors.reports.rankings import blt, generic_csv, resolved
from models.ballots.layouts import rows_are_candidates
from models.bylaws.tally_rules import Base, ContestChoices, CountRules, Overvotes, Threshold
from models.tally.ballot_piles import Piles
from models.tally.rankings import OVERVOTE, SKIPPED, Ranking, Rankings, canonical
from models.text.folding import folded
from tests.connectors.reports.counted import COUNCIL, COUNCIL_BALLOTS, MAYOR, MAYOR_BALLOTS

NAMES = ("Ana", 'Ben "B", Jr.', "Cy")
RULES = CountRules(Threshold(1, 2), Base.CONTINUING)

slots = st.one_of(
    st.integers(0, 2),
    st.just(SKIPPED),
    st.frozensets(st.integers(0, 2), min_size=2),
)
ballots = st.dictionaries(
    st.lists(slots, max_size=5).map(lambda slots: canonical(tuple(slots))), st.integers(1, 3)
)


def read_blt(text: str) -> tuple[list[int], Counter[Ranking], list[str]]:
    """A plain reader of the format: withdrawn, ballots, names and title."""
    head, rest = re.split(r"\n0\n", text, maxsplit=1)
    lines = [line.split() for line in head.splitlines()[1:]]
    withdrawn = [-int(mark) - 1 for mark in lines.pop(0)] if lines[0][0].startswith("-") else []
    read: Counter[Ranking] = Counter()
    for votes, *marks, end in lines:
        assert end == "0"
        ranking = [frozenset(int(place) - 1 for place in mark.split("=")) for mark in marks]
        read[canonical(tuple(ranking))] += int(votes)
    return withdrawn, read, [line.strip('"') for line in rest.splitlines()]


def test_the_blt_of_an_endorsement() -> None:
    """Choices in ballot order from 1, then their names and the title."""
    text = "".join(blt(COUNCIL.title, COUNCIL.race, COUNCIL_BALLOTS))
    assert text.startswith("4 1\n40 1 0\n35 2 1 0\n25 3 4 0\n0\n")
    names = ["Ana", "Ben, Jr.", "Cy", "No endorsement", "Council 'D6'"]
    assert read_blt(text) == ([], Counter(COUNCIL_BALLOTS), names)


def test_the_blt_resolves_ranking_errors() -> None:
    """BA-3: nothing follows an error, skipped ranks close up; the withdrawn are marked."""
    rules = CountRules(Threshold(1, 2), Base.CONTINUING, max_skipped=1, exhaust_on_repeat=True)
    withdrawn, read, _ = read_blt("".join(blt("Mayor", MAYOR.race, resolved(MAYOR_BALLOTS, rules))))
    assert withdrawn == [3]
    ends_there = 4  # of a named and an unnamed over-vote, a repeat, two skipped ranks
    assert read[2,] == ends_there
    assert read.total() == sum(MAYOR_BALLOTS.values())


def test_an_overvote_that_depends_on_who_continues_is_an_equal_rank() -> None:
    """BA-3: under `exhaustIfMultipleContinuing` nobody can resolve it beforehand."""
    rules = CountRules(
        Threshold(1, 2), Base.CONTINUING, overvotes=Overvotes.EXHAUST_IF_SEVERAL_CONTINUE
    )
    votes = resolved({(2, frozenset({0, 1})): 5}, rules)
    assert "5 3 1=2 0\n" in list(blt("T", ContestChoices(NAMES), votes))


@given(
    votes=ballots.filter(bool),
    repeats=st.booleans(),
    skipped=st.sampled_from([None, 0, 1]),
    ranks=st.sampled_from([None, 1, 2]),
    overvotes=st.sampled_from([Overvotes.EXHAUST, Overvotes.SKIP]),
)
def test_another_counter_takes_every_blt(
    votes: Rankings, repeats: bool, skipped: int | None, ranks: int | None, overvotes: Overvotes
) -> None:
    """BA-3: PyRankVote refuses a ballot with somebody on it twice."""
    rules = CountRules(
        Threshold(1, 2),
        Base.CONTINUING,
        exhaust_on_repeat=repeats,
        max_skipped=skipped,
        max_ranks=ranks,
        overvotes=overvotes,
    )
    _, read, names = read_blt("".join(blt("T", ContestChoices(NAMES), resolved(votes, rules))))
    assert len(names) == len(NAMES) + 1
    everyone = [pyrankvote.Candidate(name) for name in names[:-1]]
    cast = [
        pyrankvote.Ballot([everyone[place] for place in ranking if isinstance(place, int)])
        for ranking in read
    ]
    assert sum(read.values()) == sum(votes.values())
    assert [len(one.ranked_candidates) for one in cast] == list(map(len, read))


@given(st.lists(slots, max_size=6).map(lambda slots: canonical(tuple(slots))), st.data())
def test_a_choice_ranked_twice_counts_where_it_stands_first(
    ranking: Ranking, data: st.DataObject
) -> None:
    """BA-3: whoever is out, the ballot in the BLT stands where the ballot itself does."""
    rules = CountRules(
        Threshold(1, 2), Base.CONTINUING, overvotes=Overvotes.EXHAUST_IF_SEVERAL_CONTINUE
    )
    out = data.draw(st.permutations(range(3)))[: data.draw(st.integers(0, 3))]
    (read,) = resolved({ranking: 1}, rules)
    marked = [slot if isinstance(slot, frozenset) else {slot} for slot in read]
    assert sum(map(len, marked)) == len(set().union(*marked))
    before, after = (Piles.of({one: 1}, ContestChoices(NAMES), rules) for one in (ranking, read))
    assert before.tally == after.tally
    for place in out:
        before, after = (piles.without((place,))[0] for piles in (before, after))
        assert before.tally == after.tally


def test_no_name_is_a_formula() -> None:
    """A teller opens the file in a spreadsheet."""
    names = ("=1+1", "+Ana", "-Ben", "@Cy", "＝1", "＋Dee", "－Eve", "＠Fay")
    (header,) = csv.reader(["".join(generic_csv(names, {})).strip("\r\n")])
    assert not any(name[0] in "=+-@＝＋－＠" for name in header)
    assert [folded(name) for name in header] == [folded(name) for name in names]


@given(ballots)
def test_no_ballot_is_lost_in_the_csv(votes: Rankings) -> None:
    """BA-2: a row a ballot; what a column a choice can show is shown."""
    header, *rows = csv.reader(StringIO("".join(generic_csv(NAMES, votes)), newline=""))
    assert tuple(header) == NAMES
    assert len(rows) == sum(votes.values())
    places = {folded(name): place for place, name in enumerate(NAMES)}
    read = Counter(rows_are_candidates(dict(zip(NAMES, row, strict=True)), places).ranking
                   for row in rows)  # fmt: skip
    plain = {r: n for r, n in votes.items() if not _repeats(r) and len(r) <= len(NAMES)}
    assert all(read[ranking] >= number for ranking, number in plain.items())


def test_what_the_csv_cannot_show_is_left_out() -> None:
    """BA-3: a choice ranked twice, an over-vote of nobody named."""
    votes: Rankings = {(0, OVERVOTE, 1): 2, (0, 0, 1): 1, (): 1}
    rows = "".join(generic_csv(NAMES, votes)).splitlines()[1:]
    assert rows == ["1,,"] * 3 + [",,"]
    assert list(generic_csv(["Ana"], {(): 1}))[1:] == ['""\r\n']


def _repeats(ranking: Ranking) -> bool:
    marked = [place for slot in ranking if slot != SKIPPED
              for place in (slot if isinstance(slot, frozenset) else [slot])]  # fmt: skip
    return len(marked) != len(set(marked))
