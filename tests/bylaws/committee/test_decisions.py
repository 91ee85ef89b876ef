"""How the Steering Committee decides"""

from typing import Any

import pytest

from models.bylaws.tally_rules import CommitteeBase
from models.errors import FixTheData
from models.tally.outcome import NoteKind
from tests.bylaws.votes import outcome, vote


@pytest.mark.parametrize(
    ("votes", "end"),
    [("6 Yes; 3 No", "adopted"), ("5 Yes; 4 No", "not adopted"), ("4 Yes; 2 No", "no quorum")],
)
def test_a_decision_needs_two_thirds_and_a_quorum(votes: str, end: str) -> None:
    """SC-4"""
    assert outcome(votes, "committee", active=10) == end


def test_two_thirds_are_at_least_two_thirds_of_votes_cast() -> None:
    """SC-R1"""
    assert outcome("6 Yes; 3 No", "committee", active=9) == "adopted"
    assert outcome("59 Yes; 30 No", "committee", active=89) == "not adopted"


def test_abstentions_are_outside_the_base() -> None:
    """SC-R1"""
    result = vote("4 Yes; 2 No; 3 Abstain", "committee", active=9)
    assert (result.rounds[0].base, str(result.outcome)) == (6, "adopted")


def test_nothing_is_decided_when_everyone_abstains() -> None:
    """SC-R1"""
    assert outcome("9 Abstain", "committee", active=9) == "not adopted"


def test_quorum_is_70_percent_of_the_active_members() -> None:
    """SC-R2"""
    assert outcome("7 Yes", "committee", active=10) == "adopted"
    assert outcome("6 Yes", "committee", active=9) == "no quorum"


def test_members_who_are_present_and_do_not_vote_make_quorum() -> None:
    """SC-R2"""
    assert outcome("6 Yes", "committee", active=9, present=7) == "adopted"


def test_a_recused_member_leaves_both_sides_of_quorum() -> None:
    """SC-5, SC-R2"""
    assert outcome("7 Yes", "committee", active=11) == "no quorum"
    assert outcome("7 Yes", "committee", active=11, recused=1) == "adopted"


def test_less_than_full_participation_is_reported() -> None:
    """SC-4"""
    (note,) = vote("7 Yes", "committee", active=10).notes
    assert (note.kind, note.about) == (NoteKind.NOT_EVERYONE, "7/10")
    assert vote("9 Yes", "committee", active=10, recused=1).notes == ()
    (note,) = vote("7 Yes", "committee", active=11, recused=1).notes
    assert note.about == "7/10"


def test_more_votes_than_members_are_refused() -> None:
    """SC-4"""
    with pytest.raises(FixTheData, match="SC-R2"):
        vote("11 Yes", "committee", active=10)
    with pytest.raises(FixTheData, match="SC-4"):
        vote("8 Yes", "committee", active=10, present=7)


def test_a_recall_needs_more_than_half_of_all_active_members_but_the_person_concerned() -> None:
    """SC-6, SC-R4"""
    recall = {"active": 11, "recused": 1, "needs": "recall"}
    assert outcome("6 Yes; 4 No", "committee", **recall) == "adopted"
    assert outcome("5 Yes; 2 No", "committee", **recall) == "not adopted"


def test_nobody_decides_on_their_own_recall() -> None:
    """SC-6, SC-R4"""
    recall = {"active": 11, "needs": "recall"}
    for recused in (0, 1):
        assert outcome("6 Yes; 4 No", "committee", recused=recused, **recall) == "adopted"
        assert outcome("7 Yes", "committee", recused=recused, **recall) == "adopted"
    assert outcome("7 Yes", "committee", active=11, needs="two thirds") == "no quorum"
    assert vote("6 Yes; 4 No", "committee", **recall).notes == ()
    with pytest.raises(FixTheData, match="SC-R4"):
        vote("11 Yes", "committee", **recall)


def test_the_slate_is_nominated_by_consensus() -> None:
    """SC-1, SC-R6"""
    assert outcome("6 Yes; 1 Abstain", "committee", active=7, needs="consensus") == "adopted"
    assert outcome("6 Yes; 1 No", "committee", active=7, needs="consensus") == "not adopted"


def test_consensus_is_more_than_half_of_those_present_and_nobody_against() -> None:
    """SC-R6"""
    asked: dict[str, Any] = {"active": 10, "needs": "consensus"}
    assert outcome("6 Yes; 4 Abstain", "committee", **asked) == "adopted"
    assert outcome("5 Yes; 5 Abstain", "committee", **asked) == "not adopted"
    assert outcome("5 Yes", "committee", present=10, **asked) == "not adopted"
    assert outcome("6 Yes", "committee", **asked) == "no quorum"


def test_a_consensus_is_reported_by_its_own_rule_and_not_by_two_thirds() -> None:
    """SC-R6"""
    result = vote("6 Yes; 2 Abstain", "committee", active=10, present=9, needs="consensus")
    assert (result.base, result.rounds[0].base) == (CommitteeBase.PRESENT, 9)
    assert (str(result.bar), result.rounds[0].threshold) == ("more than 50%", 5)
    assert [used.rule for used in result.rules] == ["SC-R6", "SC-R6", "SC-4"]


def test_who_is_against_a_consensus_is_why_there_is_none() -> None:
    """SC-R6"""
    result = vote("9 Yes; 1 No", "committee", active=10, needs="consensus")
    assert [(note.kind, note.rule) for note in result.notes] == [
        (NoteKind.SOMEBODY_AGAINST, "SC-R6")
    ]
    assert vote("9 Yes; 1 No", "committee", active=10).notes == ()


def test_co_chairs_are_chosen_by_approval_up_to_the_seats() -> None:
    """SC-3"""
    assert outcome("6 A|B; 2 A|C; 1 B", "approval", seats=2) == "elected: A, B"
    assert outcome("6 A; 3 B|C", "approval", seats=3) == "elected: A"
    assert outcome("3 A; 3 B; 3 C", "approval", seats=3) == "no consensus"


def test_a_tie_for_the_last_seat_asks() -> None:
    """SC-3, EN-R5"""
    result = vote("6 A|B|C", "approval", seats=2)
    assert result.question is not None
    assert result.question.tied == ("A", "B", "C")
