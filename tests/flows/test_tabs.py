"""The tabs of status and roll: written whole, only when they change, and closed first (DP-7)."""

from typing import Any

import pytest
from typer.testing import CliRunner

from connectors.google.client import GoogleClient
from connectors.sandbox.google.workbook import SERVICE_ACCOUNT, Tab
from connectors.sandbox.invented import WORKBOOK
from connectors.settings import load_chapter
from flows.cli.main import app
from flows.doctor import examine
from flows.service.due_steps import run_due_steps, run_night
from models.errors import FixTheSettings, Refused, TryAgainLater
from models.privacy import Name
from models.unmask import reveal
from tests.conftest import Clock
from tests.flows.town import REVIEW, Town

STATUS, ROLL = "Clerk – status", "Clerk – roll"
NAMED = f'review = "{REVIEW}"\n'
LINK = {"type": "anyone", "role": "reader"}


@pytest.fixture
def tabs(town: Town) -> Town:
    """A chapter that turned both on."""
    town.rewrite(NAMED, f'{NAMED}status = "{STATUS}"\nroll = "{ROLL}"\n')
    return town


def night(town: Town) -> list[str]:
    said: list[str] = []
    with town.context() as context:
        run_night(context, said.append)
    return said


def strike(town: Town) -> list[str]:
    said: list[str] = []
    with town.context() as context:
        run_due_steps(context, said.append)
    return said


def to_tabs(town: Town) -> int:
    """How many requests wrote a tab since the journal began."""
    return sum("batchUpdate" in line for line in town.writes())


def cells(town: Town, tab: str) -> list[Any]:
    return [cell for row in town.rows(tab) for cell in row]


def names(town: Town) -> set[str]:
    """The names of everybody on the roll."""
    return {str(row[0]) for row in town.rows(ROLL)[1:]}


def test_neither_is_made_unless_it_is_named(town: Town) -> None:
    night(town)
    titles = {tab.title for tab in town.sandbox.google.workbooks[WORKBOOK].tabs}
    assert REVIEW in titles
    assert not {STATUS, ROLL} & titles


def test_a_night_writes_both(tabs: Town) -> None:
    night(tabs)
    header, *lines = tabs.rows(ROLL)
    assert header == ["Name", "Status", "Events counted", "Good through", "What is missing"]
    voting = [line for line in lines if line[1] == "Voting member"]
    away = [line for line in lines if line[1] == "One event away"]
    assert lines[: len(voting)] == voting  # they come first
    assert voting
    assert away
    assert "needed)" in away[0][4]
    assert not any(":" in line[4] for line in lines if len(line) > 4)  # which events, it never says
    said = " ".join(map(str, cells(tabs, STATUS)))
    assert f"see the tab “{REVIEW}”" in said
    assert "Last: " in said
    assert "changes and emails." in said
    assert "No election is running." in said


def test_by_hand_both_are_written_too(tabs: Town) -> None:
    told = CliRunner().invoke(app, ["sync", "--apply", "-c", str(tabs.folder)])
    assert told.exit_code == 0, told.output
    assert len(tabs.rows(ROLL)) > 1
    assert tabs.rows(STATUS)[0][0] == "What"


def test_what_did_not_change_is_not_written(tabs: Town, clock: Clock) -> None:
    night(tabs)
    tabs.sandbox.reset()
    strike(tabs)
    assert to_tabs(tabs) == 0
    clock.go(days=1)
    night(tabs)
    assert to_tabs(tabs) == 1  # the status tells of another night; the roll stays as it is
    before = tabs.rows(ROLL)
    with tabs.edit("Sign-ins") as rows:
        rows.append([rows[-1][0], "Climate forum", "newcomer@example.org", "Nia Newcomer"])
    tabs.sandbox.reset()
    clock.go(days=1)
    night(tabs)
    assert to_tabs(tabs) == 3  # the review tab too: an address that nobody registered
    assert len(tabs.rows(ROLL)) == len(before) + 1


