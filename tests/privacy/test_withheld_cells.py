"""No number that is kept back follows from all that is published of a vote together.

A cell follows when every vote that would publish the same files has the same number in it. So for
each small cell another vote is looked for, with another number there, whose files are the same,
letter by letter: pages in both languages and the reports. Rules: BA-6.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectors.pages import LANGUAGES, ElectionSums, RaceReport, election_page, race_page
from connectors.reports import About, detailed_report, has_rounds, published, rcvis_report
from models.ballots.boxes import RejectionReason
from models.tally.rankings import OVERVOTE, Ranking
from models.votes.withheld import Groups, is_race_of_few, is_small, kept_back
from tests.connectors.pages.invented import race, ranked

ABOUT = About("clerk")
REASONS = ("late", "early", "unknown code", "not on roll")


def of_race(report: RaceReport) -> list[str]:
    """Everything that is published of a race."""
    result, contest = report.result, report.contest
    files = [race_page(report, language=language) for language in LANGUAGES]
    files.append(json.dumps(published(detailed_report(result, ABOUT, {}), result, contest)))
    return files + [json.dumps(rcvis_report(result, ABOUT))] * has_rounds(result, contest)


def of_rows(sums: ElectionSums) -> list[str]:
    """Everything that is published of an election's rows."""
    return [election_page([], title="A vote", sums=sums, language=tongue) for tongue in LANGUAGES]


# ── rows: set aside, by reason; how many were superseded is a total ──

Cells = dict[str, int]


def rows_of(counted: int, cells: Cells) -> ElectionSums:
    """The sums of an election whose rows not counted lie in these cells."""
    received = counted + sum(cells.values())
    reasons = {RejectionReason(name): n for name, n in cells.items() if name != "superseded" and n}
    return ElectionSums(received, counted, cells["superseded"], reasons, voters=counted + 40)


def neighbours(cells: Cells) -> Iterator[Cells]:
    """Other numbers in the same cells: one row more or less, or moved."""
    for name, other in product(cells, repeat=2):
        for step in (-1, 1):
            found = Counter(cells)
            found[name] += step
            if other != name:
                found[other] -= step
            if min(found.values()) >= 0:
                yield dict(found)


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 60),
    st.tuples(st.integers(0, 25), *[st.one_of(st.just(0), st.integers(0, 25))] * len(REASONS)),
)
@example(40, (3, 0, 0, 0, 0))
@example(40, (3, 20, 0, 0, 0))
@example(40, (0, 9, 9, 0, 0))
@example(40, (12, 9, 0, 0, 0))
@example(40, (9, 10, 10, 10, 10))
@example(40, (0, 1, 0, 0, 0))
@example(3, (2, 1, 1, 0, 0))
def test_no_cell_of_the_rows_follows(counted: int, numbers: tuple[int, ...]) -> None:
    cells = dict(zip(("superseded", *REASONS), numbers, strict=True))
    mine = of_rows(rows_of(counted, cells))
    twins = [c for c in neighbours(cells) if of_rows(rows_of(counted, c)) == mine]
    for name in REASONS:
        if is_small(cells[name]):
            assert any(twin[name] != cells[name] for twin in twins), name


# ── a race: why ballots ended, in which round; blank or unreadable; ratified ──

ENDINGS: dict[str, Ranking] = {
    "exhausted": (2, 1),
    "overvotes": (2, 1, OVERVOTE),
    "repeated": (2, 1, 1),
    "over-vote at once": (2, OVERVOTE),
    "repeated at once": (2, 2),
    "exhausted at once": (2,),
}
"""Ballots for who goes first: they end after the first round, or after the second."""


def ended_of(cells: Cells, many: int = 45) -> RaceReport:
    """A race in which Cora goes first and Ben next, of `many` who want Ana."""
    votes: Counter[Ranking] = Counter({(0,): many, (1,): 12, (3,): 12})
    for name, number in cells.items():
        votes[ENDINGS[name]] += number
    return ranked("r", "R", dict(+votes))


