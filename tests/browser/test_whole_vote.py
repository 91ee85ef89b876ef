"""A vote run in a real browser by somebody who reads and clicks, and sees no terminal."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from connectors.sandbox.server import Sandbox
from models.votes.election import ElectionState
from tests.browser import axe
from tests.browser.chromium import Tab, tab
from tests.browser.clicks import Clicks
from tests.conftest import FIRST_NIGHT, Clock, empty
from tests.elections.polls import CLOSES, OPENS, TZ, Poll, ranks
from tests.flows.web.ballots import VoteDesk, at_the_desk
from tests.flows.web.desk import ACTS

pytestmark = pytest.mark.slow

LATER = CLOSES + timedelta(days=1)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """One tab for all tests."""
    axe.needed()
    with tab(tmp_path_factory.mktemp("profile")) as one:
        yield one


@pytest.fixture
def draft(services: tuple[Sandbox, Clock], tmp_path: Path) -> Iterator[VoteDesk]:
    """A draft that lacks nothing, and an officer at its pages."""
    sandbox, clock = services
    clock.at = FIRST_NIGHT
    empty(sandbox)
    with at_the_desk(Poll.prepare(sandbox, clock, tmp_path / "chapter", people=24)) as one:
        yield one


def at(draft: VoteDesk, browser: Tab, moment: datetime) -> Clicks:
    """Somebody comes back at a later moment: their session has ended, they have a new link."""
    draft.poll.clock.at = moment
    person = Clicks(browser, draft.desk).signed_in()
    person.click("Votes")
    person.click("Spring endorsements")
    return person


def test_a_whole_vote_is_run_by_clicking(browser: Tab, draft: VoteDesk) -> None:
    faults: list[str] = []

    person = at(draft, browser, FIRST_NIGHT)
    person.says("Not approved yet. Nothing is sent before an officer approves it.")
    person.click("Check now")
    person.says("Ready to be approved")
    person.click("Go to the approval")
    person.tick("I have seen the ballot and the emails, and I approve this vote")
    person.click("Approve")
    person.says("Approved. From now on, you can change only the closing time")
    faults += person.faults

    person = at(draft, browser, OPENS)
    person.says("It has not opened yet.", "A step is due")
    person.click("Do it now")
    person.says("Voting is open until Sunday, April 12, at 9:00 PM.")
    draft.poll.everybody_votes(ranks("Ada Park") | {"Question 6": "Yes"})
    person.click("Extend voting")
    person.fill("New closing time", f"{LATER:%Y-%m-%dT%H:%M}")
    person.fill("Reason", "The hall was closed by snow.")
    person.click("Continue")
    person.says("Voting closes Monday, April 13, at 9:00 PM instead of Sunday, April 12")
    person.tick("Yes, extend voting. It cannot be moved back.")
    person.click("Extend voting")
    person.says("Voting now closes Monday, April 13, at 9:00 PM.")
    faults += person.faults

    person = at(draft, browser, LATER + timedelta(minutes=10))
    person.click("Count now")
    person.says("The votes are counted.", "The result waits for you")
    person.click("See the result")
    person.says("Only officers see this.", "Ada Park")
    person.click("Publish the result")
    person.tick("Yes, publish it now. This cannot be undone.")
    person.click("Publish")
    person.says("The result is published and announced.", "Ada Park")
    person.click("The result")
    person.says("This is what everyone can read.")
    person.click("Spring endorsements")
    person.click("History")
    person.says(f"{ACTS} published the result", "The hall was closed by snow.")
    person.click("Audit log")
    person.says("intact")
    faults += person.faults

    assert faults == []
    assert draft.poll.vote.state is ElectionState.PUBLISHED
    public = [one.read_text("utf-8") for one in (draft.poll.town.folder / "public").rglob("*.html")]
    assert any("Ada Park" in one for one in public)
    assert draft.poll.vote.election.closes == LATER.astimezone(TZ)
    done = ["Approved", "Extended", "Published"]
    assert [one for one in draft.record() if one.partition(": ")[2] in done] == [
        f"{ACTS}: {one}" for one in done
    ]


def test_a_new_vote_is_made_by_clicking(browser: Tab, draft: VoteDesk) -> None:
    draft.poll.town.sandbox.google.add_form("autumn-form", "Untitled form")
    person = Clicks(browser, draft.desk).signed_in()
    person.click("Votes")
    person.click("Prepare a new vote")
    person.fill("Title", "Autumn endorsements")
    person.fill("Voting opens", "2026-09-01T09:00")
    person.fill("Voting closes", "2026-09-12T21:00")
    person.fill("Google form for the ballots", "https://docs.google.com/forms/d/autumn-form/edit")
    person.click("Make the draft")
    person.says("The draft is made. Add its contests next.", "There are no contests yet.")
    person.click("Add a contest")
    person.click("Ranked choice")
    person.fill("Title", "Mayor")
    person.fill("Candidates", "Ada Park\nBea Stone\nCy Rivers")
    person.fill("Office", "Mayor")
    person.fill("The committee’s recommendation", "Ada Park")
    person.click("Add to the ballot")
    person.says("The contest is on the ballot.", "Not approved yet.", "Mayor")
    person.click("See the ballot")
    person.says("Autumn endorsements", "Bea Stone")
    person.click("Back to the vote")
    person.click("Check now")
    person.says("The form is empty. The program can write its questions now.")
    person.click("Build the questions in the form")
    person.says("Ready to be approved")
    assert person.faults == []
    assert draft.poll.town.sandbox.google.forms["autumn-form"].items
