"""What `status` says comes next, once a result is out."""

from datetime import timedelta

import pytest

from flows.doctor import examine
from flows.views.election import status
from flows.votes.lifecycle import extend
from models.errors import ClerkError
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, Poll
from tests.elections.test_watch import look, news


def what_next(poll: Poll) -> str:
    with poll.context() as context:
        said: str = status(context, NAME)["next"]
    return said


def test_an_announcement_that_has_not_gone_out_is_what_comes_next(poll: Poll) -> None:
    poll.opened()
    poll.at(COUNTS)
    poll.town.network(attempts=1)
    poll.town.sandbox.faults.matching("POST", "/campaigns", "500", times=9)
    with pytest.raises(ClerkError):
        poll.published()
    assert what_next(poll).startswith("the announcement")
    poll.town.sandbox.faults.clear()
    poll.strike()
    assert what_next(poll) == "nothing; the result is published and announced"


def test_a_letter_that_is_owed_and_does_not_go_is_named(poll: Poll) -> None:
    """Of a later close, say: like a reminder it says since when it is overdue."""
    poll.opened()
    poll.clock.at += timedelta(days=1)
    with poll.context() as context:
        extend(context, NAME, CLOSES + timedelta(days=1), OFFICER, "A hall was closed.")
    poll.town.sandbox.faults.matching("POST", "/campaigns", "500", times=9)
    with pytest.raises(ClerkError):
        poll.strike()
    assert what_next(poll) == (
        "extension 1: overdue since Fri, April 3, 2026, 9:00 AM EDT; the next scheduled check "
        "does it, or run `clerk tick`"
    )
    poll.town.sandbox.faults.clear()
    poll.strike()
    assert what_next(poll).startswith("reminder 1 ")


def test_a_vote_whose_close_passed_unopened_is_told_and_never_opens(poll: Poll) -> None:
    """The machine was off all the time, say: no strike tries it again and again."""
    poll.approved()
    assert poll.at(CLOSES) == []
    assert look(poll) == ["emailed the officers: 1 thing to check"]
    text = news(poll)[0].text
    assert "the election “spring” reached its closing time without ever opening." in text
    assert "it can no longer open" in text
    assert f"it never opened; to hold it, run `clerk election withdraw {NAME}`" in what_next(poll)
    assert poll.strike() == []
    assert look(poll) == []
    opening = next(
        one for one in examine(poll.town.folder) if one.what == f"election {NAME}: opening"
    )
    assert "and it never opened" in opening.found
