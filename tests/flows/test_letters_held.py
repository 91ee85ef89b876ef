"""A night's letter that Mailchimp accepted is told of until it is out (VM-4, VM-R4).

Sources: reports of accounts under a review of compliance, whose campaigns stay “sending”, or are
paused or canceled; Mailchimp's page on contacts that are left out at sending.
"""

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from connectors.sandbox.mailchimp.campaign_state import CampaignStatus
from connectors.sandbox.mailchimp.letters import Letter
from connectors.sandbox.mailchimp.state import subscriber_hash
from flows import context as desks
from flows.cli.main import app
from flows.doctor import Check, examine
from flows.service.due_steps import run_due_steps
from models.mail.notices import VOTING
from tests.conftest import Clock
from tests.flows.test_delivery import NIA, WELCOME, joins, second_night
from tests.flows.town import Town

__all__ = ["second_night"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATE = ("late.comer@example.org", "voting-member")


@pytest.fixture
def held(second_night: Town) -> Town:
    """A night's letters were accepted, and are held back from the next hour on."""
    second_night.sandbox.mailchimp.review = ((HOUR, "paused"), (2 * DAY, "sent"))
    second_night.night()
    return second_night


def news(town: Town) -> list[Letter]:
    """What the officers were told since the last look."""
    with town.context() as context:
        run_due_steps(context, lambda _: None)
    box = town.sandbox.mailchimp.test_outbox
    found = [letter for letter in box if "news for the officers" in letter.title]
    box.clear()
    return found


def doctor(town: Town) -> Check:
    with pytest.MonkeyPatch.context() as patch:
        opening = desks.open_chapter.__wrapped__  # type: ignore[attr-defined]  # of contextmanager
        patch.setattr(opening, "__defaults__", (town.clock,))
        return next(one for one in examine(town.folder) if one.what == "nightly emails")


def again(town: Town) -> str:
    with pytest.MonkeyPatch.context() as patch:
        opening = desks.open_chapter.__wrapped__  # type: ignore[attr-defined]  # of contextmanager
        patch.setattr(opening, "__defaults__", (town.clock,))
        return CliRunner().invoke(app, ["emails", "again", "-c", str(town.folder)]).output


def test_letters_under_review_are_told_until_they_are_out(held: Town, clock: Clock) -> None:
    assert news(held) == []
    assert doctor(held).fine
    clock.go(minutes=61)
    (letter,) = news(held)
    assert "of the nightly run not sent" in letter.text
    assert "by hand" not in letter.text
    assert news(held) == []
    check = doctor(held)
    assert not check.fine
    assert "shows it as “paused”: a person or Mailchimp's own review stopped it" in check.found
    assert "run `clerk emails again`" in check.next_step
    clock.go(days=2)
    (letter,) = news(held)  # one message of what ended and what began
    assert "OVER" in letter.text
    assert "The nightly run did not take place." in letter.text
    assert doctor(held).fine
    assert held.letters()[WELCOME] == 1


def test_later_letters_go_to_a_segment_of_their_own_while_one_may_go_on(
    held: Town, clock: Clock
) -> None:
    """Refilled, the segment of the paused one would bring the new people two and the old none."""
    clock.go(days=1)
    joins(held, LATE[0], "Late Comer")
    held.sandbox.mailchimp.review = ()
    held.night()
    assert held.letters()[LATE] == 1
    assert held.letters()[WELCOME] == 0
    clock.go(days=1)
    held.night()
    assert held.letters()[WELCOME] == 1
    assert set(held.letters().values()) == {1}


def test_sending_without_an_end_holds_back_no_later_letter(held: Town, clock: Clock) -> None:
    """Nor is it told before it is late."""
    (campaign,) = (
        c for c in held.sandbox.mailchimp.campaigns.values() if VOTING in c.settings["title"]
    )
    campaign.review = [(900 * DAY, "sent")]
    clock.go(minutes=120)
    news(held)
    clock.go(minutes=61)
    assert "of the nightly run not sent" in news(held)[0].text
    assert "has shown it as “sending” for hours" in doctor(held).found
    held.sandbox.mailchimp.review = ()
    joins(held, LATE[0], "Late Comer")
    held.night()
    assert held.letters()[LATE] == 1


@pytest.mark.parametrize("state", ["canceled", "paused", "save"])
def test_what_was_cancelled_and_went_to_nobody_is_brought_again(
    second_night: Town, clock: Clock, state: CampaignStatus
) -> None:
    """By a person's word, once; and nobody waits to be told in vain (VM-4)."""
    town = second_night
    town.sandbox.mailchimp.review = ((HOUR, state),)
    town.night()
    clock.go(minutes=241)
    news(town)
    town.sandbox.mailchimp.review = ()
    clock.go(days=1)
    town.night()
    assert town.letters()[WELCOME] == 0, "no clock overrules who cancelled it"
    assert "it is sent with the next nightly run." in again(town)
    assert again(town) == "No email is known to be lost.\n"
    assert doctor(town).fine
    for _ in range(2):
        town.night()
        assert town.letters()[WELCOME] == 1
    assert set(town.letters().values()) == {1}
    assert "OVER" in news(town)[0].text


@pytest.mark.parametrize(
    ("state", "sent", "said"),
    [
        ("sending", 0, "if you can cancel it there, cancel it and run this again"),
        ("canceled", 1, "No email is known to be lost"),
        ("gone", 0, "no one can tell who got it"),
    ],
)
def test_what_may_have_reached_somebody_is_never_brought_again(
    held: Town, clock: Clock, state: str, sent: int, said: str
) -> None:
    clock.go(minutes=61)
    news(held)
    campaigns = held.sandbox.mailchimp.campaigns
    for name, campaign in list(campaigns.items()):
        campaign.review, campaign.emails_sent = [(900 * DAY, "sent")], sent
        if state == "gone":
            del campaigns[name]
        else:
            campaign.status = state  # type: ignore[assignment]
    clock.go(days=1)
    assert said in again(held)
    held.sandbox.mailchimp.review = ()
    held.night()
    assert held.letters()[WELCOME] == 0


def test_a_reader_left_out_at_sending_is_missed(second_night: Town, clock: Clock) -> None:
    town = second_night
    town.sandbox.mailchimp.omitted = {subscriber_hash(NIA)}
    town.night()
    assert news(town) == []
    clock.go(minutes=181)
    (letter,) = news(town)
    assert "went to fewer people than Mailchimp had counted: 1 are missing." in letter.text
    assert " was sent to " in doctor(town).found
    assert news(town) == []


def test_a_quiet_night_asks_after_nothing(second_night: Town, clock: Clock) -> None:
    second_night.night()
    second_night.sandbox.reset()
    second_night.night()
    asked = [e.path for e in second_night.sandbox.journal if e.service == "mailchimp"]
    assert not [path for path in asked if "/campaigns/" in path]


def test_a_job_that_dies_while_it_brings_a_letter_again_leaves_it_as_it_was(
    second_night: Town, clock: Clock
) -> None:
    """Opened in the ledger, its campaign still there: it is found by its title, and not sent."""
    town = second_night
    town.sandbox.mailchimp.review = ((HOUR, "canceled"),)
    town.night()
    clock.go(minutes=61)
    news(town)
    town.sandbox.mailchimp.review = ()
    town.sandbox.faults.matching("DELETE", "/campaigns/", "reset", times=9)
    assert "it is sent with the next nightly run" not in again(town)
    town.sandbox.faults.clear()
    town.night()
    assert town.letters()[WELCOME] == 0
    assert not doctor(town).fine
    assert "it is sent with the next nightly run." in again(town)
    town.night()
    assert town.letters()[WELCOME] == 1
    assert set(town.letters().values()) == {1}


def test_of_two_nights_letters_the_second_is_brought_again_after_the_first(
    second_night: Town, clock: Clock
) -> None:
    town = second_night
    town.sandbox.mailchimp.review = ((HOUR, "canceled"),)
    town.night()
    clock.go(days=1)
    joins(town, LATE[0], "Late Comer")
    town.night()
    clock.go(days=1)
    town.sandbox.mailchimp.review = ()
    town.night()
    said = again(town)
    assert (
        "another email of this kind is sent with the next nightly run; run this again after that."
    ) in said
    for _ in range(2):
        town.night()
        again(town)
    assert (town.letters()[WELCOME], town.letters()[LATE]) == (1, 1)
    assert set(town.letters().values()) == {1}
