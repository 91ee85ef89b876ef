"""A short window is told as it was, by one reckoning in `check` and on the page (EN-9, EN-R6)."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from flows.votes.check import check
from models.errors import Refused
from tests.conftest import Clock
from tests.elections.polls import CLOSES, OPENS, TZ, Poll

GRACE = timedelta(minutes=10)
SHORT = "less than the ideal 10 days"


def told(poll: Poll) -> tuple[bool, bool]:
    """Whether `check` calls the window of an open vote short, and whether its page does."""
    with poll.context() as context:
        checked = any(SHORT in reason.fact for reason in check(context, poll.election(context)))
    poll.at(poll.vote.election.closes + GRACE)
    return checked, SHORT in poll.folder("pages").joinpath("index.html").read_text("utf-8")


def test_a_late_opening_makes_the_window_short(poll: Poll) -> None:
    poll.approved()
    poll.at(OPENS + timedelta(days=3))
    assert poll.vote.opened == OPENS + timedelta(days=3)
    assert told(poll) == (True, True)


def test_a_strike_that_came_minutes_later_makes_it_no_shorter(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    closes = (OPENS + timedelta(days=10)).replace(tzinfo=None)
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", closes=closes).approved()
    poll.at(OPENS + timedelta(minutes=4))
    assert told(poll) == (False, False)


def test_days_are_those_of_the_chapters_calendar(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """The clocks go forward on 8 March: ten days on the wall, an hour less on the sun."""
    clock.at = datetime(2026, 3, 4, 9, tzinfo=TZ)
    opens, closes = (datetime(2026, 3, day, 9, tzinfo=TZ) for day in (5, 15))
    wall = opens.replace(tzinfo=None), closes.replace(tzinfo=None)
    folder = tmp_path / "chapter"
    poll = Poll.prepare(sandbox, clock, folder, opens=wall[0], closes=wall[1])
    poll.approved().at(opens)
    assert told(poll) == (False, False)


def test_too_late_an_opening_needs_the_reason(poll: Poll) -> None:
    poll.approved()
    with pytest.raises(Refused, match="less than 5 days, without a reason"):
        poll.at(CLOSES - timedelta(days=4))
