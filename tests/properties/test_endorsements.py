"""What holds for every endorsement vote of the bylaws."""

from collections import Counter
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models.contests.contest import Contest, Ranked, contest_from
from models.tally.count import count
from models.tally.outcome import Outcome, OutcomeKind
from models.tally.rankings import Ranking, Slot
from tests.cases.reading import EDITION
from tests.properties.elections import NAMES, Ballots, ballots, ranked, readings, single_choice

unhurried = settings(deadline=None, max_examples=120)
BARS = ("1/2", "55%", "60%", "13/20", "2/3", "3/4", "1")


@st.composite
def ranked_elections(draw: st.DrawFn, /, **more: Any) -> tuple[Ranked, Ballots]:
    """A ranked contest under the bylaws with ballots."""
    contest = draw(ranked(**more))
    assert isinstance(contest, Ranked)
    return contest, draw(ballots(len(contest.choices)))


def renamed(contest: Ranked, order: list[int]) -> Ranked:
    """The same contest with its candidates in another order."""
    table = contest.model_dump() | {"candidates": [contest.candidates[c] for c in order]}
    table["settings"] = contest.settings.given()
    other = contest_from(table, "race")
    assert isinstance(other, Ranked)
    return other


@unhurried
@given(st.data())
def test_the_order_of_candidates_does_not_matter(data: st.DataObject) -> None:
    """EN-3, EN-R5"""
    contest, cast = data.draw(readings.flatmap(lambda chosen: ranked_elections(settings=chosen)))
    order = data.draw(st.permutations(range(len(contest.candidates))))
    place = {old: new for new, old in enumerate(order)}

    def moved(slot: Slot) -> Slot:
        if isinstance(slot, frozenset):
            return frozenset(place.get(c, c) for c in slot)
        return place.get(slot, slot)

    other: Counter[Ranking] = Counter()
    for ranking, votes in cast.items():
        other[tuple(moved(slot) for slot in ranking)] += votes
    once, again = count(contest, cast, EDITION), count(renamed(contest, order), other, EDITION)
    if once.outcome.kind is OutcomeKind.OPEN_TIE:
        assert set(once.outcome.choices) == set(again.outcome.choices)
    else:
        assert once.outcome == again.outcome
    assert [dict(r.tally) for r in once.rounds] == [dict(r.tally) for r in again.rounds]
    assert [r.transfers for r in once.rounds] == [r.transfers for r in again.rounds]


@unhurried
@given(ballots(3, errors=False, longest=1), st.integers(0, 1), st.integers(0, 9), st.integers(1, 9))
def test_another_ballot_for_the_endorsed_never_un_endorses(
    others: Ballots, whom: int, margin: int, more: int
) -> None:
    """EN-4"""
    others = Counter({r: votes for r, votes in others.items() if r and r[0] != whom})
    mine = 3 * others.total() // 2 + 1 + margin
    for votes in (mine, mine + more):
        result = count(single_choice(), others + Counter({(whom,): votes}), EDITION)
        assert result.outcome == Outcome(OutcomeKind.ENDORSED, (NAMES[whom],))


@unhurried
@given(st.data(), st.sampled_from(["marked", "cast", "continuing"]))
def test_raising_the_bar_never_adds_an_endorsement(data: st.DataObject, base: str) -> None:
    """EN-3"""
    contest, cast = data.draw(ranked_elections())
    ends = [count(_with_bar(contest, bar, base), cast, EDITION).outcome for bar in BARS]
    for lower, higher in pairwise(ends):
        if higher.kind is OutcomeKind.ENDORSED:
            assert lower == higher


def _with_bar(contest: Ranked, bar: str, base: str) -> Contest:
    """The contest outside the bylaws, with the same rules and another bar."""
    ties = ["earlier rounds", "every branch", "recorded decision"]
    settings = {"threshold": bar, "base": base, "ties": ties, "exhaust_on_repeat": True}
    comparison = ">=" if bar == "1" else ">"
    table = {"id": "race", "title": "A race", "kind": "ranked", "rules": "public"}
    return contest_from(
        table
        | {"candidates": contest.candidates, "settings": settings | {"comparison": comparison}},
        "race",
    )


@unhurried
@given(ranked_elections())
def test_nobody_is_endorsed_whom_60_percent_do_not_prefer_to_no_endorsement(
    election: tuple[Ranked, Ballots],
) -> None:
    """EN-R1, EN-R2: only ballots that rank X above the stop line can ever count for X."""
    contest, cast = election
    result = count(contest, cast, EDITION)
    if result.outcome.kind is OutcomeKind.ENDORSED:
        whom = contest.choices.index(result.outcome.choices[0])
        above = sum(votes for ranking, votes in cast.items() if _prefers(ranking, whom, contest))
        assert 5 * above > 3 * result.sums.counted


def _prefers(ranking: Ranking, whom: int, contest: Ranked) -> bool:
    stop = len(contest.candidates)
    for slot in ranking:
        if slot == whom:
            return True
        if slot == stop:
            return False
    return False


@unhurried
@given(ranked_elections(), st.integers(1, 20))
def test_blank_ballots_change_nothing_but_their_own_number(
    election: tuple[Ranked, Ballots], blank: int
) -> None:
    """EN-R1"""
    contest, cast = election
    once = count(contest, cast, EDITION)
    again = count(contest, cast + Counter({(): blank}), EDITION)
    assert once.outcome == again.outcome
    assert [(r.tally, r.base) for r in once.rounds] == [(r.tally, r.base) for r in again.rounds]


@unhurried
@given(ranked_elections())
def test_each_other_reading_is_what_a_contest_that_names_it_gets(
    election: tuple[Ranked, Ballots],
) -> None:
    """EN-R1, EN-R2, EN-R3"""
    contest, cast = election
    result = count(contest, cast, EDITION)
    assert {reading.rule for reading in result.readings} == {"EN-4", "EN-R1", "EN-R2", "EN-R3"}
    for reading in result.readings:
        table = contest.model_dump() | {"settings": {reading.setting: reading.value}}
        other = count(contest_from(table, "race"), cast, EDITION)
        assert other.outcome == reading.outcome
        assert reading.differs == (other.outcome != result.outcome)
