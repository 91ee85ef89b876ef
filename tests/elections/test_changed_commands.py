"""`clerk election cancel` and `withdraw-candidate` as an officer types them (EN-R11)."""

import json

import pytest

from tests.elections.polls import NAME, OFFICER, Poll
from tests.elections.test_changed_races import ILL, ILL_ES
from tests.elections.test_commands import Clerk, clerk, told

__all__ = ["clerk"]


def test_the_commands_say_what_is_left_to_do(poll: Poll, clerk: Clerk) -> None:
    poll.opened()
    by = ("--by", OFFICER, "--reason", ILL, "--reason-es", ILL_ES)
    said = told(clerk("election", "withdraw-candidate", NAME, "mayor", "ada park", *by))
    assert "Withdrawn. Do not change the ballot form: votes for this name are not" in said
    invited = len(poll.letters("invitation"))
    unmailed = json.loads(told(clerk("election", "status", NAME, "--json")))["cannot_be_mailed"]
    assert unmailed > 0
    to_call = f"to {invited}; cannot email {unmailed}: clerk election calls spring"
    assert f"spring: sent withdrawn candidate Ada Park (mayor) {to_call}" in said
    again = told(clerk("election", "withdraw-candidate", NAME, "mayor", "Ada  Park", *by))
    assert "Ada Park has already withdrawn, since Thu, April 2, 2026, 9:00 AM EDT" in again
    said = told(clerk("election", "cancel", NAME, "question-6", *by))
    assert "Canceled: question-6 of spring. The other contests continue." in said
    assert f"spring: sent cancelled race question-6 {to_call}" in said
    again = told(clerk("election", "cancel", NAME, "question-6", *by))
    assert "“Question 6” is already canceled, since Thu, April 2, 2026, 9:00 AM EDT" in again
    assert "choices in this contest are not counted." in said
    assert "Next: reminder 1" in said
    said = told(clerk("election", "status", NAME))
    assert f"Withdrawn Thu, April 2, 2026, 9:00 AM EDT: Ada Park (Mayor). {ILL}" in said
    assert "and not counted: Question 6." in said
    said = told(clerk("election", "history", NAME))
    assert "recorded that a candidate withdrew\tcontest: mayor; candidate: Ada Park; reason" in said
    assert "canceled a contest\tcontest: question-6; reason" in said
    assert "email: withdrawn candidate Ada Park (mayor);" in said


OWN = """{% extends "vote-base.txt" %}{% block letter %}Vote: {{ ballot_link }}*|CLBALLOT|*
{% endblock %}"""


@pytest.mark.parametrize("includes", [False, True])
def test_a_reminder_of_the_chapters_own_that_is_silent_on_it_is_told(
    poll: Poll, clerk: Clerk, includes: bool
) -> None:
    own = poll.town.folder / "letters" / "vote-reminder"
    own.mkdir(parents=True)
    said = '{% include "vote-changes.txt" %}{% endblock %}'
    (own / "body.txt").write_text(OWN.replace("{% endblock %}", said) if includes else OWN)
    poll.town.rewrite("[network]", '[emails]\nfolder = "letters"\n[network]')
    poll.opened()
    words = ("election", "withdraw-candidate", NAME, "mayor", "Cy Rivers")
    output = told(clerk(*words, "--by", OFFICER, "--reason", ILL))
    assert ("Your own vote-reminder text does not mention this. Add" in output) is not includes
    assert poll.letters("withdrawn")
