"""The whole program's traffic against the official specifications, and no quirk is tolerated.

What the official libraries do against them (`null` where nothing belongs, `True` for a boolean, a
parameter of another call) their own tours meet; nothing that the program says does. The judge of
every test's journal is as strict (`tests.flows.traffic`); Prism looks at the bytes on the wire too.
"""

from collections.abc import Callable

import pytest

from connectors.sandbox.invented import address_of
from connectors.sandbox.server import Sandbox
from flows.mail.delivery import send_test_words
from flows.views.election import calls
from flows.votes.cancelling import cancel_vote
from models.privacy import Email
from tests.conftest import Clock
from tests.contract.prism import Prism
from tests.contract.prism import prism_proxy as prism_proxy
from tests.elections.conftest import poll as poll
from tests.elections.polls import COUNTS, NAME, OFFICER, REMINDERS, Poll, ranks
from tests.elections.test_watch import look
from tests.flows.stories import happen
from tests.flows.town import Town


@pytest.fixture
def watched(prism_proxy: Callable[[str], Prism], sandbox: Sandbox) -> Prism:
    """Prism before the stand-in."""
    return prism_proxy(sandbox.mailchimp_url)


def through(prism: Prism, town: Town) -> None:
    """From here on the chapter's Mailchimp is behind Prism."""
    town.rewrite(f'base_url = "{town.sandbox.mailchimp_url}"', f'base_url = "{prism.url}"')


def test_two_nights_and_a_test_letter_keep_to_the_specification(
    town: Town, clock: Clock, watched: Prism
) -> None:
    through(watched, town)
    town.night()
    clock.go(days=1)
    happen(town)
    town.night()
    with town.context() as context:
        send_test_words(context, context.words("voting-member"), Email.parse(address_of(0)))
    assert {kind for _, kind in town.letters()} == {"voting-member", "one-event-away"}
    assert watched.violations() == []


@pytest.mark.slow
def test_a_vote_from_the_invitation_to_the_announcement_does_too(
    poll: Poll, watched: Prism
) -> None:
    through(watched, poll.town)
    poll.opened()
    for moment in REMINDERS:
        look(poll)
        poll.at(moment)
    with poll.context() as context:
        assert calls(context, NAME)
    somebody = poll.town.member(min(poll.invited()))
    somebody.status = "archived"  # whose code is taken off one by one
    poll.everybody_votes(ranks("Ada Park"))
    poll.at(COUNTS)
    poll.published()
    look(poll)
    assert poll.letters("announcement")
    assert poll.codes_on_the_list == set()
    assert watched.violations() == []


@pytest.mark.slow
def test_a_vote_that_is_cancelled_does_too(poll: Poll, watched: Prism) -> None:
    through(watched, poll.town)
    poll.opened()
    with poll.context() as context:
        cancel_vote(context, NAME, OFFICER, "The hall burned down.")
    poll.strike()
    assert poll.letters("cancellation")
    assert watched.violations() == []
