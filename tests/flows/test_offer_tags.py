"""Tags of what volunteers offer: shown by the plan first, ours alone, and gone when it is over."""

from datetime import timedelta

import pytest

from connectors.sandbox.invented import address_of
from flows.nightly.night import SyncOptions
from flows.nightly.sync import sync
from flows.privacy import person
from tests.conftest import Clock
from tests.flows.test_volunteers import OFFERS, with_offers
from tests.flows.town import Town

CANVASS, PHONE = "clerk: offers canvass", "clerk: offers phone bank"


@pytest.fixture
def helped(town: Town) -> Town:
    """Two who offer something and want email about it, and one who does not; read, not applied."""
    town.night()
    with_offers(town)
    said = (("Canvass", "yes"), ("phone bank, canvass", "yes"), ("canvass", "no"))
    rows = (
        ["2026-01-05", address_of(n), what, None, None, yes] for n, (what, yes) in enumerate(said)
    )
    town.add_tab("profiles", *rows)
    return town


def planned(town: Town) -> dict[str, int]:
    with town.context() as context:
        counts = sync(context, SyncOptions()).plan.counts()
    return {what: many for what, many in counts.items() if "tag" in what}


def test_the_plan_shows_the_tags_first_and_a_night_puts_them_on(helped: Town) -> None:
    """ST-2, DP-4: nobody without consent has one."""
    assert planned(helped) == {f"add tag {CANVASS}": 2, f"add tag {PHONE}": 1}
    helped.night()
    assert helped.tagged(CANVASS) == {address_of(0), address_of(1)}
    assert helped.tagged(PHONE) == {address_of(1)}
    assert planned(helped) == {}


def test_a_newer_answer_takes_the_tag_off(helped: Town) -> None:
    helped.night()
    with helped.edit("Profiles") as rows:
        rows.append(["2026-01-06", address_of(0), "phone bank", None, None, "yes"])
        rows.append(["2026-01-06", address_of(1), "canvass", None, None, "no"])
    helped.night()
    assert helped.tagged(CANVASS) == set()
    assert helped.tagged(PHONE) == {address_of(0)}


def test_the_tag_of_an_offer_that_is_not_listed_any_more_goes(helped: Town) -> None:
    helped.night()
    helped.rewrite('offers = ["canvass", "phone bank"]', 'offers = ["canvass"]')
    assert planned(helped) == {f"remove tag {PHONE}": 1}
    helped.night()
    assert helped.tagged(PHONE) == set()
    assert helped.tagged(CANVASS) == {address_of(0), address_of(1)}
    assert planned(helped) == {}


def test_a_tag_that_somebody_put_on_by_hand_is_taken_off_and_a_foreign_one_stays(
    helped: Town,
) -> None:
    helped.night()
    member = helped.member(address_of(4))
    state = helped.sandbox.mailchimp
    state.add_segment(helped.audience, "canvass", helped.clock())
    for name in (CANVASS, "canvass"):
        helped.tag(name).members[member.id] = helped.clock()
    helped.night()
    assert address_of(4) not in helped.tagged(CANVASS)
    assert address_of(4) in helped.tagged("canvass")


def test_who_is_erased_and_stays_on_the_list_loses_the_tag(helped: Town) -> None:
    """DP-6"""
    helped.night()
    with helped.context() as context:
        person.forget(context, person.find(context, address_of(1)), "Thea", keep_contact=True)
    assert address_of(1) not in helped.tagged(CANVASS) | helped.tagged(PHONE)


def test_offers_are_tags_in_one_spelling(helped: Town) -> None:
    helped.rewrite(OFFERS, OFFERS.replace("canvass", "Canvass"))
    helped.night()
    assert planned(helped) == {}


def test_a_quiet_night_keeps_the_tags_and_an_answer_of_tomorrow_counts_tomorrow(
    helped: Town, clock: Clock
) -> None:
    tomorrow = clock.today + timedelta(days=1)
    with helped.edit("Profiles") as rows:
        rows.append([tomorrow.isoformat(), address_of(0), "phone bank", None, None, "yes"])
    for _ in range(2):
        helped.night()
        assert helped.tagged(CANVASS) == {address_of(1)}, "until that day it is in question"
    assert helped.night().is_quiet
    clock.at += timedelta(days=1)
    helped.night()
    assert helped.tagged(CANVASS) == {address_of(1)}
    assert helped.tagged(PHONE) == {address_of(0), address_of(1)}
