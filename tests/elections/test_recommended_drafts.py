"""A draft that is made after the committee has decided has its recommendations (EN-1)."""

from pathlib import Path

import pytest
import tomlkit
from typer.testing import CliRunner

from connectors import drafts
from connectors.sandbox.server import Sandbox
from flows.cli.main import app
from flows.votes.check import check_here
from flows.votes.drafts import folders
from tests.conftest import Clock
from tests.elections.committees import Board
from tests.elections.polls import RACES
from tests.elections.test_recommendations import BEA, decide
from tests.flows.web.ballots import at_the_desk
from tests.flows.web.desk import words

CYCLE = "2026 city"


@pytest.fixture
def board(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Board:
    """A committee that recommended Bea Stone for mayor, before there was any draft."""
    made = Board.seated(sandbox, clock, tmp_path / "chapter", BEA | {"recommends_for": "Mayor"})
    decide(made)
    made.town.add_tab("races", [CYCLE, "Mayor", None, None, "full"])
    names = "Ada Park", "Bea Stone", "Cy Rivers"
    made.town.add_tab("candidates", *([None, "Mayor", one] for one in names))
    made.town.night()
    return made


def file_of(board: Board, name: str) -> Path:
    (file,) = (board.town.folder / "elections" / name / "contests").glob("*.toml")
    return file


def made(board: Board, *more: str) -> str:
    """`clerk election new later …`"""
    typed = ("election", "new", "later", "--title", "General", "--opens", "2026-05-01 09:00",
             "--closes", "2026-05-11 21:00", "--form", "none-yet-at-all", *more,
             "--chapter", str(board.town.folder))  # fmt: skip
    return CliRunner().invoke(app, typed, input="\n" * 60, catch_exceptions=False).output


def wrong(board: Board) -> list[str]:
    with board.context() as context:
        found = check_here(context, context.election("later"))
    return [str(one.fact) for one in found if one.rule == "EN-1" and not one.holds]


def test_one_from_the_cycle(board: Board) -> None:
    assert "What the committee recommended by its own votes is filled in." in made(
        board, "--from", CYCLE
    )
    assert tomlkit.parse(file_of(board, "later").read_text())["recommendation"] == "Bea Stone"
    assert wrong(board) == []


def test_one_thing_is_wrong_once(board: Board) -> None:
    made(board, "--from", CYCLE)
    file = file_of(board, "later")
    table = tomlkit.parse(file.read_text())
    for said, told in (("", "–"), ("Ada Park", "Ada Park")):
        file.write_text(tomlkit.dumps({**table, "recommendation": said}))
        (fact,) = wrong(board)
        assert fact.endswith(f"recommends Bea Stone; the file says {told}")


def test_a_contest_that_is_added_later(board: Board) -> None:
    assert "filled in" not in made(board, "--no-races")
    with board.context() as context:
        folders.add_contest(context, "later", {**RACES[0], "recommendation": ""})
        (file,) = drafts.contests_of(board.town.folder / "elections" / "later", board.town.folder)
    assert file.table["recommendation"] == "Bea Stone"


def test_one_of_the_officers_page(board: Board) -> None:
    with at_the_desk(board) as vote:
        typed = {"title": "General", "name": "later", "cycle": CYCLE, "form": "x" * 44,
                 "opens": "2026-05-01T09:00", "closes": "2026-05-11T21:00"}  # fmt: skip
        said = words(vote.desk.press("/votes/new", "/votes/new", typed))
    assert "What the committee recommended by its own votes is filled in." in said
    assert tomlkit.parse(file_of(board, "later").read_text())["recommendation"] == "Bea Stone"
