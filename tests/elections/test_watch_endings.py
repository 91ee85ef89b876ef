"""What a vote waits for at its end, and a reminder that did not go: told once, and once as over.

Rules: EN-10, EN-13, EN-R5, DP-3. Of a result nothing is told before it is published.
"""

from datetime import timedelta

from connectors.sandbox.mailchimp.letters import Letter
from flows.context import open_chapter
from flows.votes.emails import reminders
from flows.votes.tally.count import decide
from flows.votes.watch import watch
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, Poll, ranks
from tests.elections.test_ties import BALLOTS


def told(poll: Poll) -> list[Letter]:
    """The officers' letters of alerts after a strike's look."""
    with open_chapter(poll.town.folder, poll.clock) as context:
        watch(context, lambda _: None)
    box = poll.town.sandbox.mailchimp.test_outbox
    found = [letter for letter in box if "to check" in letter.subject or "over" in letter.subject]
    box.clear()
    return found


def test_a_result_that_waits_is_told_without_it_and_over_once_it_is_published(poll: Poll) -> None:
    poll.opened()
    poll.everybody_votes(ranks("Ada Park"))
    assert told(poll) == []
    poll.at(CLOSES)
    assert told(poll) == []
    poll.at(COUNTS)
    (letter,) = told(poll)
    assert "Voting in the election “spring” has closed." in letter.text
    assert "The result waits for an officer" in letter.text.replace("\n", " ")
    for word in ("Ada", "Bea", "Mayor", "mayor", "endorse", "ballots", "votes"):
        assert word not in letter.text + letter.html + letter.subject
    assert told(poll) == []
    poll.published()
    (letter,) = told(poll)
    assert "OVER" in letter.text
    assert told(poll) == []


def test_a_tie_is_told_as_a_decision_and_no_more(poll: Poll) -> None:
    poll.opened()
    for address, ranked in zip(sorted(poll.invited()), BALLOTS, strict=False):
        poll.votes(address, ranks(*ranked))
    poll.at(COUNTS)
    (letter,) = told(poll)
    assert "Its count waits for a decision by a person." in letter.text.replace("\n", " ")
    for word in (" tie", "Bea", "Cy ", "Mayor", "mayor", "eliminat"):
        assert word not in letter.text
    assert told(poll) == []
    with poll.context() as context:
        decide(context, NAME, "mayor", "Cy Rivers", "by lot", OFFICER)
    poll.strike()
    (letter,) = told(poll)
    assert letter.subject.endswith("1 thing to check, 1 over")
    assert "The result waits for an officer" in letter.text.replace("\n", " ")


def test_a_count_that_does_not_come_is_told(poll: Poll) -> None:
    poll.opened()
    poll.clock.at = COUNTS + timedelta(minutes=14)
    assert told(poll) == []
    poll.clock.at = COUNTS + timedelta(minutes=15)
    (letter,) = told(poll)
    assert "it should have been counted but has not" in letter.text.replace("\n", " ")
    poll.strike()
    (letter,) = told(poll)
    assert letter.subject.endswith("1 thing to check, 1 over")


def test_a_reminder_that_is_late_and_one_that_can_go_no_more_are_told(poll: Poll) -> None:
    poll.opened()
    with poll.context() as context:
        due = reminders.next_reminder(context, poll.vote)
    assert due
    poll.clock.at = due[1] + timedelta(minutes=59)
    assert told(poll) == []
    poll.clock.at = due[1] + timedelta(minutes=60)
    (letter,) = told(poll)
    assert "A reminder of the election “spring” should have been sent" in letter.text.replace(
        "\n", " "
    )
    poll.strike()
    (letter,) = told(poll)
    assert "OVER" in letter.text
    poll.clock.at = CLOSES - timedelta(hours=1)
    letters = told(poll)
    assert "There is no time left for" in letters[0].text
    poll.at(CLOSES)
    assert any("OVER" in letter.text for letter in told(poll))
