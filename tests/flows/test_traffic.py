"""The whole program's Mailchimp traffic, through Prism, against the official specification."""

from collections.abc import Callable

from connectors.sandbox.invented import address_of
from flows.delivery import send_test_words
from models.privacy import Email
from tests.conftest import Clock
from tests.contract.prism import Prism
from tests.contract.prism import prism_proxy as prism_proxy
from tests.flows.stories import happen
from tests.flows.town import Town


def test_two_nights_and_a_test_letter_keep_to_the_specification(
    town: Town, clock: Clock, prism_proxy: Callable[[str], Prism]
) -> None:
    prism = prism_proxy(town.sandbox.mailchimp_url)
    town.rewrite(f'base_url = "{town.sandbox.mailchimp_url}"', f'base_url = "{prism.url}"')
    town.night()
    clock.go(days=1)
    happen(town)
    town.night()
    with town.desk() as desk:
        send_test_words(desk, desk.words("voting-member"), Email.parse(address_of(0)))
    assert {kind for _, kind in town.letters()} == {"voting-member", "one-event-away"}
    assert [found for found in prism.violations() if not found.quirk] == []
