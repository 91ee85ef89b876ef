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
