"""Tabs as people lay them out: a roster, a title above the headers, a name in two columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import FixTheSettings
from models.intake.columns import COLUMNS
from models.intake.layouts import table_of
from models.intake.locations import NOTHING
from models.intake.marks import came
from models.intake.report import read_registrations, read_sign_ins
from models.intake.row_results import RowResults
from models.intake.tables import Cell, Table
from models.membership.erasure import ERASED, blanked, marked, names, without_marks
from models.membership.voter_roll import Facts
from models.privacy import Email, Name
from models.unmask import reveal
from tests.models.invented import BOSTON, gathered, held, said, table
from tests.models.test_any_cell import any_cell

Grid = list[list[Cell]]
ANN, BEN = "ann@example.org", "ben@example.org"
EVENTS = [
    held("2026-01-13", "Winter meeting"),
    held("2026-02-10", "Spring forum", kind="Forum"),
    held("2026-03-10", "March meeting"),
]


def tab(*rows: list[Cell], kind: str = "sign_ins") -> Table:
    return table_of("Roster", list(rows), COLUMNS[kind], BOSTON.key)


def night(roster: Table) -> Facts:
    return gathered(roster, today="2026-03-31", events=EVENTS)


def attended(facts: Facts) -> dict[str, list[str]]:
    """Who was where."""
    return {
        reveal(facts.known.people[number].addresses[0]): sorted(
            facts.events[event].name for event in events
        )
        for number, events in facts.attended.items()
    }


def asked(facts: Facts) -> list[str]:
    """What is to be done, without the notes on the roster as a whole."""
    of_all = ("read as a roster", "its last sign-in is from")
    return [f"{i.place} {i.reason}" for i in facts.review if not i.reason.startswith(of_all)]


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
def test_a_roster_is_read_whole(days: tuple[Cell, ...]) -> None:
    names = (
        ["Winter", "Spring", "March"] if str(days[0])[0] != "3" else ["March", "Spring", "Winter"]
    )
    facts = night(
        tab(
            ["Name", "Email address", "Phone", *days],
            ["Ann Alder", ANN, "", "x", True, "✓"],
            ["Ben Baker", BEN, "", "", False, "X"],
            ["Cy Cruz", "cy@example.org", "617", None, "absent"],
        )
    )
    full = {"Winter": "Winter meeting", "Spring": "Spring forum", "March": "March meeting"}
    assert attended(facts) == {ANN: sorted(full.values()), BEN: [full[names[2]]]}
    assert "Roster!1:1 [note] read as a roster: one row per person, one column" in said(facts)
    assert all("no year" in one for one in asked(facts))
    assert len(asked(facts)) == sum("/" in str(day) and len(str(day)) < 6 for day in days)


@pytest.mark.parametrize("cell", ["?", "maybe", "12", 3.0, "with Ben", "x?", "x - no", "not here",
                                  "late cancel", "late cancellation", "online (never joined)",
                                  "x cancelled", "Yes - RSVP only", "zoom link sent", "1/2", "1.5",
                                  "X didn’t show", "late - never came", "Present (proxy)",
                                  0.5, "0.5", "0,5", "x sick",
                                  "Yes to RSVP, didn’t come"])  # fmt: skip
def test_a_mark_that_cannot_be_told_is_named_by_its_cell(cell: Cell) -> None:
    facts = night(tab(["Name", "Email address", 46035], ["Ann", ANN, "x"], ["Ben", BEN, cell]))
    assert attended(facts) == {ANN: ["Winter meeting"]}
    assert asked(facts) == ["Roster!C3 this mark does not clearly say whether the person came"]
    assert sum(box.rows for box in facts.boxes if box.source == "Roster") == 2


@pytest.mark.parametrize(
    "cell",
    [None, "", " ", False, "FALSE", "no", 0, "absent", "-", "n/a", "Absent (sick)", "no show",
     "0.0"],
)  # fmt: skip
def test_no_mark_is_no_row(cell: Cell) -> None:
    assert came(cell) is False
    assert tab(["Name", "Email address", 46035], ["Ben", BEN, cell]).rows == []


@pytest.mark.parametrize(
    "cell",
    ["x", "X (zoom)", "✓ - late", "Yes, online", 1.0, True, "TRUE", "1.0", "late, via Zoom",
     "x (left early)", "in-person: yes"],
)  # fmt: skip
def test_a_mark_may_say_more(cell: Cell) -> None:
    assert came(cell) is True


def test_what_is_wrong_with_a_person_is_said_at_their_mark() -> None:
    roster = tab(["Name", "Email address", 46035], ["Ann", "ann alder@example.org", "x"],
                 ["Ben Baker", "", "x"])  # fmt: skip
    assert asked(night(roster)) == [
        "Roster!B2 the address contains a space",
        "Roster!C3 this row has a name but no email address; no one is registered under this name",
    ]


def test_a_day_on_which_nothing_or_two_things_were_held_is_asked_about() -> None:
    roster = tab(["Email address", 46035, "2026-01-14"], [ANN, "x", "x"])
    two = [*EVENTS, held("2026-01-13", "Phone bank", kind="Volunteer activity")]
    facts = gathered(roster, today="2026-03-31", events=two)
    assert attended(facts) == {}
    one, none = sorted(asked(facts))
    assert one.startswith("Roster!B2 2 events were held on this day")
    assert none.startswith("Roster!C2 there was no event on January 14, 2026; did you mean")


@pytest.mark.parametrize("day", ["1/13", "Tue 1/13", "1/13 Winter meeting", "Jan 13: Winter"])
def test_a_year_that_the_other_meetings_leave_open_is_asked_about(day: str) -> None:
    """Once for its column: that no event has the name of its marks would be another cause."""
    facts = night(tab(["Email address", day, 46063], [ANN, "x", "x"], [BEN, "x", ""]))
    assert attended(facts) == {ANN: ["Spring forum"]}
    (one,) = asked(facts)
    assert one == (
        "Roster!B1 the date has no year, and the others allow several, so the column is not read"
    )


def test_a_date_without_a_year_may_stand_beside_a_name() -> None:
    heads: list[Cell] = ["Email address", "1/13/26", "2/10 Spring forum", "2026-03-10"]
    facts = night(tab(heads, [ANN, "x", "x", "x"]))
    assert attended(facts) == {ANN: ["March meeting", "Spring forum", "Winter meeting"]}
    (one,) = asked(facts)
    assert one.startswith("Roster!C1 the date has no year; from the order of the others, it is ")


def test_marks_under_a_header_without_a_day_are_noted() -> None:
    facts = night(tab(["Email address", 46035, "Picnic", "Notes"], [ANN, "x", "x", "vegan"]))
    (note,) = asked(facts)
    assert note.startswith("Roster!C1 this column has marks, but its header has no date")


@pytest.mark.parametrize("head", ["Feb meeting", "2026-0228"])
def test_so_are_they_where_one_mark_is_odd(head: str) -> None:
    rows: Grid = [[ANN, "x", "x"], [BEN, "", "6:30"]]
    (note,) = asked(night(tab(["Email address", 46035, head], *rows)))
    assert note.startswith("Roster!C1 this column has marks, but its header has no date")


@pytest.mark.parametrize("above", [0, 2])
def test_a_line_of_sums_is_nobodys(above: int) -> None:
    """Its row is noted, and a mark in it is none."""
    title: Grid = [["Roster of 2026"], []]
    facts = night(
        tab(*title[:above], ["Name", "Email address", 46035, "Picnic"], ["Ann", ANN, "x", "x"],
            ["Total", "", 1.0, 1], [None, None, False], ["", " ", "x"])
    )  # fmt: skip
    assert attended(facts) == {ANN: ["Winter meeting"]}
    cells = {one.partition(" ")[0] for one in asked(facts)}
    assert cells == {f"Roster!{row + above}:{row + above}" for row in (3, 5)} | {
        f"Roster!D{1 + above}"
    }


@pytest.mark.parametrize("days", [("1/13", "2/10"), ("1/13 Winter", "Feb 10 forum")])
def test_dates_of_which_none_has_a_year_are_refused(days: tuple[str, str]) -> None:
    with pytest.raises(FixTheSettings, match="none of its dates has a year"):
        tab(["Email address", *days], [ANN, "x", "x"])


def test_a_roster_of_meetings_without_dates_is_refused_as_one() -> None:
    """Mapped as the event, one of its columns would leave nobody the vote."""
    heads: list[Cell] = ["Name", "Email address", "Fall meeting", "Winter meeting"]
    with pytest.raises(
        FixTheSettings, match=r"looks like a roster.* no header has a date"
    ) as said_:
        tab(heads, ["Ann", ANN, "x", "x"], ["Ben", BEN, "", "yes"])
    assert "write the date before each meeting's name" in said_.value.next_step


def test_a_roster_of_names_alone_is_refused_with_what_it_lacks() -> None:
    with pytest.raises(FixTheSettings, match="it has no header “Email address”") as said_:
        tab(["Attendance 2026"], ["Name", 46035, 46063], ["Ann", "x", "x"])
    assert said_.value.where == "Roster!2:2"


def test_a_list_of_sign_ins_is_none_whatever_else_stands_beside_it() -> None:
    found = tab(["Event", "Email address", 46035], ["Winter meeting", ANN, "x"])
    assert [list(row) for row in found.rows] == [["Winter meeting", ANN]]
    for head in ("What", "Which meeting (as Jan 13 forum)?"):
        with pytest.raises(FixTheSettings, match="no header “Event”"):
            tab([head, "Email address"], ["Winter meeting", ANN])


def test_nothing_is_kept_of_a_persons_marks_once_they_are_erased() -> None:
    """DP-6: of the marks of everybody else nothing changes."""
    roster = tab(["First name", "Last name", "Email address", 46035, 46063],
                 ["Ann", "Alder", ANN, "x", "x"], ["Bea", "O’Dowd", "", "x", ""])  # fmt: skip
    gone = {Email.parse(ANN), Name("bea o’dowd")}  # as former versions held a name
    for whom, left in ((gone, 0), ({Email.parse(ANN)}, 1)):
        kept = blanked(roster, lambda row, whom=whom: ERASED if whom & {*names(row)} else "")
        assert len(marked(kept, ERASED)) == 3 - left
        assert ANN not in str(kept.rows)
        assert sum(1 for _ in without_marks(kept).filled()) == left


@given(st.lists(any_cell, max_size=3), st.lists(st.lists(any_cell, max_size=5), max_size=4))
def test_any_roster_is_read_or_refused(heads: Grid, rows: Grid) -> None:
    """Whatever stands in it, no night stops at a bug, and every row is in a box."""
    try:
        roster = tab(["", "Email address", 46035, *heads], *rows)  # type: ignore[arg-type]
    except FixTheSettings:
        return
    (box,) = [box for box in night(roster).boxes if box.source == "Roster"]
    assert box.rows == box.records + box.set_aside
    assert all("@" not in str(place) for place in map(roster.place, range(len(roster.rows))))


def test_an_event_may_be_named_by_its_day() -> None:
    days: list[Cell] = [46035.0, "2/10/2026", "Mar 10, 2026"]
    facts = night(tab(["Event", "Email address"], *([day, ANN] for day in days)))
    assert len(attended(facts)[ANN]) == 3


# ── a title above the headers ──


@pytest.mark.parametrize(
    "above",
    [
        [["Sign-ins 2025-2026, as of 3/4/26"]],
        [["Our chapter"], [], ["", "kept by Ann"]],
        [[None], [""]],
    ],
)
def test_a_title_may_stand_above_the_headers(above: Grid) -> None:
    found = tab(*above, ["Event", "Email address"], ["Winter meeting", ANN], ["Forum", "ann"])
    assert attended(night(found)) == {ANN: ["Winter meeting"]}
    assert str(found.place(1, "address")) == f"Roster!B{len(above) + 3}"
    roster = tab(*above, ["Email address", 46035, "Picnic"], [ANN, "x", "x"])
    assert attended(night(roster)) == {ANN: ["Winter meeting"]}
    row = len(above) + 1
    assert str(roster.place(0)) == f"Roster!B{row + 1}"
    assert [cell for cell, *_ in roster.notes] == [f"{row}:{row}", f"C{row}"]


@pytest.mark.parametrize(
    "above",
    [["Sign-ins", "2026"], ["Rivertown", "Sign-in sheet", ""], ["Updated by Ann", "3/4/2026"],
     ["", "", "Winter", "Spring"], ["Total", 12]],
)  # fmt: skip
def test_a_title_of_several_cells_is_noted(above: list[Cell]) -> None:
    found = tab(above, ["Event", "Email address", "Name"], ["Winter meeting", ANN, "Ann"])
    assert attended(night(found)) == {ANN: ["Winter meeting"]}
    (note,) = found.notes
    assert note[:2] == ("1:1", "above the headers: read as a title, not as a person's row")
    roster = tab(above, ["Email address", "Name", 46035, 46063], [ANN, "Ann", "x", ""])
    assert attended(night(roster)) == {ANN: ["Winter meeting"]}
    assert note in roster.notes


def test_a_report_that_begins_with_another_table_is_refused_as_two() -> None:
    """Zoom's: the host's address stands under its first headers, the participants' further down."""
    summary: Grid = [["Meeting", "Email address"], ["Spring forum", "host@example.org"], []]
    people: Grid = [["Email address", "Name"], [ANN, "Ann"], [BEN, "Ben"]]
    with pytest.raises(FixTheSettings, match="row 4 has headers too, in other columns") as caught:
        tab(*summary, *people, kind="event_sign_ins")
    assert "delete the rows above it" in caught.value.next_step
    assert len(tab(*people, kind="event_sign_ins").rows) == 2
    again = tab(*people, *people, kind="event_sign_ins")
    assert len(again.rows) == 5
    asked_how = tab(
        ["Email address", "How to reach you?"],
        [ANN, "Email address"],
        [BEN, BEN],
        kind="event_sign_ins",
    )
    assert len(asked_how.rows) == 2