def test_a_strike_asks_nobody_unless_something_changed(tabs: Town) -> None:
    night(tabs)
    tabs.sandbox.reset()
    strike(tabs)
    assert not [each for each in tabs.sandbox.journal if "sheets" in each.path]


def test_a_night_before_an_opening_or_by_hand_is_told_of_by_the_next_strike(tabs: Town) -> None:
    tabs.night()  # the job alone, as an election's opening runs it
    assert STATUS not in {tab.title for tab in tabs.sandbox.google.workbooks[WORKBOOK].tabs}
    strike(tabs)
    assert len(tabs.rows(ROLL)) > 1
    assert "Last: " in " ".join(map(str, cells(tabs, STATUS)))


def test_names_are_text_whatever_they_begin_with(tabs: Town) -> None:
    evil = ['=IMPORTXML("http://x","//a")', "+1", "-1", "@SUM(A1)"]
    with tabs.edit("Registrations") as rows:
        width = len(rows[0])
        where = [str(cell).strip() for cell in rows[0]]
        for number, name in enumerate(evil):
            row: list[Any] = [""] * width
            row[where.index("Name")], row[where.index("Email address")] = (
                name,
                f"evil{number}@example.org",
            )
            rows.append(row)
    night(tabs)
    assert set(evil) <= names(tabs)
    bodies = [e.request for e in tabs.sandbox.journal if e.path.endswith(":batchUpdate")]
    assert b"formulaValue" not in b"".join(bodies)
    assert {type(cell) for cell in cells(tabs, ROLL)} == {str}


def test_no_address_and_no_number_is_on_the_roll_and_no_name_on_the_status(tabs: Town) -> None:
    with tabs.edit("Registrations") as rows:
        where = [str(cell).strip() for cell in rows[0]]
        name, address, phone = (where.index(one) for one in ("Name", "Email address", "Phone"))
        people = [str(row[name]) for row in rows[1:]]
        addresses = [str(row[address]) for row in rows[1:]]
        rows[1][name], rows[2][name] = "Quill (quill@example.org)", "Rue 617-555-0142"
        for row in rows[1:]:
            row[phone] = "6175550142"
    night(tabs)
    roll = " ".join(map(str, cells(tabs, ROLL))).lower()
    status = " ".join(map(str, cells(tabs, STATUS))).lower()
    assert "@" not in roll + status
    assert "0142" not in roll + status
    assert not [one for one in addresses if one.lower() in roll + status]
    assert sum(one.lower() in roll for one in people) > 10
    assert not [one for one in people if one.lower() in status]


# While anybody can open the workbook


@pytest.fixture
def grants(tabs: Town) -> list[dict[str, Any]]:
    """The workbook's permissions beyond named accounts'."""
    return tabs.sandbox.google.workbooks[WORKBOOK].grants


WAYS_IN = {
    "whoever has the link": LINK,
    "a whole domain": {"type": "domain", "role": "reader"},
}


@pytest.mark.parametrize("way", WAYS_IN)
def test_the_roll_is_never_written_to_a_workbook_that_is_open(
    tabs: Town, grants: list[dict[str, Any]], way: str
) -> None:
    grants.append(WAYS_IN[way])
    night(tabs)
    assert ROLL not in {tab.title for tab in tabs.sandbox.google.workbooks[WORKBOOK].tabs}
    assert tabs.rows(STATUS)


@pytest.mark.parametrize("way", WAYS_IN)
def test_it_is_emptied_while_the_workbook_is_open_and_filled_when_it_is_closed(
    tabs: Town, clock: Clock, grants: list[dict[str, Any]], way: str
) -> None:
    night(tabs)
    before = tabs.rows(ROLL)
    grants.append(WAYS_IN[way])
    clock.go(days=1)
    said = night(tabs)
    assert any("emptied the roll tab: this spreadsheet is open to" in line for line in said)
    (row,) = tabs.rows(ROLL)
    assert "Empty, because this spreadsheet is open to everyone" in str(row[0])
    clock.go(days=1)
    assert not any("emptied" in line for line in night(tabs))  # it is so already
    grants.clear()
    clock.go(days=1)
    night(tabs)
    assert tabs.rows(ROLL)[0] == before[0]
    assert len(tabs.rows(ROLL)) == len(before)


