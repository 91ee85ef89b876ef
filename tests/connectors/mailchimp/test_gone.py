"""What is gone is told from what may not be looked at: only a 404 says that something is gone."""

from collections.abc import Callable

import pytest

from flows.context import ChapterContext
from models.errors import FixTheSettings
from models.privacy import Email
from tests.flows.town import Town

NOBODY = Email("nobody@example.org")
ASKING: list[Callable[[ChapterContext], object]] = [
    lambda context: context.campaigns.get("gone"),
    lambda context: context.audience.delete_permanently(NOBODY),
]


def test_what_is_gone_is_gone(town: Town) -> None:
    """A campaign somebody deleted, a contact that an earlier try has erased."""
    with town.context() as context:
        assert [ask(context) for ask in ASKING] == [None, False]


@pytest.mark.parametrize("ask", ASKING)
def test_a_refused_key_says_nothing_of_what_is_there(
    town: Town, ask: Callable[[ChapterContext], object]
) -> None:
    """Or a letter counts as sent, and a person as erased, because a key was revoked."""
    town.sandbox.mailchimp.api_key = "revoked-us1"
    with town.context() as context, pytest.raises(FixTheSettings, match="refused the API key"):
        ask(context)
