"""A form whose question is removed and asked anew while the vote is open."""

import json
from copy import deepcopy
from datetime import timedelta

from tests.elections.polls import COUNTS, OPENS, Poll


def test_answers_to_the_removed_question_are_unreadable_not_blank(poll: Poll) -> None:
    """BA-2: Google gives the new question another id, and keeps the answers under the old one."""
    poll.opened()
    first, second, *_ = sorted(poll.invited())
    poll.votes(first, {"Question 6": "Yes"}, at=OPENS + timedelta(hours=1))
    anew = deepcopy(poll.form.items[-1])
    anew["questionItem"]["question"]["questionId"] = "7fffff"
    poll.form.items[-1] = anew
    poll.votes(second, {"Question 6": "No"}, at=OPENS + timedelta(hours=2))
    poll.at(COUNTS)
    told = json.loads((poll.folder("tellers") / "question-6.json").read_text(encoding="utf-8"))
    assert told["clerk"]["sums"] == {"ballots": 2, "counted": 1, "blank": 0, "unreadable": 1}


def test_each_ballot_is_read_from_what_the_form_asks_now_if_it_says_anything(poll: Poll) -> None:
    """BA-1, BA-2: an answer that was sent again holds both; the old one cannot be changed."""
    poll.opened()
    first, second, third, *_ = sorted(poll.invited())
    old = poll.form.items[-1]["questionItem"]["question"]["questionId"]
    poll.votes(first, {"Question 6": "Yes"}, at=OPENS + timedelta(hours=1))
    changed = poll.votes(second, {"Question 6": "Yes"}, at=OPENS + timedelta(hours=1))
    anew = deepcopy(poll.form.items[-1])
    anew["questionItem"]["question"]["questionId"] = "7fffff"
    poll.form.items[-1] = anew
    both = {q: said[0] for q, said in changed.answers.items()} | {"7fffff": "No"}
    assert both[old] == "Yes"
    poll.form.submit(both, OPENS + timedelta(hours=2), edits=changed.id)
    poll.votes(third, {"Question 6": "No"}, at=OPENS + timedelta(hours=2))
    poll.at(COUNTS)
    told = json.loads((poll.folder("tellers") / "question-6.json").read_text(encoding="utf-8"))
    assert told["clerk"]["sums"] == {"ballots": 3, "counted": 2, "blank": 0, "unreadable": 1}
    assert told["results"][0]["tally"]["No"] == "2"
