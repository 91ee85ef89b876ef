"""Rows that nobody sent, among sign-ins as among ballots: passed over, and never in silence."""

from collections.abc import Sequence

import pytest

from models.intake.columns import COLUMNS
from models.intake.layouts import table_of
from models.intake.locations import SourceLocation, Weight, together
from models.intake.tables import Cell, Table, table_from
from models.intake.unsent import HEADINGS, is_sum
from models.membership.voter_roll import Facts, gather
from tests.models.invented import BOSTON, JPP, KEY, day, entry, held, said, table

ANN = "ann@example.org"
EVENTS = table("events", [held("2025-10-14", "Forum"), held("2025-11-11", "Meeting")])
SENT = {
    "events": {"Date": "2025-10-14", "Event": "Picnic", "Kind": "Forum"},
    "sign_ins": {"Timestamp": 45944.8, "Event": "Forum", "Email address": ANN, "Name": "Ann"},
    "event_sign_ins": {"Timestamp": 45944.8, "Email address": ANN, "Name": "Ann"},
    "volunteers": {"Date": "2025-10-14", "Activity": "Canvass", "Email address": ANN},
    "registrations": {"Timestamp": 45944.8, "Name": "Ann", "Email address": ANN},
    "statewide": {"Timestamp": 45944.8, "Email address": ANN, "Town": "Rivertown"},
    "exceptions": {
        "Date": "2025-10-15", "Decided by": "Sam", "Reason": "seen", "What": "attended",
        "Email address": ANN, "Event": "Forum",
    },
}  # fmt: skip
FILLED_DOWN = {
    "events": ["Kind", "Counts", "Held", "Partner"],
    "sign_ins": ["Event"],
    "event_sign_ins": [],
    "volunteers": ["Activity"],
    "registrations": ["Mailing list", "District"],
    "statewide": ["Town", "ZIP code", "Email me"],
    "exceptions": ["What", "Event", "Reason"],
}


def night(kind: str, *rows: dict[str, Cell], above: Sequence[dict[str, Cell]] = ()) -> Facts:
    """What a night makes of a row that was sent and these below it."""
    headers = list(COLUMNS[kind].headers.values())
    lines = [*above, SENT[kind], *rows]
    grid: list[list[Cell]] = [list(headers), *([r.get(h, "") for h in headers] for r in lines)]
    event = "Forum" if kind == "event_sign_ins" else ""
    tab = table_from("Tab", grid, COLUMNS[kind], "America/New_York", tab_event=event)
    return gather([EVENTS, tab], JPP, BOSTON, day("2025-11-12"), {}, KEY)


def passed_over(facts: Facts) -> int:
    """How many rows of the tab were, as the boxes and the review agree."""
    (box,) = [box for box in facts.boxes if box.source == "Tab"]
    assert box.rows == box.records + box.set_aside + box.unsent
    assert (box.records, box.set_aside) == (1, 0)
    told = [item for item in facts.review if "skipped" in item.reason]
    assert len(told) == bool(box.unsent)
    assert all(item.weight is Weight.NOTE for item in facts.review)
    return box.unsent


@pytest.mark.parametrize("helper", [True, False, "#REF!", "Monthly meeting", "yes", 7, 0, "#N/A"])
@pytest.mark.parametrize("kind", list(COLUMNS))
def test_helper_values_filled_down_are_passed_over_and_told(kind: str, helper: Cell) -> None:
    rows = [dict.fromkeys(FILLED_DOWN[kind], helper)] * 9
    facts = night(kind, *rows)
    nothing = helper is False or helper in ("#REF!", "#N/A") or not FILLED_DOWN[kind]
    assert passed_over(facts) == (0 if nothing else 9)
    if not nothing:
        assert "Tab, rows 3, 4, 5, 6, 7, 8 and 3 more [note] there is no" in said(facts)


@pytest.mark.parametrize(
    "word", ["Total", "COUNT", "Sum:", "How many", "Total: 45", "Total people"]
)
@pytest.mark.parametrize("kind", list(COLUMNS))
def test_sums_below_are_passed_over_and_told(kind: str, word: str) -> None:
    headers = list(COLUMNS[kind].headers.values())
    for place in headers:
        row: dict[str, Cell] = {header: 45 for header in headers if header != "Phone"}
        facts = night(kind, row | {place: word}, {}, {})
        assert passed_over(facts) == 1, place


@pytest.mark.parametrize("kind", list(COLUMNS))
def test_a_row_that_names_somebody_or_a_time_is_never_passed_over(kind: str) -> None:
    for header, cell in SENT[kind].items():
        alone: dict[str, Cell] = {header: cell}
        facts = night(kind, alone)
        (box,) = [box for box in facts.boxes if box.source == "Tab"]
        about = header in {"Timestamp", "Date", "Email address", "Name", "Decided by"} or (
            (kind, header) == ("events", "Event")
        )
        assert box.unsent == (not about), header


