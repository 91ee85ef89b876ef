"""What people write beside an event that took place, or did not (VM-R2)."""

import re

import pytest

from models.errors import FixTheSettings
from models.intake.columns import COLUMNS
from models.intake.event_rows import read_events
from models.intake.participation import Event
from models.intake.row_results import RowResults, notes_of
from models.intake.tables import Cell, table_from
from tests.models.invented import BOSTON

HELD = ["yes", "x", "held", True, 1, "online", "Yes (hybrid)", "moved to Zoom", "in person",
        "held at the library", "took place as planned", "not cancelled", "Sí",
        "yes - via Zoom", "wasn’t postponed", "presencial", "✅", "moved to 7pm", "moved to 6:30",
        "moved to 7.30 pm", "moved to 3rd floor", "moved online", "hybrid meeting",
        "Moved to Zoom because of the snow"]  # fmt: skip
NOT_HELD = ["no", "cancelled", "canceled", "Cancelled - snow", "POSTPONED to 3/4", "No - snow",
            "moved to 3/4", "moved to March 4", "moved to another day", "rescheduled", "not held",
            "rained out", "called off", "never happened", "didn’t take place",
            "no meeting", False, 0, "❌", "CANCELLED!", "cancelado",
            "postponed until May 3", "never took place", "Cancelled - no quorum",
            "moved to 4 March", "Skipped (holiday)", "No - nobody came"]  # fmt: skip
UNTOLD = ["TBD", "n/a", "cancelled?", "snow", "-", "moved to the library", "held, then cancelled",
          "No, it was held after all", "maybe", "no quorum", "online, rescheduled from 2/28",
          "Ann brings cake", "held if it does not rain", "to be cancelled or held",
          "won’t be held", "will not be held (snow)", "could not be held", "has not been held",
          "not yet held", "no longer held", "None held", "not completed", "nothing happened",
          "not as planned", "held over to May", "held off until May", "Zoom meeting scrapped",
          "Hybrid meeting vetoed", "virtual snow day - nothing", "Zoom bombed, ended",
          "was to be held on Zoom", "presencial si no llueve", "no longer cancelled",
          "moved to 12 Main St", "moved to May’s house", "Rescheduled from 10/25",
          "postponed from Feb 3", "cancelled: no", "No. present: 14",
          "Cancelled, Zoom instead"]  # fmt: skip


def events(headers: list[Cell], *rows: list[Cell]) -> tuple[list[Event], list[str]]:
    """The events of a tab, and what is said of its rows."""
    tray = RowResults()
    grid = [["Date", "Event", "Kind", *headers], *(["2026-03-03", "E", "forum", *r] for r in rows)]
    found = read_events(table_from("Events", grid, COLUMNS["events"], "UTC"), BOSTON, tray)
    return found, [f"{item.place} {item.reason}" for item in tray.review]


@pytest.mark.parametrize("cell", HELD, ids=str)
def test_what_says_that_it_took_place_is_held(cell: Cell) -> None:
    ((event,), said) = events(["Held"], [cell])
    assert (event.cancelled, said) == (False, [])


@pytest.mark.parametrize("cell", NOT_HELD, ids=str)
def test_what_says_that_it_did_not_is_not_held(cell: Cell) -> None:
    ((event,), said) = events(["Held"], [cell])
    assert (event.cancelled, said) == (True, [])


@pytest.mark.parametrize("cell", UNTOLD)
def test_what_cannot_be_told_is_named(cell: str) -> None:
    found, said = events(["Held"], [cell])
    assert found == []
    assert said == ["Events!D2 this cell does not clearly say whether the event was held"]


@pytest.mark.parametrize("header", ["Cancelled?", "CANCELLED", "Canceled", "Cancelled:"])
@pytest.mark.parametrize(
    ("cell", "cancelled"),
    [("", False), (None, False), ("no", False), (False, False), ("not cancelled", False),
     ("held", False), ("moved to Zoom", False), ("No - as planned", False), ("yes", True),
     (True, True), ("x", True), ("Yes - snow", True), ("cancelled", True), ("rained out", True),
     ("POSTPONED to 3/4", True)],
)  # fmt: skip
def test_a_column_of_cancelled_events_says_the_opposite(
    header: str, cell: Cell, cancelled: bool
) -> None:
    ((event,), said) = events([header], [cell])
    assert (event.cancelled, said) == (cancelled, [])


@pytest.mark.parametrize("cell", ["snow", "ok", "yes?", "no, cancelled", "TBD"])
def test_what_such_a_column_does_not_tell_is_named(cell: str) -> None:
    found, said = events(["Cancelled?"], [cell])
    assert found == []
    assert said == ["Events!D2 this cell does not clearly say whether the event was cancelled"]


@pytest.mark.parametrize(
    ("field", "header"),
    [("held", "Cancelled?"), ("held", "Was it called off"), ("held", "Did not happen"),
     ("cancelled", "Took place?"), ("counts", "Does not count"), ("counts", "Excluded"),
     ("counts", "Don’t count"), ("counts", "Omit"), ("held", "Not held"),
     ("held", "No meeting"), ("held", "Snowed out"), ("held", "Wasn’t held")],
)  # fmt: skip
def test_a_header_that_says_the_opposite_of_its_field_is_refused(field: str, header: str) -> None:
    own = COLUMNS["events"].renamed({field: header})
    said = f"“{header}” says the opposite of `{field}`"
    with pytest.raises(FixTheSettings, match=re.escape(said)):
        table_from("Events", [["Date", "Event", "Kind", header]], own, "UTC")


