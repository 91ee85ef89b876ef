"""A member who is added to a vote of the committee can step aside from its decisions (SC-5)."""

from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from flows.committee.roll import electorate_of
from flows.votes.history import facts
from flows.votes.roll_exceptions import correct_roll
from models.errors import FixTheSettings, Refused
from models.intake.people import PersonId
from models.tally.outcome import OutcomeKind
from models.votes.events import VoterAdded
from tests.conftest import Clock
from tests.elections.committees import BUDGET, CLOSES, COUNTS, Board, _people
from tests.elections.polls import NAME, OFFICER, TZ

SECOND = BUDGET | {"id": "flyer", "title": "The flyer"}


@pytest.fixture
def board(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Board:
    """A committee of eight with two decisions before it; a ninth came into its list too late."""
    board = Board.seated(sandbox, clock, tmp_path / "chapter", BUDGET, SECOND)
    board.opened()
    ninth = _people(board.town)[8]
    with board.town.edit("Committee") as rows:
        rows.append([*ninth, "2026-03-20", *[None] * (len(rows[0]) - 3)])
    board.members = (*board.members, ninth)
    board.town.night()
    return board


def person_of(board: Board, place: int) -> PersonId:
    with board.context() as context:
        return electorate_of(context, board.election(context)).people[board.members[place][0]]


def add(board: Board, *recused: str) -> None:
    person = person_of(board, 8)
    with board.context() as context:
        correct_roll(
            context, NAME, person, OFFICER, "came late", remove=False, recused=recused
        )  # fmt: skip


def test_they_leave_both_sides_of_that_decision_alone(board: Board) -> None:
    """SC-R2: on the budget nine are active and one steps aside; on the flyer all nine decide."""
    add(board, "budget")
    board.strike()
    for place in range(9):
        board.decides(place, "Yes", "No" if place < 6 else "Yes")
    board.at(CLOSES)
    board.at(COUNTS)
    result = board.vote.result
    assert result
    votes = {name: race.outcome.kind for name, race in result.races.items()}
    assert votes == {"budget": OutcomeKind.ADOPTED, "flyer": OutcomeKind.NOT_ADOPTED}
    text = " ".join(board.mine("announcement")[0].text.split())
    assert "Yes: 8, No: 0, Abstain: 0" in text
    assert "Yes: 3, No: 6, Abstain: 0" in text
    assert any("steps aside" in line for line in result.look_at or ())


def test_the_record_says_from_which_and_not_who(board: Board) -> None:
    add(board, "budget")
    with board.town.ledger() as ledger:
        (line,) = [one for one in ledger.votes.lines(NAME) if isinstance(one.event, VoterAdded)]
    told = facts(line.event, TZ)
    assert (told["recused"], told["reason"]) == ("budget", "came late")
    assert board.members[8][0] not in str(told)


def test_who_was_struck_and_is_added_again_can_be_recused_then(board: Board) -> None:
    add(board)
    with board.context() as context:
        person = electorate_of(context, board.election(context)).people[board.members[8][0]]
        correct_roll(context, NAME, person, OFFICER, "by mistake", remove=True)
    add(board, "flyer")
    with board.town.ledger() as ledger:
        (line,) = [one for one in ledger.votes.roll(NAME) if one.person == person]
    assert (line.on_roll, line.aside) == (True, ("flyer",))


def test_an_unknown_decision_is_refused_with_those_there_are(board: Board) -> None:
    with pytest.raises(FixTheSettings, match="use one of budget, flyer"):
        add(board, "budgt")


def test_nobody_is_recused_who_is_removed(board: Board) -> None:
    person = person_of(board, 0)
    with board.context() as context, pytest.raises(Refused, match="only a member who is added"):
        correct_roll(
            context, NAME, person, OFFICER, "left", remove=True, recused=["budget"]
        )  # fmt: skip