@pytest.mark.parametrize("why", [TryAgainLater("no answer"), KeyError("a fault of ours")])
def test_it_is_emptied_while_nobody_can_look(
    tabs: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch, why: Exception
) -> None:
    night(tabs)
    get = GoogleClient.get

    def blind(self: GoogleClient, kind: Any, url: str, *more: Any, **named: Any) -> Any:
        if url.endswith("/permissions"):
            raise why
        return get(self, kind, url, *more, **named)

    monkeypatch.setattr(GoogleClient, "get", blind)
    clock.go(days=1)
    night(tabs)
    (row,) = tabs.rows(ROLL)
    assert "Google does not tell the program who can open" in str(row[0])


def test_it_is_emptied_when_google_tells_it_to_others_alone(tabs: Town, clock: Clock) -> None:
    night(tabs)
    tabs.sandbox.google.workbooks[WORKBOOK].editors_share = False
    clock.go(days=1)
    night(tabs)
    assert len(tabs.rows(ROLL)) == 1


def test_a_night_that_is_refused_empties_it_all_the_same(
    tabs: Town, clock: Clock, grants: list[dict[str, Any]]
) -> None:
    night(tabs)
    grants.append(LINK)
    with tabs.edit("Sign-ins") as rows:
        del rows[1:]
    clock.go(days=1)
    with pytest.raises(Refused):
        night(tabs)
    assert len(tabs.rows(ROLL)) == 1
    said = " ".join(map(str, cells(tabs, STATUS)))
    assert "needs a person's approval" in said
    assert "clerk sync --approve" in said


def test_one_that_cannot_be_written_stops_nothing_and_is_tried_more_seldom(
    tabs: Town, clock: Clock
) -> None:
    for title in (ROLL, STATUS):
        tab = Tab(title, [["kept"]], 98 + len(title))
        tab.protect("owner@example.org")
        tabs.sandbox.google.workbooks[WORKBOOK].tabs.append(tab)
    said = night(tabs)
    assert any("the roll tab could not be written" in line for line in said)
    assert any("the status tab could not be written" in line for line in said)
    assert tabs.rows(ROLL) == tabs.rows(STATUS) == [["kept"]]
    assert tabs.tagged("clerk: voting member")
    tried = 0
    for _ in range(12):
        clock.go(minutes=5)
        tried += sum("roll tab could not" in line for line in strike(tabs))
    assert tried < 5
    checks = {check.what: check for check in examine(tabs.folder)}
    assert not checks[f"spreadsheet {WORKBOOK}: roll tab"].fine


def test_one_that_could_not_be_emptied_is_emptied_by_a_later_strike(
    tabs: Town, clock: Clock, grants: list[dict[str, Any]]
) -> None:
    night(tabs)
    tab = tabs.sandbox.google.workbooks[WORKBOOK].tab(ROLL)
    tab.protect("owner@example.org")
    grants.append(LINK)
    clock.go(days=1)
    assert any("the roll tab could not be written" in line for line in night(tabs))
    assert len(tabs.rows(ROLL)) > 10
    tab.protected.clear()
    clock.go(minutes=5)
    assert any(line.startswith("emptied the roll tab") for line in strike(tabs))
    assert len(tabs.rows(ROLL)) == 1


# A tab that is no longer wanted, and somebody who is no longer there


