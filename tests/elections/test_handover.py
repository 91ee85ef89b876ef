"""A handover while a vote is on its way says what comes next, and when."""

from flows.handover import checklist
from flows.handover.waiting import NEXT
from tests.elections.polls import OPENS, Poll


def test_the_next_moment_of_a_vote_is_said(poll: Poll) -> None:
    poll.approved()
    with poll.context() as context:
        _, found = [one for one in checklist(context) if one.section == NEXT]
    assert found.what == "election spring"
    assert found.found == "opens Thu, April 2, 2026, 9:00 AM EDT"
    poll.at(OPENS)
    with poll.context() as context:
        lines = list(checklist(context))
    _, found = [one for one in lines if one.section == NEXT]
    assert found.found.startswith("reminder 1 Tue, April 7")
    ballots = [one for one in lines if one.what == f"form {poll.form_id}"]
    assert len(ballots) == 1  # the ballot form is a file that people can open


def test_a_draft_is_said_to_wait_for_its_approval(poll: Poll) -> None:
    with poll.context() as context:
        _, found = [one for one in checklist(context) if one.section == NEXT]
    assert (found.what, found.found) == ("election spring", "a draft that nobody has approved")
    assert "`clerk election check spring`" in found.todo
