"""The page of a vote: how it stands, each step, what waits for a person."""

from datetime import timedelta

import pytest

from connectors.sandbox.server import Sandbox
from tests.conftest import FIRST_NIGHT, Clock, empty
from tests.elections.polls import CLOSES, OFFICER, OPENS, Poll, ranks
from tests.flows.web.ballots import HERE, VoteDesk, at_the_desk
from tests.flows.web.desk import words


def test_it_says_how_the_vote_stands_with_each_step(vote: VoteDesk) -> None:
    said = vote.text()
    assert "Voting is open until Sunday, April 12, at 9:00 PM." in said
    many = len(vote.poll.invited())
    assert f"Approved Tuesday, March 31, at 2:00 AM by {OFFICER} Voting opened" in said
    assert f"Invitation Thursday, April 2, at 9:00 AM to {many} people" in said
    assert "Reminder 1 next Tuesday, April 7, at 9:00 AM" in said
    assert "Voting closes Sunday, April 12, at 9:00 PM" in said


def test_turnout_is_read_again_when_it_is_old(vote: VoteDesk) -> None:
    assert "0 of " in vote.text()
    vote.poll.votes(min(vote.poll.invited()), ranks("Ada Park"))
    assert "0 of " in vote.text()
    vote.poll.clock.go(minutes=3)
    assert "1 of " in vote.text()
    assert "Ada Park" not in vote.text()


def test_what_is_late_is_marked(vote: VoteDesk) -> None:
    vote.poll.clock.at = CLOSES
    vote.desk.sign_in()
    said = vote.text()
    assert "Voting closed Sunday, April 12, at 9:00 PM. The ballots are about to be" in said
    assert "Voting closes overdue" in said


def test_a_service_that_fails_is_told_and_the_rest_is_there(vote: VoteDesk) -> None:
    vote.poll.town.sandbox.faults.matching("", "", "500", times=50)
    said = vote.text()
    vote.poll.town.sandbox.faults.clear()
    assert "The turnout cannot be read right now." in said
    assert "Voting closes Sunday" in said


def test_it_is_there_in_spanish(vote: VoteDesk) -> None:
    vote.desk.press("/", "/language", {"language": "es"})
    said = vote.text()
    assert "La votación está abierta hasta el domingo 12 de abril, a las 9:00 p.m." in said
    for path in ("/calls", "/extend", "/cancel", "/withdraw-candidate", "/voter", "/history"):
        assert vote.desk.get(HERE + path).status_code == 200
    assert "El registro de auditoría está intacto" in vote.desk.text("/audit")


def test_an_approved_vote_waits_for_its_opening(
    services: tuple[Sandbox, Clock], tmp_path_factory: pytest.TempPathFactory
) -> None:
    sandbox, clock = services
    clock.at = FIRST_NIGHT
    empty(sandbox)
    poll = Poll.prepare(sandbox, clock, tmp_path_factory.mktemp("v") / "c", people=12).approved()
    with at_the_desk(poll) as desk:
        said = desk.text()
        assert "Approved. Voting opens Thursday, April 2, at 9:00 AM." in said
        assert "Voting opens next Thursday, April 2, at 9:00 AM" in said
        clock.at = OPENS
        desk.desk.sign_in()
        assert "It has not opened yet." in desk.text()
        assert "Voting opens overdue" in desk.text()
        clock.at = OPENS + timedelta(hours=1)
        home = desk.desk.sign_in()
        assert "a step is overdue since Thursday, April 2, at 9:00 AM" in home.text("/")
        done = home.ended(home.press(HERE, f"{HERE}/due"))
        assert "What was due is done." in words(done)
        assert "Everything is well." in home.text("/")