@settings(max_examples=15, deadline=None)
@given(
    st.tuples(*[st.one_of(st.just(0), st.integers(0, 4))] * len(ENDINGS)),
    st.sampled_from((45, 200)),
)
@example((1, 0, 0, 0, 0, 1), 45)
@example((0, 0, 5, 0, 0, 0), 45)
@example((1, 1, 1, 1, 1, 1), 45)
@example((1, 1, 1, 1, 1, 1), 200)
@example((3, 0, 0, 0, 0, 3), 45)
def test_no_cause_of_an_end_follows(numbers: tuple[int, ...], many: int) -> None:
    cells = dict(zip(ENDINGS, numbers, strict=True))
    mine = ended_of(cells, many)
    files = of_race(mine)
    twins = [ended_of(c, many) for c in neighbours(cells)]
    twins = [twin for twin in twins if of_race(twin) == files]
    for place, one in enumerate(mine.result.rounds):
        for cause in ("exhausted", "overvotes", "repeated", "skipped"):
            number = getattr(one.inactive, cause)
            others = {getattr(twin.result.rounds[place].inactive, cause) for twin in twins}
            assert not is_small(number) or others - {number}, (place, cause)


@pytest.mark.parametrize("many", [40, 400])
@pytest.mark.parametrize(("blank", "unreadable"), [*product((1, 2, 9, 10, 14), repeat=2)])
def test_neither_blank_nor_unreadable_follows(blank: int, unreadable: int, many: int) -> None:
    def files(blank: int, unreadable: int) -> list[str]:
        return of_race(ranked("r", "R", {(0,): many, (1,): 12, (): blank}, unreadable=unreadable))

    same = [files(blank + n, unreadable - n) == files(blank, unreadable) for n in (-1, 1)]
    assert any(same) is (is_small(blank) or is_small(unreadable))


@pytest.mark.parametrize("unmarked", [1, 9])
@pytest.mark.parametrize("base", ["marked", "cast"])
def test_no_base_or_reading_tells_blank_from_unreadable(base: str, unmarked: int) -> None:
    """All ballots cast are a total: unreadable ones are in it as blank ones are."""
    table = {"kind": "question", "id": "q", "title": "Q", "settings": {"base": base}}

    def files(blank: int) -> tuple[str, ...]:
        votes = {(0,): 24, (1,): 15, (): blank}
        return tuple(of_race(race(table, votes, unreadable=unmarked - blank)))

    assert len({files(blank) for blank in range(unmarked + 1)}) == 1


RATIFY = {"kind": "ratify-or-prefer", "id": "s", "title": "S", "recommendation": "Dee",
          "candidates": ["Dee", "Eve"]}  # fmt: skip


@pytest.mark.parametrize(
    ("ratified", "dee", "eve"),
    [*product(range(31), [30], [15]), *product((1, 4, 9, 72, 77, 80), [81], [30])],
)
def test_how_many_ratified_does_not_follow(ratified: int, dee: int, eve: int) -> None:
    def files(ratified: int) -> list[str]:
        return of_race(race(RATIFY, {(3,): ratified, (0,): dee - ratified, (1,): eve}))

    if is_small(ratified) or is_small(dee - ratified):
        assert any(files(n) == files(ratified) for n in range(dee + 1) if n != ratified)


@pytest.mark.parametrize("marked", [1, 3, 9])
def test_nothing_but_the_outcome_follows_from_a_race_of_few(marked: int) -> None:
    reports = [race(RATIFY, {(3,): n, (0,): 1}) for n in range(1, 9)]
    assert len({tuple(of_race(report)) for report in reports}) == 1
    assert not has_rounds(reports[0].result, reports[0].contest)
    assert "withheld" in of_race(ranked("r", "R", {(0,): marked}))[2]


FEW_RACES: dict[str, tuple[dict[str, Any], tuple[Any, ...]]] = {
    "one choice": (
        {"kind": "single-choice", "candidates": ["Ana", "Ben"]},
        ((0,), (1,), (2,), ()),
    ),
    "a slate": (
        {"kind": "up-or-down", "purpose": "slate", "subject": "S", "recommendation": "Yes"},
        ((0,), (1,), ()),
    ),
    "ranked": (
        {"kind": "ranked", "candidates": ["Ana", "Ben", "Cy"]},
        ((0, 1), (1, 2), (2,), (3,)),
    ),
    "ratified": (RATIFY, ((3,), (0,), (1,), (2,))),
}


