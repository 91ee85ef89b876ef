"""Which tab is what, by its headers: proposed, or asked about, and never taken by chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.intake.columns import COLUMNS
from models.intake.proposals import Proposal, header_row, likeliest, propose, resolved
from models.intake.tables import Cell
from tests.models.invented import BOSTON
from tests.models.test_any_cell import any_cell

ANN = "ann@example.org"


def proposals(*rows: list[Cell], title: str = "Sheet1") -> list[Proposal]:
    row = header_row(rows, COLUMNS.values())
    return [propose(one, title, rows, row, BOSTON.key) for one in COLUMNS.values()]


def proposed(*rows: list[Cell], title: str = "Sheet1") -> Proposal:
    found = likeliest(proposals(*rows, title=title))
    assert found, "two kinds fit as well, or none does"
    return found


def letters(found: Proposal) -> dict[str, str]:
    """Field → its columns; those that are asked about with a question mark."""
    sure = {name: "".join(chr(65 + n) for n in at) for name, at in found.columns.items()}
    return sure | {
        name: "".join(chr(65 + n) for n in at) + "?" for name, at in found.doubtful.items()
    }


@pytest.mark.parametrize("kind", COLUMNS)
def test_the_usual_headers_are_proposed_as_they_are(kind: str) -> None:
    usual = [COLUMNS[kind].titles(name)[0] for name in COLUMNS[kind].headers]
    row: list[Cell] = [one for one in usual if one not in ("First name", "Last name", "Cancelled")]
    (found,) = [one for one in proposals(row) if one.kind == kind]
    assert found.fits
    assert found.doubtful == {}
    assert found.columns == resolved(COLUMNS[kind], found.heads)
    if kind != "event_sign_ins":  # such a tab may be of registrations, too
        assert proposed(row).kind == kind


@pytest.mark.parametrize(
    ("headers", "kind", "columns"),
    [
        # as forms and people word them
        (["Timestamp", "Event:", "Email  address", "NAME"], "sign_ins",
         {"at": "A", "event": "B", "address": "C", "name": "D"}),
        (["Timestamp", "What is your name?", "Your e-mail", "Which event did you come to?"],
         "sign_ins", {"at": "A", "name": "B", "address": "C", "event": "D"}),
        (["Submitted at", "First", "Last", "Email", "Meeting"], "sign_ins",
         {"at": "A", "first_name": "B", "last_name": "C", "address": "D", "event": "E"}),
        (["Marca temporal", "Correo electrónico", "Nombre completo", "Evento"], "sign_ins",
         {"at": "A", "address": "B", "name": "C", "event": "D"}),
        (["Timestamp", "Which meeting (as Jan 13 forum)?", "Email address", "Name"], "sign_ins",
         {"at": "A", "event": "B", "address": "C", "name": "D"}),
        (["Fecha", "Evento", "Tipo"], "events", {"day": "A", "name": "B", "kind": "C"}),
        (["When", "Title", "Event type", "Hosted by"], "events",
         {"day": "A", "name": "B", "kind": "C", "partner": "D"}),
        (["Date", "Event", "Kind", "Canceled"], "events",
         {"day": "A", "name": "B", "kind": "C", "cancelled": "D"}),
        (["Date", "Task", "E-mail", "Volunteer"], "volunteers",
         {"day": "A", "activity": "B", "address": "C", "name": "D"}),
        (["Name", "Email (required)", "Cell phone", "Secondary email"], "registrations",
         {"name": "A", "address": "B", "phone": "C", "other_addresses": "D"}),
        (["Date", "Decided by", "Reason", "What", "Email address", "Event"], "exceptions",
         {"decided": "A", "decided_by": "B", "reason": "C", "kind": "D", "address": "E",
          "event": "F"}),
        # a roster has no column for the event
        (["Name", "Email", "1/13/2026", "2/10/2026"], "sign_ins", {"name": "A", "address": "B"}),
        (["Name", "Email address", 46035, "Feb 10, 2026 Forum"], "sign_ins",
         {"name": "A", "address": "B"}),
    ],
)  # fmt: skip
def test_a_header_style_is_proposed(
    headers: list[Cell], kind: str, columns: dict[str, str]
) -> None:
    found = proposed(headers, ["x", "y", "z"])
    assert found.kind == kind
    assert letters(found) == columns


@pytest.mark.parametrize(
    ("headers", "field", "asked"),
    [
        (["Event", "Name", "Email", "Email (work)"], "address", "CD?"),
        (["Event", "Name", "Email address", "E-mail"], "address", "CD?"),
        (["Event", "Nombre", "Apellidos", "Correo"], "first_name", "B?"),
        (["Event", "Nombre", "Apellidos", "Correo"], "name", "B?"),
        (["Date", "Event", "Email address", "Name"], "at", "A?"),
        (["Timestamp", "The forum of that evening", "Email address", "Name"], "event", "B?"),
        (["Event", "Name", "Your email, so that we can reach you"], "address", "C?"),
        (["Event", "Contact", "Name"], "address", "B?"),
        (["Timestamp", "Name", "Email address", "Phone", "Add me to the newsletter"],
         "wants_email", "E?"),
        (["When", "Title", "Type", "Status"], "held", "D?"),
        (["Event", "Event name", "Email address", "Name"], "event", "AB?"),
    ],
)  # fmt: skip
def test_what_fits_in_two_ways_or_only_nearly_is_asked(
    headers: list[Cell], field: str, asked: str
) -> None:
    assert letters(proposed(headers))[field] == asked


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        (["Name", "Email address", "Phone", "Do not email"], "wants_email"),
        (["Name", "Email address", "Phone", "Unsubscribed from the newsletter"], "wants_email"),
        (["Date", "Event", "Kind", "Not held"], "held"),
        (["Date", "Event", "Kind", "Does not count"], "counts"),
        (["Event", "Email address", "Username of the host's friend"], "name"),
        (["Name", "Email address", "Phone", "Ward"], "district"),
        (["Name", "Email address", "Phone", "Email address of your employer (old)"],
         "other_addresses"),
    ],
)  # fmt: skip
def test_a_header_that_says_the_opposite_or_something_else_is_not_proposed(
    headers: list[Cell], field: str
) -> None:
    assert field not in letters(proposed(headers))


@pytest.mark.parametrize("mail", ["Email address", "E-mail"])
@pytest.mark.parametrize(
    "days",
    [
        (46035, 46063.0, 46091),
        ("2026-01-13", "2/10/2026", "March 10, 2026"),
        ("2026-01-13 Winter meeting", "Spring forum (2/10/2026)", "3/10/26"),
        (46035, 46063, "3/10"),
        ("Tue 1/13/26", "10-Feb-26", "Mar-10-2026"),
        ("1/13/26 (Zoom)", "Feb 10, 2026 @ 7pm", "3/10/2026 in person, 19:00"),
        ("Tue. 1/13/26 Winter meeting", "2/10 2026", "10-Mar-26"),
        ("1/13", 46063, "Mar 10, 2026"),
        ("3/10/2026", "2/10", "1/13/2026"),
    ],
)
def test_a_roster_is_proposed_however_its_days_are_written(
    days: tuple[Cell, ...], mail: str
) -> None:
    found = proposed(["Name", mail, "Phone", *days], ["Ann", ANN, "", "x", True, "✓"])
    assert found.kind == "sign_ins"
    assert found.meetings == {3, 4, 5}
    assert letters(found) == {"name": "A", "address": "B"}


def test_a_tab_that_may_be_two_things_has_no_proposal() -> None:
    one_evening: list[Cell] = ["Timestamp", "Name", "Email address"]
    assert {one.kind for one in proposals(one_evening) if one.fits} == {
        "event_sign_ins", "registrations",
    }  # fmt: skip
    assert likeliest(proposals(one_evening)) is None
    assert proposed(one_evening, title="Membership registrations").kind == "registrations"


@pytest.mark.parametrize("headers", [["Item", "Cost", "Paid by"], ["Ward", "Precinct"], [], [""]])
def test_a_tab_of_something_else_fits_nothing(headers: list[Cell]) -> None:
    assert [one.kind for one in proposals(headers) if one.fits] == []


@pytest.mark.parametrize("above", [0, 1, 2])
def test_headers_are_found_below_a_title(above: int) -> None:
    title: list[list[Cell]] = [["Attendance of 2026"], ["", "kept by the secretary"]]
    rows = [*title[:above], ["Name", "Email address", "Meeting"], ["Ann", ANN, "Forum"]]
    found = proposed(*rows)
    assert found.row == above
    assert letters(found) == {"name": "A", "address": "B", "event": "C"}


@given(st.lists(st.lists(any_cell, max_size=5), max_size=7))
def test_any_tab_has_proposals_within_its_columns(rows: list[list[Cell]]) -> None:
    for found in proposals(*rows):
        there = {head.index for head in found.heads}
        places = [n for at in (*found.columns.values(), *found.doubtful.values()) for n in at]
        assert set(places) <= there
        sure = [n for at in found.columns.values() for n in at]
        assert len(sure) == len(set(sure)), "a column is two things"
