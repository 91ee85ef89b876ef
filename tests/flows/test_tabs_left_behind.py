"""A tab of ours that cannot be emptied any more stops neither new one, and people hear of it."""

import pytest

from connectors.sandbox.google.workbook import SERVICE_ACCOUNT, Tab
from connectors.sandbox.invented import WORKBOOK
from flows.doctor.run import at_hand
from models.mail.alerts import AlertKind, KnownAlert
from tests.conftest import Clock
from tests.flows.test_tabs import LINK, NAMED, ROLL, STATUS, forget, names, night, strike
from tests.flows.town import Town
from tests.flows.web.desk import opened

OLD = "officers"
BOTH = f'status = "{STATUS}"\nroll = "{ROLL}"\n'
ELSEWHERE = f'[[workbooks]]\nid = "{OLD}"\n{BOTH}\n[[workbooks]]'


@pytest.fixture
def moved(town: Town, clock: Clock) -> Town:
    """A chapter that wrote both tabs into a workbook, and now names them in another one."""
    town.sandbox.google.add_workbook(OLD, "Officers", {"Sheet1": []})
    town.rewrite("[[workbooks]]", ELSEWHERE)
    night(town)
    town.rewrite(ELSEWHERE, "[[workbooks]]")
    town.rewrite(NAMED, f"{NAMED}{BOTH}")
    clock.go(days=1)
    return town


def unshared(town: Town) -> None:
    town.sandbox.google.workbooks[OLD].shared_with.clear()


def shared_again(town: Town) -> None:
    town.sandbox.google.workbooks[OLD].shared_with.add(SERVICE_ACCOUNT)


def told(town: Town) -> list[KnownAlert]:
    with town.context() as context:
        known = context.ledger.alerts.still_so()
    return [one for one in known if one.alert.kind is AlertKind.TAB_NOT_EMPTIED]


def left(town: Town) -> int:
    """How many rows stand in the roll tab of the old workbook."""
    return sum(any(row) for row in town.sandbox.google.workbooks[OLD].tab(ROLL).rows)


def test_one_in_a_deleted_spreadsheet_is_dropped(moved: Town, clock: Clock) -> None:
    del moved.sandbox.google.workbooks[OLD]
    said = night(moved)
    assert len(names(moved)) > 10
    assert moved.rows(STATUS)
    assert not any("could not be" in line for line in said)
    clock.go(minutes=5)
    assert strike(moved) == []
    assert told(moved) == []


def test_one_in_a_spreadsheet_that_is_not_shared_stops_neither_new_one(
    moved: Town, clock: Clock
) -> None:
    unshared(moved)
    said = night(moved)
    assert len(names(moved)) > 10
    assert moved.rows(STATUS)
    assert any("the former roll tab could not be emptied" in line for line in said)
    assert left(moved) > 10
    shared_again(moved)
    clock.go(days=1)
    assert "emptied the roll tab that is no longer in chapter.toml" in night(moved)
    assert left(moved) == 0
    assert told(moved) == []


def test_it_is_told_once_and_stands_on_today_and_in_doctor_until_it_is_empty(
    moved: Town, clock: Clock
) -> None:
    unshared(moved)
    night(moved)
    assert {one.alert.place for one in told(moved)} == {"former-roll-tab", "former-status-tab"}
    with opened(moved) as desk:
        said = desk.sign_in().text("/")
        assert "2 things need attention." in said
        assert "A roll tab that chapter.toml no longer names could not be emptied." in said
        with moved.context() as context:
            (check,) = [one for one in at_hand(context) if one.what == "tabs"]
        assert not check.fine
        assert "the former roll tab: " in check.found
        assert f"workbook {OLD}" in check.found
        shared_again(moved)
        clock.go(days=1)
        night(moved)
        assert "Everything is well." in desk.sign_in().text("/")
    with moved.context() as context:
        assert "tabs" not in [one.what for one in at_hand(context)]


def test_a_tab_that_cannot_be_written_stands_on_today(moved: Town) -> None:
    tab = Tab(ROLL, [["kept"]], 98)
    tab.protect("owner@example.org")
    moved.sandbox.google.workbooks[WORKBOOK].tabs.append(tab)
    night(moved)
    with opened(moved) as desk:
        said = desk.sign_in().text("/")
    assert "Everything is well." not in said
    assert "A tab or page could not be written" in said
    assert "the roll tab. " in said
    assert told(moved) == []


def test_a_roll_that_stays_in_an_open_spreadsheet_is_told(moved: Town, clock: Clock) -> None:
    night(moved)
    tab = moved.sandbox.google.workbooks[WORKBOOK].tab(ROLL)
    tab.protect("owner@example.org")
    moved.sandbox.google.workbooks[WORKBOOK].grants.append(LINK)
    clock.go(days=1)
    night(moved)
    assert [one.alert.place for one in told(moved)] == ["roll-tab"]
    tab.protected.clear()
    clock.go(minutes=5)
    strike(moved)
    assert told(moved) == []


def test_who_is_forgotten_is_off_the_new_tab_and_told_of_the_line_in_the_old_one(
    moved: Town,
) -> None:
    unshared(moved)
    night(moved)
    said = forget(moved, "Elif Ito")
    assert "Elif Ito" not in names(moved)
    assert f"their line in the tab “{ROLL}”: delete it yourself" in said