@pytest.mark.parametrize("table", FEW_RACES)
def test_races_of_few_that_ended_the_same_publish_the_same(table: str) -> None:
    """An exact 60%, or a win by one interpretation only, showed the numbers.

    With five marked, three of them are the only ones at 60%.
    """
    contest, marks = FEW_RACES[table]
    published_of: dict[Any, set[tuple[str, ...]]] = {}
    for numbers in product(range(5), repeat=len(marks)):
        if sum(numbers) not in (4, 5):
            continue
        votes = dict(zip(marks, numbers, strict=True))
        report = race({"id": "f", "title": "F"} | contest, {m: n for m, n in votes.items() if n})
        if is_race_of_few(report.result):
            index = [election_page([report], title="V", language=one) for one in LANGUAGES]
            files = (*of_race(report), *index)
            published_of.setdefault(report.result.outcome, set()).add(files)
    assert published_of
    assert [len(files) for files in published_of.values()] == [1] * len(published_of)


def test_a_slate_that_few_refused_still_asks_for_an_ad_hoc_committee() -> None:
    contest = FEW_RACES["a slate"][0] | {"id": "f", "title": "F"}
    for file in of_race(race(contest, {(0,): 2, (1,): 3}))[:3]:
        assert "SC-8" in file


def test_the_tellers_are_warned_of_a_race_of_few() -> None:
    contest = FEW_RACES["one choice"][0] | {"id": "f", "title": "F"}
    page = race_page(race(contest, {(0,): 3, (1,): 2}), tellers=True)
    assert "is exactly at the threshold" in page
    assert "This result depends on how EN-4 is interpreted" in page
    assert "all marked ballots agree" in race_page(race(contest, {(0,): 3}), tellers=True)


def test_a_teller_sees_every_number() -> None:
    report = ended_of(dict.fromkeys(ENDINGS, 1))
    whole = detailed_report(report.result, ABOUT, {})
    assert None not in [n for one in whole["results"] for n in one["inactiveBallots"].values()]
    assert "withheld" not in whole["clerk"]


def test_a_public_elections_report_keeps_nothing_back() -> None:
    report = ranked("r", "R", {(0,): 4, (1,): 3}, rules="public", no_endorsement="")
    whole = detailed_report(report.result, ABOUT, {})
    assert published(whole, report.result, report.contest) == whole


# ── ballots by district, over all races together ──

RACES = [{"a", "b"}, {"b", "c"}, {"a"}, {"c", "d"}]


def told(groups: Groups) -> dict[str, int]:
    """The numbers of ballots that are published: everybody's, and those of the races."""
    hidden = kept_back(groups)
    races = frozenset[str]().union(*groups) - hidden
    return {"": sum(groups.values())} | {
        race: sum(n for place, n in groups.items() if race in place) for race in races
    }


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(RACES), min_size=1, max_size=3, unique_by=tuple),
    st.tuples(*[st.one_of(st.integers(0, 12), st.integers(20, 60))] * 5),
)
@example([{"a", "b"}, {"b", "c"}], (20, 5, 20, 0, 0))  # two sums and the whole show the middle
@example([{"a"}], (40, 0, 0, 1, 0))
@example([{"a"}], (7, 0, 0, 0, 0))  # the turnout of few is told, too
def test_no_small_group_of_districts_follows(
    races: list[set[str]], numbers: tuple[int, ...]
) -> None:
    groups: Counter[frozenset[str]] = Counter()
    for district, number in zip("abcd-", numbers, strict=True):
        groups[frozenset(str(n) for n, race in enumerate(races) if district in race)] += number
    mine, places = told(groups), list(groups)
    moves = [move for move in product((-1, 0, 1), repeat=len(places)) if any(move)]
    twins = []
    for move, times in product(moves, (1, 2)):
        twin = Counter({p: groups[p] + times * m for p, m in zip(places, move, strict=True)})
        if min(twin.values()) >= 0 and told(twin) == mine:
            twins.append(twin)
    for place in places:
        if is_small(groups[place]):
            assert any(twin[place] != groups[place] for twin in twins), groups


