"""What `status` says comes next, once a result is out."""

import pytest

from flows.election_views import status
from models.errors import ClerkError
from tests.elections.polls import COUNTS, NAME, Poll


def what_next(poll: Poll) -> str:
    with poll.desk() as desk:
        said: str = status(desk, NAME)["next"]
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
