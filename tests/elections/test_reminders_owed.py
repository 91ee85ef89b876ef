"""EN-R13: three reminders are owed; whoever reads the result reads how many went out."""

from datetime import timedelta

import pytest

from models.errors import TryAgainLater
from tests.elections.polls import COUNTS, NAME, REMINDERS, Poll, ranks
from tests.elections.test_commands import Clerk, clerk, told
from tests.elections.test_watch import look, news

__all__ = ["clerk"]
SAID = "2 of 3 required reminders were sent (EN-10, EN-R13)."
SAID_ES = "Recordatorios enviados: 2 de los 3 debidos (EN-10, EN-R13)."


def page(poll: Poll, folder: str, name: str) -> str:
    return (poll.folder(folder) / name).read_text()


def counted(poll: Poll) -> None:
    poll.everybody_votes(ranks("Ada Park"))
    poll.town.sandbox.mailchimp.test_outbox.clear()
    poll.at(COUNTS)


def set_status(poll: Poll, kind: str, status: str) -> None:
    """Somebody, or the service, holds a campaign back."""
    for campaign in poll.town.sandbox.mailchimp.campaigns.values():
        if kind in campaign.settings["title"]:
            campaign.status = status


def test_all_three_are_worth_no_word(poll: Poll) -> None:
    poll.opened()
    for moment in REMINDERS:
        poll.at(moment)
    counted(poll)
    for folder in ("pages", "tellers"):
        for name in ("index.html", "index.es.html"):
            assert "(EN-10, EN-R13)" not in page(poll, folder, name)
    assert "EN-R13" not in news(poll)[0].text


def test_one_that_was_missed_is_told_to_tellers_members_and_in_the_history(
    poll: Poll, clerk: Clerk
) -> None:
    poll.opened()
    poll.at(REMINDERS[0])
    poll.at(REMINDERS[2])  # the machine was off on the second's day: it goes, the third has no time
    assert {kind for _, kind in poll.letters("reminder")} == {"reminder 1", "reminder 2"}
    lost = "there is no time left for 1 of the 3 reminders before voting closes"
    assert f"Reminders: {lost}." in told(clerk("election", "status", NAME))
    counted(poll)
    for folder in ("pages", "tellers"):
        assert SAID in page(poll, folder, "index.html")
        assert SAID_ES in page(poll, folder, "index.es.html")
    assert SAID in news(poll)[0].text
    assert "reminders: 2 of 3 sent" in told(clerk("election", "history", NAME))


def test_the_last_that_can_go_says_so(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    poll.clock.at = REMINDERS[2] + timedelta(hours=3, minutes=30)
    said = told(clerk("tick"))
    assert "sent reminder 1 to " in said
    assert "; there is no time left for 2 of the 3 reminders before voting closes\n" in said
    letter = poll.town.sandbox.mailchimp.outbox[-1]
    assert letter.subject.startswith("Last day to vote")
    assert "This is the last reminder." in letter.text
    assert "reminder 1" not in letter.text


def test_one_that_was_stopped_before_it_was_known_to_be_sent_did_not_go(
    poll: Poll, clerk: Clerk
) -> None:
    poll.opened()
    poll.at(REMINDERS[0])
    poll.town.sandbox.faults.matching("POST", "actions/send", "500", times=9)
    with pytest.raises(TryAgainLater):
        poll.at(REMINDERS[1])
    poll.town.sandbox.faults.clear()
    set_status(poll, "reminder 2", "paused")
    poll.strike()
    said = told(clerk("election", "status", NAME))
    assert (
        "Not delivered: reminder 2. Mailchimp shows it as “paused”: a person or Mailchimp's own "
        "review stopped it." in said
    )
    assert "by hand" not in said
    look(poll)
    assert "1 email of the election “spring” not sent" in news(poll)[0].text
    poll.at(REMINDERS[2])
    counted(poll)
    assert SAID in page(poll, "pages", "index.html")


def test_one_that_the_service_holds_back_did_not_go(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    for moment in REMINDERS[:2]:
        poll.at(moment)
    set_status(poll, "reminder 2", "canceled")  # accepted, and stopped by a review
    said = look(poll)
    assert said[0] == f"{NAME}: reminder 2 was not delivered"
    assert "not sent: stopped or held back by the mailing service" in (news(poll)[0].text)
    assert look(poll) == []
    assert "found that an email was not delivered" in poll.record()
    assert "Not delivered: reminder 2. Mailchimp shows it as “canceled”" in told(
        clerk("election", "status", NAME)
    )
    poll.at(REMINDERS[2])
    counted(poll)
    assert SAID in page(poll, "pages", "index.html")


def test_one_whose_sending_never_ends_did_not_go(poll: Poll) -> None:
    poll.opened()
    for moment in REMINDERS[:2]:
        poll.at(moment)
    poll.town.sandbox.mailchimp.delivery = timedelta(days=40)
    try:
        set_status(poll, "reminder 2", "sending")
        assert look(poll) == []
        poll.clock.at += timedelta(hours=4)
        assert look(poll)[0] == f"{NAME}: reminder 2 was not delivered"
    finally:
        poll.town.sandbox.mailchimp.delivery = timedelta()


def test_what_was_seen_to_be_out_is_not_asked_about_again(poll: Poll) -> None:
    poll.opened()
    look(poll)
    poll.town.sandbox.reset()
    look(poll)
    assert not [one for one in poll.town.sandbox.journal if one.service == "mailchimp"]


def test_a_count_waits_for_no_answer_about_a_letter(poll: Poll) -> None:
    poll.opened()
    for moment in REMINDERS:
        poll.at(moment)
    poll.everybody_votes(ranks("Ada Park"))
    poll.clock.at = COUNTS
    poll.town.sandbox.faults.matching("GET", "/(campaigns|lists)/", "500", times=99)
    with pytest.raises(TryAgainLater):
        poll.strike()  # the codes, and the tellers' report
    poll.town.sandbox.faults.clear()
    poll.strike()
    assert poll.vote.result
    assert "EN-R13" not in page(poll, "pages", "index.html")


def test_it_is_found_out_in_the_last_moment_before_the_count(poll: Poll) -> None:
    poll.opened()
    for moment in REMINDERS:
        poll.at(moment)
    set_status(poll, "reminder 3", "canceled")
    counted(poll)
    assert SAID in page(poll, "pages", "index.html")