def test_below_a_title_what_the_headers_lack_is_said_of_their_row() -> None:
    with pytest.raises(FixTheSettings, match="the closest is “Emale address” in col") as caught:
        tab(["Sign-ins", "2026"], ["Event", "Emale address", "Name"], ["Forum", ANN, "Ann"])
    assert caught.value.where == "Roster!2:2"


@pytest.mark.parametrize("above", [[46035.5, "Forum", "", "Ann"], ["3/4/2026", "", "", "Ann"]])
def test_a_row_with_a_time_above_the_headers_is_no_title(above: list[Cell]) -> None:
    with pytest.raises(FixTheSettings, match="was the tab sorted"):
        tab(above, ["Timestamp", "Event", "Email address", "Name"], [46036, "Forum", ANN, "Ann"])
    with pytest.raises(FixTheSettings, match="no header “Email address” in row 1"):
        tab(["Bo", "", "x"], ["Name", "Email address", 46035], ["Ann", ANN, "x"])


@pytest.mark.parametrize(
    "above",
    [[["Forum", ANN]], [[ANN]], [["2026-03-10"]], [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]],
)
def test_rows_above_the_headers_are_no_title(above: Grid) -> None:
    """The tab was sorted with its headers, or is another: nothing of it is read."""
    with pytest.raises(FixTheSettings, match="no header “Event”") as caught:
        tab(*above, ["Event", "Email address"], ["Winter meeting", "ben@example.org"])
    assert "@" not in str(caught.value)


