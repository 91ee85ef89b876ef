"""Ties: never a silent random choice"""

import pytest

from models.bylaws import tally_rules as rules
from models.bylaws.tally_rules import TieRule
from models.tally.outcome import Decision, NoteKind
from tests.bylaws.votes import vote

TIED = "36 A; 32 B>C; 32 C>B"
DRAWN = Decision(frozenset({"B", "C"}), "B", "lot of 2026-03-01, published seed 20260301")


def test_fewest_votes_in_the_latest_earlier_round_where_they_differ_go() -> None:
    """EN-R5"""
    result = vote("40 A; 30 B>A; 20 C>A; 10 D>C", candidates=["A", "B", "C", "D"])
    (tie,) = result.ties
    assert (tie.round, tie.tied, tie.picked) == (2, ("B", "C"), "C")
    assert tie.explanation == "fewest votes in round 1"


def test_three_tied_are_narrowed_round_by_round() -> None:
    """EN-R5"""
    names = ["A", "B", "C", "D", "E", "F", "G"]
    votes = "30 A; 9 B; 8 C; 8 D; 5 E>C; 4 F>D; 3 G>D; 1 F>B"
    result = vote(votes, candidates=names)
    tallies = [{n: one.tally[n] for n in names if n in one.tally} for one in result.rounds]
    assert tallies[0] == {"A": 30, "B": 9, "C": 8, "D": 8, "E": 5, "F": 5, "G": 3}
    first = result.ties[0]
    assert (first.round, set(first.tied), first.picked) == (2, {"E", "F"}, "E")


def test_otherwise_every_branch_is_counted_and_agreement_is_said() -> None:
    """EN-R5"""
    (tie,) = vote("30 A; 35 B; 35 C").ties
    assert tie.settled_by is TieRule.EVERY_BRANCH
    assert {name: str(end) for name, end in tie.branches.items()} == {
        "B": "no consensus",
        "C": "no consensus",
    }


def test_when_branches_disagree_the_count_stops_with_the_question() -> None:
    """EN-R5"""
    result = vote(TIED)
    assert str(result.outcome) == "open tie: B, C"
    assert result.question is not None
    assert {name: str(end) for name, end in result.question.branches.items()} == {
        "B": "endorsed: C",
        "C": "endorsed: B",
    }


def test_a_recorded_decision_is_taken_and_counted_again() -> None:
    """EN-R5"""
    result = vote(TIED, decisions=(DRAWN,))
    assert str(result.outcome) == "endorsed: C"
    (tie,) = result.ties
    assert (tie.picked, tie.settled_by, tie.explanation) == ("B", TieRule.DECISION, DRAWN.how)


def test_a_decision_on_other_candidates_settles_nothing() -> None:
    """EN-R5"""
    other = Decision(frozenset({"A", "B"}), "B", "lot")
    result = vote(TIED, decisions=(other,))
    assert result.question is not None
    assert NoteKind.DECISION_UNUSED in [note.kind for note in result.notes]


def test_a_decision_for_somebody_who_is_not_tied_settles_nothing() -> None:
    """EN-R5"""
    other = Decision(frozenset({"B", "C"}), "A", "lot")
    assert vote(TIED, decisions=(other,)).question is not None


def test_a_tie_that_only_leads_to_another_question_is_passed_over() -> None:
    """EN-R5"""
    result = vote(TIED + "; 1 D; 1 E", candidates=["A", "B", "C", "D", "E"])
    assert [(tie.round, tie.tied, tie.settled_by) for tie in result.ties] == [
        (1, ("D", "E"), TieRule.EVERY_BRANCH),
        (3, ("B", "C"), None),
    ]
    assert str(result.outcome) == "open tie: B, C"


def test_many_candidates_without_a_single_vote_do_not_stop_a_count() -> None:
    """EN-R5"""
    names = [f"Candidate {n}" for n in range(14)]
    result = vote("55 Candidate 0; 45 Candidate 1", candidates=names)
    assert str(result.outcome) == "no consensus"
    assert [tie.settled_by for tie in result.ties][:11] == [TieRule.EVERY_BRANCH] * 11


def test_more_branches_than_anybody_could_read_are_a_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """EN-R5"""
    names = [f"Candidate {n}" for n in range(6)]
    votes = "; ".join(f"1 {name}" for name in names)
    assert vote(votes, candidates=names).question is None
    for most in (10, 0):
        monkeypatch.setattr(rules, "MOST_POSITIONS", most)
        question = vote(votes, candidates=names).question
        assert question is not None
        assert set(question.tied) == set(names)
