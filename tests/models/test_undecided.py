"""Unread columns that would decide over a vote are noted, with what reads them (VM-2, VM-R6)."""

import pytest

from models.errors import FixTheSettings
from models.intake.columns import COLUMNS
from models.intake.layouts import table_of
from models.intake.row_results import notes_of
from models.intake.tables import Cell

HEADS: dict[str, list[Cell]] = {
    "events": ["Date", "Event", "Kind"],
    "sign_ins": ["Event", "Email address", "Name"],
    "volunteers": ["Date", "Activity", "Email address"],
    "registrations": ["Name", "Email address", "Mailing list"],
}


def notes(kind: str, header: str, *cells: Cell, beside: str = "") -> list[str]:
    """What is said of a column of these cells, beside those that a kind needs."""
    more: list[Cell] = [beside] if beside else []
    grid = [[*HEADS[kind], *more, header], *(["a", "b", "c", *more, cell] for cell in cells)]
    found = notes_of(table_of("Tab", grid, COLUMNS[kind], "UTC"))
    return [f"{one.place} {one.reason} -> {one.next_step}" for one in found]


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("Held (Y/N)", ["Y", "N"], "held"),
        ("Was it held?", ["yes", "No"], "held"),
        ("Took place?", ["no"], "held"),
        ("Did it happen?", [False, True], "held"),
        ("Status", ["", "Cancelled"], "held"),
        ("Counts toward voting?", ["No", "Yes"], "counts"),
        ("Partner org", ["Transit Riders"], "partner"),
        ("Organizer", ["Transit Riders", ""], "partner"),
        ("Co-sponsor", ["Transit Riders"], "partner"),
        ("Jointly with", ["Transit Riders", ""], "partner"),
        ("Lead org", ["Transit Riders"], "partner"),
    ],
)
def test_a_column_near_a_field_that_decides_is_noted_with_its_setting(
    header: str, cells: list[Cell], field: str
) -> None:
    (note,) = notes("events", header, *cells)
    assert note.startswith("Tab!D1 this column might say ")
    assert note.endswith(f'chapter.toml: [columns.events] {field} = "{header}"')


def test_one_that_says_the_opposite_is_not_to_be_named_as_it_stands() -> None:
    (note,) = notes("events", "Does not count?", "yes")
    assert note.endswith("-> if it does, add a column “Counts” with the opposite of its answers")


def test_so_is_one_that_speaks_of_what_was_cancelled() -> None:
    (note,) = notes("events", "Notes", "cake", "CANCELLED - snow", "could not be held")
    assert note == (
        "Tab!D1 this column is not read; in 2 rows, it mentions that something was canceled -> "
        "add a column “Held”, and write no under “Held” in the rows of canceled events"
    )


@pytest.mark.parametrize(
    ("kind", "header", "cells", "many"),
    [
        ("sign_ins", "Attended?", ["Yes", "No", "no - sick"], "2 rows"),
        ("sign_ins", "Will you attend?", ["No"], "1 row"),
        ("volunteers", "Status", ["Done", "No show", "Cancelled"], "2 rows"),
        ("volunteers", "Hours", [0, 2, 0.5], "1 row"),
        ("volunteers", "No-show?", ["yes", "no"], "1 row"),
        ("sign_ins", "Checked in", [False, True], "1 row"),
        ("sign_ins", "Attended?", ["yes", "Yes", ""], "1 row"),
        ("sign_ins", "Checked in at", ["2026-02-10 19:01", None, ""], "2 rows"),
        ("sign_ins", "Attendee Status", ["Checked In", "Attending"], "1 row"),
        ("volunteers", "Status", ["Completed", "Signed up", "Waitlist"], "2 rows"),
        ("volunteers", "Confirmed", ["yes", "no"], "1 row"),
        ("sign_ins", "Can you make it?", ["Yes", "Sorry, no", "Can't make it"], "2 rows"),
        ("sign_ins", "Arrived", ["yes", "no"], "1 row"),
        ("sign_ins", "Ticket", ["General", "Cancelled", "Waitlist"], "2 rows"),
        ("volunteers", "Notes", ["brought cake", "no-show", "Didn’t come"], "2 rows"),
        ("sign_ins", "Did you come?", ["Nope", "Yes"], "1 row"),
        ("sign_ins", "Present?", ["☐", "☑"], "1 row"),
        ("sign_ins", "Duration (minutes)", [0, 55], "1 row"),
    ],
)
def test_so_is_one_that_says_that_somebody_did_not_come(
    kind: str, header: str, cells: list[Cell], many: str
) -> None:
    (note,) = notes(kind, header, *cells)
    assert note.startswith(f"Tab!D1 this column is not read; in {many}, it might say that the")


@pytest.mark.parametrize(
    ("kind", "header", "cells", "many"),
    [
        ("sign_ins", "Verified", ["TRUE", "FALSE", "TRUE"], "2 values"),
        ("sign_ins", "Approved", ["no", "no"], "1 value"),
        ("sign_ins", "RSVP only", ["x", "", "x"], "1 value"),
        ("sign_ins", "Type", ["Sign-in", "RSVP", "Sign-in"], "2 values"),
        ("sign_ins", "Notes", ["", "left before the start", "left before the start"], "1 value"),
        ("volunteers", "Credit", [True, False], "2 values"),
        ("events", "Confirmed", ["yes", "no"], "2 values"),
        ("events", "On/Off", ["on", "off", "on"], "2 values"),
        ("events", "Official?", ["yes", "no"], "2 values"),
        ("events", "Outcome", ["fine", "fine", "no quorum"], "2 values"),
    ],
)
def test_a_few_values_that_come_again_are_named_by_their_header(
    kind: str, header: str, cells: list[Cell], many: str
) -> None:
    (note,) = notes(kind, header, *cells)
    assert note.startswith(
        f"Tab!1:1 these columns are not read, and their values repeat: D “{header}” ({many}); if "
        "one of them says"
    )