# ── a name in two columns ──


@pytest.mark.parametrize(
    ("headers", "cells", "name"),
    [
        (["First name", "Last name"], ["Ann", "Alder"], "Ann Alder"),
        (["Last name", "First name"], ["Alder", " Ann "], "Ann Alder"),
        (["First name", "Last name"], ["Ann", None], "Ann"),
        (["First name", "Last name"], ["", "Alder"], "Alder"),
        (["First name", "Last name"], ["", ""], None),
        (["Name", "Last name"], ["Ann", "Alder"], "Ann Alder"),
        (["Name", "Last name"], ["Ann Alder", "Alder"], "Ann Alder"),
        (["Name", "First name", "Last name"], ["A. Alder", "Ann", "Alder"], "A. Alder"),
        (["Name", "First name", "Last name"], ["", "Ann", "Alder"], "Ann Alder"),
    ],
)
def test_a_name_may_stand_in_two_columns(
    headers: list[Cell], cells: list[Cell], name: str | None
) -> None:
    found = tab(["Event", "Email address", *headers], ["Winter meeting", ANN, *cells])
    (row,) = read_sign_ins(found, BOSTON, RowResults())
    assert (row.name and reveal(row.name)) == name


def test_a_registration_needs_a_name_in_one_column_or_in_two() -> None:
    heads: list[Cell] = ["First name", "Last name", "Email address"]
    found = tab(["Members"], heads, ["Ann", "Alder", ANN], ["", "", BEN], kind="registrations")
    tray = RowResults()
    (row,) = read_registrations(found, BOSTON, tray)
    assert reveal(row.name) == "Ann Alder"
    assert [item.reason for item in tray.review] == ["the name is missing"]
    with pytest.raises(FixTheSettings, match="no header “Name”"):
        tab(["First name", "Email address"], ["Ann", ANN], kind="registrations")


