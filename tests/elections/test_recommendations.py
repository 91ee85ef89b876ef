"""The committee's recommendation of a race is what its own vote decided (EN-1)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from connectors import elections
from connectors.sandbox.server import Sandbox
from flows.committee.cycle import cycles_of
from flows.committee.recommendations import recommendations
from flows.votes.check import check
from models.errors import FixTheSettings
from models.votes.election import failing
from tests.conftest import Clock
from tests.elections.committees import BUDGET, CLOSES, COUNTS, OPENS, Board
from tests.elections.polls import RACES, TZ

MAYOR = BUDGET | {
    "id": "mayor",
    "title": "Recommend Ada Park",
    "recommends_for": "mayor",
    "recommends": "Ada Park",
}
LATER = OPENS + timedelta(days=20)
BEA = MAYOR | {"id": "bea", "title": "Recommend Bea Stone", "recommends": "Bea Stone"}


def decided(
    sandbox: Sandbox,
    clock: Clock,
    folder: Path,
    *races: Mapping[str, Any],
    marks: str = "Yes",
    opens: datetime = LATER,
    race: Mapping[str, Any] = RACES[0],
) -> Board:
    """A committee that has voted on these.

    Args:
        opens: when the members' vote does.
        race: of the members' vote.
    """
    board = Board.seated(sandbox, clock, folder, *races)
    draft(board, {**race, "recommendation": ""}, opens)
    decide(board, *([marks] * len(races)))
    return board


def decide(board: Board, *marks: str) -> None:
    """Six of its members vote so; it is counted."""
    board.opened()
    for place in range(6):
        board.decides(place, *(marks or ("Yes",)))
    board.at(CLOSES)
    board.at(COUNTS)


def draft(
    board: Board,
    race: Mapping[str, Any],
    opens: datetime = LATER,
    more: Sequence[Mapping[str, Any]] = (),
) -> None:
    """A draft of the members' vote on it."""
    said = {
        "title": "Spring endorsements",
        "opens": opens.replace(tzinfo=None),
        "closes": (opens + timedelta(days=10)).replace(tzinfo=None),
        "ballots": {"form": "members-ballot"},
    }
    kept = {key: value for key, value in race.items() if value}
    elections.write_new(board.town.folder, "members", said, [kept, *more])


def file_of(board: Board) -> Path:
    return board.town.folder / "elections" / "members" / "contests" / "01-mayor.toml"


def wrong(board: Board) -> list[str]:
    """What the check of the members' vote says of recommendations."""
    board.town.sandbox.google.add_form("members-ballot", "Untitled form")
    with board.context() as context:
        found = failing(check(context, context.election("members")))
    return [one for one in found if "EN-1)" in one]


def test_an_empty_draft_takes_it_over(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    board = decided(sandbox, clock, tmp_path / "chapter", MAYOR)
    assert tomlkit.parse(file_of(board).read_text())["recommendation"] == "Ada Park"
    assert wrong(board) == []


def test_a_typed_one_that_differs_does_not_open(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    board = decided(sandbox, clock, tmp_path / "chapter", MAYOR)
    file = file_of(board)
    file.write_text(file.read_text().replace('Ada Park"\n', 'Bea Stone"\n'))
    table = tomlkit.parse(file.read_text())
    table["recommendation"] = "Bea Stone"
    file.write_text(tomlkit.dumps(table))
    (told,) = wrong(board)
    assert told.startswith(
        "Mayor: the committee's vote “spring” of April 2, 2026 recommends Ada Park"
    )
    assert told.endswith("; the file says Bea Stone (EN-1)")


def test_what_was_not_adopted_recommends_nobody(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    board = decided(sandbox, clock, tmp_path / "chapter", MAYOR, marks="No")
    assert "recommendation" not in tomlkit.parse(file_of(board).read_text())
    with board.context() as context:
        assert recommendations(context.ledger, LATER) == {}
    assert wrong(board) == ["Mayor: the committee has not recommended (EN-1)"]


def test_two_that_are_adopted_at_once_are_asked_about(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    board = decided(sandbox, clock, tmp_path / "chapter", MAYOR, BEA)
    assert "recommendation" not in tomlkit.parse(file_of(board).read_text())
    several = "recommends several at once: Ada Park, Bea Stone; decide between them first"
    assert any(several in one for one in wrong(board))


def after(length: timedelta) -> datetime:
    """So long after the close, over the change to winter time."""
    return (CLOSES.astimezone(UTC) + length).astimezone(TZ)


@pytest.mark.parametrize("opens", [CLOSES, after(timedelta(days=270, minutes=1))])
def test_one_that_is_late_or_old_is_about_another_vote(
    sandbox: Sandbox, clock: Clock, tmp_path: Path, opens: datetime
) -> None:
    """EN-1: a decision for this year's mayor is none for the next."""
    board = decided(sandbox, clock, tmp_path / "chapter", MAYOR, opens=opens)
    assert "recommendation" not in tomlkit.parse(file_of(board).read_text())
    assert wrong(board) == ["Mayor: the committee has not recommended (EN-1)"]


def test_an_old_one_keeps_no_vote_from_opening(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    next_time = OPENS.replace(year=2028)
    board = decided(sandbox, clock, tmp_path / "chapter", BEA, opens=next_time)
    file = file_of(board)
    file.write_text(
        tomlkit.dumps({**tomlkit.parse(file.read_text()), "recommendation": "Ada Park"})
    )
    assert wrong(board) == []


def test_just_in_time(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    opens = after(timedelta(days=270))
    board = decided(sandbox, clock, tmp_path / "chapter", MAYOR, opens=opens)
    assert tomlkit.parse(file_of(board).read_text())["recommendation"] == "Ada Park"


def test_somebody_who_is_not_on_the_ballot(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    board = decided(sandbox, clock, tmp_path / "chapter", BEA)
    table = {
        **tomlkit.parse(file_of(board).read_text()),
        "candidates": ["Ada Park", "Cy Rivers", "Di"],
    }
    file_of(board).write_text(tomlkit.dumps(table | {"recommendation": "Ada Park"}))
    assert any("Bea Stone, which is not a choice on this ballot" in one for one in wrong(board))


@pytest.mark.parametrize("missing", ["recommends", "recommends_for"])
def test_one_without_the_other_is_refused(
    sandbox: Sandbox, clock: Clock, tmp_path: Path, missing: str
) -> None:
    race = {key: value for key, value in MAYOR.items() if key != missing}
    with pytest.raises(FixTheSettings, match="are set together"):
        Board.seated(sandbox, clock, tmp_path / "chapter", race)


def test_it_is_a_step_of_the_races_cycle(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    """EN-1: the committee need not enter what its vote has decided."""
    board = decided(sandbox, clock, tmp_path / "chapter", MAYOR)
    board.town.add_tab("races", ["2026 city", "Mayor", None, None, "full"])
    board.town.night()
    with board.context() as context:
        ((race,),) = [one.races for one in cycles_of(context)]
    assert race.recommended
    assert race.recommended.holds
    board.clock.at = CLOSES + timedelta(days=271)
    with board.context() as context:
        ((race,),) = [one.races for one in cycles_of(context)]
    assert race.recommended
    assert not race.recommended.holds
