"""What is gone is told from what may not be looked at: only a 404 says that something is gone."""

from collections.abc import Callable

import pytest

from flows.context import Desk
from models.errors import FixTheSettings
from models.privacy import Email
from tests.flows.town import Town

NOBODY = Email("nobody@example.org")
ASKING: list[Callable[[Desk], object]] = [
    lambda desk: desk.campaigns.get("gone"),
    lambda desk: desk.audience.delete_for_good(NOBODY),
]


def test_what_is_gone_is_gone(town: Town) -> None:
    """A campaign somebody deleted, a contact that an earlier try has erased."""
    with town.desk() as desk:
        assert [ask(desk) for ask in ASKING] == [None, False]


@pytest.mark.parametrize("ask", ASKING)
def test_a_refused_key_says_nothing_of_what_is_there(
    town: Town, ask: Callable[[Desk], object]
) -> None:
    """Or a letter counts as sent, and a person as erased, because a key was revoked."""
    town.sandbox.mailchimp.api_key = "revoked-us1"
    with town.desk() as desk, pytest.raises(FixTheSettings, match="refused the API key"):
        ask(desk)
