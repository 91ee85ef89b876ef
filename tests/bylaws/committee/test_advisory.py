"""What voting members say about priorities before the committee proposes them"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ballots.form import items_of, mismatches
from models.contests.asks import asked
from models.contests.offices import before_opening
from models.contests.unsaid import must_say, unsaid
from models.errors import FixTheSettings
from models.tally.count import count
from models.tally.cross_check import check
from models.tally.outcome import NoteKind, Outcome, OutcomeKind
from tests.bylaws.votes import ballots, contest, outcome, vote
from tests.cases.reading import EDITION

PROPOSALS = ["A", "B", "C"]
LONG = "3. " + "A rent that people can pay, " * 6


def test_members_vote_on_proposals_in_advance_as_many_as_they_support() -> None:
    """SC-7"""
    assert outcome("3 A|B; 2 B; 1 C", "advisory", proposals=PROPOSALS) == "advised: B, A, C"
    (_, question) = items_of([contest("advisory", proposals=PROPOSALS)], "Code", EDITION)
    assert (question.kind, question.options) == ("several", ("A", "B", "C"))


def test_an_advisory_vote_decides_nothing_and_says_so_on_ballot_and_result() -> None:
    """SC-7, EN-R14"""
    race = contest("advisory", proposals=PROPOSALS)
    (reason,) = before_opening(race, EDITION, date(2027, 1, 10))
    assert reason.holds, "nothing must be recommended first"
    assert not [one for one in unsaid(race) if not one.holds]
    assert list(must_say(race)) == [asked(race).meaning]
    assert "decides nothing" in asked(race).meaning
    result = vote("1 A", "advisory", proposals=PROPOSALS)
    assert [note.kind for note in result.notes] == [NoteKind.ADVISORY]
    assert not result.rounds[0].elected


def test_a_proposal_too_long_for_a_line_stands_whole_above_the_question() -> None:
    """SC-7, EN-R14"""
    race = contest("advisory", proposals=["1. Trees", LONG])
    assert len(race.choices[1]) <= 100
    assert LONG.strip() in list(must_say(race))
    items = items_of([race], "Code", EDITION)
    assert [one.help for one in items if one.kind == "note"] == ["1. Trees", LONG.strip()]
    assert not list(mismatches(items, [race], "Code", EDITION))


def test_two_proposals_that_begin_alike_are_told_apart_by_their_numbers() -> None:
    """SC-7"""
    assert (
        len(set(contest("advisory", proposals=["1. " + "x " * 90, "2. " + "x " * 90]).choices)) == 2
    )
    with pytest.raises(FixTheSettings, match="two choices have the same name"):
        contest("advisory", proposals=["x " * 90 + "a", "x " * 90 + "b"])


def test_one_proposal_alone_is_no_choice() -> None:
    """SC-7"""
    with pytest.raises(FixTheSettings, match="proposals"):
        contest("advisory", proposals=["A"])


def test_tellers_are_warned_of_an_advisory_vote_in_which_all_say_the_same() -> None:
    """BA-6, SC-7"""
    kinds = [one.kind for one in vote("9 A|B", "advisory", proposals=PROPOSALS).notes]
    assert kinds == [NoteKind.ADVISORY, NoteKind.UNANIMOUS]


def test_a_second_count_judges_an_advisory_vote() -> None:
    """SC-7, BA-2"""
    race = contest("advisory", proposals=PROPOSALS)
    cast = ballots(race, "3 A|B; 2 B; 1 C")
    right = count(race, cast, EDITION)
    assert check(race, cast, EDITION, right) == ()
    wrong = replace(right, outcome=Outcome(OutcomeKind.ADVISED, ("A", "B", "C")))
    assert check(race, cast, EDITION, wrong) == ("the order of support differs",)
    fewer = replace(right, rounds=(replace(right.rounds[0], tally={"A": 3, "B": 4, "C": 1}),))
    assert check(race, cast, EDITION, fewer) == ("4 support B, the second count has 5",)
    none = replace(right, outcome=Outcome(OutcomeKind.NOBODY_VOTED))
    assert check(race, cast, EDITION, none)


MARKS = st.dictionaries(
    st.frozensets(st.integers(0, 4)).map(lambda marked: (marked,) if marked else ()),
    st.integers(1, 50),
    max_size=8,
)


@given(MARKS)
def test_both_counts_of_an_advisory_vote_agree(cast: dict[tuple[frozenset[int], ...], int]) -> None:
    """SC-7"""
    race = contest("advisory", proposals=["A", "B", "C", "D", "E"])
    result = count(race, cast, EDITION)
    assert check(race, cast, EDITION, result) == ()
    (one,) = result.rounds
    order = [one.tally[name] for name in result.outcome.choices]
    assert order == sorted(order, reverse=True)
