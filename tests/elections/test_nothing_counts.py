"""A vote to which ballots came and none counts is published by no clock: an officer looks first."""

from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from flows.votes.publish import publish
from flows.votes.what_next import what_next
from models.votes.election import ElectionState
from tests.conftest import Clock
from tests.elections.polls import COUNTS, OFFICER, Poll

ADA = {"Mayor [Ada Park]": "1st"}


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """An open vote that the clock would publish by itself."""
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", publish="at once")
    poll.opened()
    return poll


def test_nobody_voted_is_not_published_of_people_who_did(poll: Poll) -> None:
    for _ in range(3):
        poll.answers("FFFF-FFFF-2222", ADA)
    said = [one.what for one in poll.at(COUNTS)]
    assert "none of the 3 ballots received counts" in said
    assert poll.vote.state is ElectionState.COUNTED
    with poll.town.context() as context:
        told = what_next(context, poll.vote)
        assert told.startswith("none of the 3 ballots received counts: find out why; an officer")
        publish(context, poll.vote, OFFICER)
    assert poll.vote.state is ElectionState.PUBLISHED


def test_one_ballot_that_counts_lets_it_go_out(poll: Poll) -> None:
    poll.answers("FFFF-FFFF-2222", ADA)
    poll.votes(min(poll.invited()), ADA)
    poll.at(COUNTS)
    assert poll.vote.state is ElectionState.PUBLISHED


def test_a_vote_that_nobody_answered_goes_out(poll: Poll) -> None:
    """EN-R12: nobody voted, and that is the result."""
    poll.at(COUNTS)
    assert poll.vote.state is ElectionState.PUBLISHED
