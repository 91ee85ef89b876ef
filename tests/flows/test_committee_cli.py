"""`clerk committee`: the numbers for a contest's file, and what the bylaws ask (SC-1 to SC-5)."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connectors.sandbox.google.cells import Cell
from connectors.sandbox.invented import WORKBOOK
from flows.cli.main import app
from flows.service.due_steps import told
from models.errors import FixTheData, FixTheSettings
from tests.conftest import Clock
from tests.flows.town import Town

MEMBERS = "".join(
    f'[[members]]\nname = "Member {number}"\nconfirmed = 2026-02-10\n' for number in range(1, 11)
)
AWAY = """\
[[members]]
name = "Pat Away"
confirmed = 2026-02-10
leaves = [{ first = 2026-06-01, last = 2026-08-31 }]
"""
CHAIR = '[[members]]\nname = "Cleo Chair"\nconfirmed = 2026-02-10\nco_chair_since = 2026-02-10\n'


def run(folder: Path, *words: str) -> str:
    """What the command says; its own errors are raised."""
    where = ("committee", "--chapter", str(folder), "--on", "2026-07-01")
    return CliRunner().invoke(app, [*where, *words], catch_exceptions=False).output


@pytest.fixture
def folder(town: Town) -> Path:
    (town.folder / "committee.toml").write_text(MEMBERS + AWAY + CHAIR)
    return town.folder


def test_it_gives_the_numbers_of_a_decision(folder: Path) -> None:
    said = run(folder, "--recused", "member 1")
    assert said.startswith("July 1, 2026: 11 active, 1 recused; quorum is 7 (SC-R2)\n")
    assert said.endswith("In the contest's file: active = 11, recused = 1\n")
    assert "Pat Away\tFebruary 10, 2026\tthe next slate\ton leave\n" in said
    assert "Cleo Chair\tFebruary 10, 2026\tthe next slate\tco-chair\n" in said
    assert "co-chairs are chosen next in the first quarter of 2028" in said


def test_for_a_script(folder: Path) -> None:
    told = json.loads(run(folder, "--json"))
    assert (told["active"], told["recused"], told["quorum"]) == (11, 0, 8)
    assert all(reason["holds"] for reason in told["reasons"])


def test_after_the_anniversary_they_hold_over_and_it_ends_with_3(folder: Path) -> None:
    """SC-R5: they had all left, and quorum was 0."""
    where = ("committee", "--chapter", str(folder), "--json", "--on")
    assert CliRunner().invoke(app, [*where, "2027-03-31"]).exit_code == 0
    late = CliRunner().invoke(app, [*where, "2027-04-01"])
    told = json.loads(late.output)
    assert (late.exit_code, told["active"], told["quorum"]) == (3, 12, 9)
    assert [reason["rule"] for reason in told["reasons"] if not reason["holds"]] == ["SC-R5"]


LATE = (
    "committee: the first quarter of 2026 brought no choice: 10 members hold over until the "
    "members vote on the next slate (SC-R5)"
)


def test_that_they_hold_over_is_said_every_night(town: Town, clock: Clock) -> None:
    """SC-R5, in numbers and without a name; on 31 March the quarter is not over."""
    (town.folder / "committee.toml").write_text(MEMBERS.replace("2026", "2025"))
    for late in (False, True, True):
        night = town.night()
        with town.context() as context:
            assert [*told(context, night)][1:] == ([LATE] if late else [])
        clock.go(days=1)


def test_a_sync_by_hand_says_so_too(town: Town) -> None:
    """SC-R5"""
    (town.folder / "committee.toml").write_text(MEMBERS.replace("2026", "2025"))
    said = CliRunner().invoke(app, ["sync", "--chapter", str(town.folder)]).output
    assert LATE in said.splitlines()


def test_a_list_that_cannot_be_used_stops_no_night(town: Town) -> None:
    (town.folder / "committee.toml").write_text("[[members]]\nname = 3\n")
    night = town.night()
    with town.context() as context:
        said = "committee.toml cannot be used; `clerk committee` shows why"
        assert [*told(context, night)][1:] == [said]


def test_who_is_not_there_cannot_step_aside(folder: Path) -> None:
    with pytest.raises(FixTheData, match="is not an active member on that day"):
        run(folder, "--recused", "Pat Away")


def test_who_steps_aside_is_named_with_the_nearest(folder: Path) -> None:
    with pytest.raises(FixTheData) as refused:
        run(folder, "--recused", "Cleo Chare", "--recused", "ann@example.org")
    assert refused.value.fact == (
        "“Cleo Chare” is not an active member on that day; did you mean Cleo Chair; “•••” is "
        "not an active member on that day"
    )


def test_a_missing_or_mistyped_list_is_told(town: Town) -> None:
    with pytest.raises(FixTheSettings, match=r"committee\.toml: this file does not exist"):
        run(town.folder)
    (town.folder / "committee.toml").write_text(CHAIR.replace("confirmed", "confirmd"))
    with pytest.raises(FixTheSettings) as refused:
        run(town.folder)
    for part in (
        "[members 1] confirmed: is missing",
        "[members 1] confirmd: there is no such setting; did you mean confirmed?",
    ):
        assert part in refused.value.fact


def seats(many: int) -> list[list[Cell]]:
    return [[f"Member {n}", None, "2026-02-10"] for n in range(1, many + 1)]


def test_the_tab_stands_in_the_place_of_the_file(town: Town) -> None:
    """SC-1: the seats are a tab of the workbook, as the last night read it."""
    (town.folder / "committee.toml").write_text(MEMBERS + AWAY + CHAIR)
    town.add_tab("committee", *seats(7), ["Pat Away", None, "2026-02-10", None, "soon", None])
    with pytest.raises(FixTheData, match="no sheet was read yet"):
        run(town.folder)
    night = town.night()
    assert [one.reason for one in night.facts.review if one.place.source == "Committee"] == [
        "this is not a date"
    ]
    said = run(town.folder)
    assert said.startswith("July 1, 2026: 7 active, 0 recused; quorum is 5 (SC-R2)\n")
    assert "committee.toml is not read any more: tab “Committee” counts; delete the file" in said


def test_a_committee_of_four_is_said(town: Town) -> None:
    town.add_tab("committee", *seats(4))
    town.night()
    assert "✗ SC-1: 4 members; 5 to 15 are allowed" in run(town.folder)


def test_a_tab_of_the_committees_stops_no_night(town: Town) -> None:
    """Who may vote does not depend on it: neither a row that is gone nor rows that say nothing."""
    town.add_tab("committee", *seats(7))
    town.night()
    with town.edit("Committee") as rows:
        del rows[1:]
        rows.append(["x", None, "y"])
    assert town.night().applied


@pytest.mark.parametrize("change", ["header", "title"])
def test_a_committees_tab_that_cannot_be_found_stops_no_night(town: Town, change: str) -> None:
    """A renamed header in one of them stopped the nights, and the opening of the members' vote."""
    town.add_tab("committee", *seats(7))
    town.night()
    book = town.sandbox.google.workbooks[WORKBOOK]
    if change == "header":
        with town.edit("Committee") as rows:
            rows[0][2] = "Since when"
    else:
        book.tab("Committee").title = "Board"
        town.sandbox.google.wrote(book)
    night = town.night()
    assert night.applied
    told = [one.reason for one in night.facts.review if "nothing of this tab is read" in one.reason]
    assert len(told) == 1
    with pytest.raises(FixTheData, match="no seat can be read from this tab"):
        run(town.folder)
