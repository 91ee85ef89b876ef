"""Status tells of nobody, the roll by name alone, and the night's page of nobody (DP-3, DP-7)."""

import json
from datetime import timedelta
from typing import Any

import pytest

from connectors.sandbox.google.workbook import Tab
from connectors.sandbox.invented import WORKBOOK, serial
from flows.service.due_steps import run_due_steps, run_night
from tests.conftest import Clock
from tests.flows.test_tabs import NAMED, ROLL, STATUS
from tests.flows.town import Town
from tests.privacy.canaries import Search
from tests.privacy.colony import EVENTS, Marked


@pytest.fixture
def marked(town: Town, clock: Clock) -> list[Marked]:
    """People in every part, after two nights and a strike; both tabs and the page are on."""
    town.rewrite(NAMED, f'{NAMED}status = "{STATUS}"\nroll = "{ROLL}"\n')
    file = town.folder / "chapter.toml"
    file.write_text(f"{file.read_text()}\n[schedule]\nnight_page = true\n")
    people = [Marked() for _ in range(4)]
    voter, away, stranger, mistyped = people
    with town.edit("Registrations") as rows:
        for who in (voter, away, mistyped):
            said = f"{who.name} <{who.address}>" if who is mistyped else who.name
            rows.append([serial(clock.today) - 9, said, who.address, "",
                         f"617{who.phone}", "15th Suffolk", "yes", "yes", "Yes"])  # fmt: skip
    with town.edit("Sign-ins") as rows:
        for number, (ago, event) in enumerate(EVENTS):
            at = serial(clock.today - timedelta(days=ago)) + 0.8
            rows.append([at, event, voter.address, voter.name])
            if number < 2:
                rows.append([at, event, away.address, away.name])
        rows.append([at, event, stranger.address, f"{stranger.name} 617-{stranger.phone}"])
        rows.append([at, stranger.name, stranger.address, stranger.address])
    for _ in range(2):
        with town.context() as context:
            run_night(context, lambda _: None)
        clock.go(days=1)
    with town.context() as context:
        run_due_steps(context, lambda _: None)
    return people


def written(town: Town, tab: str) -> list[bytes]:
    """Each body that wrote a tab."""
    sheet = town.sandbox.google.workbooks[WORKBOOK].tab(tab).sheet_id
    bodies = [e for e in town.sandbox.journal if e.path.endswith(":batchUpdate")]

    def is_of(change: Any) -> bool:
        return bool(change.get("updateCells", {}).get("range", {}).get("sheetId") == sheet)

    found = [e.request for e in bodies if any(map(is_of, json.loads(e.request)["requests"]))]
    assert found
    return found


def kinds(town: Town, tab: str, people: list[Marked]) -> set[str]:
    """What of the marked people was written to a tab."""
    search = Search([canary for one in people for canary in one.canaries()])
    return {hit.kind for body in written(town, tab) for hit in search.bytes(tab, body)}


def test_the_status_tab_is_told_of_nobody(town: Town, marked: list[Marked]) -> None:
    assert kinds(town, STATUS, marked) == set()


def test_the_roll_tab_is_told_names_alone(town: Town, marked: list[Marked]) -> None:
    assert kinds(town, ROLL, marked) == {"name"}


def test_both_are_written_as_text_alone(town: Town, marked: list[Marked]) -> None:
    for tab in (STATUS, ROLL):
        for body in written(town, tab):
            rows = [one["updateCells"] for one in json.loads(body)["requests"][-1:]]
            cells = [cell for one in rows for row in one["rows"] for cell in row["values"] if cell]
            assert {kind for cell in cells for kind in cell["userEnteredValue"]} == {"stringValue"}


def test_the_nights_page_tells_of_nobody(town: Town, marked: list[Marked]) -> None:
    search = Search([canary for one in marked for canary in one.canaries()])
    pages = sorted(town.folder.glob("night*.html"))
    assert len(pages) == 2
    for page in pages:
        assert not search.bytes(page.name, page.read_bytes())


def test_a_note_of_the_ledger_holds_nobody(town: Town, marked: list[Marked]) -> None:
    """What was written last is a digest, and the nights are counts."""
    search = Search([canary for one in marked for canary in one.canaries()])
    with town.ledger() as ledger:
        notes = [ledger.note(f"{kind} tab as written") for kind in ("status", "roll")]
        notes.append(ledger.note("nights on the page"))
    assert all(notes)
    for note in notes:
        assert not search.bytes("a note", str(note).encode())


def test_a_hidden_tab_is_emptied_like_any_other(town: Town, clock: Clock) -> None:
    """Hiding a tab keeps nobody from reading it."""
    town.rewrite(NAMED, f'{NAMED}roll = "{ROLL}"\n')
    book = town.sandbox.google.workbooks[WORKBOOK]
    book.tabs.append(Tab(ROLL, [["an old list"]], 98, {"hidden": True}))
    with town.context() as context:
        run_night(context, lambda _: None)
    assert len(town.rows(ROLL)) > 10
    book.grants.append({"type": "anyone", "role": "reader"})
    clock.go(days=1)
    with town.context() as context:
        run_night(context, lambda _: None)
    assert len(town.rows(ROLL)) == 1
