"""After a quiet night the tabs and the night's page stand as they are, and nobody is worked out."""

import pytest

from connectors.ledger import Ledger
from connectors.sandbox.invented import WORKBOOK
from flows.nightly import sync as nightly
from flows.service.due_steps import run_night
from flows.tabs.written import last_written
from models.membership.voter_roll import Facts
from tests.conftest import Clock
from tests.flows.test_quiet_nights import CALM
from tests.flows.test_tabs import LINK, ROLL, cells, night, tabs
from tests.flows.town import Town

__all__ = ["tabs"]
OWN = 'proposed = "Clerk – proposals"\n'


@pytest.fixture
def still(tabs: Town, clock: Clock) -> Town:
    """A chapter with these tabs, whose last night was kept and whose tabs were written after it."""
    tabs.rewrite("roll = ", f"{OWN}roll = ")
    tabs.rewrite("[mailchimp]", "[schedule]\nnight_page = true\n\n[mailchimp]")
    night(tabs)
    clock.go(days=CALM)
    for _ in range(3):
        night(tabs)
    return tabs


def _works_out_nobody(town: Town, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    with monkeypatch.context() as patch:
        patch.setattr(nightly, "facts_of", None)
        patch.setattr(Facts, "roll", None)
        patch.setattr(Ledger, "snapshots", None)
        return night(town)


def test_the_tabs_and_the_page_stand_as_they_are(
    still: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    roll, pages = cells(still, ROLL), sorted(still.folder.glob("night*.html"))
    assert pages
    before = [page.read_text() for page in pages]
    said = _works_out_nobody(still, monkeypatch)
    assert not [line for line in said if "could not be" in line]
    assert cells(still, ROLL) == roll
    assert [page.read_text() for page in pages] == before
    with still.context() as context:
        run = context.ledger.last_run()
        assert run
        assert last_written(context, "roll").run == run.id


def test_they_are_worked_out_again_once_the_night_is_no_quiet_one(
    still: Town, clock: Clock
) -> None:
    with still.edit("Events") as events, still.edit("Sign-ins") as rows:
        events.append([rows[-1][0], "Tea", "monthly meeting"])
        rows.append([rows[-1][0], "Tea", "newcomer@example.org", "Nia Newcomer"])
    with still.context() as context:
        run_night(context, lambda _: None)
    assert "Nia Newcomer" in cells(still, ROLL)


def test_a_roll_in_a_workbook_that_is_open_is_emptied_after_a_quiet_night_too(
    still: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    grants = still.sandbox.google.workbooks[WORKBOOK].grants
    grants.append(LINK)
    _works_out_nobody(still, monkeypatch)
    assert str(cells(still, ROLL)[0]).startswith("Empty, because")
    grants.pop()
    night(still)
    assert len(cells(still, ROLL)) > 10