def test_a_name_in_two_columns_and_no_address_is_asked_about() -> None:
    facts = night(tab(["Event", "Email address", "First name", "Last name"],
                      ["Winter meeting", "", "Ann", "Alder"]))  # fmt: skip
    assert asked(facts) == [
        "Roster!2:2 this row has a name but no email address; no one is registered under this name"
    ]


def test_the_usual_layout_is_what_it_was() -> None:
    plain_tab = table("sign_ins", [{"Event": "Forum", "Email address": ANN, "Timestamp": 46035.5}])
    headers = list(COLUMNS["sign_ins"].headers.values())
    again = table_of(
        "Sign-ins", [headers, [46035.5, "Forum", ANN]], COLUMNS["sign_ins"], BOSTON.key
    )
    assert again == plain_tab


@pytest.mark.parametrize("above", [0, 1])
def test_headers_that_stand_once_more_are_passed_over_and_noted(above: int) -> None:
    heads: list[Cell] = ["Event", "Email address", "Name"]
    rows: Grid = [heads, ["Forum", ANN, "Ann"], ["Event ", "Email Address:", ""], ["Tea", ANN, ""]]
    found = table_of("Tab", [*[["Who came"]] * above, *rows], COLUMNS["sign_ins"], "UTC")
    assert [row[0] for row in found.rows] == ["Forum", None, "Tea"]
    assert found.place(2).cell == f"{4 + above}:{4 + above}"
    row = f"{3 + above}:{3 + above}"
    assert (row, "the headers are repeated here; skipped", NOTHING) in found.notes


def test_a_roster_with_another_header_for_addresses_is_told_which() -> None:
    grid: Grid = [["Name", "Email", "2026-01-13", "2026-02-10"], ["Ann", ANN, "x", "x"]]
    with pytest.raises(FixTheSettings, match="no header “Email address”; the closest is “Email”"):
        table_of("Roster", grid, COLUMNS["sign_ins"], "UTC")


def test_a_weekday_beside_a_rosters_date_is_no_name_of_its_event() -> None:
    heads: list[Cell] = ["Email address", "Jan 13, 2026 (Tue)", "Feb 10, 2026"]
    facts = night(tab(heads, [ANN, "x", "x"]))
    assert attended(facts) == {ANN: ["Spring forum", "Winter meeting"]}
