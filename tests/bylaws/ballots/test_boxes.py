"""Every row ends in exactly one box, and the boxes sum to the rows received"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.ballots.answers import Answer
from models.ballots.boxes import BallotAccounting, RejectionReason, Voter, Window, classify_ballots
from models.ballots.received import Code, Received
from models.tally.outcome import Sums

OPENS = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=10)
WINDOW = Window(opens=OPENS, closes=CLOSES)
DAY = timedelta(days=1)
ROLL = {
    Code.parse("aaa-111"): Voter(number=1, district="10th Suffolk"),
    Code.parse("bbb-222"): Voter(number=2, district="15th Suffolk"),
    Code.parse("ccc-333"): Voter(number=3, on_roll=False),
}
FOR_A, FOR_B, BLANK = Answer(ranking=(0,)), Answer(ranking=(1,)), Answer()


def row(
    number: int,
    code: str | None = "aaa-111",
    at: datetime | None = OPENS + DAY,
    **answers: Answer,
) -> Received:
    """One row of the form."""
    typed = Code.parse(code) if code else None
    return Received(place=f"Ballots!A{number}", at=at, code=typed, answers=answers or {"d6": FOR_A})


def boxes(*rows: Received, roll: Mapping[Code, Voter] = ROLL) -> BallotAccounting:
    """The rows, sorted."""
    return classify_ballots(rows, roll, WINDOW)


def reasons(*rows: Received) -> list[str]:
    """Why rows were set aside, in order."""
    return [str(aside.reason) for aside in boxes(*rows).set_aside]


def test_one_person_has_one_vote_and_the_last_ballot_counts() -> None:
    """BA-1"""
    sorted_ = boxes(row(2, d6=FOR_A), row(3, at=OPENS + 2 * DAY, d6=FOR_B))
    assert sorted_.race("d6").rankings == {(1,): 1}
    assert sorted_.superseded == ("Ballots!A2",)


def test_time_decides_which_ballot_is_last_not_row_order() -> None:
    """BA-1"""
    sorted_ = boxes(row(2, at=OPENS + 2 * DAY, d6=FOR_A), row(3, d6=FOR_B))
    assert sorted_.race("d6").rankings == {(0,): 1}
    assert sorted_.superseded == ("Ballots!A3",)


def test_of_two_ballots_at_one_moment_the_later_row_counts() -> None:
    """BA-1"""
    assert boxes(row(2, d6=FOR_A), row(3, d6=FOR_B)).race("d6").rankings == {(1,): 1}


def test_two_codes_of_one_person_are_one_voter() -> None:
    """BA-1"""
    roll = {Code.parse("old-1"): Voter(number=7), Code.parse("new-1"): Voter(number=7)}
    sorted_ = boxes(row(2, "old-1"), row(3, "new-1", d6=FOR_B), roll=roll)
    assert sorted_.race("d6").rankings == {(1,): 1}


def test_a_code_is_the_same_however_it_is_typed() -> None:
    """BA-1"""
    assert Code.parse(" AAA 111 ") == Code.parse("aaa-111")


def test_a_code_prints_as_dots() -> None:
    """BA-5"""
    assert "aaa" not in f"{row(2)!r}{Code.parse('aaa-111')}".lower()


@pytest.mark.parametrize(
    ("given_row", "reason"),
    [
        (row(2, "zzz-999"), RejectionReason.UNKNOWN_CODE),
        (row(2, None), RejectionReason.UNKNOWN_CODE),
        (row(2, "ccc-333"), RejectionReason.NOT_ON_ROLL),
        (row(2, at=OPENS - timedelta(seconds=1)), RejectionReason.EARLY),
        (row(2, at=CLOSES), RejectionReason.LATE),
        (row(2, at=None), RejectionReason.UNREADABLE),
    ],
)
def test_a_row_that_does_not_count_is_set_aside_with_its_reason(
    given_row: Received, reason: RejectionReason
) -> None:
    """BA-2"""
    (aside,) = boxes(given_row).set_aside
    assert (aside.reason, aside.place) == (reason, "Ballots!A2")


def test_the_first_and_the_last_moment_of_the_window_count() -> None:
    """BA-2"""
    assert reasons(row(2, at=OPENS), row(3, at=CLOSES - timedelta(microseconds=1))) == []


def test_a_late_ballot_does_not_supersede_one_that_came_in_time() -> None:
    """BA-1, BA-2"""
    sorted_ = boxes(row(2, d6=FOR_A), row(3, at=CLOSES + DAY, d6=FOR_B))
    assert sorted_.race("d6").rankings == {(0,): 1}
    assert sorted_.superseded == ()


def test_each_race_sums_its_counted_blank_and_unreadable_ballots() -> None:
    """BA-2"""
    odd = Answer(unreadable="a rank is written in an unknown word")
    race = boxes(row(2, d6=odd, q1=FOR_A), row(3, "bbb-222", d6=BLANK)).race
    assert race("d6").sums == Sums(ballots=2, counted=0, blank=1, unreadable=1)
    assert race("q1").sums == Sums(ballots=2, counted=1, blank=1)


def test_sums_that_do_not_add_up_stop_the_program() -> None:
    """BA-2"""
    with pytest.raises(ArithmeticError, match="BA-2"):
        Sums(ballots=3, counted=1, blank=1)


def test_a_question_of_some_districts_has_the_ballots_of_their_voters_alone() -> None:
    """EN-R10: where the contest says so."""
    race = boxes(row(2, q6=FOR_A), row(3, "bbb-222", q6=FOR_B)).race("q6", ("10th Suffolk",))
    assert race.rankings == {(0,): 1}
    assert (race.sums.ballots, race.elsewhere, race.unplaced) == (1, 1, 0)


def test_a_ballot_whose_voters_district_nobody_knows_has_a_box_of_its_own() -> None:
    """EN-R10, BA-2"""
    rolls = {Code.parse("aaa-111"): Voter(number=0, district="10th Suffolk"),
             Code.parse("bbb-222"): Voter(number=1)}  # fmt: skip
    rows = [row(2, q6=FOR_A), row(3, "bbb-222", q6=FOR_B)]
    race = classify_ballots(rows, rolls, WINDOW).race("q6", ("10th Suffolk",))
    assert (race.sums.ballots, race.elsewhere, race.unplaced) == (1, 1, 1)


def test_the_count_never_sees_a_person() -> None:
    """BA-5"""
    (ballot,) = boxes(row(2)).counted
    assert set(type(ballot).model_fields) == {"district", "answers", "aside"}


CODES = ("aaa-111", "bbb-222", "ccc-333", "zzz-999", None)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(CODES),
            st.one_of(st.none(), st.integers(-2, 12)),
            st.sampled_from([FOR_A, FOR_B, BLANK, Answer(unreadable="odd")]),
        ),
        max_size=12,
    )
)
def test_the_boxes_always_sum_to_the_rows_received(
    rows: list[tuple[str | None, int | None, Answer]],
) -> None:
    """BA-2"""
    read = [
        row(number, code, None if day is None else OPENS + day * DAY, d6=answer)
        for number, (code, day, answer) in enumerate(rows)
    ]
    sorted_ = boxes(*read)
    in_boxes = len(sorted_.counted) + len(sorted_.superseded) + len(sorted_.set_aside)
    assert in_boxes == sorted_.received == len(rows)
    assert sum(sorted_.reasons().values()) == len(sorted_.set_aside)
    assert sorted_.race("d6").sums.ballots == len(sorted_.counted) <= 2
