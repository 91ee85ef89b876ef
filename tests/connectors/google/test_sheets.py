"""Workbooks as they stand: every tab named, raw values, all faults told at once."""

import json
from collections.abc import Callable
from datetime import UTC, date
from typing import Any

import pytest

from connectors.google import sheets
from connectors.google.answers import Shape
from connectors.google.payloads import Rows
from connectors.google.sheets import Workbooks, quoted
from connectors.sandbox.google.cells import Shown
from connectors.sandbox.google.workbook import Tab
from connectors.sandbox.invented import WORKBOOK, serial
from connectors.settings import OwnTab, Workbook
from flows.nightly.links import Links
from flows.nightly.review import review_rows
from flows.nightly.sources import Sources
from models.errors import FixTheSettings, TryAgainLater
from models.intake.columns import COLUMNS
from models.intake.locations import ReviewItem, Weight
from models.intake.tables import Table
from models.votes.election import BallotSource
from tests.elections.test_sources import LINK
from tests.flows.town import REVIEW, Town

NAMED = Workbook(
    id=WORKBOOK, events="Events", sign_ins=("Sign-ins",), registrations="Registrations"
)


def read(town: Town, workbook: Workbook = NAMED) -> dict[str, Table]:
    with town.context() as context:
        return {t.source: t for t in context.workbooks.read(workbook, COLUMNS.__getitem__).tables}


def column(table: Table, field: str) -> list[object]:
    return [row[table.fields.index(field)] for row in table.rows]


def add_tab(town: Town, title: str, rows: list[list[object]]) -> None:
    town.sandbox.google.workbooks[WORKBOOK].tabs.append(Tab(title, rows, 99))  # type: ignore[arg-type]  # cells of any kind


def test_values_come_raw(town: Town) -> None:
    """A postal code stays text, a date stays a serial number, a short row is filled up."""
    with town.edit("Sign-ins") as rows:
        rows.append([serial(date(2026, 3, 1)), "02139", "ann@example.org"])
    table = read(town)["Sign-ins"]
    assert table.rows[-1] == [serial(date(2026, 3, 1)), "02139", "ann@example.org", None]
    assert table.zone == "America/New_York"


def test_only_what_a_rule_needs_is_kept(town: Town) -> None:
    """DP-5: a column that no field asks for is dropped on reading."""
    with town.edit("Registrations") as rows:
        rows[0].append("Shoe size")
        rows[1].append("44")
    assert "44" not in [cell for row in read(town)["Registrations"].rows for cell in row]


def test_one_request_reads_all_tabs(town: Town) -> None:
    town.sandbox.reset()
    read(town)
    assert [e.pattern.rpartition("/")[2] for e in town.sandbox.requests("google")] == [
        "token", "{spreadsheet_id}", "values:batchGet"
    ]  # fmt: skip


def _long(town: Town, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Table], dict[str, Table]]:
    """The same tabs read at once, and with few cells in one answer."""
    with town.edit("Sign-ins") as rows:
        rows[9:9] = [[] for _ in range(25)]  # two parts of ten rows have nothing
    at_once = read(town)
    tab = next(t for t in town.sandbox.google.workbooks[WORKBOOK].tabs if t.title == "Sign-ins")
    monkeypatch.setattr(sheets, "CELLS", 10 * tab.column_count)
    town.sandbox.reset()
    return at_once, read(town)


