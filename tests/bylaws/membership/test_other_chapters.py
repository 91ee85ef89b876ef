"""Other chapters, other paths: the same engine, their rule as data."""

import copy
import tomllib
from datetime import date

import pytest

from models.bylaws.rules import Bylaws, bylaws_from
from models.intake.participation import Event
from models.membership.fulfilment import OwnFacts
from models.membership.status_periods import StatusPeriod
from models.membership.voting_status import Status
from tests.models.invented import (
    EDITIONS,
    TOML,
    amended,
    day,
    entry,
    event,
    example,
    exception,
    gathered,
    held,
    helped,
    judged,
    registered,
    said,
    signed_in,
    volunteered,
)

ANN = "ann@example.org"
EXAMPLES = sorted(path.stem for path in (EDITIONS / "examples").glob("*.toml"))


def meetings(*days: str, kind: str = "meeting") -> list[Event]:
    """Meetings on these days."""
    return [event(on, kind=kind) for on in days]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_the_membership_of_whole_bylaws_with_a_sentence_for_each_condition(
    name: str,
) -> None:
    """VM-R7"""
    edition = example(name).editions[0]
    assert edition.counting.endorsement.threshold.rule == "EN-3"
    assert all(len(each.cite) > 20 for each in edition.membership.conditions())
    assert edition.membership.volunteer_kinds is None


# Lowell: three events in the previous twelve months


THREE_IN_TWELVE = example("three-events-in-twelve-months")


def test_three_events_in_twelve_months_and_no_other_way() -> None:
    """VM-R7"""
    three = meetings("2025-02-10", "2025-11-10", "2026-02-10")
    assert judged(*three, on="2026-02-10", bylaws=THREE_IN_TWELVE).can_vote
    assert not judged(*three, on="2026-02-11", bylaws=THREE_IN_TWELVE).can_vote
    (reason,) = judged(helped("2026-02-01"), on="2026-02-10", bylaws=THREE_IN_TWELVE).because
    assert reason.fact == "attended 0 qualifying events (3 needed)"


def test_a_rule_without_volunteering_reads_a_volunteer_log_and_gives_nobody_the_vote() -> None:
    """VM-R7"""
    facts = gathered(
        today="2025-12-01",
        bylaws=THREE_IN_TWELVE,
        volunteers=[volunteered(f"2025-10-{n}", "Phone bank", ANN) for n in (18, 19, 20)],
    )
    assert entry(facts, ANN).standing.status is Status.NOT_YET
    assert said(facts) == (
        "Volunteers!2:2 [note] the bylaws do not count volunteer activities, so the log makes "
        "no one a voting member -> if that is right, do nothing; otherwise add them to "
        "volunteer_kinds in the bylaws file VM-R7"
    )


# A Young Democrats club: dues, three meetings in the twelve months before, the meeting of the vote


AT_THE_MEETING = example("dues-and-the-meeting-of-the-vote")
THREE_BEFORE = meetings("2025-02-10", "2025-06-10", "2025-10-14")
PAID = OwnFacts(dues=(StatusPeriod(day("2025-01-01"), day("2025-12-31")),))


@pytest.mark.parametrize(
    ("came", "own", "votes"),
    [
        (("2025-02-10", "2025-06-10", "2025-10-14", "2025-11-11"), PAID, True),
        (("2025-06-10", "2025-10-14", "2025-11-11"), PAID, False),
        (("2025-02-10", "2025-06-10", "2025-10-14"), PAID, False),
        (("2024-11-10", "2025-06-10", "2025-10-14", "2025-11-11"), PAID, False),
        (("2024-11-11", "2025-06-10", "2025-10-14", "2025-11-11"), PAID, True),
        (("2025-02-10", "2025-06-10", "2025-10-14", "2025-11-11"), OwnFacts(dues=()), False),
    ],
)
def test_dues_three_meetings_before_the_vote_and_the_meeting_of_the_vote(
    came: tuple[str, ...], own: OwnFacts, votes: bool
) -> None:
    """VM-R7"""
    standing = judged(*meetings(*came), on="2025-11-11", bylaws=AT_THE_MEETING, own=own)
    assert standing.can_vote is votes


def test_two_meetings_on_the_day_of_the_vote_are_not_one_before_it() -> None:
    """VM-R2, VM-R7"""
    two = [*meetings("2025-06-10", "2025-10-14"), event("2025-11-11", "a", kind="meeting"),
           event("2025-11-11", "b", kind="meeting")]  # fmt: skip
    assert not judged(*two, on="2025-11-11", bylaws=AT_THE_MEETING, own=PAID).can_vote


def test_who_lacks_the_meeting_of_the_vote_alone_is_one_event_away() -> None:
    """VM-R5, VM-R7"""
    standing = judged(*THREE_BEFORE, on="2025-11-11", bylaws=AT_THE_MEETING, own=PAID)
    assert standing.status is Status.ONE_AWAY
    assert standing.spell == StatusPeriod(day("2025-10-15"), day("2025-12-31"))
    fewer = judged(*THREE_BEFORE[1:], on="2025-11-11", bylaws=AT_THE_MEETING, own=PAID)
    assert fewer.status is Status.NOT_YET


