"""The invented members vote: with the codes of that vote, and a later answer is the later one."""

from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from flows.rehearsal import acts
from flows.rehearsal.notes import Notes
from models.tally.outcome import OutcomeKind
from tests.conftest import Clock
from tests.elections.committees import CLOSES, COUNTS, OPENS, Board, beside


@pytest.fixture
def board(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Board:
    """A committee of eight with one decision before it."""
    return Board.seated(sandbox, clock, tmp_path / "chapter")


def all_vote(board: Board) -> str:
    notes = Notes(chapter="Rivertown", begun=board.clock())
    return acts.vote(board.town.sandbox, board.vote.election, notes, board.clock(), acts.ALL)


def test_the_committee_has_codes_of_its_own_also_beside_a_vote_of_the_members(board: Board) -> None:
    members = beside(board)
    members.approved()
    board.opened()
    assert members.sent("invitation")
    assert all_vote(board).endswith("8 of the 8 who got one have voted.")
    board.at(CLOSES)
    board.at(COUNTS)
    assert board.vote.result
    assert (board.vote.result.counted, dict(board.vote.result.set_aside)) == (8, {})


def test_who_votes_again_while_the_clock_stands_still_is_counted_by_the_last(board: Board) -> None:
    board.opened()
    assert board.clock() == OPENS
    code_question = board.vote.election.ballots.code_question
    for choice in ("No", "Yes"):
        for code in board.codes().values():
            filled = acts.answers(board.form, code, 0, code_question)
            said = {key: code if text == code else choice for key, text in filled.items()}
            board.form.submit(said, acts.moment_of_answer(board.form, board.clock()))
    board.at(CLOSES)
    board.at(COUNTS)
    assert board.vote.result
    assert board.vote.result.superseded == 8
    assert board.vote.result.races["budget"].outcome.kind is OutcomeKind.ADOPTED