def test_thirty_groups_are_no_long_work() -> None:
    """Counted in lines run, not in seconds; empty groups are small ones too."""
    groups = {frozenset({f"{n}"}): 0 for n in range(30)} | {frozenset[str](): 100}
    steps = 0

    def step(*_: Any) -> Any:
        nonlocal steps
        steps += 1
        assert steps < 1_000_000
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        hidden = kept_back(groups)
    finally:
        sys.settrace(before)
    assert len(hidden) == 30


def test_a_race_of_everybody_tells_nothing_new() -> None:
    groups = {frozenset({"all", "q"}): 3, frozenset({"all"}): 40}
    assert kept_back(groups) == {"q"}


def test_what_is_large_is_told() -> None:
    groups = {frozenset({"1"}): 40, frozenset({"2"}): 30, frozenset[str](): 20}
    assert kept_back(groups) == frozenset()
    assert told(groups) == {"": 90, "1": 40, "2": 30}


DISTRICT: dict[str, dict[str, Any]] = {
    "a question": {"kind": "question", "districts": ["10th"]},
    "ranked": {"kind": "ranked", "districts": ["10th"], "candidates": ["Ana", "Ben", "Cy"]},
}


@pytest.mark.parametrize("base", ["marked", "cast"])
@pytest.mark.parametrize("table", DISTRICT)
@pytest.mark.parametrize("yes", [24, 30, 33])
def test_no_reading_base_or_bar_shows_the_ballots_of_a_small_district(
    table: str, base: str, yes: int
) -> None:
    """Where blank ballots are part of the base, all that it decides tells how many there are."""
    contest = DISTRICT[table] | {"id": "q", "title": "Q", "settings": {"base": base}}
    published_of: dict[Any, set[tuple[str, ...]]] = {}
    for blank in range(10):
        report = race(contest, {(0,): yes, (1,): 39 - yes, (): blank}, elsewhere=9 - blank)
        index = [election_page([report], title="V", language=one) for one in LANGUAGES]
        files = (*of_race(report), *index)
        published_of.setdefault(report.result.outcome, set()).add(files)
    assert [len(files) for files in published_of.values()] == [1] * len(published_of)


def test_no_way_to_settle_a_tie_shows_the_ballots_of_a_small_district() -> None:
    """Were Ben to leave, Ana would be over the bar if at most one ballot was blank."""
    contest = DISTRICT["ranked"] | {"id": "q", "title": "Q", "settings": {"base": "cast"}}
    found = set()
    for blank in range(5):
        votes = {(0, 1): 12, (1, 0): 12, (2, 1): 14, (): blank}
        report = race(contest, votes, elsewhere=9 - blank)
        assert report.result.question
        found.add(tuple(of_race(report)))
        assert "If it is Ben" in race_page(report, tellers=True)
    assert len(found) == 1


def test_the_tellers_see_the_base_of_a_small_district() -> None:
    contest = DISTRICT["a question"] | {"id": "q", "title": "Q", "settings": {"base": "cast"}}
    report = race(contest, {(0,): 40, (1,): 5, (): 12}, elsewhere=3)
    assert "70.2%" in race_page(report, tellers=True)
    assert "57 ballots cast" in race_page(report, tellers=True)
    assert "57 ballots cast" in race_page(replace(report, elsewhere=30))


def test_what_is_said_of_readings_holds_for_all_of_them() -> None:
    """Then "No other reading would have changed it" cannot be said beside one that is kept back."""
    contest = DISTRICT["a question"] | {"id": "q", "title": "Q"}
    report = race(contest, {(0,): 24, (1,): 15, (): 9}, elsewhere=3)
    assert "No other interpretation" not in race_page(report)
    assert "This result depends on how EN-R1 is interpreted" in race_page(report, tellers=True)


def test_a_race_that_is_kept_back_shows_no_ballots() -> None:
    question = {"kind": "question", "id": "q", "title": "Q", "districts": ["10th"]}
    report = race(question, {(0,): 40, (): 12}, elsewhere=30)
    assert "52" in race_page(report)
    assert "52" not in race_page(replace(report, kept_back=True)).split("<main")[1]