def test_a_tab_that_is_no_longer_named_is_emptied_once_and_the_plan_says_so(
    tabs: Town, clock: Clock
) -> None:
    night(tabs)
    tabs.rewrite(f'roll = "{ROLL}"\n', "")
    plan = CliRunner().invoke(app, ["sync", "-c", str(tabs.folder)]).output
    assert f"“{ROLL}” is no longer in chapter.toml" in " ".join(plan.split())
    assert len(tabs.rows(ROLL)) > 1
    clock.go(days=1)
    assert "emptied the roll tab that is no longer in chapter.toml" in night(tabs)
    assert not any(cells(tabs, ROLL))
    with tabs.edit(ROLL) as rows:
        rows.append(["what a person writes there now"])
    clock.go(days=1)
    assert not any("emptied" in line for line in night(tabs))
    assert cells(tabs, ROLL) == ["what a person writes there now"]


def test_a_tab_under_another_name_leaves_none_behind(tabs: Town, clock: Clock) -> None:
    night(tabs)
    tabs.rewrite(f'roll = "{ROLL}"', 'roll = "Members"')
    clock.go(days=1)
    night(tabs)
    assert not any(cells(tabs, ROLL))
    assert len(tabs.rows("Members")) > 1


def forget(town: Town, who: str) -> str:
    command = ["person", "forget", who, "--yes", "--by", "An Officer", "-c", str(town.folder)]
    told = CliRunner().invoke(app, command)
    assert told.exit_code == 0, told.output
    return " ".join(told.output.split())


def test_who_is_forgotten_is_off_the_roll_at_once(tabs: Town, clock: Clock) -> None:
    night(tabs)
    assert "Elif Ito" in names(tabs)
    assert "older versions of the tab" in forget(tabs, "Elif Ito")
    assert "Elif Ito" not in names(tabs)
    assert len(names(tabs)) > 10
    clock.go(days=1)
    night(tabs)
    assert "Elif Ito" not in names(tabs)


def test_who_is_forgotten_is_told_of_a_line_that_stays(tabs: Town) -> None:
    night(tabs)
    tabs.sandbox.google.workbooks[WORKBOOK].tab(ROLL).protect("owner@example.org")
    assert f"their line in the tab “{ROLL}”: delete it yourself" in forget(tabs, "Elif Ito")
    with tabs.context() as context:
        known = {reveal(name) for _, name in context.ledger.ids() if isinstance(name, Name)}
    assert "Elif Ito" not in known


def test_what_is_held_on_a_person_names_the_tab(tabs: Town) -> None:
    night(tabs)
    shown = CliRunner().invoke(app, ["person", "show", "Elif Ito", "-c", str(tabs.folder)])
    assert f"tab “{ROLL}”" in shown.output


# Settings


@pytest.mark.parametrize("same", ["Sign-ins", "sign-ins:", REVIEW, STATUS.upper()])
def test_each_is_a_tab_of_its_own(town: Town, same: str) -> None:
    town.rewrite(NAMED, f'{NAMED}status = "{STATUS}"\nroll = "{same}"\n')
    with pytest.raises(FixTheSettings, match="is written over: it must be a tab of its own"):
        load_chapter(town.folder)


@pytest.mark.parametrize("kind", ["status", "roll"])
def test_one_workbook_has_it(town: Town, kind: str) -> None:
    more = f'[[workbooks]]\nid = "another"\n{kind} = "Two"\n\n[[workbooks]]'
    town.rewrite("[[workbooks]]", more)
    town.rewrite(NAMED, f'{NAMED}{kind} = "One"\n')
    with pytest.raises(FixTheSettings, match=f"at most one workbook has a tab under {kind}"):
        load_chapter(town.folder)


def test_they_may_have_a_workbook_of_their_own(town: Town) -> None:
    """Then the sign-ins are not read again for what we wrote, and may be shared more widely."""
    town.sandbox.google.add_workbook("officers", "Officers", {"Sheet1": []})
    more = f'[[workbooks]]\nid = "officers"\nstatus = "{STATUS}"\nroll = "{ROLL}"\n\n[[workbooks]]'
    town.rewrite("[[workbooks]]", more)
    night(town)
    rows = town.sandbox.google.workbooks["officers"].tab(ROLL).rows
    assert len(rows) > 10
    assert SERVICE_ACCOUNT not in str(rows)