@pytest.mark.parametrize(
    ("field", "header"),
    [*(("wants_email", said) for said in (
        "Do not email me", "Opt out of mail", "Mailing list opt-out", "Email opt-out",
        "Newsletter opt out?", "Mailing list: no thanks", "Exclude from mailing list", "No email",
        "Leave me off the list", "I do not want email", "Not on mailing list", "Stop emails",
        "I don’t want the newsletter", "Unsubscribed", "Opted out", "No deseo correo"))],
)  # fmt: skip
def test_so_is_one_of_a_registration(field: str, header: str) -> None:
    own = COLUMNS["registrations"].renamed({field: header})
    with pytest.raises(FixTheSettings, match="says the opposite"):
        table_from("Registrations", [["Name", "Email address", header]], own, "UTC")


@pytest.mark.parametrize(
    ("kind", "field", "header"),
    [("events", "held", "Held or cancelled"), ("events", "held", "Took place?"),
     ("events", "cancelled", "Not held"), ("events", "counts", "Counts or not"),
     ("registrations", "wants_email", "May we write to you? You can unsubscribe at any time"),
     ("registrations", "wants_email", "Mailing list (yes/no)"),
     ("registrations", "wants_email", "Add me to the list; we never share your address"),
     ("events", "held", "Held / not held")],
)  # fmt: skip
def test_other_words_of_a_header_are_its_own(kind: str, field: str, header: str) -> None:
    own = COLUMNS[kind].renamed({field: header})
    heads: list[Cell] = [own.headers[name] for name in own.required]
    assert field in table_from(kind, [[*heads, header]], own, "UTC").fields


def test_a_header_that_says_both_is_named_as_what_it_says_first() -> None:
    """A yes under “Held / Not held” is no cancelled event."""
    grid: list[list[Cell]] = [["Date", "Event", "Kind", "Held / Not held"]]
    (note,) = notes_of(table_from("Events", grid, COLUMNS["events"], "UTC"))
    assert note.next_step.endswith('[columns.events] held = "Held / Not held"')
    own = COLUMNS["events"].renamed({"cancelled": "Held / Not held"})
    with pytest.raises(FixTheSettings, match="says the opposite of `cancelled`: map it as `held`"):
        table_from("Events", grid, own, "UTC")


def test_one_that_does_not_count_is_not_taken_for_cancelled() -> None:
    grid: list[list[Cell]] = [["Date", "Event", "Kind", "Does not count?"]]
    said = notes_of(table_from("Events", grid, COLUMNS["events"], "UTC"))
    assert not [note for note in said if "cancelled" in note.reason]


def test_the_chapter_is_no_partner_of_its_own() -> None:
    """VM-R6"""
    rows: list[list[Cell]] = [
        ["2026-03-03", "E", "forum", one] for one in ("River Club ", "Riders")
    ]
    grid = [["Date", "Event", "Kind", "Partner"], *rows]
    tab = table_from("Events", grid, COLUMNS["events"], "UTC")
    found = read_events(tab, BOSTON, RowResults(), "River club")
    assert [event.partner for event in found] == ["", "Riders"]


@pytest.mark.parametrize("cell", ["-", "—", "n/a", "none", ""])
def test_what_says_that_there_is_nothing_to_say_is_no_cancelled_event(cell: str) -> None:
    found, said = events(["Cancelled?"], [cell])
    assert [event.cancelled for event in found] == [False]
    assert said == []


@pytest.mark.parametrize(
    ("cell", "means"),
    [
        ("Yes, counts", True), ("yes (forum)", True), ("no (social)", False),
        ("No - a party", False),
        ("doesn’t count", False), ("Does not count (social)", False), ("not counted", False),
        ("", None),
    ],
)  # fmt: skip
def test_whether_it_counts_may_have_its_reason_behind(cell: str, means: bool | None) -> None:
    found, _ = events(["Counts"], [cell])
    assert [event.counts for event in found] == [means]


@pytest.mark.parametrize(
    "cell", ["half", "1/2", "TBD", "yes?", "yes, but not for voting", "no, yes", "Yes if quorum"]
)
def test_what_takes_it_back_is_set_aside(cell: str) -> None:
    found, said = events(["Counts"], [cell])
    assert found == []
    assert len(said) == 1


def test_two_columns_that_disagree_are_named() -> None:
    found, said = events(["Held", "Cancelled?"], ["yes", "yes"], ["yes", "no"], ["no", "yes"])
    assert [event.cancelled for event in found] == [False, True]
    assert said == ["Events!E2 “Held” and “Cancelled” disagree"]


def test_a_column_of_cancelled_events_that_nobody_reads_is_noted() -> None:
    grid: list[list[Cell]] = [["Date", "Event", "Kind", "Event called off? (reason)"]]
    (note,) = notes_of(table_from("Events", grid, COLUMNS["events"], "UTC"))
    assert str(note.place) == "Events!D1"
    assert "is not read" in note.reason
    assert "[columns.events] cancelled" in note.next_step
