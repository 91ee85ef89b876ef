"""Answers before the opening: said, written down, and counted nowhere (BA-2)."""

from datetime import timedelta
from pathlib import Path

import pytest

from connectors.sandbox.invented import ZONE
from connectors.sandbox.server import Sandbox
from flows.votes.check import check
from models.votes.events import Opened
from models.votes.history import each
from tests.conftest import Clock
from tests.elections import test_sources as tabs
from tests.elections.polls import COUNTS, NAME, OFFICER, OPENS, Poll, ranks
from tests.elections.test_commands import Clerk, clerk, told

__all__ = ["clerk"]
CY = ranks("Cy Rivers")
HOUR = timedelta(hours=1)
SAID = "2 responses arrived before voting opened and will not be counted"


@pytest.fixture
def tried(poll: Poll) -> Poll:
    """Somebody tried the form, twice, with a code that nobody has."""
    for hours in (1, 2):
        poll.answers("FFFF-FFFF-FFFF", CY, OPENS - hours * HOUR)
    poll.clock.at = OPENS - HOUR / 2
    return poll


def test_check_open_and_status_say_them(tried: Poll, clerk: Clerk) -> None:
    assert SAID in told(clerk("election", "check", NAME))
    assert SAID in told(clerk("election", "open", NAME, "--by", OFFICER))
    before = told(clerk("election", "status", NAME))
    assert "Spring endorsements: approved. Next: opens Thu, April 2, 2026, 9:00 AM EDT" in before
    assert SAID in before
    tried.at(OPENS)
    tried.everybody_votes(ranks("Ada Park"))
    assert SAID in told(clerk("election", "status", NAME))
    assert SAID in told(clerk("election", "check", NAME))


def test_the_sealed_record_holds_their_number(tried: Poll) -> None:
    tried.opened()
    with tried.context() as context:
        (opening,) = each(context.ledger.votes.lines(NAME), Opened)
    assert opening.early == 2


def test_nobody_hears_of_them_where_there_are_none(poll: Poll, clerk: Clerk) -> None:
    poll.approved()
    assert "before the opening" not in told(clerk("election", "check", NAME))
    assert "before the opening" not in told(clerk("election", "status", NAME))


def test_a_leaked_links_early_vote_is_accounted_for(tried: Poll) -> None:
    """Deleted, nobody could show later that it was not a member's."""
    tried.opened()
    tried.everybody_votes(ranks("Ada Park"))
    tried.at(COUNTS)
    result = tried.vote.result
    assert result
    assert result.set_aside == {"early": 2}
    assert result.received == result.counted + 2
    page = (tried.folder("tellers") / "index.html").read_text()
    assert "do not count: 2. Of these, 2 were already there when voting opened (BA-2)" in page
    assert "already there" not in (tried.folder("pages") / "index.html").read_text()


def test_those_in_a_tab_are_said_too(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> None:
    box = {"workbook": tabs.WORKBOOK, "tab": tabs.TAB, "link": tabs.LINK}
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", build=False, ballots=box)
    rows = {tabs.TAB: [list(tabs.HEADERS)]}
    sandbox.google.add_workbook(tabs.WORKBOOK, "Ballots", rows, time_zone=ZONE)
    tabs.arrive(poll, "FFFF-FFFF-FFFF", "1st", at=OPENS - HOUR)
    poll.clock.at = OPENS - HOUR / 2
    with poll.context() as context:
        said = [reason.fact for reason in check(context, poll.election(context))]
    assert "1 response arrived before voting opened and will not be counted" in said
