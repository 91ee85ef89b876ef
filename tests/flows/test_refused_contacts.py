"""Contacts that the mailing list refuses: who is called, who is tried again, when a night fails.

Sources: the texts of `errors[]` in real answers: JustFixNYC/tenants2#1576 (many lists),
tbar0970/jethro-pmm#656 (permanently deleted); an old value that refuses each write of that contact.
"""

import json

import pytest
from typer.testing import CliRunner

from connectors.sandbox.invented import address_of
from connectors.sandbox.mailchimp.state import MergeField, subscriber_hash
from flows.cli.main import app
from models.errors import Refused
from models.mail.refusals import WhyRefused
from tests.conftest import Clock
from tests.flows.test_delivery import NIA, WELCOME, joins, waits_for
from tests.flows.town import MARKS, Town

MANY_LISTS = (
    "has signed up to a lot of lists very recently; we're not allowing more signups for now"
)
PLAN = "cannot be added: you have reached the contact limit of your plan"
NOW = "the mailing list rejects the address for now; it is tried again"


def called(town: Town) -> list[str]:
    """Why voting members are to be called, as the review says."""
    said = CliRunner().invoke(app, ["review", "-c", str(town.folder), "--json"]).stdout
    return [one["reason"] for one in json.loads(said)["to_call"]]


def tries(town: Town) -> bool:
    """Whether Nia was sent to the list since the journal began."""
    return any(NIA in e.request.decode() for e in town.sandbox.requests(writes_only=True))


@pytest.fixture
def settled(town: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The day after a first night, with somebody new; commands go by the same clock."""
    monkeypatch.setattr("flows.context.open_chapter.__wrapped__.__defaults__", (clock,))
    town.night()
    clock.go(days=1)
    joins(town)
    return town


@pytest.mark.parametrize("text", [MANY_LISTS, PLAN])
def test_what_passes_is_tried_again_after_days_and_called_meanwhile(
    settled: Town, clock: Clock, text: str
) -> None:
    town, since = settled, clock.today
    town.audience.refusing[subscriber_hash(NIA)] = text
    assert town.night().refused.total() == 1
    for _ in range(2):
        assert f"{NOW} (since {since})" in called(town)
        clock.go(days=1)
        town.sandbox.reset()
        town.night()
        assert not tries(town)
    assert waits_for(town) == 1
    town.audience.refusing.clear()
    clock.go(days=1)
    town.night()
    assert town.letters()[WELCOME] == 1
    assert not [why for why in called(town) if NOW in why]


def test_who_was_permanently_deleted_is_called_from_the_first_night_on(
    settled: Town, clock: Clock
) -> None:
    """And not tried a second time: the service has said that it never will."""
    settled.audience.forgotten.add(subscriber_hash(NIA))
    assert settled.night().refused == {WhyRefused.FORGOTTEN: 1}
    assert any(why.startswith("the mailing list rejects the address") for why in called(settled))
    clock.go(days=1)
    settled.sandbox.reset()
    settled.night()
    assert not tries(settled)


def test_an_old_value_of_one_contact_stands_in_nobody_elses_way(settled: Town) -> None:
    town = settled
    town.audience.fields[90] = MergeField(90, "OLDZIP", "Zip code", "zip")
    town.audience.revalidates = True
    member = town.member(min(town.tagged(MARKS.voting_tag)))
    member.merge_fields |= {"OLDZIP": "no zip code", MARKS.status: "President"}
    member.last_changed = town.clock()
    night = town.night()
    assert night.refused == {WhyRefused.FIELD: 1}
    assert town.letters()[WELCOME] == 1


def test_a_night_in_which_the_list_took_nobody_fails_and_says_so(town: Town) -> None:
    everybody = {subscriber_hash(address_of(number)) for number in range(12)}
    town.audience.refusing = dict.fromkeys(
        everybody | town.audience.members.keys(), "cannot be processed"
    )
    with pytest.raises(Refused, match="rejected all") as told:
        town.night()
    assert "@" not in str(told.value)
    with town.context() as context:
        run = context.ledger.last_run()
        assert run
        assert run.failed
    town.audience.refusing.clear()
    assert town.night().refused.total() == 0


def test_one_address_that_nobody_takes_fails_no_night(settled: Town, clock: Clock) -> None:
    settled.audience.refusing[subscriber_hash(NIA)] = "cannot be processed"
    assert settled.night().applied


def test_several_of_whom_each_has_left_fail_no_night(settled: Town, clock: Clock) -> None:
    """What it says of each is about them, and not about the list."""
    for number in (1, 2):
        member = settled.member(address_of(number))
        member.merge_fields[MARKS.status], member.last_changed = "President", clock()
        settled.audience.refusing[member.id] = "is in a compliance state due to unsubscribe"
    settled.audience.refusing[subscriber_hash(NIA)] = "looks fake or invalid"
    assert settled.night().applied
