"""The vote: who is endorsed, and what else can come of it"""

import pytest

from models.errors import FixTheSettings
from models.tally.outcome import NoteKind
from tests.bylaws.votes import contest, other_readings, outcome, vote


def test_with_three_candidates_members_rank_and_more_than_60_percent_endorses() -> None:
    """EN-3"""
    assert outcome("61 A; 30 B; 9 C") == "endorsed: A"


def test_a_ranked_count_eliminates_the_lowest_until_somebody_has_more_than_60_percent() -> None:
    """EN-3, EN-R3"""
    result = vote("40 A; 35 B>A; 25 C>No endorsement")
    assert [one.eliminated for one in result.rounds] == [("C",), ("B",), ()]
    assert str(result.outcome) == "endorsed: A"


def test_three_candidates_are_never_voted_on_by_one_choice() -> None:
    """EN-3"""
    with pytest.raises(FixTheSettings, match="3 candidates are ranked"):
        vote("1 A", "single-choice", candidates=["A", "B", "C"])


def test_two_candidates_are_never_ranked() -> None:
    """EN-4"""
    with pytest.raises(FixTheSettings, match="with 2 candidates there is one choice"):
        vote("1 A", "ranked", candidates=["A", "B"])


@pytest.mark.parametrize(
    ("votes", "end"),
    [("61 A; 39 B", "endorsed: A"), ("60 A; 40 B", "no consensus"), ("2 A; 1 B", "endorsed: A")],
)
def test_with_two_candidates_only_more_than_60_percent_endorses(votes: str, end: str) -> None:
    """EN-4"""
    assert outcome(votes, "single-choice") == end


def test_every_race_offers_no_endorsement() -> None:
    """EN-5"""
    assert contest("ranked").choices[-1] == "No endorsement"
    assert contest("single-choice").choices[-1] == "No endorsement"
    with pytest.raises(FixTheSettings, match="EN-5"):
        contest("ranked", no_endorsement="")


def test_to_ratify_counts_for_the_recommended_candidate() -> None:
    """EN-6"""
    asked = {"candidates": ["A", "B"], "recommendation": "B"}
    result = vote("5 Ratify the recommendation; 2 B; 3 A", "ratify-or-prefer", **asked)
    assert str(result.outcome) == "endorsed: B"
    assert (result.ratified, result.rounds[0].tally["B"]) == (5, 7)


def test_a_ballot_may_ratify_or_prefer_and_not_both() -> None:
    """EN-6"""
    asked = {"candidates": ["A", "B"], "recommendation": "B"}
    result = vote("1 Ratify the recommendation|A; 3 B", "ratify-or-prefer", **asked)
    assert result.rounds[0].inactive.overvotes == 1


def test_there_is_nothing_to_ratify_without_a_recommendation() -> None:
    """EN-6"""
    with pytest.raises(FixTheSettings, match="EN-6"):
        contest("ratify-or-prefer")


@pytest.mark.parametrize("purpose", ["abbreviated", "re-endorsement"])
def test_a_short_vote_has_the_same_bar(purpose: str) -> None:
    """EN-7"""
    ends = [
        outcome(votes, "up-or-down", purpose=purpose, subject="Dana")
        for votes in ("61 Yes; 39 No", "60 Yes; 40 No", "39 Yes; 61 No")
    ]
    assert ends == ["endorsed: Dana", "no consensus: Dana", "no endorsement chosen: Dana"]


def test_members_can_be_asked_whom_not_to_elect() -> None:
    """EN-8"""
    against = {"purpose": "anti-endorsement", "subject": "Dana"}
    assert outcome("61 Yes; 39 No", "up-or-down", **against) == "anti-endorsed: Dana"
    assert outcome("60 Yes; 40 No", "up-or-down", **against) == "no consensus: Dana"


@pytest.mark.parametrize(
    ("votes", "end"),
    [
        ("7 Yes; 2 No; 1 No position", "endorsed: Yes"),
        ("2 Yes; 7 No; 1 No position", "endorsed: No"),
        ("1 Yes; 2 No; 7 No position", "no endorsement chosen"),
        ("6 Yes; 4 No", "no consensus"),
    ],
)
def test_a_question_takes_a_side_with_the_same_bar(votes: str, end: str) -> None:
    """EN-12"""
    assert outcome(votes, "question") == end


def test_the_kinds_of_result_are_told_apart() -> None:
    """EN-R4"""
    ends = [outcome(v) for v in ("61 A; 39 B", "61 No endorsement; 39 B", "50 A; 50 B")]
    assert ends == ["endorsed: A", "no endorsement chosen", "no consensus"]


def test_the_percentage_is_of_ballots_that_marked_this_race() -> None:
    """EN-R1"""
    result = vote("31 A; 19 B; 50 -", "single-choice")
    assert (result.rounds[0].base, str(result.outcome)) == (50, "endorsed: A")


def test_no_endorsement_is_in_the_base() -> None:
    """EN-R1"""
    assert outcome("31 A; 20 B; 9 No endorsement", "single-choice") == "no consensus"


def test_at_exactly_60_percent_nobody_is_endorsed_and_the_report_says_so() -> None:
    """EN-R1"""
    result = vote("3 A; 2 B", "single-choice")
    assert str(result.outcome) == "no consensus"
    assert [note.kind for note in result.notes] == [NoteKind.EXACTLY_AND_SHORT]


def test_no_endorsement_is_never_eliminated_and_a_ballot_that_reaches_it_stays() -> None:
    """EN-R2"""
    result = vote("46 A; 20 B>No endorsement>A; 4 No endorsement>A; 30 C")
    assert [one.tally["No endorsement"] for one in result.rounds] == [4, 24, 24]
    assert str(result.outcome) == "no consensus"


def test_a_ballot_whose_candidates_are_all_gone_stays_in_the_base() -> None:
    """EN-R2"""
    result = vote("55 A; 35 B; 10 C")
    assert [(one.base, one.inactive.exhausted) for one in result.rounds] == [
        (100, 0),
        (100, 10),
        (100, 45),
    ]
    assert str(result.outcome) == "no consensus"


def test_a_report_says_which_other_reading_would_have_ended_otherwise() -> None:
    """EN-R1, EN-R2, EN-R3"""
    assert other_readings(vote("40 A; 35 B>A; 25 C>No endorsement")) == {"EN-R3 2": "no consensus"}
    assert other_readings(vote("46 A; 20 B>No endorsement>A; 4 No endorsement>A; 30 C")) == {
        "EN-R1 continuing": "endorsed: A",
        "EN-R2 ordinary choice": "endorsed: A",
    }
    assert other_readings(vote("3 A; 2 B", "single-choice")) == {"EN-4 >=": "endorsed: A"}
    assert other_readings(vote("99 A; 1 B", "single-choice")) == {}


def test_a_contest_may_take_another_reading_that_the_edition_names() -> None:
    """EN-R1, EN-R2, EN-R3"""
    votes = "40 A; 35 B>A; 25 C>No endorsement"
    assert outcome(votes, settings={"stop_at": 2}) == "no consensus"


def test_a_contest_may_not_make_rules_that_nobody_passed() -> None:
    """EN-3"""
    with pytest.raises(FixTheSettings, match=r"50% is not an interpretation .* threshold \(EN-3\)"):
        vote("1 A", settings={"threshold": "50%"})
    with pytest.raises(
        FixTheSettings, match="not an interpretation that the bylaws allow for base"
    ):
        vote("1 A", settings={"base": "first round"})
    with pytest.raises(FixTheSettings, match="batch_elimination"):
        vote("1 A", settings={"batch_elimination": True})
