"""Other chapters: what is asked depends on the events the chapter held."""

from datetime import timedelta

import pytest

from models.bylaws.rules import Bylaws
from models.intake.participation import Event
from models.membership.voting_status import Status
from tests.models.invented import (
    day,
    entry,
    event,
    example,
    gathered,
    held,
    judged,
    said,
    signed_in,
)

ANN = "ann@example.org"
THREE_IN_TWELVE = example("three-events-in-twelve-months")


def meetings(*days: str, kind: str = "meeting") -> list[Event]:
    """Meetings on these days."""
    return [event(on, kind=kind) for on in days]


def fortnightly(many: int, kind: str) -> list[Event]:
    """Events every other week from 2025-01-06 on."""
    first = day("2025-01-06")
    return meetings(*(str(first + timedelta(weeks=2 * n)) for n in range(many)), kind=kind)


# A DSA chapter: two of the last three regular meetings, or an attestation


TWO_OF_THREE = example("two-of-the-last-three-meetings")
REGULAR = meetings("2025-08-12", "2025-09-09", "2025-10-14", "2025-11-11", kind="regular meeting")


@pytest.mark.parametrize(
    ("came", "votes"),
    [
        ((1, 2), True),
        ((1, 3), True),
        ((2, 3), True),
        ((0, 3), False),
        ((0, 1), False),
        ((3,), False),
    ],
)
def test_two_of_the_last_three_regular_meetings(came: tuple[int, ...], votes: bool) -> None:
    """VM-R7"""
    missed = [one for number, one in enumerate(REGULAR) if number not in came]
    there = [REGULAR[number] for number in came]
    standing = judged(*there, on="2025-12-01", bylaws=TWO_OF_THREE, missed=missed)
    assert standing.can_vote is votes


def test_such_a_vote_has_no_last_day_until_a_meeting_is_held_and_missed() -> None:
    """VM-R5, VM-R7"""
    came, then = REGULAR[1:3], [REGULAR[3], event("2025-12-09", kind="regular meeting")]
    on_time = judged(*came, on="2025-12-01", bylaws=TWO_OF_THREE, missed=[REGULAR[0], *then])
    assert on_time.spell is not None
    assert (str(on_time.spell.since), on_time.spell.last_day) == ("2025-10-14", "further notice")
    assert judged(*came, on="2025-12-08", bylaws=TWO_OF_THREE, missed=then).can_vote
    later = judged(*came, on="2025-12-09", bylaws=TWO_OF_THREE, missed=then)
    assert later.status is Status.NOT_YET  # with one more, October is not among the last three
    assert later.because[0].fact == (
        "attended 1 of the last 3 regular meetings (2 needed): 2025-10-14 regular meeting"
    )


@pytest.mark.parametrize(
    ("cancelled", "kind"), [(True, "regular meeting"), (False, "working group")]
)
def test_a_cancelled_meeting_and_another_kind_push_none_out(cancelled: bool, kind: str) -> None:
    """VM-R2, VM-R7"""
    idle = event("2025-11-20", kind=kind, cancelled=cancelled)
    missed = [REGULAR[0], REGULAR[3], idle]
    assert judged(*REGULAR[1:3], on="2025-12-01", bylaws=TWO_OF_THREE, missed=missed).can_vote


def test_a_meeting_still_to_come_pushes_none_out() -> None:
    """VM-R2, VM-R7"""
    lines = [held(str(one.day), str(one.day), kind="Regular meeting") for one in REGULAR]
    facts = gathered(
        today="2025-11-01",
        bylaws=TWO_OF_THREE,
        events=lines,
        sign_ins=[signed_in("2025-08-12", ANN), signed_in("2025-09-09", ANN)],
    )
    assert entry(facts, ANN, on="2025-11-10").standing.can_vote
    assert entry(facts, ANN, on="2025-12-31").standing.can_vote


@pytest.mark.parametrize(
    ("bylaws", "kind", "status", "notes"),
    [
        (TWO_OF_THREE, "Regular meeting", "", 1),
        (TWO_OF_THREE, "Regular meeting", "cancelled", 0),
        (TWO_OF_THREE, "Working group", "", 0),
        (THREE_IN_TWELVE, "Meeting", "", 0),
    ],
    ids=["held", "cancelled", "another kind", "another rule"],
)
def test_a_meeting_whose_sheet_is_empty_is_pointed_out_where_it_takes_votes(
    bylaws: Bylaws, kind: str, status: str, notes: int
) -> None:
    """VM-R7"""
    lines = [held("2025-10-14", "October", kind=kind, status=status),
             held("2025-12-31", "To come", kind=kind)]  # fmt: skip
    facts = gathered(today="2025-12-01", bylaws=bylaws, events=lines)
    told = "Events!2:2 [note] no one has signed in, but it counts as held"
    assert said(facts).count(told) == len(facts.review) == notes


# A W3C group: a quarter of the calls in six months, or attested contributions


QUARTER = example("a-quarter-of-the-calls")


@pytest.mark.parametrize(("came", "votes"), [(0, False), (2, False), (3, True), (12, True)])
def test_a_quarter_of_the_calls_in_six_months(came: int, votes: bool) -> None:
    """VM-R7"""
    calls = fortnightly(12, "call")  # until 2025-06-09
    standing = judged(*calls[:came], on="2025-06-10", bylaws=QUARTER, missed=calls[came:])
    assert standing.can_vote is votes


def test_calls_that_fall_out_of_the_six_months_count_on_neither_side() -> None:
    """VM-R1, VM-R7"""
    calls = meetings("2025-01-06", "2025-06-02", "2025-06-16", "2025-06-30", kind="call")
    came, missed = calls[:1], calls[1:]
    assert judged(*came, on="2025-07-06", bylaws=QUARTER, missed=missed).can_vote
    after = judged(*came, on="2025-07-07", bylaws=QUARTER, missed=missed)
    assert not after.can_vote
    assert after.because[0].fact == "attended 0 of 3 calls in the past 6 months (25% needed)"


def test_where_no_call_was_held_nobody_attended_a_quarter_of_them() -> None:
    """VM-R7"""
    assert not judged(on="2025-07-07", bylaws=QUARTER).can_vote


# A CNCF project: three of the last four meetings


@pytest.mark.parametrize(
    ("came", "status"),
    [
        ((2, 3, 4), Status.VOTING),
        ((1, 2, 3), Status.VOTING),
        ((0, 3, 4), Status.ONE_AWAY),
        ((3, 4), Status.ONE_AWAY),
        ((1, 4), Status.NOT_YET),
        ((0, 1, 2), Status.NOT_YET),
    ],
)
def test_three_of_the_last_four_meetings(came: tuple[int, ...], status: Status) -> None:
    """VM-R5, VM-R7"""
    # Of five the first is no longer among the last four; were there one more, nor the second.
    five = meetings("2025-01-07", "2025-02-04", "2025-03-04", "2025-04-01", "2025-05-06")
    there = [five[number] for number in came]
    missed = [one for one in five if one not in there]
    bylaws = example("three-of-the-last-four-meetings")
    assert judged(*there, on="2025-05-06", bylaws=bylaws, missed=missed).status is status