def test_people_called_like_a_sum_are_people() -> None:
    facts = night("sign_ins", {"Event": "Meeting", "Email address": ANN, "Name": "Count"})
    assert len(entry(facts, ANN).standing.counted) == 2


def test_a_telephone_number_for_an_address_is_somebody() -> None:
    facts = night("sign_ins", {"Event": "Meeting", "Email address": 6175550123})
    assert "Tab!C3 [set aside] this is not an email address" in said(facts)


def test_every_answer_of_a_form_was_sent() -> None:
    form = Table("Form", "sign_ins", "UTC", ("event",), (), [["Forum"]], row_names=("r1",))
    facts = gather([EVENTS, form], JPP, BOSTON, day("2025-11-12"), {}, KEY)
    assert "Form!response r1 [question] this row has neither an address nor a name" in said(facts)


def test_a_tab_whose_event_nobody_knows_counts_the_rows_that_somebody_sent() -> None:
    lines: list[dict[str, Cell]] = [{"Email address": ANN}, {"Email address": 12}]
    tab = table("event_sign_ins", lines, tab_event="Pic-nic")
    facts = gather([EVENTS, tab], JPP, BOSTON, day("2025-11-12"), {}, KEY)
    assert "all 1 rows wait" in said(facts)


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", False, "FALSE", "#NAME?"])
@pytest.mark.parametrize("field", ["Event", "Email address", "Name"])
def test_a_formulas_error_and_an_empty_box_are_nobodys_name(field: str, cell: Cell) -> None:
    facts = night("sign_ins", SENT["sign_ins"] | {field: cell})
    told = {
        "Event": "Tab!B3 [set aside] the event is missing",
        "Email address": "Tab!3:3 [question] this row has a name but no email address",
        "Name": "",
    }[field]
    assert told in said(facts)
    assert bool(said(facts)) is bool(told)


@pytest.mark.parametrize("cell", ["#REF!", False, "FALSE", "FALSO"])
def test_they_are_nobodys_further_address_either(cell: Cell) -> None:
    for number in range(2):  # what was parsed before is remembered
        more: dict[str, Cell] = {"Other addresses": cell, "Phone": cell, "District": ""}
        facts = night("registrations", SENT["registrations"] | more)
        assert said(facts) == "", number
        facts = night("sign_ins", SENT["sign_ins"] | {"Email address": cell})
        assert "[question] this row has a name but no email address" in said(facts)


@pytest.mark.parametrize("name", ["Sumner", "Mean Jean", "Total Recall", "Countess", "Vote Smart"])
def test_a_name_is_no_sum(name: str) -> None:
    assert not is_sum(name)


@pytest.mark.parametrize(
    "heading",
    ["March 2026", "— MARCH 2026 —", "Mar. '26", "marzo de 2026", "Q1 2026", "Spring 2026", "2026",
     "2025-26", 46082, 46082.0, 2026, "3/2026:"],
)  # fmt: skip
@pytest.mark.parametrize("kind", list(COLUMNS))
def test_headings_between_the_rows_are_said_once(kind: str, heading: Cell) -> None:
    for field in COLUMNS[kind].headers.values():
        facts = night(kind, {field: heading}, {field: heading})
        assert passed_over(facts) == 2
        assert f"Tab, rows 3 and 4 [note] {HEADINGS}" in said(facts)


def test_somebody_called_april_is_no_heading() -> None:
    facts = night("event_sign_ins", {"Name": "April"})
    assert "this row has a name but no email address" in said(facts)
    assert "Tab!3:3 [note] there is only a month" in said(
        night("sign_ins", {"Email address": "April"})
    )


def test_headings_in_a_roster_are_said_once() -> None:
    grid: list[list[Cell]] = [["Name", "Email address", 46035], [46023], ["Ann", ANN, "x"],
                              ["March 2026", "", ""]]  # fmt: skip
    found = table_of("Tab", grid, COLUMNS["sign_ins"], "UTC")
    assert [(cell, said) for cell, said, _ in found.notes[1:]] == [("rows 2 and 4", HEADINGS)]


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (["21:21"], "Tab!21:21"),
        (["21:21", "34:34"], "Tab, rows 21 and 34"),
        ([f"{n}:{n}" for n in (3, 4, 5, 6, 7, 8)], "Tab, rows 3, 4, 5, 6, 7 and 8"),
        ([f"{n}:{n}" for n in (3, 4, 5, 6, 7, 8, 90, 91)], "Tab, rows 3, 4, 5, 6, 7, 8 and 2 more"),
        (["B2", "34:34"], "Tab!B2 and 34:34"),
        (["", ""], "Tab"),
    ],
)
def test_whole_rows_are_named_one_by_one(cells: list[str], text: str) -> None:
    """“21:34” would say that the twelve between are meant, too."""
    assert str(SourceLocation("Tab", together(cells))) == text
