"""Two officers approve by clicking, where the chapter asks for it."""

from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from models.votes.election import ElectionState
from tests.conftest import Clock
from tests.elections.polls import CLOSES, COUNTS, NAME, OPENS, Poll, ranks
from tests.flows.web.ballots import VoteDesk, at_the_desk
from tests.flows.web.desk import hidden, words

TWO = (
    "\n[approvals]\nopen = 2\npublish = 2\n"
    '\n[[officers]]\nname = "Omar Ray"\nmay = ["look", "act"]\n'
)


@pytest.fixture
def guarded(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """A draft in a chapter that asks for two officers."""
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", people=12)
    poll.town.settings += TWO
    return poll


def approves(vote: VoteDesk) -> str:
    asked = vote.desk.get(f"/votes/{NAME}/approve")
    fields = hidden(asked, f"/votes/{NAME}/approve")
    return words(vote.desk.post(f"/votes/{NAME}/approve", {**fields, "sure": "yes"}))


def test_the_second_officer_opens_and_publishes(guarded: Poll) -> None:
    with at_the_desk(guarded) as vote:
        first = approves(vote)
        assert "one more officer must approve" in first
        assert "This did not work" not in first
        vote.desk.sign_in("Omar Ray")
        assert "Approved." in approves(vote)
        guarded.at(OPENS)
        guarded.everybody_votes(ranks("Ada Park"))
        guarded.at(CLOSES)
        guarded.at(COUNTS)
        vote.desk.sign_in("Omar Ray")  # a session ends after hours
        asked = vote.press("/result", action="/publish")
        assert "one more officer must approve" in vote.confirm(asked)
        assert guarded.vote.state is ElectionState.COUNTED
        vote.desk.sign_in("Ana Reyes")
        vote.confirm(vote.press("/result", action="/publish"))
    assert guarded.vote.state is ElectionState.PUBLISHED