def test_a_tab_of_very_many_cells_is_read_in_parts(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once, in_parts = _long(town, monkeypatch)
    assert list(in_parts.items()) == list(at_once.items())
    asked = [e for e in town.sandbox.requests("google") if e.path.endswith("values:batchGet")]
    assert len(asked) > 4
    first = next(row for row in in_parts["Sign-ins"].rows if row[1] is not None)
    texts = {id(row[1]) for row in in_parts["Sign-ins"].rows if row[1] == first[1]}
    assert len(texts) == 1, "equal texts of it are one"


def test_a_long_tab_that_was_changed_meanwhile_is_read_another_time(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changes(self: Workbooks, workbook: str, tab: Any) -> list[list[Any]]:
        town.sandbox.google.wrote(town.sandbox.google.workbooks[WORKBOOK])
        return in_parts(self, workbook, tab)

    in_parts = Workbooks._in_parts
    monkeypatch.setattr(Workbooks, "_in_parts", changes)
    with pytest.raises(TryAgainLater, match="changed while a long tab"):
        _long(town, monkeypatch)


@pytest.mark.parametrize("title", ["Sign-in 2026-03-19", "sign-in forum", "Sign-in O'Neill's"])
def test_a_tab_an_event_is_found_by_its_pattern(town: Town, title: str) -> None:
    add_tab(town, title, [["Email address"], ["ann@example.org"]])
    workbook = NAMED.model_copy(update={"event_tabs": "Sign-in *"})
    table = read(town, workbook)[title]
    assert (table.kind, table.tab_event) == ("event_sign_ins", title)
    assert column(table, "address") == ["ann@example.org"]


def test_a_workbook_whose_event_tabs_are_all_still_to_come_has_no_rows(town: Town) -> None:
    """Google leaves out an empty list: its answer would prove nothing, and is not asked for."""
    town.sandbox.reset()
    assert read(town, Workbook(id=WORKBOOK, event_tabs="Sign-in *")) == {}
    assert not [e for e in town.sandbox.journal if "values" in e.path]


def test_an_address_in_the_name_of_a_tab_is_no_part_of_its_places(town: Town) -> None:
    """DP-3: the review tab names places, and refuses to be sent an address."""
    add_tab(town, "Sign-in of ann@example.org", [["Email address"], ["ann@example.org"]])
    workbook = NAMED.model_copy(update={"event_tabs": "Sign-in *"})
    table = read(town, workbook)["Sign-in of •••"]
    item = ReviewItem(
        place=table.place(0, "address"), weight=Weight.NOTE, reason="late", next_step="look"
    )
    assert (
        Rows(rows=tuple(review_rows([item], Links(Sources({}, ()))))).rows[1][0]
        == "Sign-in of •••!A2"
    )


def test_a_tab_is_found_whatever_its_case_and_spaces(town: Town) -> None:
    town.sandbox.google.workbooks[WORKBOOK].tab("Sign-ins").title = "  sign-INS "
    assert "  sign-INS " in read(town)


def test_all_faults_are_told_at_once(town: Town) -> None:
    with town.edit("Events") as rows:
        rows[0][0] = "Wann"
    with town.edit("Registrations") as rows:
        rows[0][1] = "Email address"
    with pytest.raises(FixTheSettings) as faulty:
        read(town)
    for part in ("Events!1:1: no header “Date”", "Registrations!1:1", "no header “Name”"):
        assert part in str(faulty.value)


def test_missing_tabs_are_told_at_once_with_the_closest(town: Town) -> None:
    workbook = NAMED.model_copy(update={"events": "Evnts", "registrations": "Members"})
    with pytest.raises(
        FixTheSettings, match="no tab “Evnts”; the closest is “Events”; no tab “Mem"
    ):
        read(town, workbook)


@pytest.mark.parametrize(
    ("locale", "day_first"), [("en_US", False), ("en_GB", True), ("es_PR", True), ("", True)]
)
def test_typed_dates_follow_the_workbooks_locale(town: Town, locale: str, day_first: bool) -> None:
    town.sandbox.google.workbooks[WORKBOOK].locale = locale
    assert read(town)["Sign-ins"].day_first is day_first


def test_an_emptied_tab_is_told_as_such(town: Town) -> None:
    with town.edit("Sign-ins") as rows:
        rows.clear()
    with pytest.raises(FixTheSettings, match="row 1 is empty"):
        read(town)


def test_the_review_tab_is_replaced_as_a_whole_and_as_text(town: Town) -> None:
    """A cell's text is no formula, whatever it begins with."""
    review = OwnTab("review", WORKBOOK, REVIEW)
    with town.context() as context:
        context.own_tabs.replace(review, Rows(rows=(("a", "b"), ("=1+1", "+x"), ("c", "d"))))
        context.own_tabs.replace(review, Rows(rows=(("a", "b"), ("=2+2", "-y"))))
    assert town.rows(REVIEW) == [["a", "b"], ["=2+2", "-y"]]
    assert {type(cell) for row in town.rows(REVIEW) for cell in row} == {str}


def test_a_title_with_an_apostrophe_is_quoted() -> None:
    assert quoted("O'Neill's") == "'O''Neill''s'"


@pytest.mark.parametrize("touch", [lambda rows: rows.append(["x"]), lambda rows: rows.pop()])
def test_any_change_makes_another_version(
    town: Town, touch: Callable[[list[list[object]]], None]
) -> None:
    with town.context() as context:
        before = context.workbooks.version(WORKBOOK)
        assert context.workbooks.version(WORKBOOK) == before
        with town.edit("Sign-ins") as rows:
            touch(rows)
        assert context.workbooks.version(WORKBOOK) != before


def stands_alone(town: Town) -> bool:
    with town.context() as context:
        return context.workbooks.read(NAMED, COLUMNS.__getitem__).alone


def test_of_any_tab_the_formulas_are_seen_and_no_other_cell(town: Town) -> None:
    """A named tab may look at one that is not, and that one at another workbook (DP-5)."""
    assert stands_alone(town)
    within = Shown("Ann", "Ann", "=TRIM(B2)")
    elsewhere = Shown("Ann", "Ann", '=IMPORTRANGE("other", "A:A")')
    add_tab(town, "Raw", [["nobody should read this", within]])
    assert stands_alone(town)
    town.sandbox.reset()
    town.sandbox.google.workbooks[WORKBOOK].tab("Raw").rows.append([None, elsewhere])
    assert not stands_alone(town)
    assert not [e for e in town.sandbox.journal if b"nobody should" in e.response]


@pytest.mark.parametrize(
    "part",
    [
        {"dataSources": [{"dataSourceId": "1"}]},
        {"sheets": [{"properties": {"title": "A"}}]},
        {"sheets": [{"properties": {"title": "A", "sheetType": "DATA_SOURCE"}}]},
    ],
    ids=["a database", "formulas left out", "a database's tab"],
)
def test_what_says_nothing_of_its_formulas_may_have_any(part: dict[str, Any]) -> None:
    about = {"spreadsheetId": "1", "properties": {"timeZone": "UTC"}}
    sheets = [
        {"properties": {"title": "A"}, "data": [{}]},
        {"properties": {"title": "Chart", "sheetType": "OBJECT"}},
    ]
    whole = about | {"sheets": sheets}
    assert Shape.model_validate_json(json.dumps(whole)).stands_alone()
    assert not Shape.model_validate_json(json.dumps(whole | part)).stands_alone()


def test_a_title_may_stand_above_the_headers(town: Town) -> None:
    with town.edit("Sign-ins") as rows:
        before = [list(row) for row in rows]
        rows[:] = [["Sign-ins of our chapter"], [], *before]
    table = read(town)["Sign-ins"]
    assert len(table.rows) == len(before) - 1
    assert str(table.place(0, "event")) == "Sign-ins!B4"


@pytest.mark.parametrize("above", [0, 1, 5])
def test_a_title_may_stand_above_ballots(town: Town, above: int) -> None:
    """Of a tab that is read, and of one that is not and holds answers, too."""
    title: list[list[object]] = [["Ballots"], [], [], [], []]
    ballot = [serial(date(2026, 3, 1)) + 0.5, "BCDF", "Yes"]
    grid = [*title[:above], ["Timestamp", "Ballot code", "Sheriff"], ballot]
    add_tab(town, "Ballots", grid)
    add_tab(town, "Again", grid)
    add_tab(town, "Sorted", [ballot, ["Timestamp", "Ballot code", "Sheriff"]])
    source = BallotSource(workbook=WORKBOOK, tab="Ballots", link=LINK)
    with town.context() as context:
        arrived = context.ballot_forms.arrived(source)
        assert [one.tab for one in context.ballot_forms.elsewhere(source)] == ["Again"]
        with pytest.raises(FixTheSettings, match="no question “Ballot code”"):
            context.ballot_forms.arrived(source.model_copy(update={"tab": "Sorted"}))
    assert arrived.headers == ("", "", "Sheriff")
    assert [row.place for row in arrived.rows] == [f"Ballots!{above + 2}:{above + 2}"]


def test_of_an_hour_that_comes_twice_the_order_of_the_rows_tells_which(town: Town) -> None:
    """BA-1: the last ballot counts, although the clock above it read later."""
    grid: list[list[object]] = [["Timestamp", "Ballot code", "Sheriff"]]
    grid += [[serial(date(2026, 11, 1)) + clock / 1440, "BCDF", "Yes"] for clock in (110, 70, 125)]
    add_tab(town, "Ballots", grid)
    with town.context() as context:
        arrived = context.ballot_forms.arrived(
            BallotSource(workbook=WORKBOOK, tab="Ballots", link=LINK)
        )
    moments = [row.at.astimezone(UTC).strftime("%H:%M") for row in arrived.rows if row.at]
    assert moments == ["05:50", "06:10", "07:05"]


def test_of_two_tabs_that_differ_in_marks_alone_the_one_written_letter_for_letter_is_meant(
    town: Town,
) -> None:
    town.sandbox.google.workbooks[WORKBOOK].tab("Volunteering").title = "Sign–Ins:"
    assert len(read(town)["Sign-ins"].rows) > 1
    workbook = NAMED.model_copy(update={"sign_ins": ("sign‑ins",)})
    with pytest.raises(FixTheSettings, match="2 tabs have the name “sign‑ins”, apart from"):
        read(town, workbook)
