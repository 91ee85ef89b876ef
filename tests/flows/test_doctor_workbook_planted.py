"""Strange workbooks, planted: one look of doctor's tells each with its fix, which mends it."""

from datetime import UTC, datetime

import pytest

from connectors.sandbox.google.workbook import EXCEL, SERVICE_ACCOUNT, SHEET, Tab, Workbook
from connectors.sandbox.invented import WORKBOOK
from flows.doctor import Check, examine
from tests.conftest import Clock
from tests.flows.town import REVIEW, Town

MORE = """
[[workbooks]]
id = "{id}"
{tabs}
"""
SIGNED = [["Email address"], ["ann@example.org"]]


@pytest.fixture
def planted(town: Town, clock: Clock) -> Town:
    """A chapter with six workbooks, each strange in its own way."""
    clock.at = datetime.now(UTC)
    town.night()
    google = town.sandbox.google
    google.add_workbook("excel", "Old list", {"Help": [["x"]]}, mime_type=EXCEL)
    google.add_workbook("nowhere", "Far away", {"Door": SIGNED}, time_zone="Nowhere/Land")
    google.add_workbook("charts", "Charts", {"Sign-in May": SIGNED})
    google.workbooks["charts"].tabs.append(Tab("Help", [], 7, {"sheetType": "OBJECT"}))
    google.workbooks["charts"].tabs.append(Tab("Sign-in chart", [], 8, {"sheetType": "OBJECT"}))
    google.add_workbook("own-zone", "Own zone", {"Sign-in June": SIGNED}, time_zone="GMT-05:00")
    ours = google.workbooks[WORKBOOK]
    ours.tab(REVIEW).protect("owner@example.org")
    ours.tab(REVIEW).grid.update(rowCount=2, columnCount=3)
    ours.tab(REVIEW).rows[:] = []
    settings = town.folder / "chapter.toml"
    extra = {
        "excel": 'volunteers = "Help"',
        "nowhere": 'event_tabs = "Door"',
        "charts": 'volunteers = "Help"\nevent_tabs = "Sign-in *"',
        "own-zone": 'event_tabs = "Sign-in *"',
    }
    text = "".join(MORE.format(id=name, tabs=tabs) for name, tabs in extra.items())
    settings.write_text(settings.read_text().replace("[[forms]]", f"{text}\n[[forms]]"))
    return town


def looked(town: Town) -> dict[str, Check]:
    return {check.what: check for check in examine(town.folder)}


def book(town: Town, name: str) -> Workbook:
    return town.sandbox.google.workbooks[name]


def test_one_look_tells_them_all_and_how_to_mend_them(planted: Town) -> None:
    book(planted, WORKBOOK).viewers = {SERVICE_ACCOUNT}
    told = looked(planted)
    wrong = {what: check for what, check in told.items() if not check.fine}
    for what, fact, step in (
        ("spreadsheet excel: tabs and headers", "an Excel file", "Save as Google Sheets"),
        ("spreadsheet nowhere: tabs and headers", "time zone", "File, Settings, Time zone"),
        (
            "spreadsheet charts: tabs and headers",
            "“Help” has no rows: it is a chart",
            "chapter.toml",
        ),
        (f"spreadsheet {WORKBOOK}: review tab", "is protected", "Protect sheets and ranges"),
    ):
        assert fact in wrong[what].found
        assert step in wrong[what].next_step
    assert len(wrong) == 4
    assert "“Sign-in June” 1 row" in told["spreadsheet own-zone: tabs and headers"].found


def test_an_account_that_may_only_read_is_told(planted: Town) -> None:
    ours = book(planted, WORKBOOK)
    ours.tab(REVIEW).protected.clear()
    ours.shared_with, ours.viewers = set(), {SERVICE_ACCOUNT}
    told = looked(planted)[f"spreadsheet {WORKBOOK}: review tab"]
    assert not told.fine
    assert "the service account can read this spreadsheet but cannot write its" in told.found
    assert "as Editor" in told.next_step


def test_followed_all_is_well(planted: Town) -> None:
    book(planted, "excel").mime_type = SHEET
    book(planted, "excel").tab("Help").rows[:] = [["Date", "Activity", "Email address"]]
    book(planted, "nowhere").time_zone = "America/New_York"
    planted.rewrite('volunteers = "Help"\nevent_tabs', "event_tabs")
    book(planted, WORKBOOK).tab(REVIEW).protected.clear()
    told = looked(planted)
    assert [check for check in told.values() if not check.fine] == []
    assert (
        "has 3 columns; the program adds the others"
        in told[f"spreadsheet {WORKBOOK}: review tab"].found
    )
    planted.night()
    assert len(planted.rows(REVIEW)[0]) == 6
    assert "columns" not in looked(planted)[f"spreadsheet {WORKBOOK}: review tab"].found
