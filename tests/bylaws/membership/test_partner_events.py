"""Events that a partner ran: by their kind, and as volunteer activities only when that is said."""

import pytest

from models.intake.locations import Weight
from models.membership.voter_roll import Facts
from models.membership.voting_status import Status
from tests.models.invented import (
    Line,
    entry,
    example,
    exception,
    gathered,
    held,
    said,
    signed_in,
    volunteered,
)

ANN = "ann@example.org"
HELP = "Volunteer activity"
MEETINGS = [held("2025-09-09", "September"), held("2025-10-14", "October")]


def by_partner(name: str = "Canvass", *, kind: str = HELP, counts: str = "") -> Line:
    """An event that somebody else organised."""
    return {**held("2025-11-11", name, kind=kind, counts=counts), "Partner": "Transit Riders"}


def came_to(*events: Line, **more: object) -> Facts:
    """Ann was at all of them."""
    rows = [signed_in(str(event["Event"]), ANN) for event in events]
    return gathered(today="2025-12-01", events=events, sign_ins=rows, **more)  # type: ignore[arg-type]


def status(facts: Facts) -> Status:
    return entry(facts, ANN).standing.status


def test_a_partners_volunteer_activity_gives_nothing_by_itself_and_is_asked_about() -> None:
    """VM-R6, VM-1"""
    facts = came_to(by_partner())
    assert status(facts) is Status.NOT_YET
    (asked,) = [item for item in facts.review if item.weight is Weight.QUESTION]
    assert (
        "people volunteered at this event, but a partner ran it; is it enough for" in asked.reason
    )
    assert asked.next_step == "if it is, write yes under “Counts”; if not, write “as an event”"
    assert asked.rule == "VM-R6"


def test_a_partners_volunteer_activity_gives_the_vote_when_counts_says_so() -> None:
    """VM-R6, VM-1"""
    facts = came_to(by_partner(counts="yes"))
    assert status(facts) is Status.VOTING
    assert said(facts) == ""


def test_a_partners_volunteer_activity_is_an_event_among_others() -> None:
    """VM-R6, VM-2"""
    facts = came_to(*MEETINGS, by_partner())
    assert status(facts) is Status.VOTING
    assert len(entry(facts, ANN).standing.counted) == 3
    (told,) = facts.not_counted(entry(facts, ANN).person.id, facts.today)
    assert told[1].startswith(
        "a partner ran it: it counts as one event, and is not enough by itself"
    )


@pytest.mark.parametrize("way", ["sign-in", "log"])
def test_a_partners_volunteer_activity_counts_as_an_event_and_is_not_asked_about(way: str) -> None:
    """VM-R6, VM-2"""
    event = by_partner(counts="As an event")
    if way == "sign-in":
        facts = came_to(*MEETINGS, event)
        assert len(entry(facts, ANN).standing.counted) == 3
        (told,) = facts.not_counted(entry(facts, ANN).person.id, facts.today)
        assert told[1] == (
            "“Counts” says that it counts as one event: it is not enough by itself (VM-R6)"
        )
    else:
        log = [volunteered("2025-11-11", "canvass", ANN)]
        facts = gathered(today="2025-12-01", events=[event], volunteers=log)
        assert status(facts) is Status.NOT_YET
        assert [str(event) for event in entry(facts, ANN).standing.counted] == [
            "2025-11-11 Canvass"
        ]
    assert said(facts) == ""


def test_a_partners_activity_that_does_not_count_is_not_even_an_event() -> None:
    """VM-R6, VM-R2"""
    facts = came_to(*MEETINGS, by_partner(counts="no"))
    assert status(facts) is Status.ONE_AWAY
    assert said(facts) == ""


@pytest.mark.parametrize("kind", ["Forum", "Candidate forum", "Monthly meeting"])
def test_a_partners_event_of_another_kind_counts_like_any(kind: str) -> None:
    """VM-R6, VM-2"""
    facts = came_to(*MEETINGS, by_partner(kind=kind))
    assert status(facts) is Status.VOTING
    assert said(facts) == ""


@pytest.mark.parametrize(
    "nobody", ["", " ", "none", "N/A", "–", "no", "Ninguno", "us", "no partner"]
)
def test_who_writes_that_there_was_no_partner_names_none(nobody: str) -> None:
    """VM-R6"""
    facts = came_to({**by_partner(), "Partner": nobody})
    assert status(facts) is Status.VOTING


@pytest.mark.parametrize("way", ["log", "exception"])
def test_the_volunteer_log_and_an_exception_find_the_partners_event_by_its_name(way: str) -> None:
    """VM-R6, VM-R3"""
    log = [volunteered("2025-11-11", "canvass", ANN)] if way == "log" else []
    more = exception("volunteered", ANN, event="Canvass", event_day="2025-11-11")
    facts = gathered(
        today="2025-12-01",
        events=[by_partner()],
        volunteers=log,
        exceptions=[] if log else [more],
    )
    assert status(facts) is Status.NOT_YET
    assert "a partner ran it" in said(facts)


def test_of_two_rows_of_one_event_what_one_says_of_the_partner_holds() -> None:
    """VM-R6, VM-R2"""
    alone = {**by_partner(), "Partner": ""}
    assert status(came_to(alone, by_partner())) is Status.NOT_YET
    assert status(came_to(by_partner(), {**alone, "Counts": "yes"})) is Status.VOTING
    for other in ("no", "as an event"):
        both = came_to({**alone, "Counts": other}, {**alone, "Counts": "yes"})
        assert status(both) is Status.NOT_YET
        assert "which does not count because the two disagree under “Counts”" in said(both)


def test_where_no_path_asks_for_volunteering_nobody_is_asked_about_partners() -> None:
    """VM-R6, VM-R7"""
    facts = came_to(by_partner(), bylaws=example("two-of-the-last-three-meetings"))
    assert "a partner ran it" not in said(facts)
