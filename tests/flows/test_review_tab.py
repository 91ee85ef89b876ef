"""The review tab is looked at before the mailing list is changed, and never emptied in vain."""

import pytest
from typer.testing import CliRunner

from connectors.sandbox.google.workbook import EXCEL, SERVICE_ACCOUNT, Tab, Workbook
from connectors.sandbox.invented import WORKBOOK
from flows.cli.main import app
from models.errors import FixTheSettings
from tests.conftest import Clock
from tests.flows.town import REVIEW, Town


def book(town: Town) -> Workbook:
    return town.sandbox.google.workbooks[WORKBOOK]


def protected(town: Town) -> None:
    tab = Tab(REVIEW, [["what stood here"]], 98)
    tab.protect("owner@example.org")
    book(town).tabs.append(tab)


def only_read(town: Town) -> None:
    book(town).viewers, book(town).shared_with = {SERVICE_ACCOUNT}, set()


def a_chart(town: Town) -> None:
    book(town).tabs.append(Tab(REVIEW, [], 98, {"sheetType": "OBJECT"}))


@pytest.mark.parametrize("hindrance", [protected, only_read, a_chart])
def test_a_night_that_could_not_write_it_changes_nothing(town: Town, hindrance: object) -> None:
    hindrance(town)  # type: ignore[operator]  # each is called with the town
    town.sandbox.reset()
    with pytest.raises(FixTheSettings) as told:
        town.night()
    assert WORKBOOK in told.value.where
    assert town.writes() == []
    with town.ledger() as ledger:
        assert ledger.last_run() is None


def test_its_rows_can_be_seen_all_the_same(town: Town) -> None:
    """A first night that was stopped by it would leave nobody anything to look at."""
    protected(town)
    with pytest.raises(FixTheSettings):
        town.night()
    shown = CliRunner().invoke(app, ["review", "-c", str(town.folder)]).output
    assert "nothing was changed" in shown
    assert "is protected" in shown
    assert "Sign-ins!" in shown


def test_when_it_is_mended_the_same_night_does_all(town: Town) -> None:
    protected(town)
    with pytest.raises(FixTheSettings):
        town.night()
    book(town).tab(REVIEW).protected.clear()
    assert town.night().applied
    assert town.rows(REVIEW)[0][0] == "Where"
    assert town.tagged("clerk: voting member")


def test_one_that_is_protected_between_look_and_writing_keeps_what_stood_there(
    town: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.night()
    before = [list(row) for row in town.rows(REVIEW)]
    with town.edit("Sign-ins") as rows:
        rows.append([None, "No such event", "ann@example.org", "Ann"])

    def too_late(*_: object) -> None:
        book(town).tab(REVIEW).protect("owner@example.org")

    monkeypatch.setattr("flows.nightly.sync.look_at_review", too_late)
    clock.go(days=1)
    with pytest.raises(FixTheSettings, match="is protected"):
        town.night()
    assert town.rows(REVIEW) == before
    monkeypatch.undo()
    book(town).tab(REVIEW).protected.clear()
    clock.go(days=1)
    town.night()
    assert len(town.rows(REVIEW)) > len(before)


def test_a_refused_workbook_is_named(town: Town) -> None:
    """Google's refusal does not say which of the chapter's workbooks it is about."""
    book(town).mime_type = EXCEL
    with pytest.raises(FixTheSettings, match="an Excel file") as told:
        town.night()
    assert told.value.where == f"workbook {WORKBOOK}"