def test_while_nothing_reads_dues_the_standing_says_so_and_nobody_votes() -> None:
    """VM-3, VM-R7"""
    standing = judged(*THREE_BEFORE, event("2025-11-11", kind="meeting"), on="2025-11-11",
                      bylaws=AT_THE_MEETING)  # fmt: skip
    assert standing.status is Status.NOT_YET
    (reason,) = standing.because
    assert reason.rule == "VM-3, VM-1"
    assert reason.fact == (
        "dues are not read yet; and attended 3 meetings in the past 12 months before this day (3 "
        "needed): 2025-02-10 meeting; 2025-06-10 meeting; 2025-10-14 meeting; and attended a "
        "meeting on this day: 2025-11-11 meeting"
    )


# A DSA chapter: an attestation stands beside the meetings


TWO_OF_THREE = example("two-of-the-last-three-meetings")


def attested(**more: str) -> list[dict[str, str]]:
    """A row of the exceptions tab that speaks for Ann, decided on 2026-01-15."""
    return [exception("attested", ANN, **more)]  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("on", "votes"),
    [("2026-01-14", False), ("2026-01-15", True), ("2026-07-15", True), ("2026-07-16", False)],
)
def test_an_attestation_of_the_exceptions_tab_gives_the_vote_for_its_window(
    on: str, votes: bool
) -> None:
    """VM-R3, VM-R7"""
    facts = gathered(today="2026-12-01", bylaws=TWO_OF_THREE, exceptions=attested())
    assert entry(facts, ANN, on=on).standing.can_vote is votes
    assert facts.review == []


def test_an_attestation_may_speak_of_an_earlier_day() -> None:
    """VM-R7"""
    facts = gathered(
        today="2026-12-01", bylaws=TWO_OF_THREE, exceptions=attested(event_day="2025-12-01")
    )
    standing = entry(facts, ANN, on="2025-12-01").standing
    assert standing.because[1].fact == "attested: 2025-12-01"
    assert not entry(facts, ANN, on="2026-06-02").standing.can_vote


def test_an_attestation_where_no_path_asks_for_one_changes_nothing_and_is_pointed_out() -> None:
    """VM-R7"""
    facts = gathered(today="2026-02-01", exceptions=attested())
    assert not entry(facts, ANN).standing.can_vote
    assert (
        "[note] this attestation changes nothing: no path to voting membership needs one"
        in said(facts)
    )


# The annual meeting


ANNUAL = example("annual-meeting")


@pytest.mark.parametrize(
    ("on", "votes"),
    [("2025-03-31", False), ("2025-04-01", True), ("2026-03-02", True), ("2026-03-03", False)],
)
def test_who_came_to_the_annual_meeting_and_is_registered_for_thirty_days_votes(
    on: str, votes: bool
) -> None:
    """VM-R7"""
    facts = gathered(
        today="2026-12-01",
        bylaws=ANNUAL,
        events=[held("2025-03-02", "Annual meeting", kind="Annual meeting")],
        sign_ins=[signed_in("Annual meeting", ANN)],
        registrations=[
            registered("Ann Alder", ANN, at="2025-11-02"),
            registered("Ann Alder", ANN, at="2025-03-02"),
        ],
    )
    assert entry(facts, ANN, on=on).standing.can_vote is votes


def test_who_never_said_when_they_registered_is_told_so() -> None:
    """VM-R7"""
    standing = judged(event("2025-03-02", kind="annual meeting"), on="2025-06-01", bylaws=ANNUAL)
    assert not standing.can_vote
    assert standing.because[0].fact == (
        "attended the annual meeting: 2025-03-02 annual meeting; and no dated registration (30 "
        "days needed)"
    )


def test_one_event_of_a_kind_of_its_own_is_not_one_more_event() -> None:
    """VM-R5, VM-R7"""
    own = OwnFacts(registered=date(2020, 1, 1))
    assert judged(on="2025-06-01", bylaws=ANNUAL, own=own).status is Status.NOT_YET


def with_a_third_path() -> Bylaws:
    """JP Progressives' paths and the annual meeting: one more block of the file."""
    membership = copy.deepcopy(TOML["editions"][0]["membership"])
    membership["kinds"]["value"].append("annual meeting")
    third = """
        [[paths]]
        name = "annual meeting"
        [[paths.conditions]]
        condition = "attended"
        kinds = ["annual meeting"]
        window = "trailing year"
        rule = "VM-1"
        cite = "an invented amendment: or has attended the annual meeting"
        """
    membership["paths"] += tomllib.loads(third)["paths"]
    return amended(membership=membership)


def test_the_annual_meeting_as_a_third_path_is_data_only() -> None:
    """VM-R7"""
    bylaws = with_a_third_path()
    came = judged(event("2025-03-02", kind="annual meeting"), on="2026-03-02", bylaws=bylaws)
    assert came.can_vote
    assert [reason.fact for reason in came.because] == [
        "attended 1 qualifying event (3 needed): 2025-03-02 annual meeting",
        "no volunteer activity in the past year",
        "attended the annual meeting: 2025-03-02 annual meeting",
    ]
    assert judged(on="2026-03-02", bylaws=bylaws).status is Status.NOT_YET
    two = event("2025-09-09"), event("2025-10-14")
    assert judged(*two, on="2025-12-01", bylaws=bylaws).status is Status.ONE_AWAY


# What is refused


def test_a_kind_that_no_list_knows_is_refused() -> None:
    """VM-R7"""
    membership = copy.deepcopy(TOML["editions"][0]["membership"])
    membership["volunteer_kinds"]["value"] = ["canvass"]
    edition = {**TOML["editions"][0], "membership": membership}
    with pytest.raises(Exception, match="volunteer_kinds names “canvass”, which is not one of the"):
        bylaws_from({"chapter": "x", "editions": [edition]}, "bylaws.toml")
