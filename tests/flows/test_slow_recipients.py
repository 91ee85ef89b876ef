"""Mailchimp takes its time: who came into a segment is missing for a while where letters go out.

Sources: github.com/mailchimp/mailchimp-marketing-node issues and two wrappers' threads of 2025,
"recipients not ready", and checklist item 501, "Your advanced segment is empty"; 5 to 20 seconds by
most, 16 minutes by one. That a campaign forgot its segment and went to the whole list is told too.
"""

from datetime import timedelta

import pytest

from models.errors import TryAgainLater
from tests.conftest import Clock
from tests.flows.town import Town

SLOW = timedelta(minutes=16)


def segment_writes(town: Town) -> int:
    """How often somebody was put into a segment, or taken out."""
    return sum(
        e.method in ("POST", "PATCH") and "/segments/" in e.path for e in town.sandbox.journal
    )


def test_a_nights_letters_wait_until_their_readers_are_known(town: Town, clock: Clock) -> None:
    """Each goes once, and no segment is filled anew: that would begin the wait anew."""
    mailchimp = town.sandbox.mailchimp
    mailchimp.settling = SLOW
    with pytest.raises(TryAgainLater, match=r"Mailchimp counts 0 recipients of an email for \d+"):
        town.night(tell_everyone=True)
    for _ in range(3):
        clock.go(minutes=5)
        town.sandbox.reset()
        with pytest.raises(TryAgainLater):
            town.night()
        assert segment_writes(town) == 0
        assert mailchimp.outbox == []
    clock.go(minutes=5)
    town.night()
    assert {kind for _, kind in town.letters()} >= {"voting-member", "one-event-away"}
    assert set(town.letters().values()) == {1}
