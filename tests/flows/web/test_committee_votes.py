"""The committee's own vote by clicking: its draft, quorum that is missing, and who took part."""

from datetime import timedelta
from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from tests.conftest import Clock
from tests.elections.committees import BUDGET, CLOSES, COUNTS, Board, _people
from tests.elections.polls import NAME
from tests.flows.web.ballots import HERE, at_the_desk
from tests.flows.web.desk import DeskClient, words
from tests.flows.web.test_votes import AUTUMN, added, contest, folder, made, one_desk

__all__ = ["one_desk"]


@pytest.fixture
def board(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Board:
    """A committee of eight that votes now."""
    board = Board.seated(sandbox, clock, tmp_path / "chapter", BUDGET)
    board.opened()
    return board


def test_a_draft_asks_for_the_committees_kinds(one_desk: DeskClient) -> None:
    """SC-4: no reason is asked of a short window; SC-3: co-chairs."""
    said = words(made(one_desk, electorate="yes", closes="2026-09-01T09:20"))
    assert "30 minutes are the least" in said
    assert "The draft is made" in words(made(one_desk, electorate="yes", closes="2026-09-01T11:00"))
    assert 'electorate = "committee"' in (folder(one_desk) / "election.toml").read_text()
    kinds = one_desk.text(f"{AUTUMN}/add")
    assert "Co-chairs" in kinds
    assert "Ranked choice" not in kinds
    typed = {
        "title": "Recommend Ada Park",
        "needs": "two thirds",
        "recused_members": "Ann Alder\r\n",
        "recommends_for": "Mayor",
        "recommends": "",
    }
    assert "name both the race and whom it recommends" in words(added(one_desk, "committee", typed))
    added(one_desk, "committee", typed | {"recommends": "Ada Park"})
    assert contest(one_desk, "01-recommend-ada-park") == {
        "kind": "committee",
        "id": "recommend-ada-park",
        "title": "Recommend Ada Park",
        "needs": "two thirds",
        "recused_members": ["Ann Alder"],
        "recommends_for": "Mayor",
        "recommends": "Ada Park",
    }
    draft = one_desk.text(AUTUMN)
    assert "The committee can vote for 2 hours." in draft
    assert "less than 5 days" not in draft


def test_quorum_is_missing_and_it_is_extended(board: Board) -> None:
    for place in range(5):
        board.decides(place, "Yes")
    board.at(CLOSES)
    board.at(COUNTS)
    with at_the_desk(board) as vote:
        said = vote.text()
        assert "Voting came to its close without quorum." in said
        assert "Quorum is not met" in said
        today = words(vote.desk.get("/"))
        assert "April decisions ends without a decision, unless you extend it" in today
        later = f"{CLOSES + timedelta(hours=4):%Y-%m-%dT%H:%M}"
        asked = vote.press("/extend", {"closes": later, "reason": "Two were asleep"})
        vote.confirm(asked)
        assert "Voting is open until" in vote.text()


def test_of_a_vote_with_quorum_the_wait_for_one_is_no_moment(board: Board) -> None:
    for place in range(8):
        board.decides(place, "Yes")
    with at_the_desk(board) as vote:
        today = words(vote.desk.get("/"))
        assert "April decisions is counted" in today
        assert today.count("April decisions sends reminder") == 3
        assert "ends without a decision" not in today


def test_the_officers_see_who_took_part_and_how_it_ended(board: Board) -> None:
    """BA-6: totals and attendance whatever their size, choices never."""
    for place in range(6):
        board.decides(place, "Yes" if place else "No")
    board.at(CLOSES)
    board.at(COUNTS)
    with at_the_desk(board) as vote:
        assert "The committee was told how it ended." in vote.text()
        said = vote.text("/result")
    assert "6 of 8 active members took part" in said
    assert "Yes: 5, No: 1, Abstain: 0" in said
    assert "it has no public page" in said
    for odd in ("Public pages", "before you publish", "published", "guide", "hank"):
        assert odd not in said, odd
    there = said.partition("Took part: ")[2].partition(". Did not: ")
    assert all((name in there[0]) is (n < 6) for n, (name, _) in enumerate(board.members))
    assert not (board.town.folder / "public" / NAME).exists()


def test_a_member_who_came_late_is_added_and_steps_aside_from_one_decision(board: Board) -> None:
    """SC-5"""
    ninth = _people(board.town)[8]
    with board.town.edit("Committee") as rows:
        rows.append([*ninth, "2026-03-20", *[None] * (len(rows[0]) - 3)])
    board.town.night()
    with at_the_desk(board) as vote:
        found = vote.desk.press(f"{HERE}/voter", f"{HERE}/voter", {"wanted": ninth[1]})
        page = found.url.removeprefix(vote.desk.home)
        assert "Decisions from which this member steps aside (SC-5) The budget" in words(found)
        asked = vote.desk.press(page, page, {"reason": "came late", "aside": "budget"})
        vote.confirm(asked)
        assert "steps aside" not in vote.text(page.removeprefix(HERE)), "is on the roll by now"
    with board.town.ledger() as ledger:
        (line,) = [one for one in ledger.votes.roll(NAME) if one.exception]
    assert (line.on_roll, line.aside) == (True, ("budget",))
