"""A person is shown the ledger's small notes on them too, which know an id or a digest (DP-6)."""

from connectors.sandbox.mailchimp.state import subscriber_hash
from flows.mail import unlettered
from flows.privacy import person
from models.mail.refusals import WhyRefused
from tests.conftest import Clock
from tests.elections.conftest import poll as poll
from tests.elections.polls import Poll
from tests.flows.test_delivery import NIA, joins
from tests.flows.town import Town


def notes(town: Town, wanted: str) -> str:
    with town.context() as context:
        held = person.held_on(context, person.find(context, wanted))
    return "\n".join(one.what for one in held if one.where == "ledger")


def test_what_a_look_would_do_with_them_is_shown(town: Town, clock: Clock) -> None:
    town.night()
    clock.go(days=1)
    joins(town)
    town.night(apply=False)
    assert f"reading of {clock.today}, not applied: " in notes(town, NIA)


def test_that_the_mailing_list_would_not_take_them_is_shown(town: Town, clock: Clock) -> None:
    town.night()
    clock.go(days=1)
    joins(town)
    town.audience.refusing[subscriber_hash(NIA)] = "please provide a valid email address"
    town.night()
    assert f", as a hash: rejected by the mailing list on {clock.today}" in notes(town, NIA)


def test_that_a_letter_could_not_be_made_for_them_is_shown(poll: Poll) -> None:
    poll.opened()
    with poll.context() as context:
        name = poll.election(context).name
        who = context.ledger.votes.roll(name)[0].person
        unlettered.note(context.ledger, name, [who], {who: WhyRefused.FIELD})
        held = person.held_on(context, person.find(context, who))
    assert any(one.what.startswith(f"election {name}: ") for one in held)
