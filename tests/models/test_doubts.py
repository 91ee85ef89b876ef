"""Where a row or an exception says two things, a person is asked or told (VM-R2, VM-R3)."""

import pytest

from tests.models.invented import (
    Line,
    entries,
    entry,
    exception,
    gathered,
    held,
    said,
    signed_in,
    volunteered,
)

ANN = "ann@example.org"
FORUM, MEETING = held("2025-10-14", "Forum", kind="Forum"), held("2025-11-11", "Meeting")


def night(*events: Line, exceptions: tuple[Line, ...] = (), at: str = "") -> str:
    """What is said of a night on which Ann signed in at the forum."""
    return said(
        gathered(
            today="2026-02-01",
            events=events or (FORUM, MEETING),
            sign_ins=[signed_in("Forum", ANN, at=at)],
            exceptions=exceptions,
        )
    )


@pytest.mark.parametrize("off", ["cancelled", "postponed to 1/15"])
@pytest.mark.parametrize("first", [True, False])
def test_two_rows_of_one_event_of_which_one_was_called_off_are_a_question(
    off: str, first: bool
) -> None:
    gone = held("2025-10-14", "Forum", kind="Forum", status=off)
    told = night(*((gone, FORUM) if first else (FORUM, gone)))
    assert told.startswith(
        f"Events!{2 if first else 3}:{2 if first else 3} [question] this row says"
    )
    assert "the event counts as held" in told


def test_a_third_row_of_it_asks_no_second_time() -> None:
    gone = held("2025-10-14", "Forum", kind="Forum", status="cancelled")
    assert night(FORUM, gone, gone, FORUM).count("this row says that the event was called off") == 1


def test_the_row_of_an_event_that_was_moved_finds_the_new_one_though_it_was_typed_in_late() -> None:
    moved = held("2025-10-07", "Forum", kind="Forum", status="postponed to 10/14")
    assert night(moved, FORUM, at="2025-10-15") == ""
    assert "events have this name, and the row's date does not show which one" in night(
        moved, FORUM, at="2025-10-08"
    )
    again = held("2025-10-21", "Forum", kind="Forum")
    assert "events have this name, and the row's date does not show which one" in night(
        again, FORUM, at="2025-10-15"
    )


@pytest.mark.parametrize("what", ["attended", "did not attend"])
def test_an_exception_with_the_day_of_another_event_is_a_question(what: str) -> None:
    told = night(exceptions=(exception(what, ANN, event="Forum", event_day="2025-11-11"),))
    assert "[question] the event date does not match “2025-10-14 Forum”" in told
    right = exception("attended", ANN, event="Forum", event_day="2025-10-14")
    assert "[question]" not in night(exceptions=(right,))


def test_an_exception_for_an_address_that_nobody_has_is_noted() -> None:
    told = night(exceptions=(exception("attended", "amn@example.org", event="Meeting"),))
    assert "Exceptions!2:2 [note] no registration or sign-in has this address" in told


def test_one_that_was_decided_on_a_day_to_come_is_noted() -> None:
    told = night(exceptions=(exception("attended", ANN, event="Meeting", on="2026-12-01"),))
    assert "Exceptions!2:2 [note] the date of the decision is in the future" in told


@pytest.mark.parametrize(
    ("name", "noted"),
    [("Canvass with Transit Riders", True), ("Canvass w/ Riders", True), ("Canvass", False)],
)
def test_a_volunteer_activity_whose_name_says_with_whom_is_noted(name: str, noted: bool) -> None:
    """VM-R6: a partner in the name is none that the program can tell."""
    activity = held("2025-10-18", name, kind="Volunteer activity")
    facts = gathered(
        today="2025-12-01", events=[activity], volunteers=[volunteered("2025-10-18", name, ANN)]
    )
    assert entry(facts, ANN).standing.can_vote
    assert ("the name suggests that a partner ran it" in said(facts)) is noted
    spoken = gathered(
        today="2025-12-01",
        events=[{**activity, "Counts": "yes"}],
        volunteers=[volunteered("2025-10-18", name, ANN)],
    )
    assert said(spoken) == ""
    assert len(entries(spoken, ANN)) == 1


@pytest.mark.parametrize("also", ["Tea; Autumn forum", "Tea\nAutumn forum", "Tea | Autumn forum"])
def test_other_names_stand_apart_by_semicolons_bars_or_lines(also: str) -> None:
    facts = gathered(
        today="2025-12-01",
        events=[{**held("2025-10-14", "Hall", kind="Forum"), "Also called": also}],
        sign_ins=[signed_in("autumn forum", ANN), signed_in("Tea", "ben@example.org")],
    )
    assert said(facts) == ""
    assert len(facts.attended) == 2
