"""The page of a vote: how it stands, each step, what waits for a person."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from tests.conftest import Clock
from tests.flows.web.ballots import VoteDesk, voting


@pytest.fixture
def vote(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Iterator[VoteDesk]:
    with voting(sandbox, clock, tmp_path / "chapter") as one:
        yield one


def test_it_says_how_the_vote_stands_with_each_step(vote: VoteDesk) -> None:
    said = vote.text()
    assert "Voting is open until Sunday, April 12, at 9:00 PM." in said
    many = len(vote.poll.invited())
    assert "Approved Tuesday, March 31, at 2:00 AM by Thea Novak Voting opened" in said
    assert f"Invitation Thursday, April 2, at 9:00 AM to {many} people" in said
    assert "Reminder 1 next Tuesday, April 7, at 9:00 AM" in said
    assert "Voting closes Sunday, April 12, at 9:00 PM" in said
    assert "People to call" in said
