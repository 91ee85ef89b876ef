"""A vote's letter that Mailchimp accepted is told of until it is out, and to how many (EN-R13).

Sources: as in tests/flows/test_letters_held.
"""

from datetime import timedelta

import pytest

from connectors.sandbox.mailchimp.state import subscriber_hash
from flows.doctor import Check, examine
from models.votes.reminded import reminded
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, OPENS, REMINDERS, Poll, ranks
from tests.elections.test_commands import Clerk, clerk, told
from tests.elections.test_watch import look, news
from tests.flows.town import MARKS

__all__ = ["clerk"]
FEWER = "1 email of this election was not sent, or was sent to fewer people than planned (EN-R13)."
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def reviewed(poll: Poll) -> Poll:
    """A vote whose invitation is reviewed for two days."""
    poll.approved()
    poll.town.sandbox.mailchimp.review = ((HOUR, "paused"), (2 * DAY, "sent"))
    poll.at(OPENS)
    poll.town.sandbox.mailchimp.review = ()
    return poll


def doctor(poll: Poll) -> Check:
    return next(one for one in examine(poll.town.folder) if one.what == f"election {NAME}: emails")


def again(poll: Poll, clerk: Clerk) -> str:
    return told(clerk("emails", "again", "--election", NAME, "--by", OFFICER))


def test_an_invitation_under_review_is_told_until_it_is_out(reviewed: Poll, clerk: Clerk) -> None:
    assert look(reviewed) == []
    reviewed.clock.at = OPENS + HOUR
    assert look(reviewed)[0] == f"{NAME}: invitation was not delivered"
    assert "1 email of the election “spring” not sent" in news(reviewed)[0].text
    said = told(clerk("election", "status", NAME))
    assert "Not delivered: invitation. Mailchimp shows it as “paused”: a person or" in said
    assert f"clerk emails again --election {NAME}" in doctor(reviewed).next_step
    reviewed.clock.at = OPENS + 2 * DAY
    assert look(reviewed)[0].startswith(f"{NAME}: invitation was sent to ")
    assert set(reviewed.letters("invitation").values()) == {1}
    assert "OVER" in news(reviewed)[0].text
    assert "Not delivered" not in told(clerk("election", "status", NAME))
    assert doctor(reviewed).fine
    assert look(reviewed) == []


def test_an_invitation_that_was_cancelled_is_brought_again_by_an_officer(
    poll: Poll, clerk: Clerk
) -> None:
    poll.approved()
    poll.town.sandbox.mailchimp.review = ((HOUR, "canceled"),)
    poll.at(OPENS)
    poll.clock.at = OPENS + HOUR
    look(poll)
    poll.town.sandbox.mailchimp.review = ()
    assert poll.strike() == []
    assert "named officer" in told(clerk("emails", "again", "--election", NAME))
    assert again(poll, clerk) == "Invitation: it is sent with the next scheduled check.\n"
    (done,) = poll.strike()
    assert done.what == f"invited {sum(poll.letters().values())}"
    assert set(poll.letters().values()) == {1}
    assert poll.record()[-2:] == [
        "had an email that reached no one sent again",
        "sent an email",
    ]
    assert "No email is known to be lost" in again(poll, clerk)
    look(poll)
    assert doctor(poll).fine


def test_a_reminder_is_brought_again_only_while_no_later_one_has_gone(
    poll: Poll, clerk: Clerk
) -> None:
    poll.opened()
    poll.town.sandbox.mailchimp.review = ((HOUR, "canceled"),)
    poll.at(REMINDERS[0])
    poll.town.sandbox.mailchimp.review = ()
    poll.clock.at = REMINDERS[0] + HOUR
    look(poll)
    with poll.town.ledger() as ledger:
        assert reminded(ledger.votes.lines(NAME)) == 0
    assert again(poll, clerk) == "Reminder 1: it is sent with the next scheduled check.\n"
    poll.strike()
    assert set(poll.letters("reminder 1").values()) == {1}
    with poll.town.ledger() as ledger:
        assert reminded(ledger.votes.lines(NAME)) == 1
    poll.town.sandbox.mailchimp.review = ((HOUR, "canceled"),)
    poll.at(REMINDERS[1])
    poll.town.sandbox.mailchimp.review = ()
    poll.at(REMINDERS[2])
    look(poll)
    assert "a later reminder has been sent" in again(poll, clerk)


def test_nothing_with_a_ballot_is_brought_again_after_the_close(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    poll.town.sandbox.mailchimp.review = ((HOUR, "canceled"),)
    poll.at(REMINDERS[2])
    look(poll)
    poll.at(CLOSES)
    look(poll)
    assert "Reminder 1: voting is over." in again(poll, clerk)


def test_letters_that_hang_after_the_close_keep_no_code_on_the_list(poll: Poll) -> None:
    """Sending without an end: what comes late had better find nobody in its segment."""
    poll.opened()
    poll.town.sandbox.mailchimp.review = ((900 * DAY, "sent"),)
    poll.at(REMINDERS[2])
    poll.at(CLOSES)
    assert poll.codes_on_the_list == set()
    assert poll.segment("reminder 1") == set()


def test_one_that_went_to_fewer_than_it_was_sent_to_is_told(poll: Poll, clerk: Clerk) -> None:
    poll.approved()
    somebody = min(poll.town.tagged(MARKS.voting_tag))
    poll.town.sandbox.mailchimp.omitted = {subscriber_hash(somebody)}
    poll.at(OPENS)
    many = sum(poll.letters().values())
    assert look(poll) == []
    poll.clock.at = OPENS + 4 * HOUR
    assert look(poll)[0] == f"{NAME}: invitation was sent to {many} of {many + 1} people"
    assert "went to fewer people than Mailchimp had counted: 1 are missing." in news(poll)[0].text
    assert f"\t{many} of {many + 1}" in told(clerk("election", "status", NAME))
    assert look(poll) == []
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(COUNTS)
    for folder in ("pages", "tellers"):
        assert FEWER in (poll.folder(folder) / "index.html").read_text()


def test_an_invitation_that_never_came_out_is_told_with_the_result(poll: Poll) -> None:
    poll.approved()
    poll.town.sandbox.mailchimp.review = ((HOUR, "canceled"),)
    poll.at(OPENS)
    poll.town.sandbox.mailchimp.review = ()
    for moment in REMINDERS:
        poll.at(moment)
    poll.at(COUNTS)
    for folder in ("pages", "tellers"):
        page = (poll.folder(folder) / "index.html").read_text()
        assert FEWER in page
        assert "required reminders" not in page