def test_of_several_there_is_one_line_for_the_tab() -> None:
    """And none of what every chapter asks."""
    heads: list[Cell] = [*HEADS["sign_ins"], "Pronouns", "Verified", "Ward", "Type", *"ABCDEF"]
    rows: list[list[Cell]] = [["a", "b", "c", "she", "no", "1", "x", *["no"] * 6]]
    grid = [heads, *rows, ["a", "b", "c", "he", "yes", "2", "", *["yes"] * 6]]
    (note,) = notes_of(table_of("Tab", grid, COLUMNS["sign_ins"], "UTC"))
    assert "E “Verified” (2 values), G “Type” (1 value), H “A” (2" in note.reason
    assert "and 2 more; if one of them says that a person was not there" in note.reason


def test_a_column_that_says_that_an_event_was_moved_to_another_day_is_noted() -> None:
    (note,) = notes("events", "Remarks", "", "moved to 11/8", "moved to Zoom")
    assert note.startswith("Tab!D1 this column is not read; in 1 row, it mentions that something")


@pytest.mark.parametrize(
    ("header", "cells", "many"),
    [
        ("Unsubscribed?", ["Yes", "", "no"], "1 row"),
        ("Do not contact", ["x", True], "2 rows"),
        ("Notes", ["DO NOT EMAIL", "remove from list per call", "likes cake"], "2 rows"),
        ("Status", ["Active", "Withdrawn", "Opted out"], "2 rows"),
    ],
)
def test_so_is_one_that_may_take_a_consent_back(header: str, cells: list[Cell], many: str) -> None:
    """DP-4: a yes in the consent line does not outlive it unsaid."""
    (note,) = notes("registrations", header, *cells)
    assert note.startswith(f"Tab!D1 this column is not read; in {many}, it might say that the")
    assert note.endswith("does not want email, or has left -> if so, write no under the consent "
                         "question in those rows")  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "header", "cells", "beside"),
    [
        ("events", "Notes", ["cake", "40 came", 12], ""),
        ("events", "Headcount", [12, 40], ""),
        ("events", "Count", [12, 40], ""),
        ("events", "Status", ["", None], ""),
        ("events", "Status", ["done"], "Held"),
        ("events", "Held", ["no"], ""),
        ("sign_ins", "Attended?", ["yes", "Yes"], ""),
        ("sign_ins", "Attended?", ["", None], ""),
        ("volunteers", "No-show?", ["", "no"], ""),
        ("sign_ins", "Notes", ["no cake", "late", "came late"], ""),
        ("sign_ins", "Ward", ["A", "B", "A"], ""),
        ("sign_ins", "How did you hear about us?", ["friend", "friend", "mail"], ""),
        ("sign_ins", "First time here?", ["yes", "no"], ""),
        ("sign_ins", "Minutes", [55, 40, 55], ""),
        ("sign_ins", "Paper sheet", ["x", "x"], ""),
        ("sign_ins", "Cell no.", ["617-555-0101", "617-555-0101"], ""),
        ("events", "Location", ["Library", "Library", "Hall"], ""),
        ("volunteers", "Team", ["A", "A", "B"], ""),
        ("volunteers", "Hours", [2, 1.5, "n/a"], ""),
        ("registrations", "Do you own a car?", ["no", "yes"], ""),
        ("registrations", "Not a member elsewhere", ["yes"], ""),
        ("registrations", "Notes", ["no mail carrier", "left-handed", "no"], ""),
    ],
)
def test_others_are_left_alone(kind: str, header: str, cells: list[Cell], beside: str) -> None:
    assert notes(kind, header, *cells, beside=beside) == []


def test_a_meeting_of_a_roster_is_read() -> None:
    grid: list[list[Cell]] = [["Email address", "Attended 2026-01-13"], ["a@example.org", "no"]]
    found = table_of("Tab", grid, COLUMNS["sign_ins"], "UTC")
    assert [cell for cell, *_ in found.notes] == ["1:1"]


def test_email_beside_email_address_is_noted_where_it_holds_what_the_other_lacks() -> None:
    grid: list[list[Cell]] = [["Event", "Email address", "Email"], ["Forum", "", "a@example.org"]]
    (note,) = notes_of(table_of("Tab", grid, COLUMNS["sign_ins"], "UTC"))
    assert note.reason.startswith("this column is not read, but has a value in 1 rows that")
    assert note.next_step.endswith('address = ["Email address", "Email"]')


def test_the_closest_header_has_the_title_in_it() -> None:
    with pytest.raises(FixTheSettings, match="no header “Date”; the closest is “Date & time” in"):
        table_of("Tab", [["Date & time", "Event", "Kind", "Partner"]], COLUMNS["events"], "UTC")
