"""Nobody is subscribed again: not even who came and went since the list was read (DP-4)."""

import pytest

from connectors.mailchimp import Audience
from connectors.sandbox.invented import LIST
from connectors.sandbox.mailchimp.state import Status
from models.membership.voting_status import Status as Standing
from tests.conftest import Clock
from tests.flows.test_delivery import NIA, WELCOME, joins, waits_for
from tests.flows.town import MARKS, Town


@pytest.mark.parametrize("state", ["unsubscribed", "archived", "cleaned", "pending"])
def test_who_is_there_since_the_list_was_read_keeps_their_state(
    town: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch, state: Status
) -> None:
    town.night()
    joins(town)
    clock.go(days=1)
    prepare = Audience.prepare

    def meanwhile(audience: Audience) -> None:
        town.sandbox.mailchimp.add_member(LIST, NIA, state, {}, [], clock.at)
        prepare(audience)

    with monkeypatch.context() as patch:
        patch.setattr(Audience, "prepare", meanwhile)
        assert town.night().refused.total() == 0
    assert town.member(NIA).status == state
    assert town.letters() == {}
    assert waits_for(town) == 1
    clock.go(days=1)
    town.night()
    assert town.member(NIA).status == state
    assert NIA not in town.tagged(MARKS.voting_tag)


def test_who_joined_since_the_list_was_read_is_written_to(
    town: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their own names stay; our fields and tags come the same night."""
    town.night()
    joins(town)
    clock.go(days=1)
    prepare = Audience.prepare

    def meanwhile(audience: Audience) -> None:
        names = {"FNAME": "Antonia"}
        town.sandbox.mailchimp.add_member(LIST, NIA, "subscribed", names, [], clock.at)
        prepare(audience)

    monkeypatch.setattr(Audience, "prepare", meanwhile)
    town.night()
    assert town.member(NIA).merge_fields["FNAME"] == "Antonia"
    assert town.member(NIA).merge_fields[MARKS.status] == Standing.VOTING
    assert NIA in town.tagged(MARKS.voting_tag)
    assert town.letters()[WELCOME] == 1
