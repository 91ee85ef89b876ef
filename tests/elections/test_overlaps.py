"""Two votes never carry their codes on the mailing list at the same time (BA-1)."""

from datetime import datetime, timedelta

import pytest

from connectors import elections
from flows.votes.ballot_form import build_form
from flows.votes.lifecycle import approve, extend
from models.errors import Refused
from tests.elections.polls import CLOSES, COUNTS, NAME, OFFICER, OPENS, RACES, Poll

AUTUMN = "autumn"
HOUR = timedelta(hours=1)
FIELD = "” needs the mailing list's field for codes until"


def second(poll: Poll, opens: datetime, closes: datetime | None = None, name: str = AUTUMN) -> Poll:
    """Another vote of the same chapter, ready to be approved."""
    form = f"{name}-ballot"
    poll.town.sandbox.google.add_form(form, "Untitled form")
    said = {
        "title": "Autumn endorsements",
        "opens": opens.replace(tzinfo=None),
        "closes": (closes or opens + timedelta(days=10)).replace(tzinfo=None),
        "ballots": {"form": form},
    }
    elections.write_new(poll.town.folder, name, said, RACES)
    with poll.context() as context:
        build_form(context, context.election(name))
    return Poll(poll.town, poll.clock, form, name)


@pytest.mark.parametrize("opens", [OPENS, CLOSES - HOUR, CLOSES, CLOSES + HOUR / 2])
def test_a_vote_is_not_approved_into_the_window_of_another(poll: Poll, opens: datetime) -> None:
    poll.approved()
    with pytest.raises(Refused, match=FIELD) as refused:
        second(poll, opens).approved()
    assert NAME in str(refused.value)
    assert "BA-1" in str(refused.value)


def test_nor_one_that_would_still_be_open_when_another_opens(poll: Poll) -> None:
    second(poll, OPENS - timedelta(days=1)).approved()
    with pytest.raises(Refused, match=AUTUMN):
        poll.approved()


def test_one_vote_after_the_other_is_well(poll: Poll) -> None:
    other = second(poll, CLOSES + HOUR).approved()
    poll.opened()
    poll.at(COUNTS)
    other.at(CLOSES + HOUR)
    assert other.codes_on_the_list == set(other.invited().values())
    assert set(poll.invited().values()).isdisjoint(other.invited().values())


def test_a_vote_waits_for_the_codes_of_another_that_cannot_go_yet(poll: Poll) -> None:
    other = second(poll, CLOSES + HOUR).approved()
    poll.opened()
    mailchimp = poll.town.sandbox.mailchimp
    mailchimp.delivery = timedelta(hours=3)
    try:
        poll.at(CLOSES - HOUR)  # a reminder, late and slow
        with pytest.raises(Refused, match=FIELD):
            other.at(CLOSES + HOUR)
        assert other.invited() == {}
        assert poll.vote.state == "counted"
    finally:
        mailchimp.delivery = timedelta()
    with pytest.raises(Refused, match=FIELD):
        other.at(CLOSES + 2 * HOUR)  # by name it comes before the vote that it waits for
    other.strike()
    assert other.invited()


def test_a_later_close_does_not_run_into_the_next_vote(poll: Poll) -> None:
    second(poll, CLOSES + timedelta(days=2)).approved()
    poll.opened()
    with poll.context() as context:
        with pytest.raises(Refused, match=FIELD):
            extend(context, NAME, CLOSES + timedelta(days=2), OFFICER, "The form was down.")
        assert extend(context, NAME, CLOSES + HOUR, OFFICER, "The form was down.")


def test_an_approval_that_can_never_open_is_in_nobodys_way(poll: Poll) -> None:
    poll.approved()
    poll.clock.at = CLOSES + HOUR
    other = second(poll, CLOSES, CLOSES + timedelta(days=10))
    with other.context() as context:
        assert approve(context, AUTUMN, OFFICER)
