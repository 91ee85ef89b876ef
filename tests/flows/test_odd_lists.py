"""One odd contact, a count that is wrong, an archived contact that would be added anew.

Sources: real answers lack fields or hold null where the reference has a text; a client's author
notes that an upsert adds archived contacts anew in spite of `update_existing: false`.
"""

from typing import Any

import pytest

from connectors.mailchimp import wire
from connectors.mailchimp.answers import Member
from connectors.sandbox.invented import LIST
from connectors.sandbox.mailchimp import contacts as mailchimp_contacts
from connectors.sandbox.mailchimp.state import subscriber_hash
from models.errors import TryAgainLater
from models.mail.audience import Contact, ContactState, Unreachable
from models.privacy import Email
from tests.conftest import Clock
from tests.flows.test_delivery import NIA, joins
from tests.flows.test_refused_contacts import tries
from tests.flows.town import MARKS, Town

ODD: dict[str, dict[str, Any]] = {
    "a status of tomorrow": {"status": "suppressed"},
    "no status": {"status": None},
    "no address": {"email_address": None},
    "no merge fields": {"merge_fields": None},
    "merge fields as a list": {"merge_fields": []},
    "no tags": {"tags": None},
    "a tag without a name": {"tags": [{"id": 7}]},
    "no time": {"last_changed": None},
    "a time that is none": {"last_changed": "yesterday"},
    "an address that is none": {"email_address": 7},
}


@pytest.mark.parametrize("how", ODD)
def test_one_odd_contact_stops_no_night(
    town: Town, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    town.night()
    odd = town.member(min(town.tagged(MARKS.voting_tag)))
    look = mailchimp_contacts.look

    def oddly(*arguments: Any) -> Any:
        shown = look(*arguments)
        return lambda member: shown(member) | (ODD[how] if member.id == odd.id else {})

    monkeypatch.setattr("connectors.sandbox.mailchimp.members.look", oddly)
    night = town.night(full=True)
    assert night.applied
    whys = [why for entry, why in night.wanted.to_call(night.roll)]
    unknown = "status" in how
    assert (Unreachable.UNKNOWN in whys) is unknown
    monkeypatch.undo()
    assert odd.status == "subscribed"
    town.sandbox.reset()  # the specification has much against such an answer


def test_an_odd_contact_is_one_in_a_state_that_nobody_knows() -> None:
    told = b'{"email_address": "Ann@example.org", "status": ["x"], "tags": {}, "merge_fields": 7}'
    contact = wire.contact_from(Member.model_validate_json(told), MARKS)
    assert contact == Contact(Email("ann@example.org"), ContactState.UNKNOWN)


@pytest.mark.parametrize("first", [True, False])
def test_a_count_that_is_one_too_high_stops_no_night(town: Town, clock: Clock, first: bool) -> None:
    """Nobody is taken for gone because of it, and it is said."""
    if not first:
        town.night()
        clock.go(days=1)
    town.audience.overcount = 1
    night = town.night(full=True)
    assert night.applied
    assert town.tagged(MARKS.voting_tag)
    clock.go(days=1)
    again = town.night(full=True)
    assert not [c for c in again.actual.values() if c.state is ContactState.ARCHIVED]
    with town.context() as context:
        assert (
            context.ledger.note("contacts counted and not shown") == "2"
        )  # of two lists, one each


def test_a_list_of_which_much_is_not_shown_is_tried_later(town: Town) -> None:
    town.audience.overcount = 5
    with pytest.raises(TryAgainLater, match="changes while it is read"):
        town.night()
    assert town.writes() == []


def test_who_is_missing_where_not_all_are_shown_stays_as_they_were(
    town: Town, clock: Clock
) -> None:
    """Neither taken for gone nor added anew; next time they are seen again."""
    town.night()
    clock.go(days=1)
    gone = town.member(min(town.tagged(MARKS.voting_tag)))
    hidden = town.audience.members.pop(gone.id)
    town.audience.overcount = 1
    night = town.night(full=True)
    assert night.actual[Email(gone.email_address)].state is ContactState.SUBSCRIBED
    town.audience.members[gone.id] = hidden
    town.audience.overcount = 0
    clock.go(days=1)
    town.night(full=True)
    assert town.carries(hidden)[0] == "subscribed"


@pytest.mark.parametrize("overcount", [0, 1])
def test_an_archived_contact_is_never_added_anew(town: Town, clock: Clock, overcount: int) -> None:
    """Not even one who was archived since the list was read, by a service that would (DP-4)."""
    town.night()
    joins(town)
    clock.go(days=1)
    town.audience.readds_archived = True
    town.audience.overcount = overcount
    town.sandbox.mailchimp.add_member(LIST, NIA, "archived", {}, [], clock.at)
    for _ in range(3):
        night = town.night()
        assert night.refused.total() == 0
        assert town.audience.members[subscriber_hash(NIA)].status == "archived"
        assert not tries(town)
        clock.go(days=1)
        town.sandbox.reset()
    whys = {why for _, why in night.wanted.to_call(night.roll)}
    assert Unreachable.ARCHIVED in whys
