"""A voter on the list whose ballot code it refuses: no letter has it, so they are called at once.

A write with merge fields looks at all fields of that contact: an old value can refuse it (a report
of an integration's author, 2025).
"""

import pytest

from connectors.mailchimp import CODE_TAG
from connectors.sandbox.invented import LIST
from connectors.sandbox.mailchimp.state import MergeField
from flows.views.calls import links
from flows.views.election import calls, status
from flows.votes.check import check_there
from models.errors import Refused
from models.votes.events import LetterSent
from models.votes.history import each
from tests.elections.polls import COUNTS, NAME, OFFICER, OPENS, REMINDERS, Poll
from tests.flows.town import MARKS

NO_CODE = (
    "they were not in the last email, because the list rejected it: a field of the "
    "contact does not hold"
)


def reasons(poll: Poll) -> list[str]:
    """Why voters are to be called now."""
    with poll.context() as context:
        return [why for *_, why in calls(context, NAME)]


def a_voter(poll: Poll) -> str:
    """The address of a voting member whom letters reach."""
    return min(poll.town.tagged(MARKS.voting_tag))


def has_an_old_value(poll: Poll, address: str) -> None:
    """Of a field that the clerk knows nothing of."""
    audience = poll.town.audience
    audience.fields[90] = MergeField(90, "SMSPHONE", "Mobile", "zip")
    audience.revalidates = True
    poll.town.member(address).merge_fields["SMSPHONE"] = "of before"


def test_whose_code_is_refused_is_called_at_once_and_written_to_when_it_is_mended(
    poll: Poll,
) -> None:
    poll.approved()
    voter = a_voter(poll)
    has_an_old_value(poll, voter)
    poll.at(OPENS)
    assert voter not in poll.invited()
    (why,) = (why for why in reasons(poll) if why.startswith(NO_CODE))
    with poll.context() as context:
        told = status(context, NAME)
        assert told["cannot_be_mailed"] == len(reasons(poll))
        (sent,) = each(context.ledger.votes.lines(NAME), LetterSent)
        assert sent.people == len(poll.invited())
    del poll.town.audience.fields[90]
    poll.at(REMINDERS[0])
    assert sum(n for (to, _), n in poll.letters("reminder").items() if to == voter) == 1
    assert why not in reasons(poll)


def test_they_get_their_own_link_by_telephone(poll: Poll) -> None:
    poll.approved()
    voter = a_voter(poll)
    has_an_old_value(poll, voter)
    poll.at(OPENS)
    with poll.context() as context:
        (call,) = (c for c in links(context, NAME, OFFICER, "calls") if c.why.startswith(NO_CODE))
    assert call.link.endswith(call.code)
    assert call.code not in poll.invited().values()


def test_an_invitation_that_nobodys_code_would_be_in_is_not_booked_as_sent(poll: Poll) -> None:
    """As soon as the list takes the codes, everybody is invited."""
    poll.approved()
    audience = poll.town.audience
    audience.refusing = dict.fromkeys(audience.members, "cannot be processed")
    with pytest.raises(Refused, match=r"the mailing list rejected every ballot code \("):
        poll.at(OPENS)
    with poll.context() as context:
        assert not list(each(context.ledger.votes.lines(NAME), LetterSent))
    assert [
        why
        for why in reasons(poll)
        if ("they were not in the last email, because the list rejected it") in why
    ]
    audience.refusing.clear()
    poll.strike()
    assert poll.invited()
    assert not [
        why
        for why in reasons(poll)
        if ("they were not in the last email, because the list rejected it") in why
    ]


def test_after_the_vote_nobody_is_remembered(poll: Poll) -> None:
    poll.approved()
    has_an_old_value(poll, a_voter(poll))
    poll.at(OPENS)
    with poll.context() as context:
        assert context.ledger.note(f"no letter of {NAME}")
    poll.town.audience.revalidates = False
    poll.at(COUNTS)
    with poll.context() as context:
        assert not context.ledger.note(f"no letter of {NAME}")


@pytest.mark.parametrize("kind", ["number", "dropdown"])
def test_a_code_field_of_another_type_is_told_before_the_vote_opens(poll: Poll, kind: str) -> None:
    number = poll.town.sandbox.mailchimp.add_merge_field(LIST, CODE_TAG, kind)
    with poll.context() as context:
        wrong = [r.fact for r in check_there(context, poll.election(context)) if not r.holds]
    told = (
        f"cannot store the voters' codes: the program writes text, but of its fields {CODE_TAG} is"
    )
    assert [one for one in wrong if told in one]
    del poll.town.audience.fields[number]
    poll.opened()
    assert poll.invited()
